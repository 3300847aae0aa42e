"""Draws: published rules, a frozen entry list, public chance, and a record that anyone can run again."""
