"""What machines ask of the site: is it alive, is it ready, how does it do, and by which keys it signs."""

import ipaddress
import os
from itertools import accumulate

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from eventsite.database import db, write_state
from eventsite.events.models import Event
from eventsite.kernel.errors import NotFound
from eventsite.kernel.timings import Timing
from eventsite.kernel.words import N_
from eventsite.signing.core import jwk
from eventsite.signing.queries import SiteKey, list_site_keys
from eventsite.web.access import public
from eventsite.web.headers import shared
from eventsite.web.links import base_url

blueprint = Blueprint("probes", __name__)
STALLED_SECONDS = 5.0
KEYS_KEPT = 300  # seconds in shared caches


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers; touches nothing else."""
    return make_response("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"})


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Say whether the database has its tables and writing goes on; 503 where not."""
    reads, stalled = _reads(), write_state().stalled
    ready = reads and stalled < STALLED_SECONDS
    response = jsonify(ready=ready, database=reads, write_stalled_seconds=round(stalled, 3))
    response.status_code = 200 if ready else 503
    return response


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Give this process's figures to Prometheus, for the addresses that the settings allow."""
    if not _may_measure(request.remote_addr or ""):
        raise NotFound(N_("There is no such page."))
    registry = CollectorRegistry()
    registry.register(WritePath(str(os.getpid())))
    return make_response(generate_latest(registry), 200, {"Content-Type": CONTENT_TYPE_LATEST})


@blueprint.get("/.well-known/eventsite.json")
@public
def site_keys() -> Response:
    """Publish the keys by which the site signs, as JSON Web Keys; those that no longer sign still verify."""
    keys = [_told(key) for key in list_site_keys(current_app.config["KEYS_DIR"])]
    response = shared(jsonify(site=base_url(), keys=keys), KEYS_KEPT)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


class WritePath(Collector):
    """The write path of this process as metrics; `process` keeps the processes of a server apart."""

    def __init__(self, process: str) -> None:
        self._process = process

    def collect(self) -> list[Metric]:
        """Return the figures so far."""
        state = write_state()
        seconds = HistogramMetricFamily(
            "eventsite_write_seconds", "Time from asking to the commit", labels=("process", "kind")
        )
        for kind, timing in (("operation", state.operations), ("hot", state.hot_acts)):
            seconds.add_metric((self._process, kind), _buckets(timing), timing.seconds)
        figures: list[Metric] = [
            seconds,
            self._gauge(
                "eventsite_write_stalled_seconds", "How long the round now running has lasted", state.stalled
            ),
        ]
        if state.writer is None:  # PostgreSQL has no queue of ours
            return figures
        queue = state.writer
        commits = HistogramMetricFamily(
            "eventsite_commit_seconds", "Time of a batch's commit", labels=("process",)
        )
        commits.add_metric((self._process,), _buckets(queue.commits), queue.commits.seconds)
        return [
            *figures,
            commits,
            self._gauge("eventsite_write_waiting", "Callers that wait to write", queue.waiting),
            self._counter(
                "eventsite_write_refused", "Callers told to come back, nothing written", queue.refused
            ),
            self._counter("eventsite_write_unsettled", "Callers whose commit hung", queue.unsettled),
        ]

    def _gauge(self, name: str, words: str, value: float) -> Metric:
        gauge = GaugeMetricFamily(name, words, labels=("process",))
        gauge.add_metric((self._process,), value)
        return gauge

    def _counter(self, name: str, words: str, value: float) -> Metric:
        counter = CounterMetricFamily(name, words, labels=("process",))
        counter.add_metric((self._process,), value)
        return counter


def _buckets(timing: Timing) -> list[tuple[str, float]]:
    """Return a histogram as Prometheus counts it: each bucket holds all that were as quick or quicker."""
    bounds = [*map(str, timing.bounds), "+Inf"]
    return list(zip(bounds, accumulate(timing.counts), strict=True))


def _told(key: SiteKey) -> dict[str, object]:
    return {
        **jwk(key.public),
        "kid": key.kid,
        "use": "sig",
        "purpose": key.purpose.value,
        "current": key.current,
    }


def _reads() -> bool:
    try:
        db.session.execute(select(Event.id).limit(1))
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return False
    return True


def _may_measure(address: str) -> bool:
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    nets = (net.strip() for net in current_app.config["METRICS_ALLOW"])
    return any(peer in ipaddress.ip_network(net, strict=False) for net in nets if net)
