"""PDF by typst, from templates of ours and plain values, with the fonts that the site carries. Knows no feature."""
