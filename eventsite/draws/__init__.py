"""Draws: rules published beforehand, a frozen entry list, public chance, and a record that anyone can re-run."""
