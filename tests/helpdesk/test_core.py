"""How full a zone is, by its own thresholds."""

import pytest

from eventsite.helpdesk.core import Light, ZoneLoad, light_of

LEVELS = {"notice": 0.6, "warning": 0.8, "limit": 1.0}


@pytest.mark.parametrize(
    ("people", "light"),
    [
        (0, Light.CALM),
        (59, Light.CALM),
        (60, Light.NOTICE),
        (80, Light.WARNING),
        (100, Light.LIMIT),
        (140, Light.LIMIT),
    ],
)
def test_light_by_share_of_the_capacity(people: int, light: Light) -> None:
    assert light_of(people, 100, LEVELS) is light


def test_zone_without_a_capacity_or_thresholds_is_calm() -> None:
    assert (light_of(50, 0, LEVELS), light_of(50, 10, {})) == (Light.CALM, Light.CALM)
    load = ZoneLoad(code="A", name_zh="甲", name_en="A", people=50, capacity=0, light=Light.CALM)
    assert load.percent == 0
