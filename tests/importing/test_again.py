"""What is here already, and what changes here or there between two imports."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.importing.conftest import Here, Importing, consents
from tests.importing.filling import NO_ADRES, Filling, a_naam
from tests.importing.municipality import BSN
from tests.registers.builders import ZAKEN
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

KEPT = "differs from what is here, which is kept"
REMOVED = "was removed here, and is not brought again"


@pytest.fixture
def rows(database: AsyncEngine) -> Rows:
    """Inserts what is here, made by others."""
    return Rows(database)


async def names(here: Here) -> list[tuple[object, ...]]:
    return await here.rows("SELECT achternaam, versie FROM partijen ORDER BY nummer")


async def test_a_person_who_is_here_is_found_by_bsn_and_keeps_the_own_name(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon(BSN, achternaam="Eigen")
    await consents(here)
    key = there.persoon("Ander", BSN)
    there.digitaal_adres("email", "a@voorbeeld.nl", partij=key)
    for _ in range(2):
        await importing.run()
        assert importing.told == [
            ("left out", "partij", "voorletters, voornaam, achternaam", KEPT)
        ]
    assert await names(here) == [("Eigen", 1)]
    assert await here.rows("SELECT adres FROM digitale_adressen") == [
        ("a@voorbeeld.nl",)
    ]


async def test_an_organisation_that_is_here_once_is_found_by_its_number(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.organisatie("12345678", "Bakkerij")
    await rows.organisatie("87654321", "Slager")
    await rows.organisatie("87654321", "Slager Oost")
    there.organisatie("Bakkerij", "12345678")
    there.organisatie("Slager West", "87654321")
    outcome = await importing.run()
    assert outcome.summary() == [
        "partij: 1 made, 1 found",
        "partij_identificator: 1 made, 1 found",
        "nothing was left out",
    ]
    assert await here.value("SELECT count(*) FROM partijen") == 4


async def test_what_changed_there_changes_here_and_leaves_what_was_in_the_trail(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.partij("organisatie", {"naam": "Oud"})
    await importing.run()
    there.change("partijen", key, partijIdentificatie={"naam": "Nieuw"})
    outcome = await importing.run()
    assert outcome.summary() == ["partij: 1 changed", "nothing was left out"]
    assert await here.rows("SELECT naam, versie FROM partijen") == [("Nieuw", 2)]
    assert await here.rows(
        "SELECT handeling, soort, mutatie, oud ->> 'naam' FROM mutaties"
        " ORDER BY handeling"
    ) == [
        ("gemaakt", "partij", "import open-klant", None),
        ("gewijzigd", "partij", "import open-klant", "Oud"),
    ]


async def test_what_changed_here_stays_and_is_told_each_time(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.partij("organisatie", {"naam": "Oud"}, interneNotitie="Oud")
    await importing.run()
    await here.rows("UPDATE partijen SET interne_notitie = 'Hier'")
    await importing.run()
    assert importing.told == []
    there.change("partijen", key, partijIdentificatie={"naam": "Daar"})
    for _ in range(2):
        await importing.run()
        told = ("left out", "partij", "naam, interne_notitie", KEPT)
        assert importing.told == [told]
    found = await here.rows("SELECT naam, interne_notitie FROM partijen")
    assert found == [("Oud", "Hier")]


async def test_what_became_the_same_on_both_sides_is_no_difference(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.partij("organisatie", {"naam": "Oud"})
    await importing.run()
    await here.rows("UPDATE partijen SET naam = 'Nieuw'")
    there.change("partijen", key, partijIdentificatie={"naam": "Nieuw"})
    outcome = await importing.run()
    assert outcome.summary() == ["partij: 1 unchanged", "nothing was left out"]
    there.change("partijen", key, partijIdentificatie={"naam": "Nieuwer"})
    await importing.run()
    assert await here.value("SELECT naam FROM partijen") == "Nieuwer"


async def test_a_part_that_was_removed_here_is_not_brought_again(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.persoon("Bakker")
    adres = there.digitaal_adres("email", "a@voorbeeld.nl", partij=key)
    await importing.run()
    await here.rows("DELETE FROM digitale_adressen")
    await importing.run()
    assert importing.told == []
    there.change("digitaleadressen", adres, adres="b@voorbeeld.nl")
    await importing.run()
    assert importing.told == [("noted", "digitaal_adres", "", REMOVED)]
    assert await here.value("SELECT count(*) FROM digitale_adressen") == 0


async def test_what_was_destroyed_here_is_not_brought_again_nor_referred_to(
    there: Filling, importing: Importing, here: Here
) -> None:
    persoon = there.persoon("Bakker")
    gone = there.klantcontact(1)
    await importing.run()
    await here.rows("DELETE FROM klantcontacten")
    await here.rows("DELETE FROM partijen")
    contact = there.klantcontact(2, there.actor())
    there.betrokkene(contact, persoon)
    there.onderwerp(contact, was=gone)
    await importing.run()
    refers = "refers to what was removed here"
    assert importing.told == [
        ("noted", "partij", "", REMOVED),
        ("left out", "betrokkene", "wasPartij", refers),
        ("left out", "onderwerpobject", "wasKlantcontact", refers),
        ("noted", "klantcontact", "hadBetrokkenen", "a klantcontact has one at least"),
        (
            "noted",
            "klantcontact",
            "hadBetrokkenActoren",
            "a klantcontact has one at least",
        ),
        ("noted", "klantcontact", "", REMOVED),
    ]
    assert await here.rows(
        "SELECT count(*), count(partij_id) FROM klantcontacten JOIN betrokkenen"
        " ON klantcontact_id = klantcontacten.id"
    ) == [(1, 0)]


async def test_nothing_of_who_was_removed_here_comes_with_a_betrokkene(
    there: Filling, importing: Importing, here: Here
) -> None:
    persoon = there.persoon("Bakker")
    contact = there.klantcontact(1, there.actor())
    key = there.betrokkene(contact, persoon)
    await importing.run()
    await here.rows("UPDATE betrokkenen SET partij_id = NULL")
    await here.rows("DELETE FROM partijen")
    there.digitaal_adres("email", "a@voorbeeld.nl", betrokkene=key)
    there.change("betrokkenen", key, contactnaam=a_naam("Bakker"))
    there.change("betrokkenen", key, organisatienaam="Bakkerij")
    adres = {**NO_ADRES, "straatnaam": "Dorpsstraat"}
    there.change("betrokkenen", key, bezoekadres=adres)
    rule = "is of a partij that was removed here"
    for _ in range(2):
        await importing.run()
        assert importing.told[1:] == [
            ("left out", "betrokkene", "wasPartij", "refers to what was removed here"),
            ("left out", "betrokkene", "contactnaam", rule),
            ("left out", "betrokkene", "organisatienaam", rule),
            ("left out", "digitaal_adres", "", rule),
            ("left out", "betrokkene", "bezoekadres", rule),
        ]
    asked = "SELECT achternaam, organisatienaam, partij_id FROM betrokkenen"
    assert await here.rows(asked) == [(None, None, None)]
    assert await here.rows("SELECT * FROM digitale_adressen") == []
    assert await here.rows("SELECT * FROM adressen") == []


@pytest.mark.parametrize("meanwhile", [True, False])
async def test_nor_when_the_partij_goes_there_too(
    there: Filling, importing: Importing, here: Here, *, meanwhile: bool
) -> None:
    persoon = there.persoon("Bakker")
    contact = there.klantcontact(1, there.actor())
    key = there.betrokkene(contact, persoon, contactnaam=a_naam("Bakker"))
    await importing.run()
    none = "voorletters = NULL, voornaam = NULL, achternaam = NULL"
    await here.rows(f"UPDATE betrokkenen SET partij_id = NULL, {none}")  # noqa: S608 - our own columns
    await here.rows("DELETE FROM partijen")
    if meanwhile:
        await importing.run()
    there.change("betrokkenen", key, wasPartij=None)
    there.digitaal_adres("email", "a@voorbeeld.nl", betrokkene=key)
    rule = "is of a partij that was removed here"
    for _ in range(2):
        await importing.run()
        assert importing.told[1:] == [
            ("left out", "betrokkene", "voorletters, voornaam, achternaam", rule),
            ("left out", "digitaal_adres", "", rule),
        ]
    assert await here.rows("SELECT achternaam FROM betrokkenen") == [(None,)]
    assert await here.rows("SELECT * FROM digitale_adressen") == []


async def test_numbers_are_kept_and_those_of_our_own_go_on_after_them(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon()
    there.persoon("Een", nummer="1")
    there.persoon("Twee", nummer="500")
    await importing.run()
    await rows.persoon(achternaam="Drie")
    rule = "is taken here: it got one of ours"
    assert importing.told == [("left out", "partij", "nummer", rule)]
    assert await here.rows("SELECT nummer, achternaam FROM partijen ORDER BY 1") == [
        (1, None),
        (500, "Twee"),
        (501, "Een"),
        (502, "Drie"),
    ]


async def test_an_interne_taak_that_was_dealt_with_there_is_so_here(
    there: Filling, importing: Importing, here: Here
) -> None:
    actor = there.actor()
    contact = there.klantcontact(1, actor)
    there.betrokkene(contact)
    taak = there.interne_taak(contact, actor)
    await importing.run()
    when = "2026-01-11T10:00:00+01:00"
    there.change("internetaken", taak, status="verwerkt", afgehandeldOp=when)
    outcome = await importing.run()
    assert outcome.summary()[2:] == [
        "betrokkene: 1 unchanged",
        "klantcontact_actor: 1 unchanged",
        "onderwerp_tekst: 1 unchanged",
        "interne_taak: 1 changed",
        "interne_taak_actor: 1 unchanged",
        "nothing was left out",
    ]
    moment = datetime(2026, 1, 11, 9, tzinfo=UTC)
    found = await here.rows("SELECT status, verwerkt_op FROM interne_taken")
    assert found == [("verwerkt", moment)]


async def test_two_addresses_change_places_as_the_one_to_use(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.persoon("Bakker")
    one = there.digitaal_adres("email", "1@x.nl", partij=key, isStandaardAdres=True)
    two = there.digitaal_adres("email", "2@x.nl", partij=key)
    await importing.run()
    there.change("digitaleadressen", one, isStandaardAdres=False)
    there.change("digitaleadressen", two, isStandaardAdres=True)
    await importing.run()
    asked = "SELECT adres, standaard FROM digitale_adressen ORDER BY adres"
    assert await here.rows(asked) == [("1@x.nl", False), ("2@x.nl", True)]


async def test_the_address_to_use_here_stays_that(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon(BSN)
    await here.rows(
        "INSERT INTO digitale_adressen (partij_id, soort, adres, standaard)"
        " SELECT id, 'email', 'eigen@x.nl', true FROM partijen"
    )
    await consents(here)
    key = there.partij("persoon", {"contactnaam": None, "volledigeNaam": ""})
    there.identificator(key, "natuurlijk_persoon", "bsn", BSN, register="brp")
    there.digitaal_adres("email", "1@x.nl", partij=key, isStandaardAdres=True)
    await importing.run()
    rule = "another of its soort is that here"
    assert importing.told == [("noted", "digitaal_adres", "isStandaardAdres", rule)]
    outcome = await importing.run()
    assert outcome.summary()[2] == "digitaal_adres: 1 unchanged"
    asked = "SELECT adres, standaard FROM digitale_adressen ORDER BY adres"
    assert await here.rows(asked) == [("1@x.nl", False), ("eigen@x.nl", True)]


async def test_an_address_of_somebody_found_is_the_one_to_prefer_when_there_is_none(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon(BSN)
    await here.rows(
        "INSERT INTO digitale_adressen (partij_id, soort, adres)"
        " SELECT id, 'email', 'a@x.nl' FROM partijen"
    )
    await consents(here)
    key = there.partij("persoon", {"contactnaam": None, "volledigeNaam": ""})
    there.identificator(key, "natuurlijk_persoon", "bsn", BSN, register="brp")
    adres = there.digitaal_adres("email", "a@x.nl", partij=key)
    stub = {"uuid": adres, "url": f"https://x.example/{adres}"}
    there.change("partijen", key, voorkeursDigitaalAdres={**stub})
    outcome = await importing.run()
    assert outcome.summary()[2:] == [
        "digitaal_adres: 1 found",
        "voorkeurs_digitaal_adres: 1 changed",
        "nothing was left out",
    ]
    preferred = "SELECT count(*) FROM partijen p JOIN digitale_adressen d"
    joined = f"{preferred} ON d.id = p.voorkeurs_digitaal_adres_id"
    assert await here.value(joined) == 1


async def test_an_alias_that_is_added_later_counts_for_what_came_before(
    there: Filling, importing: Importing, here: Here
) -> None:
    first, second = there.klantcontact(1), there.klantcontact(2)
    there.onderwerp(second, "openzaak", "zaak", "uuid", "1")
    open_klant = importing.settings.open_klant
    assert open_klant is not None
    without = open_klant.model_copy(update={"aliases": ()})
    aliased = importing.settings
    importing.settings = aliased.model_copy(update={"open_klant": without})
    await importing.run()
    asked = "SELECT vorm, url, object_id FROM onderwerpen WHERE vorm <> 'tekst'"
    assert await here.rows(asked) == [("zaak", None, "1")]
    importing.settings = aliased
    await importing.run()
    assert await here.rows(asked) == [("zaak", f"{ZAKEN}/zaken/1", None)]
    (onderwerp,) = importing.standin.records["onderwerpobjecten"]
    named = {"uuid": first, "url": f"https://x.example/{first}"}
    there.change("onderwerpobjecten", onderwerp, wasKlantcontact={**named})
    there.change("onderwerpobjecten", onderwerp, onderwerpobjectidentificator=None)
    await importing.run()
    assert await here.rows(asked) == [("klantcontact", None, None)]


async def test_a_vestiging_is_not_taken_for_its_organisation(
    there: Filling, importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.organisatie("12345678", "Bakkerij")
    key = there.organisatie("Filiaal", "12345678")
    (kvk,) = importing.standin.records["partij-identificatoren"]
    nummer = "123456789012"
    there.identificator(key, "vestiging", "vestigingsnummer", nummer, onder=kvk)
    outcome = await importing.run()
    assert outcome.summary()[0] == "partij: 1 made"
    assert await here.rows("SELECT naam FROM partijen ORDER BY naam") == [
        ("Bakkerij",),
        ("Filiaal",),
    ]
