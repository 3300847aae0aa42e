"""What exports are made of, their words, and which part of a programme is taken."""
