import pytest

from eventsite.kernel.canon import NotCanonical, canon, digest


def test_canon_sorts_keys_and_keeps_chinese() -> None:
    assert canon({"b": [1, True, None], "a": {"名": "大明湖"}}) == '{"a":{"名":"大明湖"},"b":[1,true,null]}'


def test_digest_fits_the_published_vector_of_the_draw() -> None:
    rules = {
        "draw": "vector",
        "max_weight": 3,
        "tiers": [{"code": "A", "count": 1, "name": "一等奖"}, {"code": "B", "count": 1, "name": "二等奖"}],
    }

    assert digest(rules) == "fc54007c4f2463e5e2afbacfbae08d95bd3a68163afd17e6cc05078eea80ccbc"


@pytest.mark.parametrize(
    "value", [1.0, {"a": [float("nan")]}, {1: "a"}, {"a"}, b"a", "\ud800", {"\udfff": 1}]
)
def test_canon_of_what_has_no_spelling_raises(value: object) -> None:
    with pytest.raises(NotCanonical):
        canon(value)


def test_canon_of_big_numbers_and_controls() -> None:
    assert canon([2**70, "\0\n\u2028"]) == '[1180591620717411303424,"\\u0000\\n\u2028"]'
