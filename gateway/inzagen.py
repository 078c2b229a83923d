"""`klantbeeld inzagen`: who was shown what of somebody, when and why.

Whose it is, is said on standard input: arguments stay in the history of a shell, and
are seen by everybody on the machine while the command runs.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from gateway import identificatie
from gateway.deadline import Deadline
from gateway.errors import GatewayError, InvalidSettings
from gateway.identificatie import Identificatie
from gateway.identity.pseudonyms import Pseudonyms
from gateway.settings import Settings
from gateway.store.audit import Audit, Inzage
from gateway.store.database import COMMAND_TIMEOUT, create_connections
from gateway.store.migrate import head, revision_of
from gateway.store.partijen import PartijFilter
from gateway.store.statements import Statements
from gateway.store.store import Store

COLUMNS = "moment aanvrager wie uitgever client wat waarom trace"
"""What a line says, with tabs in between."""

SELF = "zelf"
"""Who asked, where that was the one who was shown."""


class CannotTell(Exception):
    """What was asked cannot be answered; the message holds nothing of anybody."""


# The digits of the numbers that each way takes.
_DIGITS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"bsn": (9,), "rsin": (9,), "kvk_nummer": (8,), "vestigingsnummer": (12, 8)}
)
_NAMED: Mapping[str, Callable[[str], Identificatie]] = MappingProxyType(
    {
        "bsn": identificatie.bsn,
        "rsin": identificatie.rsin,
        "kvk_nummer": identificatie.kvk_nummer,
    }
)
WAYS = (
    "bsn 123456782; rsin, kvk_nummer or a partij's own nummer likewise;"
    " vestigingsnummer 123456789012 12345678 (under its KVK-nummer)"
)
"""How somebody is named, for people."""


async def inzagen(
    settings: Settings, asked: str, since: datetime | None = None
) -> list[str]:
    """Read what was written down of somebody, oldest first; a line each.

    Args:
        settings: all of them.
        asked: whose: as in `WAYS`.
        since: leave out what was before.

    Raises:
        InvalidSettings: there is no key to make pseudonyms with.
        CannotTell: nobody is named or known so, or the database does not answer.
        MigrationError: there is no connection to it.
    """
    key = settings.identity.pseudonym_key
    if key is None:
        problem = (
            "KLANTBEELD_IDENTITY__PSEUDONYM_KEY: is needed to find somebody's rows"
        )
        raise InvalidSettings([problem])
    asked_for = whom(asked)
    url = settings.database_url.get_secret_value()
    if await revision_of(url) != head():
        raise CannotTell(f"database: {head()} is needed; run klantbeeld migrate")
    statements = Statements(create_connections(url, pool_size=1))
    deadline = Deadline.after(COMMAND_TIMEOUT)
    pseudonyms = Pseudonyms(key.get_secret_value().encode())
    try:
        partijen = await Store(statements, deadline).partijen.all_of(asked_for)
        if not partijen:
            raise CannotTell("nobody is known by this now")
        whose = [pseudonyms.partij(each.id).value for each in partijen]
        found = await Audit(statements).of(whose, since, deadline)
    except GatewayError as error:
        raise CannotTell(str(error)) from None
    finally:
        await statements.aclose()
    named = asked_for.identificatie
    own = None if named is None else pseudonyms.identificatie(named).value
    return [line(each, own) for each in found]


def whom(asked: str) -> PartijFilter:
    """Read who is meant: by an identificatie, or a partij's own nummer.

    Raises:
        CannotTell: nobody is; what was said is not repeated.
    """
    way, *numbers = asked.split() or [""]
    if (
        way == "nummer"
        and len(numbers) == 1
        and re.fullmatch("[0-9]{1,10}", numbers[0])
    ):
        return PartijFilter(nummer=int(numbers[0]))
    known = _DIGITS.get(way, ())
    if not known or len(numbers) != len(known):
        raise CannotTell(f"say on standard input whose: {WAYS}")
    for number, digits in zip(numbers, known, strict=True):
        if not re.fullmatch(f"[0-9]{{{digits}}}", number):
            raise CannotTell(f"{way}: must have {digits} digits")
    if way not in _NAMED:
        return PartijFilter(identificatie=identificatie.vestiging(*numbers))
    return PartijFilter(identificatie=_NAMED[way](numbers[0]))


def line(inzage: Inzage, own: str | None) -> str:
    """Say one row; see `COLUMNS`.

    Args:
        inzage: the row.
        own: the pseudonym of the one whom it is about, where known.
    """
    wie = " namens ".join(
        SELF if each == own else each for each in (inzage.wie, inzage.namens) if each
    )
    waarom = [inzage.verwerking, inzage.verwerking_uri]
    if inzage.identiteit_middel is not None:
        stated = (
            inzage.identiteit_middel,
            inzage.identiteit_niveau,
            inzage.identiteit_grond,
        )
        waarom.append(f"({', '.join(each or '' for each in stated)})")
    parts = [
        inzage.moment.astimezone().isoformat(timespec="seconds"),
        inzage.soort_aanvrager,
        wie,
        inzage.uitgever or "-",
        inzage.client or "-",
        ", ".join(inzage.wat),
        " ".join(waarom),
        inzage.trace_id,
    ]
    return "\t".join(map(_shown, parts))


def _shown(text: str) -> str:
    """Give a text as a terminal may show it: what a token said, could steer one."""
    return "".join(each if each.isprintable() else "?" for each in text)
