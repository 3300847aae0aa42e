"""What is true of tokens, bundles, addresses and deliveries: plain values, no database, no clock."""
