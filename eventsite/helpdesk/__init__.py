"""Help on the day: notices, answers to frequent questions, tickets, posts, and footfall counts."""
