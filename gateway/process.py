"""What lasts as long as the process, and makes what one request carries."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from hashlib import blake2b

from gateway.checking.limits import OperationLimits
from gateway.context import RequestContext
from gateway.deadline import Deadline, Timer
from gateway.execution.documents import Execution
from gateway.identity.caller import Caller
from gateway.identity.counted import Counted, Rates
from gateway.identity.door import Door, IssuerDoor
from gateway.identity.policy.policy import Policy
from gateway.identity.pseudonyms import Pseudonyms
from gateway.identity.sight.elsewhere import Elsewhere
from gateway.identity.sight.sight import Sight
from gateway.identity.trail.processing import create_log
from gateway.identity.trail.trail import Trail
from gateway.identity.trail.witness import Witness
from gateway.quiet import quietly
from gateway.recording.recorder import Desk, Recorder
from gateway.recording.verzenden import Postvak, Verzending
from gateway.referentielijsten.lijsten import Referentielijsten
from gateway.registers.registers import Registers
from gateway.registers.wire.transport import Transport
from gateway.settings import Settings
from gateway.store.announcements import Announcements
from gateway.store.audit import Audit
from gateway.store.database import create_connections, create_database
from gateway.store.keyset import Limits
from gateway.store.statements import Statements
from gateway.store.store import Store
from gateway.store.writing.transaction import Writer

logger = logging.getLogger(__name__)


class Process:
    """One for each process; nothing is opened before its lifespan.

    Attributes:
        door: says who asks.
        counted: counts what they ask.
        execution: what is remembered of operations.
        registers: what lives elsewhere.
        verzending: sends codes; None where nothing does.
        announcements: what other processes must forget, and tell us to.
    """

    def __init__(
        self,
        settings: Settings,
        transport: Transport | None,
        *,
        timer: Timer,
        door: Door | None,
        rates: Rates,
        strangers: Rates,
    ) -> None:
        """Put it together; see `create_app` for the arguments.

        `rates` counts what callers ask, `strangers` what those ask who are anonymous.
        """
        url = settings.database_url.get_secret_value()
        self._engine = create_database(url, pool_size=1)  # announces, and no more
        self._recording = settings.recording
        self._lijsten = Referentielijsten.of(settings.referentielijsten)
        self._kanalen = self._lijsten.kanalen.codes
        self.verzending: Verzending | None = _postvak(settings)
        self._writing = create_database(url, pool_size=settings.recording.pool_size)
        self._writer = Writer(self._writing)
        self._statements = Statements(
            create_connections(url, pool_size=settings.database_pool_size)
        )
        self._limits = Limits(settings.max_page_size, cursor_key(settings))
        self._operation_limits = OperationLimits.of(
            settings.limits, has_issuers=bool(settings.identity.issuers)
        )
        self.execution = Execution(breadth_first=not settings.graphql_core)
        self._policy = Policy(settings.identity)
        self._pseudonyms = _pseudonyms(settings)
        self._trail = self._create_trail(settings)
        self.counted = Counted(rates, self._pseudonyms, strangers)
        self.door = door or IssuerDoor(
            settings.identity, transport=transport, timer=timer
        )
        self._listens = settings.notificaties_secret is not None
        self.registers = Registers(
            settings.registers,
            transport,
            cache=settings.cache,
            timer=timer,
            pseudonym=lambda who: self._pseudonyms.identificatie(who).value,
        )
        self.announcements = Announcements(
            url,
            self._engine,
            on_dropped=self.registers.drop,
            on_missed=self.registers.flush,
        )

    def context(self, deadline: Deadline, caller: Caller) -> RequestContext:
        """Make what one request carries."""
        store = Store(self._statements, deadline)
        registers = self.registers.reads(deadline)
        look_up = partial(self.counted.look_up, caller)
        sight = Sight(caller, self._policy, store, look_up)
        return RequestContext(
            store,
            registers,
            sight,
            Elsewhere(sight, self._policy, registers),
            self._limits,
            self._operation_limits,
            self.execution,
            self._recorder(deadline, caller),
            None
            if self._trail is None
            else Witness(sight, self._trail, self._pseudonyms, self._statements),
            self._pseudonyms,
            lijsten=self._lijsten,
        )

    def _recorder(self, deadline: Deadline, caller: Caller) -> Recorder:
        owner = self.registers.directory.owner
        desk = Desk(
            self._writer,
            self._pseudonyms,
            self._recording,
            owns=lambda url: owner(url) is not None,
            verzending=self.verzending,
            kanalen=self._kanalen,
        )
        return Recorder(desk, caller, deadline)

    def _create_trail(self, settings: Settings) -> Trail | None:
        # Who is not asked who they are, leaves no trail either.
        if settings.identity.pseudonym_key is None:
            return None
        log, audit = create_log(settings.traces), Audit(self._statements)
        return Trail(log, audit, self._pseudonyms)

    def _tell_fallbacks(self) -> None:
        for why, number in self.execution.fallbacks.most_common():
            logger.info("graphql-core ran %d operations: %s", number, why)

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Open what it needs, and close everything in the end."""
        async with AsyncExitStack() as stack:
            stack.enter_context(quietly())
            stack.callback(self._tell_fallbacks)
            stack.push_async_callback(self._engine.dispose)
            stack.push_async_callback(self._writing.dispose)
            stack.push_async_callback(self._statements.aclose)
            stack.push_async_callback(self.registers.aclose)
            stack.push_async_callback(self.door.aclose)
            if self._trail is not None:
                stack.callback(self._trail.close)
            if self._listens:
                await stack.enter_async_context(self.announcements.listening())
            yield


def _postvak(settings: Settings) -> Postvak | None:
    outbox = settings.recording.outbox
    return None if outbox is None else Postvak(outbox)


def _pseudonyms(settings: Settings) -> Pseudonyms:
    """Take the installation's key; where nobody is asked who they are, the database's.

    Any would do there, but retries are known by it: in all processes, also after a crash.
    """
    key = settings.identity.pseudonym_key
    if key is None:
        return Pseudonyms(_secret_of(settings, b"klant-pseudonym"))
    return Pseudonyms(key.get_secret_value().encode())


def cursor_key(settings: Settings) -> bytes:
    """Derive a secret that all processes of this installation share, and no other."""
    return _secret_of(settings, b"klant-cursor")


def _secret_of(settings: Settings, person: bytes) -> bytes:
    address = settings.database_url.get_secret_value().encode()
    return blake2b(address, digest_size=32, person=person).digest()
