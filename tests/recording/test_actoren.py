"""Actoren are registered and changed, over HTTP."""

import asyncio

import pytest

from gateway.identity.caller import Caller
from gateway.identity.rechten import Recht
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate, refused
from tests.recording.conftest import Counted, Opened

pytestmark = pytest.mark.anyio

REGISTREER = """
mutation ($invoer: RegistreerActorInput!, $sleutel: String) {
  registreerActor(invoer: $invoer, idempotentiesleutel: $sleutel) {
    actor { id naam soortActor indicatieActief }
    fouten { code pad melding }
  }
}
"""
WIJZIG = """
mutation ($id: ID!, $invoer: WijzigActorInput!) {
  wijzigActor(id: $id, invoer: $invoer) {
    actor { naam indicatieActief ... on Medewerker { functie } }
    fouten { code pad }
  }
}
"""
BALIE = {"soortActor": "medewerker", "naam": "Balie", "functie": "gastvrouw"}


async def test_an_actor_is_registered_and_read(office: Municipality) -> None:
    payload = await mutate(office, REGISTREER, invoer=BALIE)
    assert payload["fouten"] == []
    assert payload["actor"]["naam"] == "Balie"
    found = await mutate(office, "{ actoren(first: 5) { nodes { id naam } } }")
    assert found["nodes"] == [{"id": payload["actor"]["id"], "naam": "Balie"}]


async def test_all_mistakes_are_told_and_nothing_is_written(
    office: Municipality, rows_now: Counted
) -> None:
    wrong = {
        "soortActor": "geautomatiseerde_actor",
        "naam": " ",
        "functie": "x" * 41,
        "emailadres": "bot@voorbeeldstad.example",
    }
    payload = await mutate(office, REGISTREER, invoer=wrong, sleutel="een")
    assert payload["actor"] is None
    assert codes(payload) == [
        ("niet_toegestaan", "invoer.emailadres"),
        ("verplicht", "invoer.naam"),
        ("ongeldig", "invoer.functie"),
    ]
    assert await rows_now() == {}


async def test_who_asks_twice_with_one_key_registers_once(
    office: Municipality, rows_now: Counted
) -> None:
    answers = await asyncio.gather(
        *(mutate(office, REGISTREER, invoer=BALIE, sleutel="een") for _ in range(4))
    )
    assert len({each["actor"]["id"] for each in answers}) == 1
    assert await rows_now() == {"actoren": 1, "idempotentiesleutels": 1, "mutaties": 1}


async def test_a_key_is_for_one_question_only(
    office: Municipality, rows_now: Counted
) -> None:
    await mutate(office, REGISTREER, invoer=BALIE, sleutel="een")
    other = BALIE | {"naam": "X"}
    payload = await mutate(office, REGISTREER, invoer=other, sleutel="een")
    assert payload["actor"] is None
    assert payload["fouten"] == [
        {
            "code": "sleutel_hergebruikt",
            "pad": "idempotentiesleutel",
            "melding": "Deze idempotentiesleutel is al voor een andere vraag gebruikt.",
        }
    ]
    assert (await rows_now())["actoren"] == 1


async def test_an_actor_is_changed_and_what_stood_there_is_kept(
    office: Municipality, rows_now: Counted
) -> None:
    made = await mutate(office, REGISTREER, invoer=BALIE)
    changes = {"indicatieActief": False, "functie": None}
    payload = await mutate(office, WIJZIG, id=made["actor"]["id"], invoer=changes)
    assert payload == {
        "actor": {"naam": "Balie", "indicatieActief": False, "functie": None},
        "fouten": [],
    }
    assert (await rows_now())["mutaties"] == 2


async def test_what_an_actor_always_has_is_not_emptied(office: Municipality) -> None:
    made = await mutate(office, REGISTREER, invoer=BALIE)
    empty = {"indicatieActief": None, "naam": None}
    payload = await mutate(office, WIJZIG, id=made["actor"]["id"], invoer=empty)
    assert codes(payload) == [
        ("verplicht", "invoer.indicatieActief"),
        ("verplicht", "invoer.naam"),
    ]


async def test_two_actoren_never_share_an_identificator(office: Municipality) -> None:
    named = BALIE | {
        "identificator": {
            "codeRegister": "hr",
            "codeObjecttype": "mdw",
            "codeSoortObjectId": "nr",
            "objectId": "1",
        }
    }
    await mutate(office, REGISTREER, invoer=named)
    again = await mutate(office, REGISTREER, invoer=named)
    assert codes(again) == [("bestaat_al", "invoer.identificator")]


@pytest.mark.parametrize("caller", [klant(), medewerker(Recht.ACTOREN)])
async def test_it_takes_the_right_to_write_actoren(
    opened: Opened, rows_now: Counted, caller: Caller
) -> None:
    async with opened(caller) as office:
        assert await refused(office, REGISTREER, invoer=BALIE) == "FORBIDDEN"
    assert await rows_now() == {}
