"""The page behind a checkpoint's printed code: `GET` shows, one `POST` stamps.

Digits can be guessed. Two of a million hold at a time, this window's and the last one's: a guess hits once in
500,000. A pass may be wrong six times a minute, but a new pass costs nothing, so strangers count by address:
120 a minute at a checkpoint, 72,000 in a day of ten hours, a hit in one day out of seven. A venue shares one
address, so whoever has a stamp of the event has thirty wrong tries a day of its own at each checkpoint, which
strangers do not use up: a hit for one pass in 16,000 a day, each of which has left a logged stamp. Past the
thirty it counts with the strangers. A hit is one stamp on one card.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from werkzeug.wrappers import Response as Redirect

from eventsite.accounts.core import Thing
from eventsite.checkin import queries
from eventsite.checkin.core import passes
from eventsite.checkin.core.codes import accepts
from eventsite.checkin.core.stamping import CheckpointFacts, stamp_day
from eventsite.checkin.enums import CodeMode
from eventsite.checkin.errors import TooSoon, WrongCode
from eventsite.checkin.operations.stamping import stamp
from eventsite.checkin.permissions import CheckinPermission
from eventsite.checkin.queries import Holding
from eventsite.database import Busy, Unsettled
from eventsite.events.queries import get_event
from eventsite.kernel import clock
from eventsite.kernel.errors import DomainError, NotFound
from eventsite.kernel.tokens import Purpose, seal, unseal
from eventsite.kernel.words import N_
from eventsite.web.access import check, current_actor, may, public
from eventsite.web.blanks import blank, blank_moment, fill, kept_page, words_of_moment
from eventsite.web.language import say
from eventsite.web.limits import Throttled, Tries
from eventsite.web.links import absolute
from eventsite.web.passes import check_proof, form_proof, give_pass, keyring, proves_origin, read_pass
from eventsite.web.qr import svg_response
from eventsite.web.site import Answer, Ready

blueprint = Blueprint("checkin", __name__)
OPENED = struct.Struct(">qq")
NO_BODY = ("Content-Length", "0")
MOST_KNOWN = 4096  # checkpoints, far more than fairs have
PER_PASS = RateLimitItemPerMinute(6, namespace="digits-pass")
OF_ITS_OWN = RateLimitItemPerDay(30, namespace="digits-own")
PER_ADDRESS = RateLimitItemPerMinute(120, namespace="digits-address")


class Phone(NamedTuple):
    """The pass of the phone that asks, and whether it brought it or is given it now."""

    key: bytes
    brought: bool


@blueprint.get("/c/<token>")
@blueprint.get("/c/<token>.<code>", endpoint="show_code")
@public
def show(token: str, code: str = "") -> Response:
    """Show the checkpoint and the one button; a visitor without a pass is given one, without a row."""
    checkpoint, phone, holding = _look(token)
    response = _page(checkpoint, token, phone.key, holding, code=code)
    return _with_pass(response, checkpoint, phone)


@blueprint.post("/c/<token>")
@blueprint.post("/c/<token>.<code>", endpoint="press_code")
@proves_origin
@public
def press(token: str, code: str = "") -> Response | Redirect:
    """Stamp, then show the result by its own address, so that a reload stamps nothing."""
    known = _known().get(token)
    if known is not None and known.mode is not CodeMode.STAFF_SCAN:
        with suppress(
            DomainError
        ):  # whoever is refused by facts of a moment ago is asked again with fresh ones
            return _press(known, token, code)
    checkpoint = _load(token)
    _remember(token, checkpoint)
    try:
        return _press(checkpoint, token, code)
    except (WrongCode, Throttled, TooSoon) as error:
        return _refused(checkpoint, token, code, error)


@blueprint.get("/c/<token>/pass.svg")
@public
def staff_code(token: str) -> Response:
    """Draw the code of the visitor's pass that staff scan at this checkpoint."""
    checkpoint = _load(token)
    key = read_pass(checkpoint.event_slug)
    if key is None or checkpoint.mode is not CodeMode.STAFF_SCAN:
        raise NotFound(N_("There is no such pass."))
    address = absolute("checkin.show_code", token=token, code=seal(keyring(), Purpose.PASS_SHOWN, key))
    return svg_response(address)


def _press(checkpoint: CheckpointFacts, token: str, code: str) -> Response | Redirect:
    """Stamp the pass of the phone, or the one that staff have scanned; the stamp stands when this returns."""
    with _event_for_refusals(checkpoint):
        phone = _phone(checkpoint)
        check_proof(phone.key if phone.brought else None)
        if checkpoint.mode is CodeMode.STAFF_SCAN and code:
            return _stamp_for_visitor(checkpoint, token, code)
        _stamp_own(checkpoint, phone.key, request.form.get("code", "").strip() or code)
    page = url_for("checkin.show", token=token) if code else request.path
    return _with_pass(Ready([], [("Location", f"{page}?done=1"), NO_BODY], 303), checkpoint, phone)


def _stamp_own(checkpoint: CheckpointFacts, key: bytes, code: str) -> None:
    """Stamp the pass that the phone holds; only codes that can be guessed are counted and read."""
    opened_at = None
    if checkpoint.mode is CodeMode.ROTATING_CODE:
        _refuse_guesser(checkpoint, key)
        opened_at = _opened_at(checkpoint, key, request.form.get("opened", ""))
    stamp(key, checkpoint, now=clock.now(), code=code, opened_at=opened_at)


def _refuse_guesser(checkpoint: CheckpointFacts, key: bytes) -> None:
    """Raise `Throttled` for who was wrong too often; the card is looked at once its address is spent."""
    _tries(checkpoint, PER_PASS, key.hex()).refuse_spent()
    try:
        _of_address(checkpoint).refuse_spent()
    except Throttled:
        if not _counts_alone(checkpoint, key):
            raise


def _note_wrong(checkpoint: CheckpointFacts, key: bytes) -> None:
    """Count wrong digits: against the pass and, past what a stamped one has of its own, the address."""
    alone = _counts_alone(checkpoint, key)
    _tries(checkpoint, PER_PASS, key.hex()).note()
    (_of_pass(checkpoint, key) if alone else _of_address(checkpoint)).note()


def _counts_alone(checkpoint: CheckpointFacts, key: bytes) -> bool:
    """Tell whether the pass has a stamp and wrong tries of its own left here today."""
    holding = queries.find_holding(checkpoint.event_id, key)
    if holding is None or not holding.stamps:
        return False
    try:
        _of_pass(checkpoint, key).refuse_spent()
    except Throttled:
        return False
    return True


def _of_pass(checkpoint: CheckpointFacts, key: bytes) -> Tries:
    return _tries(checkpoint, OF_ITS_OWN, key.hex())


def _of_address(checkpoint: CheckpointFacts) -> Tries:
    return _tries(checkpoint, PER_ADDRESS, request.remote_addr or "")


def _tries(checkpoint: CheckpointFacts, window: RateLimitItem, who: str) -> Tries:
    return Tries(("code", str(checkpoint.id), who), (window,))


def _stamp_for_visitor(checkpoint: CheckpointFacts, token: str, code: str) -> Redirect:
    """Let signed-in staff of the zone stamp the pass whose code they scanned."""
    _check_staff(checkpoint)
    key = unseal(keyring(), Purpose.PASS_SHOWN, code)
    if key is None:
        raise NotFound(N_("There is no such pass."))
    stamp(key, checkpoint, now=clock.now(), staff=current_actor().ref)
    return redirect(url_for("checkin.show_code", token=token, code=code, done="1"), 303)


def _load(token: str) -> CheckpointFacts:
    body = unseal(keyring(), Purpose.CHECKPOINT, token)
    return _public(queries.find_facts(body) if body else None)


def _look(token: str) -> tuple[CheckpointFacts, Phone, Holding | None]:
    """Return the checkpoint, the phone's pass and what it holds; at one glance, once the event is known."""
    known = _known().get(token)
    body = unseal(keyring(), Purpose.CHECKPOINT, token)
    if known is None or body is None:
        checkpoint = _load(token)
        _remember(token, checkpoint)
        phone = _phone(checkpoint)
        return checkpoint, phone, queries.find_holding(checkpoint.event_id, phone.key)
    phone = _phone(known)
    facts, holding = queries.find_sight(body, known.event_id, phone.key)
    return _public(facts), phone, holding


def _public(facts: CheckpointFacts | None) -> CheckpointFacts:
    if facts is None or not facts.event_public:
        raise NotFound(N_("There is no such checkpoint."))
    return facts


def _known() -> dict[str, CheckpointFacts]:
    """Return the checkpoints that this process has met, by token; what uses them asks if they still stand."""
    known: dict[str, CheckpointFacts] = current_app.extensions.setdefault("checkpoints", {})
    return known


def _remember(token: str, checkpoint: CheckpointFacts) -> None:
    if len(_known()) >= MOST_KNOWN:
        _known().clear()
    _known()[token] = checkpoint


@contextmanager
def _event_for_refusals(checkpoint: CheckpointFacts) -> Iterator[None]:
    """Load the event for the page of a refusal alone: a stamp needs none of it."""
    try:
        yield
    except (DomainError, Busy, Unsettled):
        g.event = get_event(checkpoint.event_slug)
        raise


def _page(
    checkpoint: CheckpointFacts,
    token: str,
    key: bytes,
    holding: Holding | None,
    *,
    code: str,
    error: str = "",
) -> Response:
    """Answer with the checkpoint's page: all visitors in one state are shown one page, filled in for each."""
    now, zone = clock.now(), ZoneInfo(checkpoint.timezone)
    if checkpoint.mode is CodeMode.STAFF_SCAN and code:
        holding = queries.find_holding(checkpoint.event_id, _scanned_pass(checkpoint, code))
    earned = holding.earned(checkpoint.id, stamp_day(checkpoint.rule, now, zone)) if holding else None
    valid = checkpoint.mode is CodeMode.ROTATING_CODE and accepts(
        checkpoint.secret, code, now, checkpoint.period
    )
    shown = Shown(checkpoint, token, code, error, holding, earned is not None, valid)
    words = {"proof": form_proof(key), "opened": _seal_opening(checkpoint, key, now) if valid else ""}
    if earned is not None:
        words |= words_of_moment("earned", earned, zone)
    return Answer(fill(kept_page(shown.state, lambda: _render(shown)), words))


class Shown(NamedTuple):
    """All that decides a checkpoint's page, but for the blanks."""

    checkpoint: CheckpointFacts
    token: str
    code: str
    error: str
    holding: Holding | None
    earned: bool
    valid: bool

    @property
    def serves(self) -> bool:
        """Tell whether staff look at the pass that they have scanned."""
        return self.checkpoint.mode is CodeMode.STAFF_SCAN and bool(self.code)

    @property
    def state(self) -> tuple[object, ...] | None:
        """Return what a page is kept under: the card, not whose it is."""
        if self.serves or self.error:
            return None
        card = frozenset(self.holding.first) if self.holding else frozenset()
        places = self.holding.checkpoints if self.holding else 0
        return (*self.checkpoint.rally_edition, card, places, self.earned, self.valid)


def _render(shown: Shown) -> str:
    checkpoint, holding = shown.checkpoint, shown.holding
    event = g.event = get_event(checkpoint.event_slug)
    return render_template(
        "checkin/checkpoint.html",
        checkpoint=queries.get_checkpoint(event, checkpoint.id),
        facts=checkpoint,
        visitor=holding,
        earned=blank_moment("earned") if shown.earned else None,
        card=queries.card_with(event, holding.first if holding else {}),
        rally=queries.find_rally(event),
        token=shown.token,
        code=shown.code,
        serves=shown.serves,
        may_mark=shown.serves and may(CheckinPermission.MARK_STAFF_CARDS, Thing(event_id=event.id)),
        error=shown.error,
        done=request.args.get("done") == "1",
        proof=blank("proof"),
        opened=blank("opened") if shown.valid else "",
    )


def _scanned_pass(checkpoint: CheckpointFacts, code: str) -> bytes:
    """Return the pass that staff have scanned; one that no visitor has, for a code that is not valid."""
    g.event = get_event(checkpoint.event_slug)
    _check_staff(checkpoint)
    return unseal(keyring(), Purpose.PASS_SHOWN, code) or bytes(passes.KEY_BYTES)


def _refused(checkpoint: CheckpointFacts, token: str, code: str, error: DomainError) -> Response:
    phone = _phone(checkpoint)
    if isinstance(error, WrongCode):
        _note_wrong(checkpoint, phone.key)
    holding = queries.find_holding(checkpoint.event_id, phone.key)
    response = _page(checkpoint, token, phone.key, holding, code=code, error=say(error))
    response.status_code = error.status
    return _with_pass(response, checkpoint, phone)


def _phone(checkpoint: CheckpointFacts) -> Phone:
    """Return the pass of the phone; one without any holds the same new one for the whole request."""
    phone: Phone | None = g.get("phone")
    if phone is None:
        key = read_pass(checkpoint.event_slug)
        phone = g.phone = Phone(key or passes.new_key(), key is not None)
    return phone


def _with_pass(response: Response, checkpoint: CheckpointFacts, phone: Phone) -> Response:
    """Give the phone its new pass; one that brought a pass keeps it."""
    return response if phone.brought else give_pass(response, checkpoint.event_slug, phone.key)


def _check_staff(checkpoint: CheckpointFacts) -> None:
    if current_actor().is_anonymous:
        raise NotFound(N_("Staff read this code: sign in first, then scan it again."))
    thing = Thing(event_id=checkpoint.event_id, scopes=frozenset({f"zone:{checkpoint.zone_code}"}))
    check(CheckinPermission.STAMP_VISITORS, thing)


def _seal_opening(checkpoint: CheckpointFacts, key: bytes, now: datetime) -> str:
    return seal(keyring(), Purpose.ROTATING, OPENED.pack(checkpoint.id, int(now.timestamp())) + key)


def _opened_at(checkpoint: CheckpointFacts, key: bytes, sealed: str) -> datetime | None:
    body = unseal(keyring(), Purpose.ROTATING, sealed)
    if body is None or len(body) != OPENED.size + passes.KEY_BYTES or body[OPENED.size :] != key:
        return None
    checkpoint_id, opened = OPENED.unpack(body[: OPENED.size])
    return datetime.fromtimestamp(opened, UTC) if checkpoint_id == checkpoint.id else None
