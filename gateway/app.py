"""Puts the gateway together; nothing is opened before it starts."""

import gc
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from gateway.deadline import Timer
from gateway.edge.asking.asked import Reading
from gateway.edge.asking.costs import Costs
from gateway.edge.asking.deadlines import Deadlines
from gateway.edge.asking.trusted import TrustedDocuments
from gateway.edge.elsewhere import broken, no_such_method, not_found, to_the_graph
from gateway.edge.graphql import GraphQLEndpoint
from gateway.edge.headers import SecurityHeaders
from gateway.edge.hosts import LoopbackOnly
from gateway.edge.notificaties import NotificatiesEndpoint
from gateway.edge.page import Page, asset
from gateway.edge.rates import Rates
from gateway.edge.traces import Traced
from gateway.errors import InvalidSettings
from gateway.identity.door import Door
from gateway.process import Process
from gateway.recording.verzenden import Verzending
from gateway.registers.wire.transport import Transport
from gateway.settings import PREFIX, Settings, load_settings
from gateway.settings.agreement import nobody_asked
from gateway.settings.problems import Making
from schema import schema

UNASKED = """\
WARNING: no issuer is configured, so nobody is asked who they are: whoever can open a port
on this machine sees everything of everybody. For development only.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served beside the graph.

    Attributes:
        page: what a browser gets at `/graphql`, where there is an explorer.
        routes: other addresses.
    """

    page: Page = field(default_factory=Page)
    routes: Sequence[BaseRoute] = ()


def create_app(
    settings: Settings,
    *,
    transport: Transport | None = None,
    timer: Timer = time.monotonic,
    door: Door | None = None,
    verzending: Verzending | None = None,
    beside: Beside | None = None,
) -> Starlette:
    """Build the application; no I/O until it is started.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.
        timer: monotonic seconds, for what is remembered of registers.
        door: says who asks, instead of the configured issuers.
        verzending: sends codes to klanten, instead of the configured outbox.
        beside: what is served beside the graph, by who starts it.

    Raises:
        InvalidSettings: the registers' addresses contradict each other, a certificate
            or the trusted documents cannot be used, or it is not said whom to believe.
    """
    beside = beside or Beside()
    making = Making()
    is_said = making.of(lambda: _check_asked(settings, door))
    reading = making.of(lambda: _reading(settings))
    process = making.of(lambda: _process(settings, transport, timer, door))
    if not is_said or reading is None or process is None:
        raise making.failed()
    process.verzending = verzending or process.verzending
    endpoint = GraphQLEndpoint(
        schema,
        process.context,
        door=process.door,
        reading=reading,
        entering=process.counted.entering,
        explorer=beside.page.answer if _has_explorer(settings) else None,
    )
    routes = [
        *_graphql(endpoint, settings),
        *_notificaties(settings, process),
        *beside.routes,
        *_root(settings),
    ]
    return _served(routes, process)


def _served(routes: Sequence[BaseRoute], process: Process) -> Starlette:
    """Put around the routes what holds for every request."""
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders), Middleware(Traced)],
        exception_handlers={404: not_found, 405: no_such_method, Exception: broken},
        lifespan=process.lifespan,
    )
    # NL API Design Rules 2.1, /core/no-trailing-slash: nothing is there, nor led to.
    app.router.redirect_slashes = False
    return app


def _process(
    settings: Settings, transport: Transport | None, timer: Timer, door: Door | None
) -> Process:
    return Process(
        settings,
        transport,
        timer=timer,
        door=door,
        rates=Rates(settings.limits, timer),
        strangers=Rates(settings.limits.for_strangers(), timer),
    )


def _check_asked(settings: Settings, door: Door | None) -> Literal[True]:
    """Refuse to ask nobody who they are, unless that is meant."""
    problem = nobody_asked(settings.identity)
    if door is None and problem is not None:
        raise InvalidSettings([f"{PREFIX}IDENTITY__ISSUERS: {problem}"])
    return True


def _reading(settings: Settings) -> Reading:
    limits = settings.limits
    return Reading(
        Deadlines(settings.deadline_seconds, settings.max_deadline_seconds),
        TrustedDocuments.load(
            limits.trusted_documents, required=limits.trusted_documents_required
        ),
        settings.max_body_bytes,
        _costs(settings),
        limits.max_tokens,
    )


def _has_explorer(settings: Settings) -> bool:
    limits, has_issuers = settings.limits, bool(settings.identity.issuers)
    return limits.is_open(limits.explorer, has_issuers=has_issuers)


def _costs(settings: Settings) -> Costs:
    limits, has_issuers = settings.limits, bool(settings.identity.issuers)
    return Costs(told=limits.is_open(limits.cost_report, has_issuers=has_issuers))


def _graphql(endpoint: GraphQLEndpoint, settings: Settings) -> Iterator[Route]:
    """As long as nobody is asked who they are, to this machine only."""
    only_here = [] if settings.identity.issuers else [Middleware(LoopbackOnly)]
    yield Route("/graphql", endpoint, middleware=only_here)
    if _has_explorer(settings):
        yield Route("/graphql/static/{name}", asset, middleware=only_here)


def _root(settings: Settings) -> Iterator[Route]:
    """Lead to the page; where there is none, an address without a path is nothing."""
    if _has_explorer(settings):
        yield Route("/", to_the_graph)


def _notificaties(settings: Settings, process: Process) -> Iterator[Route]:
    """Only where it is known who may tell: it answers to every name."""
    registers = process.registers
    if settings.notificaties_secret is not None:
        endpoint = NotificatiesEndpoint(
            settings.notificaties_secret.get_secret_value(),
            is_owned=lambda url: registers.directory.owner(url) is not None,
            drop=registers.drop,
            announce=process.announcements.announce,
        )
        yield Route("/notificaties", endpoint.answer, methods=["POST"])


def from_environment() -> Starlette:
    """Build the application from the environment; for worker processes.

    Raises:
        InvalidSettings: with every problem found.
    """
    settings = load_settings()
    if not settings.identity.issuers:
        sys.stderr.write(UNASKED)
    app = create_app(settings)
    _spare_the_collector()
    return app


def _spare_the_collector() -> None:
    """Keep what lasts as long as the process out of garbage collections.

    Schema, modules and tables are 200,000 objects, which each full collection would go
    through: a fifth of the CPU of a page. Requests leave few cycles behind.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
