"""`klantbeeld check`: is everything there that the gateway needs?

Asks, never writes: the database which revision it has, each register a question whose
answer holds nobody's data but tells whether our credentials are good.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from uuid import UUID

from gateway.errors import Missing, RegisterError, RegisterRefused
from gateway.registers.directory import Directory
from gateway.registers.records import Json
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.registers.zaken import ZAKEN
from gateway.settings import RegisterKind, Settings
from gateway.store.migrate import MigrationError, head, revision_of

Headers: TypeAlias = Mapping[str, str]

NOBODY = UUID(int=0)
"""A uuid that no record has."""

REFUSED = frozenset({401, 403})
"""What says that our credentials are not good, where nobody's record is asked for."""

_NO_UUIDS: Json = {"uuid__in": []}
_NONE: Headers = MappingProxyType({})


class Finding(NamedTuple):
    """One line of the report."""

    good: bool
    text: str


def refusing(register: str, answer: str) -> str:
    """Say that a register does not take our credentials.

    Args:
        register: its name.
        answer: what it said: `status 403`.
    """
    return f"register {register}: refuses these credentials ({answer})"


Probe = Callable[[RegisterClient], Awaitable[object]]


def _reads(resource: str, headers: Headers = _NONE) -> Probe:
    """What does not exist must be a 404, not a refusal."""
    return lambda client: client.get(f"/{resource}/{NOBODY}", headers=headers)


def _finds(resource: str, headers: Headers = _NONE) -> Probe:
    """A list of no uuids finds nothing; a register without `_zoek` is read singly."""

    async def probe(client: RegisterClient) -> None:
        try:
            await client.post(f"/{resource}/_zoek", _NO_UUIDS, headers=headers)
        except RegisterRefused as error:
            if error.status not in {404, 405}:
                raise
            await _reads(resource, headers)(client)

    return probe


async def _lists_kanalen(client: RegisterClient) -> None:
    if isinstance(await client.get("/kanaal"), Missing):
        raise RegisterRefused(client.settings.name, "it has no kanalen", status=404)


_PROBES: Mapping[RegisterKind, Probe] = MappingProxyType(
    {
        "zaken": _finds("zaken", ZAKEN.headers),
        "catalogi": _reads("zaaktypen"),
        "documenten": _finds("enkelvoudiginformatieobjecten"),
        "objecten": _reads("objects"),
        "notificaties": _lists_kanalen,
    }
)


async def check(
    settings: Settings, transport: Transport | None = None
) -> list[Finding]:
    """Ask the database and all registers at once; one finding for each.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.

    Raises:
        InvalidSettings: the registers' addresses contradict each other.
    """
    Directory(settings.registers)
    clients = [RegisterClient(each, transport) for each in settings.registers]
    database, *registers = await asyncio.gather(
        _database(settings.database_url.get_secret_value()), *map(_register, clients)
    )
    if not registers:
        registers = [Finding(True, "registers: none configured")]
    return [Finding(True, "settings: valid"), database, *registers]


async def _database(url: str) -> Finding:
    try:
        revision = await revision_of(url)
    except MigrationError as error:
        return Finding(False, f"database: {error}")
    if revision != head():
        at = revision or "nothing"
        return Finding(
            False, f"database: at {at}, but {head()} is needed; run klantbeeld migrate"
        )
    return Finding(True, f"database: at {revision}")


async def _register(client: RegisterClient) -> Finding:
    name = client.settings.name
    try:
        await _PROBES[client.settings.kind](client)
    except RegisterError as error:
        if error.status in REFUSED:
            return Finding(False, refusing(name, f"status {error.status}"))
        return Finding(False, str(error))
    finally:
        await client.aclose()
    return Finding(True, f"register {name}: answers")
