"""Draws for tests: a raffle whose people have earned their entries, and draws taken to any state."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from eventsite.accounts.core import Actor
from eventsite.checkin.core.passes import deal, new_key, pass_id
from eventsite.checkin.models import VisitorPass
from eventsite.database import atomic
from eventsite.draws import operations as acts
from eventsite.draws.core.terms import Terms
from eventsite.draws.enums import WitnessKind
from eventsite.draws.models import Award, Draw
from eventsite.draws.queries import get_draw, list_awards, terms_of
from eventsite.events.models import Event
from eventsite.kernel.fairdraw.hashing import text_hash
from tests.support.factories import NOW, make_draw, make_event, make_organization, make_prize, make_raffle

ANN = Actor(ref="account:1", label="ann@demo.invalid")
BEN = Actor(ref="account:2", label="ben@demo.invalid")
DIGITS = "31415926535897932384"
MORE_DIGITS = "27182818284590452353"
MINUTE = timedelta(minutes=1)
_numbers = count(1)


def make_pass(event: Event, **given: Any) -> VisitorPass:
    """Make a pass with four stamps."""
    key = new_key()
    codes = deal()
    defaults: dict[str, Any] = {
        "id": pass_id(event.id, key),
        "event_id": event.id,
        "key": key,
        "recovery_code": codes.recovery_code,
        "entry_code": codes.entry_code,
        "created_at": NOW,
        "stamps": 4,
        "checkpoints": 4,
    }
    with atomic() as session:
        visitor = VisitorPass(**{**defaults, **given})
        session.add(visitor)
    return visitor


def make_draws(*, people: int = 6, draws: int = 1, prizes: int = 3) -> tuple[Event, list[Draw]]:
    """Make a raffle with one prize level of `prizes` pieces, its draws, and people with an entry."""
    event = make_event()
    make_organization(event)
    raffle = make_raffle(event)
    make_prize(raffle, quantity=prizes)
    made = [make_draw(raffle) for _ in range(draws)]
    for _ in range(people):
        make_pass(event)
    return event, made


def whole_terms(event: Event, draw: Draw, **given: Any) -> Terms:
    """Return the proposed terms with what people have to write."""
    written = {
        "title": "惊喜抽奖",
        "who": "集满4枚印章的游客；工作人员不参加",
        "claim_method": "出示兑奖码，工作人员核对后发奖",
    }
    return replace(terms_of(event, draw), **{**written, **given})


def publish(event: Event, draw: Draw, **given: Any) -> None:
    """Write and publish the rules, and open the draw."""
    terms = whole_terms(event, draw, **given)
    acts.save_terms(ANN, event, draw.ref, terms, version=draw.version)
    acts.publish_rules(ANN, event, draw.ref, now=NOW)
    acts.open_draw(ANN, event, draw.ref)


def ready(event: Event, draw: Draw, *, witnesses: int = 2, **given: Any) -> None:
    """Take a draw to where its list can be frozen."""
    publish(event, draw, **given)
    acts.close_draw(ANN, event, draw.ref)
    for number in range(1, witnesses + 1):
        name = f"见证方{number}"
        acts.add_witness(ANN, event, draw.ref, kind=WitnessKind.NOTARY, name=name)
        acts.commit_witness(ANN, event, draw.ref, number, commitment=text_hash(nonce(number)), now=NOW)


def nonce(number: int) -> str:
    """Return the number behind a witness's hash."""
    return f"nonce-{number}"


def freeze(event: Event, draw: Draw, *, witnesses: int = 2, **given: Any) -> None:
    """Freeze the list, proposed by one person and confirmed by another."""
    ready(event, draw, witnesses=witnesses, **given)
    acts.propose_freeze(ANN, event, draw.ref, now=NOW)
    acts.confirm_freeze(BEN, event, draw.ref, now=NOW)


def reveal_all(event: Event, draw: Draw, *, witnesses: int = 2, **given: Any) -> None:
    """Let every witness reveal."""
    freeze(event, draw, witnesses=witnesses, **given)
    for number in range(1, witnesses + 1):
        acts.reveal(ANN, event, draw.ref, number, nonce=nonce(number), now=NOW)


def run(event: Event, draw: Draw, *, digits: str = DIGITS, now: datetime = NOW, **given: Any) -> list[Award]:
    """Take a draw through its first round and return what was won; `given` goes into its terms."""
    reveal_all(event, draw, **given)
    acts.enter_values(ANN, event, draw.ref, digits=digits, now=now)
    acts.run_round(ANN, event, draw.ref, now=now)
    return list(list_awards(get_draw(event, draw.ref)))


def redraw(event: Event, draw: Draw, slots: list[str]) -> None:
    """Declare winners absent and draw their prizes anew."""
    acts.propose_absent(ANN, event, draw.ref, slots=slots, reason="三次叫号未到", now=NOW)
    acts.confirm_absent(BEN, event, draw.ref, now=NOW)
    acts.enter_values(ANN, event, draw.ref, digits=MORE_DIGITS, now=NOW)
    acts.run_round(ANN, event, draw.ref, now=NOW)
