"""What needs no database: terms and rules, the split of prizes, weights, and which act comes next."""
