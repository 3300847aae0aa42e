"""What is true of troupes and their slots, as plain values."""
