"""Partijen are found by what names them, added, changed and emptied."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row as Found, Table, delete, func, select, update

from gateway.store.tables import (
    adressen,
    digitale_adressen,
    externe_identificaties,
    partijen,
    rekeningnummers,
    toestemmingen,
    vertegenwoordigingen,
)
from gateway.store.writing.transaction import Transaction, columns_of

Row = Mapping[str, object]

_P, _E, _T, _V = partijen, externe_identificaties, toestemmingen, vertegenwoordigingen

CONTACTGEGEVENS: Mapping[str, Table] = {
    "adres": adressen,
    "digitaal_adres": digitale_adressen,
    "rekeningnummer": rekeningnummers,
}
"""Tables of what a partij has many of, by what one is called."""


async def wait_for(tx: Transaction, numbers: Iterable[int]) -> None:
    """Have nobody else look for the same until the end.

    Args:
        tx: until whose end.
        numbers: 64 bits with a sign, of what is looked for; always taken in one order.
    """
    for number in sorted(set(numbers) - tx.held):
        await tx.run(select(func.pg_advisory_xact_lock(number)))
        tx.held.add(number)


async def find(
    tx: Transaction, names: Sequence[Row], soort: str, namens: UUID | None
) -> dict[str, object] | None:
    """Read the first partij of a soort that is named so, and keep it until the end.

    Args:
        tx: in which it is kept.
        names: of each, columns of `externe_identificaties`, where a value and a URL are
            two; the partij has all of these.
        soort: of the partij.
        namens: of a contactpersoon, for whom they acted.
    """
    named = [_P.c.id.in_(select(_E.c.partij_id).where(*_named(each))) for each in names]
    asked = (
        select(_P)
        .where(
            _P.c.soort_partij == soort,
            _P.c.namens_partij_id.is_not_distinct_from(namens),
            *named,
        )
        .order_by(_P.c.nummer)
        .limit(1)
    )
    return _first(await tx.run(asked.with_for_update(of=_P)))


async def lock(tx: Transaction, key: UUID) -> dict[str, object] | None:
    """Read one, which nobody else changes before the end."""
    return _first(await tx.run(select(_P).where(_P.c.id == key).with_for_update()))


async def soort_of(tx: Transaction, key: UUID) -> str | None:
    """Say of which soort one is, and keep it until the end."""
    asked = select(_P.c.soort_partij).where(_P.c.id == key)
    rows = await tx.run(asked.with_for_update(read=True, key_share=True))
    return str(rows[0][0]) if rows else None


async def add(tx: Transaction, row: Row) -> None:
    """Add one."""
    await tx.insert(_P, [row])


async def change(tx: Transaction, key: UUID, changes: Row) -> None:
    """Change columns of one; none is fine: what hangs on it changed. A new version."""
    values = {**changes, "versie": _P.c.versie + 1}
    await tx.run(update(_P).where(_P.c.id == key).values(values))


async def add_identificatie(tx: Transaction, row: Row) -> None:
    """Add what names a partij elsewhere.

    Raises:
        Violated: a natural person is another partij already
            (`uq_externe_identificaties_bsn`, `uq_externe_identificaties_persoon_url`).
    """
    await tx.insert(_E, [row])


async def identificaties(tx: Transaction, key: UUID) -> list[dict[str, object]]:
    """Read what names a partij elsewhere."""
    asked = select(_E).where(_E.c.partij_id == key).order_by(_E.c.id)
    return _all(await tx.run(asked))


async def named_elsewhere(tx: Transaction, identificatie: Row, key: UUID) -> bool:
    """Say whether another partij is the natural person who is named so."""
    is_person = _E.c.soort_subject == "natuurlijk_persoon"
    asked = select(_E.c.id).where(
        _E.c.partij_id != key, is_person, *_named(identificatie)
    )
    return bool(await tx.run(asked.limit(1)))


async def partij_of(tx: Transaction, identificatie: UUID) -> UUID | None:
    """Say whose an identificatie is."""
    rows = await tx.run(select(_E.c.partij_id).where(_E.c.id == identificatie))
    return rows[0][0] if rows else None


async def remove_identificatie(tx: Transaction, key: UUID) -> None:
    """Remove one."""
    await tx.run(delete(_E).where(_E.c.id == key))


async def contactgegevens(
    tx: Transaction, key: UUID
) -> dict[str, list[dict[str, object]]]:
    """Read what a partij has many of, by what one is called."""
    return {
        name: _all(await tx.run(select(table).where(table.c.partij_id == key)))
        for name, table in CONTACTGEGEVENS.items()
    }


async def add_contactgegevens(tx: Transaction, name: str, rows: Sequence[Row]) -> None:
    """Add some of `CONTACTGEGEVENS`."""
    await tx.insert(CONTACTGEGEVENS[name], rows)


async def remove_contactgegevens(tx: Transaction, key: UUID) -> None:
    """Remove all of `CONTACTGEGEVENS` that a partij has, and prefers none."""
    preferred = update(_P).where(_P.c.id == key)
    await tx.run(preferred.values(voorkeurs_digitaal_adres_id=None))
    for table in CONTACTGEGEVENS.values():
        await tx.run(delete(table).where(table.c.partij_id == key))


async def toestemming(tx: Transaction, key: UUID) -> dict[str, object] | None:
    """Read the consent that stands."""
    asked = select(_T).where(_T.c.partij_id == key, _T.c.ingetrokken_op.is_(None))
    return _first(await tx.run(asked))


async def give_toestemming(tx: Transaction, row: Row) -> None:
    """Add consent.

    Raises:
        Violated: one stands already (`uq_toestemmingen_geldend`).
    """
    await tx.insert(_T, [row])


async def withdraw_toestemming(tx: Transaction, key: UUID, moment: datetime) -> None:
    """End consent; never before it was given, whatever the clocks say."""
    ended = func.greatest(_T.c.gegeven_op, moment)
    await tx.run(update(_T).where(_T.c.id == key).values(ingetrokken_op=ended))


async def has_vertegenwoordiging(tx: Transaction, door: UUID, van: UUID) -> bool:
    """Say whether one is known to have represented another."""
    return bool(await tx.run(select(_V).where(*_between(door, van)).with_for_update()))


async def add_vertegenwoordiging(tx: Transaction, door: UUID, van: UUID) -> None:
    """Add that one represented another.

    Raises:
        Violated: that is known already (`pk_vertegenwoordigingen`).
    """
    row = {"vertegenwoordigende_partij_id": door, "vertegenwoordigde_partij_id": van}
    await tx.insert(_V, [row])


async def remove_vertegenwoordiging(tx: Transaction, door: UUID, van: UUID) -> None:
    """Remove that."""
    await tx.run(delete(_V).where(*_between(door, van)))


def _between(door: UUID, van: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        _V.c.vertegenwoordigende_partij_id == door,
        _V.c.vertegenwoordigde_partij_id == van,
    )


def _named(identificatie: Row) -> list[ColumnElement[bool]]:
    # Never IS NOT DISTINCT FROM, for which PostgreSQL looks in no index.
    return [
        _E.c[name].is_(None) if each is None else _E.c[name] == each
        for name, each in _given(identificatie)
    ]


def _given(identificatie: Row) -> list[tuple[str, object]]:
    """What one is looked for by: the value with all that belongs to it, else the URL.

    A land counts where it is given, as it does in reads.
    """
    by_value = ("register", "soort", "waarde", "land", "kvk_nummer")
    # With whom it names: the index of URLs is of natural persons.
    by_url = ("subject_url", "soort_subject")
    names = by_value if identificatie["waarde"] is not None else by_url
    found = [(name, identificatie[name]) for name in names]
    return [(name, each) for name, each in found if name != "land" or each is not None]


def _first(rows: Sequence[Found[tuple[object, ...]]]) -> dict[str, object] | None:
    return next(iter(_all(rows)), None)


def _all(rows: Sequence[Found[tuple[object, ...]]]) -> list[dict[str, object]]:
    return [columns_of(each) for each in rows]
