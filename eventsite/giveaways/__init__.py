"""Giveaways: what is handed out, in which timed releases, to whom, and the rewards for stamps."""
