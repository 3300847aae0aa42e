"""What happens by itself: knots of the audit log, their signed heads, backups, mail. `flask jobs` runs it."""
