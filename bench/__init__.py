"""The benchmarks: the site's hot paths against bare reference programs, in one run on one machine."""
