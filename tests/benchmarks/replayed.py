"""The municipality in memory: contexts whose store and registers answer at once."""

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

import msgspec

from gateway.checking.limits import OperationLimits
from gateway.context import RequestContext
from gateway.deadline import Deadline
from gateway.demo.run import gateway_settings
from gateway.execution.documents import Execution
from gateway.identity.caller import Caller
from gateway.identity.policy.policy import Policy
from gateway.identity.sight.elsewhere import Elsewhere
from gateway.identity.sight.sight import Sight
from gateway.registers.registers import Reads, Registers
from gateway.settings import IdentitySettings, LimitSettings
from gateway.store.database import create_connections
from gateway.store.keyset import Limits, Page
from gateway.store.klantcontacten import Klantcontact
from gateway.store.statements import Statements
from gateway.store.store import Store
from tests.benchmarks.replaying import Answers, Part, Read, Reading
from tests.benchmarks.standins import Running
from tests.registers.builders import pseudonym

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

T = TypeVar("T")

POLICY = Policy(IdentitySettings())
LARGEST = 10_000
"""Rows of a page; nothing here is refused for what it asks."""

_LIMITS = Limits(LARGEST, b"k" * 32)
_UNLIMITED = OperationLimits.of(
    LimitSettings(max_cost=10**9, max_depth=100, max_tokens=10_000), has_issuers=False
)
_STORE = (
    "partijen",
    "adressen",
    "klantcontacten",
    "betrokkenen",
    "delen",
    "actoren",
    "interne_taken",
)
_REGISTERS = ("zaken", "catalogi", "documenten", "objecten")


class Municipality:
    """Makes contexts.

    Attributes:
        answers: of its store and registers, once they were asked for real.
    """

    def __init__(self, statements: Statements, registers: Registers) -> None:
        self.answers = Answers()
        self._statements = statements
        self._registers = registers

    def recording(self, caller: Caller, execution: Execution) -> RequestContext:
        """Make a context that asks, and remembers what is answered."""
        return self._context(caller, execution, self.answers.recording)

    def context(self, caller: Caller, execution: Execution) -> RequestContext:
        """Make a context that answers at once."""

        def replaying(method: str, _read: Read) -> Read:
            return self.answers.replaying(method)

        return self._context(caller, execution, replaying)

    def _context(
        self, caller: Caller, execution: Execution, reading: Reading
    ) -> RequestContext:
        deadline = Deadline.after(600)
        store = Store(self._statements, deadline)
        reads: Reads = self._registers.reads(deadline)
        for whole, names in ((store, _STORE), (reads, _REGISTERS)):
            for name in names:
                setattr(whole, name, Part(name, getattr(whole, name), reading))
        sight = Sight(caller, POLICY, store, lambda _: None)
        return RequestContext(
            store,
            reads,
            sight,
            Elsewhere(sight, POLICY, reads),
            _LIMITS,
            _UNLIMITED,
            execution,
        )

    def page(self, method: str) -> Page[Klantcontact]:
        """Give the page that was answered."""
        found = self.answers.known[method][""]
        (page,) = found if isinstance(found, list) else (found,)
        return cast("Page[Klantcontact]", page)

    def of_size(self, size: int, method: str) -> "Municipality":
        """Make one like it, with a page of so many klantcontacten.

        They are those of this page over and over, each time with records of their own:
        all but partijen and what registers have as types.

        Args:
            size: a multiple of the rows of this page, or fewer.
            method: that gives the page.
        """
        made = Municipality(self._statements, self._registers)
        for name, known in self.answers.known.items():
            made.answers.known[name] |= known
        page = self.page(method)
        copies = [_Copy(nr, self._same()) for nr in range(-(-size // len(page.nodes)))]
        for copy in copies[1:]:
            for name, known in self.answers.known.items():
                made.answers.known[name] |= copy.of_answers(known)
        nodes = [node for copy in copies for node in copy.of(page.nodes)][:size]
        larger = msgspec.structs.replace(page, nodes=nodes)
        is_list = isinstance(self.answers.known[method][""], list)
        made.answers.known[method][""] = [larger] if is_list else larger
        return made

    def _same(self) -> frozenset[str]:
        """Keys that stay the same in every copy."""
        return frozenset(
            uuid
            for name, known in self.answers.known.items()
            if name.startswith(("catalogi.", "partijen.", "adressen."))
            for key in known
            for uuid in _UUID.findall(str(key))
        ) | frozenset(
            uuid
            for each in self.answers.known["objecten.objecttypen_by_object"].values()
            for uuid in _UUID.findall(str(getattr(each, "url", "")))
        )


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class _Copy:
    """Gives records that are like others, with keys of their own; of 0, the same."""

    def __init__(self, number: int, same: frozenset[str]) -> None:
        self._number = number
        self._same = same

    def of_answers(self, known: dict[object, object]) -> dict[object, object]:
        """Copy what was answered, but for keys that stay the same."""
        return {
            copied: self.of(value)
            for key, value in known.items()
            if (copied := self.of(key)) != key
        }

    def of(self, value: T) -> T:
        """Copy whatever it is."""
        return cast("T", self._of(value) if self._number else value)

    def _of(self, value: object) -> object:
        if type(value) is UUID:
            return UUID(self._named(str(value)))
        if type(value) is str:  # a member of an enum is what it is
            return _UUID.sub(lambda it: self._named(it[0]), value)
        return self._of_several(value)

    def _of_several(self, value: object) -> object:
        if isinstance(value, list | tuple | set):
            return type(value)(map(self._of, value))
        if isinstance(value, dict):
            return {key: self._of(each) for key, each in value.items()}
        if isinstance(value, msgspec.Struct):
            names = value.__struct_fields__
            changed = {name: self._of(getattr(value, name)) for name in names}
            return msgspec.structs.replace(value, **changed)
        return value

    def _named(self, uuid: str) -> str:
        if uuid in self._same:
            return uuid
        return str(UUID(int=UUID(uuid).int ^ (self._number << 64)))


@asynccontextmanager
async def municipality(url: str, standins: Running) -> "AsyncIterator[Municipality]":
    """Open one, of which nothing is known yet.

    Args:
        url: of a database that holds the demo's municipality.
        standins: its registers.
    """
    settings = gateway_settings(url, standins.addresses)
    statements = Statements(create_connections(url, pool_size=10))
    registers = Registers(settings.registers, pseudonym=pseudonym)
    try:
        yield Municipality(statements, registers)
    finally:
        await registers.aclose()
        await statements.aclose()
