"""Writing what cities show (`entries`, `photos`), and vouchers and visits (`vouchers`)."""
