"""What partijen, actoren and klantcontacten may have there, and ours may not."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.importing.conftest import Here, Importing
from tests.importing.filling import Filling
from tests.importing.municipality import BSN
from tests.importing.standin import OpenKlant, Payload, stub, uuid

pytestmark = pytest.mark.anyio

ITSELF = "a klantcontact is not about itself"
NATURAL, OTHER = "natuurlijk_persoon", "niet_natuurlijk_persoon"


async def identified(here: Here) -> list[tuple[object, ...]]:
    return await here.rows(
        "SELECT soort, waarde, kvk_nummer FROM externe_identificaties ORDER BY soort"
    )


async def test_a_vestiging_stands_under_the_number_of_another_partij(
    there: Filling, importing: Importing, here: Here, standin: OpenKlant
) -> None:
    vestiging = there.organisatie("Filiaal", None)
    hoofd = there.organisatie("Hoofdvestiging", None)
    kvk = there.identificator(hoofd, OTHER, "kvk_nummer", "12345678")
    nummer = "123456789012"
    there.identificator(vestiging, "vestiging", "vestigingsnummer", nummer, onder=kvk)
    await importing.run()
    assert importing.told == []
    assert await identified(here) == [
        ("kvk_nummer", "12345678", None),
        ("vestigingsnummer", nummer, "12345678"),
    ]
    assert standin.asked["partij-identificatoren/…"] == 1


@pytest.mark.parametrize("under", ["nothing", "what is gone", "a rsin"])
async def test_a_vestiging_without_a_kvk_nummer_is_left_out(
    there: Filling, importing: Importing, under: str
) -> None:
    key = there.organisatie("Filiaal", None)
    rsin = there.identificator(None, OTHER, "rsin", "002564440")
    onder = {"nothing": None, "what is gone": uuid(99, 1), "a rsin": rsin}[under]
    nummer = "123456789012"
    there.identificator(key, "vestiging", "vestigingsnummer", nummer, onder=onder)
    await importing.run()
    why = (
        "left out",
        "partij_identificator",
        "subIdentificatorVan",
        "is no KVK-nummer",
    )
    assert importing.told[0] == why


IDENTIFICATOREN: list[tuple[str, tuple[str, str, str, str], str, str]] = [
    ("organisatie", (NATURAL, "bsn", BSN, "brp"), "", "a BSN is that of a persoon, not a organisatie"),
    ("persoon", (NATURAL, "bsn", "999993654", "brp"), "partijIdentificator.objectId", "does not pass the elfproef"),
    ("persoon", (NATURAL, "bsn", "000000000", "brp"), "partijIdentificator.objectId", "does not pass the elfproef"),
    ("persoon", (NATURAL, "bsn", BSN, "hr"), "partijIdentificator", "names nobody in brp or hr"),
    ("persoon", ("1", "1", BSN, "1"), "partijIdentificator", "names nobody in brp or hr"),
    ("organisatie", (OTHER, "kvk_nummer", "123", "hr"), "partijIdentificator.objectId", "has not 8 digits"),
    ("organisatie", ("vestiging", "vestigingsnummer", "123", "hr"), "partijIdentificator.objectId", "has not 12 digits"),
]  # fmt: skip


@pytest.mark.parametrize("case", IDENTIFICATOREN)
async def test_an_identificator_that_names_nobody_is_left_out(
    there: Filling,
    importing: Importing,
    here: Here,
    case: tuple[str, tuple[str, str, str, str], str, str],
) -> None:
    soort, codes, field, rule = case
    name: Payload = {"naam": "X"} if soort == "organisatie" else {"contactnaam": None}
    key = there.partij(soort, name)
    objecttype, kind, waarde, register = codes
    there.identificator(key, objecttype, kind, waarde, register=register)
    await importing.run()
    assert importing.told == [("left out", "partij_identificator", field, rule)]
    assert await identified(here) == []
    assert await here.value("SELECT soort_subject FROM partijen") is None


async def test_a_person_with_a_bsn_and_a_company_is_the_person(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.persoon("Bakker", BSN)
    there.identificator(key, OTHER, "kvk_nummer", "12345678")
    again = there.identificator(key, "inp", "bsn", "999990421", register="brp")
    there.change(
        "partij-identificatoren", again, anderePartijIdentificator="Ziekenfonds"
    )
    await importing.run()
    assert importing.told == [
        (
            "left out",
            "partij_identificator",
            "anderePartijIdentificator",
            "has no place here",
        ),
        (
            "left out",
            "partij_identificator",
            "",
            "a partij is one subject: here the BSN's",
        ),
        ("left out", "partij_identificator", "", "a partij has one of this soort"),
    ]
    assert await identified(here) == [("bsn", BSN, None)]


async def test_a_contactpersoon_acted_for_an_organisation(
    there: Filling, importing: Importing, here: Here
) -> None:
    there.contactpersoon("Zoek", uuid(99, 1))
    there.contactpersoon("de Vries", there.organisatie("Bakkerij", "12345678"))
    await importing.run()
    rule = "refers to what was not taken over"
    field = "partijIdentificatie.werkteVoorPartij"
    assert importing.told == [("left out", "partij", field, rule)]
    assert await here.rows(
        "SELECT c.achternaam, o.naam, c.formeel FROM partijen c"
        " JOIN partijen o ON o.id = c.namens_partij_id"
    ) == [("de Vries", "Bakkerij", False)]


async def test_what_a_partij_has_no_place_for_here_is_told(
    there: Filling, importing: Importing
) -> None:
    gone = stub("digitaleadressen", uuid(99, 1))
    there.partij(
        "persoon",
        {"contactnaam": {"voorletters": "A" * 11}, "volledigeNaam": ""},
        nummer="A1",
        voorkeurstaal="NL",
        interneNotitie="x" * 1001,
        digitaleAdressen=[gone],
        voorkeursDigitaalAdres=gone,
        voorkeursRekeningnummer=stub("rekeningnummers", uuid(99, 2)),
    )
    there.partij("vereniging", {"naam": "X"})
    await importing.run()
    assert importing.told == [
        ("left out", "partij", field, rule)
        for field, rule in (
            ("nummer", "is no number up to 8999999999: it got one of ours"),
            ("voorkeursRekeningnummer", "has no place here"),
            (
                "partijIdentificatie.contactnaam.voorletters",
                "has more than 10 characters",
            ),
            ("interneNotitie", "has more than 1000 characters"),
            ("voorkeurstaal", "is no ISO 639-2 code"),
            (f"digitaleAdressen.{uuid(99, 1)}", "is not in the answer"),
            ("voorkeursDigitaalAdres", "is no address of its own"),
        )
    ]


async def test_accounts_and_vertegenwoordigingen_are_those_of_partijen_here(
    there: Filling, importing: Importing, here: Here
) -> None:
    one, two = there.persoon("Een"), there.persoon("Twee")
    there.rekeningnummer(one, "NL91 ABNA 0417 1643 00", bic="abnanl2a")
    there.rekeningnummer(two, "NL91ABNA0417164300", bic="X")
    there.rekeningnummer(uuid(99, 1), "NL91ABNA0417164300")
    there.vertegenwoordiging(one, two)
    there.vertegenwoordiging(two, two)
    there.vertegenwoordiging(one, uuid(99, 1))
    await importing.run()
    absent = "refers to what was not taken over"
    itself = "breaks the rule ck_vertegenwoordigingen_niet_zichzelf"
    assert importing.told == [
        ("left out", "rekeningnummer", "partij", absent),
        ("left out", "rekeningnummer", "bic", "is no BIC"),
        ("left out", "vertegenwoordiging", "vertegenwoordigdePartij", absent),
        ("left out", "vertegenwoordiging", "", itself),
    ]
    assert await here.rows("SELECT iban, bic FROM rekeningnummers ORDER BY bic") == [
        ("NL91ABNA0417164300", "ABNANL2A"),
        ("NL91ABNA0417164300", None),
    ]
    assert await here.value("SELECT count(*) FROM vertegenwoordigingen") == 1


async def test_actoren_without_a_name_or_with_more_than_theirs(
    there: Filling, importing: Importing, here: Here
) -> None:
    there.actor(naam="")
    there.actor("geautomatiseerde_actor", soortActor="robot")
    odd = {"functie": "x", "emailadres": "gem@x.nl"}
    there.actor("geautomatiseerde_actor", naam="Gem", actorIdentificatie={**odd})
    there.actor(naam="Piet", actorIdentificatie=None)
    await importing.run()
    whole = "has no naam, or a soortActor that is unknown"
    field = "actorIdentificatie.emailadres"
    assert sorted(importing.told) == [
        ("left out", "actor", "", whole),
        ("left out", "actor", "", whole),
        ("left out", "actor", field, "a geautomatiseerde_actor has none"),
    ]
    assert await here.rows("SELECT naam, functie FROM actoren ORDER BY naam") == [
        ("Gem", "x"),
        ("Piet", None),
    ]


async def test_an_actor_that_is_here_is_found_by_its_identificator(
    there: Filling, importing: Importing, here: Here
) -> None:
    await here.rows(
        "INSERT INTO actoren (soort_actor, naam, code_register, code_objecttype,"
        " code_soort_object_id, object_id)"
        " VALUES ('medewerker', 'Eigen naam', 'obj', 'mdw', 'idf', 'jansen')"
    )
    names = ("codeRegister", "codeObjecttype", "codeSoortObjectId", "objectId")
    codes = dict(zip(names, ("obj", "mdw", "idf", "jansen"), strict=True))
    there.actor(actoridentificator={**codes})
    await importing.run()
    rule = "differs from what is here, which is kept"
    assert importing.told == [("left out", "actor", "naam, functie", rule)]
    assert await here.rows("SELECT naam FROM actoren") == [("Eigen naam",)]


async def test_parts_of_a_klantcontact_that_cannot_be_here_leave_the_rest(
    there: Filling, importing: Importing, here: Here
) -> None:
    actor = there.actor()
    contact = there.klantcontact(1, actor, uuid(99, 1), taal="NL", kanaal="")
    there.betrokkene(contact, rol="toehoorder")
    there.betrokkene(contact, uuid(99, 1))
    there.onderwerp(contact, "openzaak", "zaak", "uuid", "1", was=contact)
    there.bijlage(contact)
    there.interne_taak(contact, actor, gevraagdeHandeling="")
    there.interne_taak(contact, uuid(99, 1), afgehandeldOp="2026-01-11T00:00:00Z")
    before = "2026-01-01T00:00:00Z"
    there.interne_taak(contact, actor, status="verwerkt", afgehandeldOp=before)
    there.change("klantcontacten", contact, verdereActieOndernomen=True)
    await importing.run()
    absent = "refers to what was not taken over"
    assert importing.told == [
        ("left out", "klantcontact", "verdereActieOndernomen", "has no place here"),
        ("left out", "klantcontact", "taal", "is no ISO 639-2 code"),
        ("left out", "betrokkene", "rol", "is unknown"),
        ("left out", "betrokkene", "wasPartij", absent),
        ("left out", "klantcontact", "hadBetrokkenActoren", absent),
        (
            "left out",
            "onderwerpobject",
            "onderwerpobjectidentificator",
            "an onderwerp has one form: wasKlantcontact",
        ),
        ("left out", "onderwerpobject", "wasKlantcontact", ITSELF),
        ("left out", "bijlage", "bijlageidentificator", "refers to nothing"),
        (
            "left out",
            "interne_taak",
            "",
            "has no gevraagdeHandeling, or a status that is unknown",
        ),
        (
            "left out",
            "interne_taak",
            "afgehandeldOp",
            "is told of what is still te_verwerken",
        ),
        ("left out", "interne_taak", "toegewezenAanActoren", absent),
        (
            "noted",
            "interne_taak",
            "afgehandeldOp",
            "is before toegewezenOp: became that",
        ),
    ]
    counted = await here.rows(
        "SELECT (SELECT count(*) FROM betrokkenen), (SELECT count(*) FROM onderwerpen),"
        " (SELECT count(*) FROM interne_taken)"
    )
    assert counted == [(1, 1, 2)]


async def test_a_klantcontact_comes_with_all_its_parts_or_not_at_all(
    there: Filling, importing: Importing, here: Here, owner: AsyncEngine
) -> None:
    """Its last part breaks a rule that only the tables know."""
    rule = "CONSTRAINT ck_alleen_hier CHECK (gevraagde_handeling <> 'Anders')"
    async with owner.begin() as connection:
        await connection.execute(text(f"ALTER TABLE interne_taken ADD {rule}"))
    actor = there.actor()
    for day, handeling in ((1, "Terugbellen"), (2, "Anders"), (3, "Terugbellen")):
        contact = there.klantcontact(day, actor)
        there.betrokkene(contact)
        there.interne_taak(contact, actor, gevraagdeHandeling=handeling)
    for _ in range(2):
        await importing.run()
        told = ("left out", "klantcontact", "", "breaks the rule ck_alleen_hier")
        assert importing.told == [told]
    for table in ("klantcontacten", "betrokkenen", "onderwerpen", "interne_taken"):
        count = f"SELECT count(*) FROM {table}"  # noqa: S608 - our own names
        assert await here.value(count) == 2
    keys = "SELECT count(*) FROM importsleutels WHERE soort IN ('klantcontact',"
    assert await here.value(f"{keys} 'betrokkene', 'interne_taak')") == 6


async def test_a_klantcontact_is_not_about_itself(
    there: Filling, importing: Importing
) -> None:
    contact = there.klantcontact(1, there.actor())
    there.betrokkene(contact)
    there.onderwerp(contact, was=contact)
    rule = "a klantcontact is not about itself"
    for _ in range(2):
        await importing.run()
        told = ("left out", "onderwerpobject", "wasKlantcontact", rule)
        assert importing.told == [told]


async def test_a_moment_at_the_end_of_time_stops_nothing(
    there: Filling, importing: Importing
) -> None:
    end = "9999-12-31T23:59:59-12:00"
    there.betrokkene(there.klantcontact(1, there.actor(), plaatsgevondenOp=end))
    await importing.run()
    assert importing.told == [("left out", "klantcontact", "", "breaks the rule value")]
