"""What others take away: the programme as plain values in, bytes of a standard format out."""
