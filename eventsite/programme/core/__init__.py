"""The programme as plain values: what it holds, what is on, what clashes, what changed."""
