from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.errors import BadInput
from gateway.identificatie import Identificatie
from gateway.store import tables
from gateway.store.keyset import Slice, window
from gateway.store.partijen import (
    OP_NUMMER,
    Contactpersoon,
    Organisatie,
    PartijFilter,
    Persoon,
)
from gateway.store.store import Store
from tests.store.rows import BEGIN, Rows, limits

pytestmark = pytest.mark.anyio

BSN = "999993653"


async def test_partijen_come_in_the_order_asked_and_as_what_they_are(
    rows: Rows, store: Store
) -> None:
    persoon = await rows.persoon(BSN, voornaam="Jan", achternaam="Bos")
    org = await rows.organisatie("12345678", "Bakkerij")
    contact = await rows.contactpersoon(org)
    found = await store.partijen.partijen_by_id([contact, uuid4(), org, persoon, org])
    acted, absent, bakery, jan, again = found
    assert isinstance(acted, Contactpersoon)
    assert (acted.namens_partij_id, acted.formeel) == (org, True)
    assert absent is None
    assert isinstance(bakery, Organisatie)
    assert bakery.naam == "Bakkerij"
    assert isinstance(jan, Persoon)
    assert jan.volledige_naam == "Jan Bos"
    assert again is bakery


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"voornaam": "Jan", "voorletters": "J."}, "Jan"),
        ({"voorletters": "J.", "achternaam": "Bos"}, "J. Bos"),
        (
            {"voornaam": "Jo", "voorvoegsel_achternaam": "van", "achternaam": "Os"},
            "Jo van Os",
        ),
        ({}, None),
    ],
)
async def test_a_name_is_put_together_of_what_is_known(
    rows: Rows, store: Store, parts: dict[str, object], name: str | None
) -> None:
    key = await rows.persoon(None, **parts)
    (persoon,) = await store.partijen.partijen_by_id([key])
    assert isinstance(persoon, Persoon)
    assert persoon.volledige_naam == name


async def test_an_organisation_may_be_several_partijen_a_vestiging_is_its_kvks(
    rows: Rows, store: Store
) -> None:
    one = await rows.organisatie("12345678")
    two = await rows.organisatie("12345678")
    other = await rows.organisatie("87654321")
    for owner, kvk_nummer in ((one, "12345678"), (other, "87654321")):
        await rows.identificatie(
            owner, "hr", "vestigingsnummer", "000012345678", kvk_nummer=kvk_nummer
        )
    find = store.partijen.partijen_by_identificatie
    kvk = Identificatie("hr", "kvk_nummer", "12345678")
    assert [each.id for each in await find(kvk)] == [one, two]
    vestiging = Identificatie(
        "hr", "vestigingsnummer", "000012345678", kvk_nummer="87654321"
    )
    assert [each.id for each in await find(vestiging)] == [other]


async def test_who_acted_for_whom_is_found_from_both_sides(
    rows: Rows, store: Store
) -> None:
    org = await rows.organisatie("12345678")
    jan, piet = await rows.persoon(), await rows.persoon()
    contact = await rows.contactpersoon(org)
    await rows.contactpersoon(jan, "persoon")
    acted = await store.partijen.contactpersonen_by_partij([piet, org])
    assert [[each.id for each in found] for found in acted] == [[], [contact]]
    await rows.link(
        tables.vertegenwoordigingen,
        vertegenwoordigende_partij_id=jan,
        vertegenwoordigde_partij_id=piet,
    )
    whom = await store.partijen.vertegenwoordigden_by_partij([jan, piet])
    by_whom = await store.partijen.vertegenwoordigers_by_partij([jan, piet])
    assert [[each.id for each in found] for found in whom] == [[piet], []]
    assert [[each.id for each in found] for found in by_whom] == [[], [jan]]


async def test_what_hangs_on_a_partij(rows: Rows, store: Store) -> None:
    jan, piet = await rows.persoon(BSN), await rows.persoon()
    await rows.insert(tables.rekeningnummers, partij_id=jan, iban="NL91ABNA0417164300")
    for days, withdrawn in ((0, BEGIN + timedelta(days=1)), (2, None)):
        await rows.insert(
            tables.toestemmingen,
            partij_id=jan,
            gegeven_op=BEGIN + timedelta(days=days),
            ingetrokken_op=withdrawn,
        )
    partijen = store.partijen
    identificaties = await partijen.externe_identificaties_by_partij([piet, jan])
    assert [[each.waarde for each in found] for found in identificaties] == [[], [BSN]]
    rekeningen = await partijen.rekeningnummers_by_partij([jan, piet])
    assert [[each.iban for each in found] for found in rekeningen] == [
        ["NL91ABNA0417164300"],
        [],
    ]
    last, never = await partijen.toestemming_by_partij([jan, piet])
    assert never is None
    assert last is not None
    assert last.ingetrokken_op is None


async def test_addresses_belong_to_a_partij_or_a_betrokkene(
    rows: Rows, store: Store, database: AsyncEngine
) -> None:
    jan = await rows.persoon()
    contact = await rows.klantcontact(1, None)
    ((betrokkene,),) = await store.betrokkenen.betrokkenen_by_klantcontact([contact])
    work = await rows.insert(
        tables.digitale_adressen, partij_id=jan, soort="email", adres="a@example.nl"
    )
    home = await rows.insert(
        tables.digitale_adressen,
        partij_id=jan,
        soort="email",
        adres="z@example.nl",
        standaard=True,
    )
    once = await rows.insert(
        tables.digitale_adressen,
        betrokkene_id=betrokkene.id,
        soort="telefoonnummer",
        adres="0612345678",
    )
    for owner in ({"partij_id": jan}, {"betrokkene_id": betrokkene.id}):
        await rows.insert(
            tables.adressen,
            soort="correspondentieadres",
            vorm="postbus",
            postbusnummer=12,
            postcode="1234 AB",
            plaats="Voorbeeldstad",
            **owner,
        )
    async with database.connect() as connection:
        await connection.execute(
            update(tables.partijen).values(voorkeurs_digitaal_adres_id=work)
        )
    adressen = store.adressen
    of_partij = await adressen.digitale_adressen_by_partij([jan, uuid4()])
    assert [[each.id for each in found] for found in of_partij] == [[home, work], []]
    of_contact = await adressen.digitale_adressen_by_betrokkene([betrokkene.id])
    assert [[each.id for each in found] for found in of_contact] == [[once]]
    by_id = await adressen.digitale_adressen_by_id([once, uuid4()])
    assert [each and each.adres for each in by_id] == ["0612345678", None]
    places = [
        *await adressen.adressen_by_partij([jan]),
        *await adressen.adressen_by_betrokkene([betrokkene.id]),
    ]
    assert [[each.plaats for each in found] for found in places] == [
        ["Voorbeeldstad"],
        ["Voorbeeldstad"],
    ]


@pytest.mark.parametrize("key", [2**63, -(2**70)])
async def test_a_key_that_no_row_can_have_is_refused(store: Store, key: int) -> None:
    asked = PartijFilter(nummer=1)
    place = window(Slice(), OP_NUMMER, limits(10), question=asked)
    with pytest.raises(BadInput, match="outside what can be looked up"):
        await store.partijen.find(asked, msgspec.structs.replace(place, key=(key,)))


async def test_partijen_are_found_by_what_names_them(rows: Rows, store: Store) -> None:
    jan = await rows.persoon(BSN, nummer=1001)
    org = await rows.organisatie("12345678")
    for owner in (jan, org):
        await rows.insert(
            tables.digitale_adressen,
            partij_id=owner,
            soort="telefoonnummer",
            adres="0201234567",
        )
    number = PartijFilter(digitaal_adres="0201234567")
    for asked, expected in {
        PartijFilter(identificatie=Identificatie("brp", "bsn", BSN)): {jan},
        PartijFilter(nummer=1001): {jan},
        number: {jan, org},
        PartijFilter(digitaal_adres="0201234567", soort_partij="organisatie"): {org},
        PartijFilter(nummer=1001, soort_partij="organisatie"): set(),
    }.items():
        place = window(Slice(), OP_NUMMER, limits(10), question=asked)
        page = await store.partijen.find(asked, place)
        assert {each.id for each in page.nodes} == expected
        assert await store.partijen.count([asked]) == [len(expected)]
    place = window(Slice(first=1), OP_NUMMER, limits(10), question=number)
    first = await store.partijen.find(number, place)
    part = Slice(first=1, after=first.end_cursor)
    place = window(part, OP_NUMMER, limits(10), question=number)
    second = await store.partijen.find(number, place)
    found = [each.id for page in (first, second) for each in page.nodes]
    assert sorted(found) == sorted([jan, org])


async def test_whom_a_foreign_number_names_is_a_person_all_the_same(
    rows: Rows, store: Store
) -> None:
    key = await rows.persoon("999993653")
    await rows.insert(
        tables.externe_identificaties,
        partij_id=key,
        soort_subject="natuurlijk_persoon",
        register="BZSt",
        soort="steuer_identifikationsnummer",
        waarde="99001122338",
    )
    of_a_person = Identificatie("BZSt", "steuer_identifikationsnummer", "99001122338")
    await rows.organisatie("99990011")
    of_a_company = Identificatie("hr", "kvk_nummer", "99990011")
    found = [
        await store.partijen.named_by(each) for each in (of_a_person, of_a_company)
    ]
    assert [each.is_person for each in found] == [True, False]
