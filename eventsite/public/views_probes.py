"""What machines ask of the site: is it alive, is it ready, how does it do, and by which keys it signs."""

import ipaddress

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import text

from eventsite.database import db, write_state
from eventsite.kernel.errors import NotFound
from eventsite.kernel.words import N_
from eventsite.web.access import public

blueprint = Blueprint("probes", __name__)
STALLED_SECONDS = 5.0


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers; touches nothing else."""
    return make_response("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"})


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Say whether the database answers and writing goes on; 503 where not."""
    db.session.execute(text("SELECT 1"))
    stalled = write_state().stalled
    ready = stalled < STALLED_SECONDS
    response = jsonify(ready=ready, write_stalled_seconds=round(stalled, 3))
    response.status_code = 200 if ready else 503
    return response


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Give this process's figures to Prometheus, for the addresses that the settings allow."""
    if not _may_measure(request.remote_addr or ""):
        raise NotFound(N_("There is no such page."))
    registry = CollectorRegistry()
    registry.register(WritePath())
    return make_response(generate_latest(registry), 200, {"Content-Type": CONTENT_TYPE_LATEST})


class WritePath(Collector):
    """The write path's figures as metrics."""

    def collect(self) -> list[GaugeMetricFamily | SummaryMetricFamily]:
        """Return the figures of this process so far."""
        state = write_state()
        stalled = GaugeMetricFamily(
            "eventsite_write_stalled_seconds", "How long the present round of writing lasts"
        )
        stalled.add_metric([], state.stalled)
        waiting = GaugeMetricFamily("eventsite_write_waiting", "Callers waiting to write")
        waiting.add_metric([], state.writer.waiting if state.writer else 0)
        acts = SummaryMetricFamily(
            "eventsite_write_seconds", "Time from asking to the commit", labels=["kind"]
        )
        acts.add_metric(["operation"], state.operations.total, state.operations.seconds)
        acts.add_metric(["hot"], state.hot_acts.total, state.hot_acts.seconds)
        return [stalled, waiting, acts]


def _may_measure(address: str) -> bool:
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(
        peer in ipaddress.ip_network(net.strip())
        for net in current_app.config["METRICS_ALLOW"]
        if net.strip()
    )
