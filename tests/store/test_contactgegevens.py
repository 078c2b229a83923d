"""What is used to follow up a klantcontact: of each kind of data, what one gave."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from gateway.store.contactgegevens import (
    Contactgegevens,
    Herkomst,
    Opgave,
    RedenNietGebruiken,
    contactgegevens_of,
)
from gateway.store.store import Store
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

KINDS: Mapping[str, Callable[[Opgave], object]] = MappingProxyType(
    {
        "naam": lambda gave: gave.naam,
        "bezoekadres": lambda gave: gave.bezoekadres,
        "correspondentieadres": lambda gave: gave.correspondentieadres,
        "digitaal": lambda gave: gave.digitaal,
    }
)


async def give(rows: Rows, kind: str, **owner: UUID) -> None:
    """Insert data of a kind; a name is its owner's own."""
    if kind == "digitaal":
        await rows.insert(
            tables.digitale_adressen, soort="email", adres="an@example.nl", **owner
        )
    elif kind != "naam":
        form = {"soort": kind, "vorm": "straatadres", "straatnaam": "Markt"}
        await rows.insert(tables.adressen, **form, **owner)


async def used(store: Store, *contacts: UUID) -> list[Contactgegevens]:
    found = await store.betrokkenen.betrokkenen_by_klantcontact(contacts)
    betrokkenen = [each for some in found for each in some]
    return await contactgegevens_of(
        betrokkenen, store.partijen, store.adressen, opvolging=set()
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("eenmalig", "standaard", "herkomst"),
    [
        (True, True, Herkomst.BETROKKENE),
        (True, False, Herkomst.BETROKKENE),
        (False, True, Herkomst.PARTIJ),
        (False, False, None),
    ],
)
async def test_what_was_given_for_the_contact_goes_before_what_is_kept(
    rows: Rows,
    store: Store,
    kind: str,
    *,
    eenmalig: bool,
    standaard: bool,
    herkomst: Herkomst | None,
) -> None:
    named = kind == "naam"
    partij = await rows.persoon(achternaam="Wit" if standaard and named else None)
    contact = await rows.klantcontact(1)
    betrokkene = await rows.betrokkene(
        contact,
        1,
        partij_id=partij,
        achternaam="Smit" if eenmalig and named else None,
    )
    if eenmalig:
        await give(rows, kind, betrokkene_id=betrokkene)
    if standaard:
        await give(rows, kind, partij_id=partij)
    (found,) = await used(store, contact)
    assert {name: found.used(of)[1] for name, of in KINDS.items()} == {
        **dict.fromkeys(KINDS),
        kind: herkomst,
    }
    depends = {name for name, of in KINDS.items() if found.needs_partij(of)}
    assert depends == KINDS.keys() - ({kind} if eenmalig else set())


def name_of(found: Contactgegevens) -> tuple[str | None, str | None]:
    naam, _ = found.used(lambda gave: gave.naam)
    if naam is None:
        return None, None
    of_person = naam.contactnaam.volledige_naam if naam.contactnaam else None
    return of_person, naam.organisatienaam


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"voornaam": "An"}, ("An", None)),
        ({"organisatienaam": "Club"}, (None, "Club")),
        ({"voornaam": "An", "organisatienaam": "Club"}, ("An", "Club")),
        ({}, ("Sanne Wit", None)),
    ],
)
async def test_to_a_name_that_was_given_nothing_is_added(
    rows: Rows,
    store: Store,
    given: dict[str, object],
    name: tuple[str | None, str | None],
) -> None:
    partij = await rows.persoon(voornaam="Sanne", achternaam="Wit")
    contact = await rows.klantcontact(1)
    await rows.betrokkene(contact, 1, partij_id=partij, **given)
    (found,) = await used(store, contact)
    assert name_of(found) == name


async def test_every_kind_of_partij_has_a_name_of_its_own(
    rows: Rows, store: Store
) -> None:
    bakery = await rows.organisatie("12345678", "Bakkerij")
    baker = await rows.contactpersoon(bakery, achternaam="Bakker")
    nobody = await rows.organisatie("87654321")
    contacts = [
        await rows.klantcontact(number, partij)
        for number, partij in enumerate((bakery, baker, nobody, None))
    ]
    found = await used(store, *contacts)
    assert [name_of(each) for each in found] == [
        (None, "Bakkerij"),
        ("Bakker", None),
        (None, None),
        (None, None),
    ]


async def test_the_preferred_address_is_that_of_the_partij_among_its_own(
    rows: Rows, store: Store, database: AsyncEngine
) -> None:
    partij = await rows.persoon()
    await give(rows, "digitaal", partij_id=partij)
    phone = await rows.insert(
        tables.digitale_adressen,
        partij_id=partij,
        soort="telefoonnummer",
        adres="0612345678",
    )
    async with database.begin() as connection:
        preferred = {"voorkeurs_digitaal_adres_id": phone}
        await connection.execute(update(tables.partijen).values(preferred))
    plain = await rows.klantcontact(1, partij)
    other = await rows.klantcontact(2)
    once = await rows.betrokkene(other, 2, partij_id=partij)
    await give(rows, "digitaal", betrokkene_id=once)
    found = [
        each.used(lambda gave: gave.digitaal)[0]
        for each in await used(store, plain, other)
    ]
    assert [each and len(each.adressen) for each in found] == [2, 1]
    chosen = [each and each.voorkeur and each.voorkeur.id for each in found]
    assert chosen == [phone, None]


SECRET, OUT = RedenNietGebruiken.GEHEIMHOUDING, RedenNietGebruiken.NIET_ACTIEF


@pytest.mark.parametrize(
    ("partij", "reasons"),
    [
        ({}, []),
        ({"indicatie_geheimhouding": False}, []),
        ({"indicatie_geheimhouding": True}, [SECRET]),
        ({"indicatie_actief": False}, [OUT]),
        ({"indicatie_geheimhouding": True, "indicatie_actief": False}, [SECRET, OUT]),
    ],
)
async def test_why_not_to_use_what_is_kept_is_said(
    rows: Rows,
    store: Store,
    partij: dict[str, object],
    reasons: Sequence[RedenNietGebruiken],
) -> None:
    contact = await rows.klantcontact(1, await rows.persoon(None, **partij), None)
    found = await used(store, contact)
    assert {each.partij is None: each.redenen_niet_gebruiken for each in found} == {
        True: [],
        False: reasons,
    }
