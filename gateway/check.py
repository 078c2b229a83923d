"""`klantbeeld check`: is everything there that the gateway needs?

Asks, never writes: the database which revision it has, each register a question whose
answer holds nobody's data but tells whether our credentials are good, each issuer of
tokens its keys, and whether what is shown can be written down.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from uuid import UUID

from gateway.deadline import Deadline
from gateway.errors import GatewayError, Missing, RegisterError, RegisterRefused
from gateway.identity.tokens.jwks import Jwks, NoKeys
from gateway.identity.trail.exporters import doubt_about
from gateway.registers.directory import Directory
from gateway.registers.records import Json
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.registers.zaken import ZAKEN
from gateway.settings import RegisterKind, RegisterSettings, Settings
from gateway.settings.identity import IdentitySettings, IssuerSettings
from gateway.settings.traces import TraceSettings
from gateway.store.audit import APPENDING, Audit
from gateway.store.database import COMMAND_TIMEOUT, create_connections
from gateway.store.migrate import MigrationError, head, revision_of
from gateway.store.statements import Statements

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
    """Ask the database, all registers and all issuers at once; one finding for each.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers and issuers.

    Raises:
        InvalidSettings: the registers' addresses contradict each other, or an issuer's
            `ca_bundle` cannot be used.
    """
    Directory(settings.registers)
    database, registers, issuers = await asyncio.gather(
        _database(settings.database_url.get_secret_value()),
        _registers(settings.registers, transport),
        _issuers(settings.identity, transport),
    )
    trail = await _trail(settings, has_tables=database.good)
    return [Finding(True, "settings: valid"), database, *registers, *issuers, *trail]


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


async def _registers(
    settings: Sequence[RegisterSettings], transport: Transport | None
) -> list[Finding]:
    if not settings:
        return [Finding(True, "registers: none configured")]
    clients = [RegisterClient(each, transport) for each in settings]
    return await asyncio.gather(*map(_register, clients))


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


async def _issuers(
    settings: IdentitySettings, transport: Transport | None
) -> list[Finding]:
    if not settings.issuers:
        text = "identity: no issuer is configured, so nobody is asked who they are"
        return [Finding(True, text)]
    found = [
        _issuer(each, Jwks(each, transport, timer=time.monotonic))
        for each in settings.issuers
    ]
    return await asyncio.gather(*found)


async def _issuer(settings: IssuerSettings, jwks: Jwks) -> Finding:
    name = f"issuer {settings.issuer}"
    try:
        usable = (await jwks.read()).algorithms(settings.algorithms)
    except NoKeys as error:
        return Finding(False, f"{name}: {error}")
    finally:
        await jwks.aclose()
    if not usable:
        accepted = ", ".join(settings.algorithms)
        return Finding(False, f"{name}: has no key for {accepted}")
    return Finding(True, f"{name}: has keys for {', '.join(usable)}")


async def _trail(settings: Settings, *, has_tables: bool) -> list[Finding]:
    if settings.identity.pseudonym_key is None:
        return []  # nobody is asked who they are, and no trail is kept
    records = await _records(settings.traces)
    return [records, await _audit(settings)] if has_tables else [records]


async def _records(settings: TraceSettings) -> Finding:
    doubt = await asyncio.to_thread(doubt_about, settings)
    return Finding(doubt is None, f"processing records: {doubt or 'can be written'}")


async def _audit(settings: Settings) -> Finding:
    """Ask which rights the role has on what only grows: more is as bad as less."""
    url = settings.database_url.get_secret_value()
    statements = Statements(create_connections(url, pool_size=1))
    try:
        rights = await Audit(statements).rights(Deadline.after(COMMAND_TIMEOUT))
    except GatewayError as error:
        return Finding(False, f"audit trail: {error}")
    finally:
        await statements.aclose()
    wrong = [
        f"{_wrong(has)} on {trail}" for trail, has in rights.items() if has != APPENDING
    ]
    if not wrong:
        return Finding(True, "audit trail: this role can only add to it")
    said = f"audit trail: this role {' and '.join(wrong)}; run klantbeeld migrate"
    return Finding(False, said)


def _wrong(rights: frozenset[str]) -> str:
    more, less = sorted(rights - APPENDING), sorted(APPENDING - rights)
    return f"may {', '.join(more)}" if more else f"may not {', '.join(less)}"
