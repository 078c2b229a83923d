"""`klantbeeld disclose`: all that is held on one person (AVG, article 15).

Whose it is, is said on standard input, as with `klantbeeld inzagen`. What is given has to be
looked over before it is handed on: what was written down in words may be about others too.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from gateway.deadline import Deadline
from gateway.errors import GatewayError, InvalidSettings
from gateway.identificatie import Identificatie
from gateway.identity.pseudonyms import Pseudonyms
from gateway.inzagen import CannotTell, whom
from gateway.settings import Settings
from gateway.store.database import COMMAND_TIMEOUT, create_connections, create_owner
from gateway.store.migrate import head, revision_of
from gateway.store.partijen import ExterneIdentificatie, PartijFilter
from gateway.store.retention.held import About, Held, betrokkenen_of, held
from gateway.store.statements import Statements
from gateway.store.store import Store
from gateway.store.writing.transaction import Transaction


async def disclose(settings: Settings, asked: str) -> str:
    """Read all that is held on somebody, as it was at one moment.

    Args:
        settings: all of them.
        asked: whose: as `klantbeeld inzagen` takes it.

    Returns:
        JSON: of each table the rows, of each row the columns.

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
    pseudonyms = Pseudonyms(key.get_secret_value().encode())
    try:
        partijen, identificaties = await _find(url, asked_for)
    except GatewayError as error:
        raise CannotTell(str(error)) from None
    if not partijen:
        raise CannotTell("nobody is known by this now")
    names = [pseudonyms.identificatie(each).value for each in identificaties]
    found = await _read(url, partijen, names, pseudonyms)
    encoded = msgspec.json.encode(found, enc_hook=str)
    return msgspec.json.format(encoded, indent=2).decode()


async def _find(
    url: str, asked: PartijFilter
) -> tuple[Sequence[UUID], Sequence[Identificatie]]:
    """Say which partijen somebody is, and what names these elsewhere."""
    statements = Statements(create_connections(url, pool_size=1))
    try:
        store = Store(statements, Deadline.after(COMMAND_TIMEOUT))
        partijen = [each.id for each in await store.partijen.all_of(asked)]
        named = await store.partijen.externe_identificaties_by_partij(partijen)
    finally:
        await statements.aclose()
    return partijen, [each for some in named for row in some for each in _number(row)]


def _number(row: ExterneIdentificatie) -> list[Identificatie]:
    if row.register is None or row.soort is None or row.waarde is None:
        return []
    return [
        Identificatie(row.register, row.soort, row.waarde, row.land, row.kvk_nummer)
    ]


async def _read(
    url: str, partijen: Sequence[UUID], names: Sequence[str], pseudonyms: Pseudonyms
) -> Held:
    """Read it in one snapshot, with all the time it takes."""
    engine = create_owner(url).execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    try:
        async with engine.begin() as connection:
            tx = Transaction(connection)
            shown = [
                *(pseudonyms.partij(each).value for each in partijen),
                # Who became a partij later was shown as who they were.
                *(
                    pseudonyms.betrokkene(each).value
                    for each in await betrokkenen_of(tx, partijen)
                ),
            ]
            retried = [pseudonyms.digest("aanvrager", each, "", "") for each in names]
            return await held(tx, partijen, About(shown, names, retried))
    finally:
        await engine.dispose()
