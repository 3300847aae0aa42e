"""How the prizes of a raffle are split over its draws."""


def share(quantity: int, draws: int, place: int) -> int:
    """Return how many pieces the draw at `place` (from 0) gives: evenly, the last one also the rest."""
    each, rest = divmod(quantity, draws)
    return each + rest if place == draws - 1 else each
