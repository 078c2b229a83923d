"""Holding all configured registers against what the gateway assumes of them."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from gateway.check import NOBODY, REFUSED, refusing
from gateway.errors import RegisterError
from gateway.registers.directory import Directory
from gateway.registers.wire.credentials import Clock
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.settings import RegisterKind, RegisterSettings, Settings
from gateway.traps import beside, documenten, objecten, zaken
from gateway.traps.answers import ANSWERS, LOCATED, PAGES, ZGW
from gateway.traps.downloads import DOWNLOADS
from gateway.traps.etags import ETAGS
from gateway.traps.expanding import BARE, EXPANDING
from gateway.traps.judging import Differs, Unknown, told
from gateway.traps.probing import Asking, Probed, Trap
from gateway.traps.tokens import TOKENS
from gateway.traps.zoek import ZOEK


class Verdict(StrEnum):
    """What a probe found."""

    HOLDS = "holds"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Row(NamedTuple):
    """One line of the report; `good` is false for what an operator must look at."""

    verdict: Verdict
    text: str
    good: bool = True


_ZGW = (*ANSWERS, *ZGW, *PAGES, *TOKENS, *ETAGS)
_ZAKEN = (*_ZGW, *LOCATED, *ZOEK, *EXPANDING, *beside.ZAKEN, *zaken.TRAPS)
_DOCUMENTEN = (*_ZGW, *ZOEK, *BARE, *beside.DOCUMENTEN, *documenten.TRAPS, *DOWNLOADS)

# The Notificaties API is read by nobody.
_TABLES: Mapping[RegisterKind, tuple[Asking, Sequence[Trap]]] = MappingProxyType(
    {
        "zaken": (zaken.ZAKEN, _ZAKEN),
        "catalogi": (Asking("zaaktypen"), (*_ZGW, *beside.CATALOGI)),
        "documenten": (documenten.DOCUMENTEN, _DOCUMENTEN),
        "objecten": (
            objecten.OBJECTEN,
            (*ANSWERS, *LOCATED, *PAGES, *objecten.TRAPS),
        ),
    }
)


async def probe_all(
    settings: Settings, transport: Transport | None = None, *, clock: Clock = time.time
) -> list[Row]:
    """Probe all registers at once, each with one request at a time.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.
        clock: seconds since 1970.

    Returns:
        A row per register and trap; one for a register that does not answer at all, or
        not to these credentials.

    Raises:
        InvalidSettings: the registers' addresses contradict each other.
    """
    Directory(settings.registers)
    tables = await asyncio.gather(
        *(_register(each, transport, clock) for each in settings.registers)
    )
    return [row for table in tables for row in table]


async def _register(
    settings: RegisterSettings, transport: Transport | None, clock: Clock
) -> list[Row]:
    if settings.kind not in _TABLES:
        return []
    asking, traps = _TABLES[settings.kind]
    client = RegisterClient(settings, transport, clock=clock)
    register = Probed(client, asking, clock=clock)
    try:
        first = await register.get(f"/{asking.resource}/{NOBODY}")
        if first.status in REFUSED:
            refused = refusing(settings.name, told(first))
            return [Row(Verdict.UNKNOWN, refused, good=False)]
        return [await _row(register, trap) for trap in traps]
    except RegisterError as error:
        return [Row(Verdict.UNKNOWN, str(error), good=False)]
    finally:
        await client.aclose()


async def _row(register: Probed, trap: Trap) -> Row:
    text = f"register {register.settings.name}: {trap.assumption}"
    try:
        note = await trap.probe(register)
    except Unknown as reason:
        return Row(Verdict.UNKNOWN, f"{text} ({reason})")
    except Differs as reason:
        return Row(Verdict.DIFFERS, f"{text} ({reason})", good=False)
    except RegisterError as error:
        return Row(Verdict.UNKNOWN, f"{text} ({error})", good=False)
    return Row(Verdict.HOLDS, f"{text} ({note})" if note else text)
