"""What changes passes, stamps and checkpoints."""
