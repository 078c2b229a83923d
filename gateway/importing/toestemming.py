"""What comes of a partij that is here, by whether consent for reuse stands (V6898).

A partij that others made here, and that never consented, has no more than its number and
what names it; one that withdrew consent neither. What protects somebody comes anyhow.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from gateway.importing.planning import Values
from gateway.store.writing import importing as store
from gateway.store.writing.transaction import Transaction

WITHDREW = "consent for reuse was withdrawn here"
NEVER_GAVE = "is here already, without consent for reuse"

GEHEIMHOUDING = "indicatie_geheimhouding"

_NAMES = frozenset(
    ("voorletters", "voornaam", "voorvoegsel_achternaam", "achternaam", "naam")
)
PRIVATE = _NAMES | {"interne_notitie", "voorkeurstaal"}
"""Columns of a partij that take consent: those which are emptied when it ends."""


async def refusal(tx: Transaction, bron: str, partij: UUID) -> str | None:
    """Say why no data of a partij come that take consent; None where they do."""
    consent = await store.consent(tx, bron, partij)
    if consent.stands is False:
        return WITHDREW
    if consent.stands is None and consent.is_found:
        return NEVER_GAVE
    return None


def without(values: Values, here: Values) -> tuple[Values, list[str]]:
    """Leave out what takes consent; and name what is not here as it is there."""
    private = [
        name
        for name, value in values.items()
        if name in PRIVATE and value not in {None, here.get(name)}
    ]
    kept = {name: each for name, each in values.items() if name not in PRIVATE}
    return kept, private


def lacking(
    values: Values, here: Values, names: Collection[str] | None = None
) -> Mapping[str, object]:
    """Give what a partij is not told of; a name only where there is none at all.

    Args:
        values: as they are there.
        here: as they are.
        names: of these columns only, and of nothing but True.
    """
    is_named = any(here.get(name) is not None for name in _NAMES)
    return {
        name: value
        for name, value in values.items()
        if value is not None and here.get(name) is None
        if not (is_named and name in _NAMES)
        if names is None or (name in names and value is True)
    }
