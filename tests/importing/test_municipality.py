"""A whole municipality: what comes along, what is told of the rest, and the klantbeeld."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from tests.demo.contracts import CONTRACTS, WITHOUT
from tests.importing.conftest import Here, Importing, an_import, written
from tests.importing.contract import faults
from tests.importing.filling import Filling
from tests.importing.municipality import BSN, DOCUMENT, ZAAK, fill
from tests.importing.standin import RESOURCES, OpenKlant
from tests.klantbeeld.conftest import PATIENT, a_network, asked_in_process
from tests.registers.builders import DOCUMENTEN, ZAKEN

pytestmark = pytest.mark.anyio

QUESTION = """
query ($bsn: BSN!) {
  klantbeeld(identificatie: { bsn: $bsn }) {
    partij {
      nummer indicatieGeheimhouding interneNotitie voorkeurstaal
      ... on Persoon { contactnaam { volledigeNaam } }
      externeIdentificaties { register soort waarde }
      bezoekadres { straatnaam huisnummer postcode plaats }
      correspondentieadres { vorm postbusnummer }
      digitaleAdressen { soort adres omschrijving standaard }
    }
    klantcontacten {
      nodes {
        plaatsgevondenOp
        betrokkenen { rol initiator partij { nummer } digitaleAdressen { adres } }
        actoren { naam }
        onderwerpen {
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp { url }
          ... on KlantcontactOnderwerp { klantcontact { plaatsgevondenOp } }
          ... on ObjectOnderwerp { identificator { objectId } }
        }
        inhoud { ... on TekstInhoud { tekst } ... on DocumentInhoud { url } }
        interneTaken { nummer status actoren { naam } }
      }
    }
  }
}
"""
PARTIJ = {
    "nummer": "123",
    "indicatieGeheimhouding": True,
    "interneNotitie": "Belt liefst na vijven",
    "voorkeurstaal": "nld",
    "contactnaam": {"volledigeNaam": "Anna Bakker"},
    "externeIdentificaties": [{"register": "brp", "soort": "bsn", "waarde": BSN}],
    "bezoekadres": {
        "straatnaam": "Dorpsstraat",
        "huisnummer": 1,
        "postcode": "1234 AB",
        "plaats": "Voorbeeldstad",
    },
    "correspondentieadres": {"vorm": "postbus", "postbusnummer": 12},
    "digitaleAdressen": [
        {
            "soort": "email",
            "adres": "anna@voorbeeld.nl",
            "omschrijving": None,
            "standaard": True,
        },
        {
            "soort": "telefoonnummer",
            "adres": "0612345678",
            "omschrijving": "mobiel",
            "standaard": False,
        },
    ],
}
ANSWERED = {
    "plaatsgevondenOp": "2026-01-03T09:30:00Z",
    "betrokkenen": [
        {
            "rol": "belanghebbende",
            "initiator": False,
            "partij": {"nummer": "123"},
            "digitaleAdressen": [],
        }
    ],
    "actoren": [{"naam": "J. Jansen"}],
    "onderwerpen": [
        {"tekst": "Antwoord"},
        {"klantcontact": {"plaatsgevondenOp": "2026-01-02T09:30:00Z"}},
    ],
    "inhoud": [],
    "interneTaken": [],
}
ASKED = {
    "plaatsgevondenOp": "2026-01-02T09:30:00Z",
    "betrokkenen": [
        {
            "rol": "belanghebbende",
            "initiator": True,
            "partij": {"nummer": "123"},
            "digitaleAdressen": [{"adres": "+31612345678"}],
        }
    ],
    "actoren": [{"naam": "J. Jansen"}],
    "onderwerpen": [
        {"tekst": "Paspoort"},
        {"url": f"{ZAKEN}/zaken/{ZAAK}"},
        {"identificator": {"objectId": "B-1"}},
    ],
    "inhoud": [
        {"tekst": "Wil een paspoort"},
        {"tekst": "Maak een afspraak"},
        # Of no alias: the gateway reads four parts by its registers' own.
        {"url": f"{DOCUMENTEN}/enkelvoudiginformatieobjecten/{DOCUMENT}"},
    ],
    "interneTaken": [
        {
            "nummer": "77",
            "status": "verwerkt",
            "actoren": [{"naam": "Burgerzaken"}, {"naam": "J. Jansen"}],
        }
    ],
}
LEFT_OUT, NOTED = "left out", "noted"
TOLD = [
    (LEFT_OUT, "actor", "actorIdentificatie.faxnummer", "has no place here"),
    (LEFT_OUT, "actor", "actoridentificator", "has not all of its four parts"),
    (LEFT_OUT, "bijlage", "", "belongs to nothing"),
    (LEFT_OUT, "categorie", "", "has no place here"),
    (LEFT_OUT, "categorie_relatie", "", "has no place here"),
    (LEFT_OUT, "digitaal_adres", "", "belongs to nothing"),
    (LEFT_OUT, "digitaal_adres", "adres", "is no telephone number of somebody"),
    (LEFT_OUT, "digitaal_adres", "referentie", "has no place here"),
    (
        LEFT_OUT,
        "klantcontact",
        "",
        "breaks the rule ck_klantcontacten_niet_in_de_toekomst",
    ),
    (LEFT_OUT, "klantcontact", "hoofdOnderwerpType", "has no place here"),
    (LEFT_OUT, "klantcontact", "metadata.1", "free metadata have no place here"),
    (
        LEFT_OUT,
        "klantcontact",
        "referentienummer",
        "is no number up to 8999999999: it got one of ours",
    ),
    (LEFT_OUT, "klantcontact", "vertrouwelijk", "is outside the contract"),
    (LEFT_OUT, "onderwerpobject", "", "belongs to nothing"),
    (
        LEFT_OUT,
        "onderwerpobject",
        "wasKlantcontact",
        "refers to what was not taken over",
    ),
    (
        LEFT_OUT,
        "partij",
        "partijIdentificatie.werkteVoorPartij",
        "a contactpersoon acted for somebody",
    ),
    (LEFT_OUT, "partij_identificator", "", "belongs to nothing"),
    (
        LEFT_OUT,
        "partij_identificator",
        "partijIdentificator.objectId",
        "does not pass the elfproef",
    ),
    (LEFT_OUT, "rekeningnummer", "iban", "is no IBAN"),
    (LEFT_OUT, "rekeningnummer", "partij", "belongs to nobody"),
    (NOTED, "interne_taak", "afgehandeldOp", "is not told: became toegewezenOp"),
    (NOTED, "klantcontact", "hadBetrokkenActoren", "a klantcontact has one at least"),
    (NOTED, "klantcontact", "hadBetrokkenen", "a klantcontact has one at least"),
]
SUMMARY = [
    "actor: 4 made",
    "partij: 4 made, 1 left out",
    "partij_identificator: 3 made, 1 left out",
    "bezoekadres: 1 made",
    "correspondentieadres: 1 made",
    "digitaal_adres: 3 made, 1 left out",
    "voorkeurs_digitaal_adres: 1 changed",
    "rekeningnummer: 1 made, 2 left out",
    "vertegenwoordiging: 1 made",
    "categorie: 1 left out",
    "categorie_relatie: 1 left out",
    "klantcontact: 3 made, 2 left out",
    "betrokkene: 2 made",
    "klantcontact_actor: 2 made",
    "onderwerp_tekst: 3 made",
    "onderwerpobject: 3 made, 1 left out",
    "inhoud_tekst: 1 made",
    "reactie_tekst: 1 made",
    "bijlage: 1 made, 1 left out",
    "interne_taak: 1 made",
    "interne_taak_actor: 2 made",
    "verwijzing: 1 kept as handmatig / boom / nummer, which has no alias",
    "verwijzing: 1 kept as open-zaak / DOCUMENT / uuid, which has no alias",
    "20 left out; each has a line",
]


@pytest.fixture(autouse=True)
def filled(there: Filling) -> None:
    fill(there)


async def test_the_klantbeeld_of_a_person_is_what_was_there(
    importing: Importing, database_url: str
) -> None:
    await importing.run()
    settings = gateway_settings(database_url, Addresses())
    app = create_app(settings.model_copy(update=PATIENT), transport=a_network())
    async with asked_in_process(app) as client:
        body = {"query": QUESTION, "variables": {"bsn": BSN}}
        answer = await client.post("/graphql", json=body)
    assert answer.json()["data"]["klantbeeld"] == {
        "partij": PARTIJ,
        "klantcontacten": {"nodes": [ANSWERED, ASKED]},
    }


async def test_whatever_does_not_come_along_is_told(importing: Importing) -> None:
    outcome = await importing.run()
    assert sorted(importing.told) == TOLD
    assert outcome.summary() == SUMMARY
    assert outcome.left_out == 20


async def test_no_line_says_anything_of_anybody(importing: Importing) -> None:
    outcome = await importing.run()
    said = "\n".join([*map(str, importing.lines), *outcome.summary(), *importing.shown])
    secrets = (
        BSN,
        "Bakker",
        "anna",
        "14010",
        "12345678",
        "NL91",
        "Zonder",
        "2026-0001",
    )
    assert [each for each in secrets if each in said] == []


async def test_a_second_run_writes_nothing_and_tells_the_same(
    importing: Importing, here: Here
) -> None:
    await importing.run()
    first, told = await written(here), importing.told
    trail = await here.rows("SELECT count(*), max(moment) FROM mutaties")
    outcome = await importing.run()
    assert {str(done) for _, done in outcome.counts} == {"unchanged", "left out"}
    assert importing.told == told
    assert await written(here) == first
    assert await here.rows("SELECT count(*), max(moment) FROM mutaties") == trail


class Stopped(Exception):
    """As by somebody who pulls the plug."""


async def test_one_that_is_stopped_anywhere_goes_on(
    importing: Importing,
    standin: OpenKlant,
    here: Here,
    other_url: str,
    elsewhere: Here,
) -> None:
    """Each run is ended a question later than the one before, until one is not."""
    await an_import(standin, other_url).run()
    whole, questions = await written(elsewhere), sum(standin.asked.values())
    limit = 0
    while await is_stopped_after(limit, importing):
        limit += 1
    # What was about a klantcontact that came later, need not be asked for any more.
    assert limit == questions - 2
    assert await written(here) == whole


async def is_stopped_after(limit: int, importing: Importing) -> bool:
    left = iter(range(limit))

    def stop(_path: str) -> None:
        if next(left, None) is None:
            raise Stopped

    importing.standin.before = stop
    with suppress(Stopped):
        await importing.run()
        return False
    return True


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason=WITHOUT)
async def test_all_answers_of_the_stand_in_are_what_the_contract_says(
    importing: Importing, standin: OpenKlant
) -> None:
    last = next(reversed(standin.records["klantcontacten"]))
    del standin.records["klantcontacten"][last]  # the one that is not
    await importing.run(since=datetime(2026, 1, 3, tzinfo=UTC))
    await importing.run()
    found = {
        fault.rpartition(": ")[2].partition(" is ")[0]
        for path, body in standin.answers
        for fault in faults(f"/{path}", body)
    }
    # Only what is from before the lists were closed.
    assert found == {"'nnp'", "'kvk'", "'vtn'"}
    assert {path for path, _ in standin.answers} == {
        *(name for name in RESOURCES if name != "betrokkenen"),
        "klantcontacten/{uuid}",
    }
