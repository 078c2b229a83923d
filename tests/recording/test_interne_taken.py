"""Interne taken are registered, verwerkt and passed on, over HTTP."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identity.rechten import Recht
from gateway.store import tables
from tests.identity.callers import medewerker
from tests.klantbeeld.conftest import Municipality
from tests.klantbeeld.rights import as_id
from tests.recording.asking import codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.known import changes, stored
from tests.recording.stories import (
    BEREIKBAAR,
    STATED,
    an_actor,
    bekend,
    contact,
    klant,
    recorded,
    taak,
)

pytestmark = pytest.mark.anyio

NOBODY = "00000000-0000-0000-0000-000000000000"
REGISTREER = """
mutation ($id: ID!, $invoer: TaakInput!, $sleutel: String) {
  registreerInterneTaak(
    klantcontactId: $id, invoer: $invoer, idempotentiesleutel: $sleutel
  ) {
    interneTaak {
      id versie status gevraagdeHandeling toelichting actoren { naam }
      klantcontact { id }
    }
    fouten { code pad }
  }
}
"""
VERWERK = """
mutation ($id: ID!, $versie: Int!, $invoer: VerwerkInterneTaakInput, $sleutel: String) {
  verwerkInterneTaak(
    id: $id, versie: $versie, invoer: $invoer, idempotentiesleutel: $sleutel
  ) {
    interneTaak { id status versie toegewezenOp verwerktOp toelichting }
    klantcontact { id onderwerpen { ... on InterneTaakOnderwerp { interneTaak { id } } } }
    fouten { code pad }
    waarschuwingen { code }
  }
}
"""
HERROUTEER = """
mutation (
  $id: ID!, $versie: Int!, $invoer: HerrouteerInterneTaakInput!, $sleutel: String
) {
  herrouteerInterneTaak(
    id: $id, versie: $versie, invoer: $invoer, idempotentiesleutel: $sleutel
  ) {
    interneTaak { status versie toelichting }
    nieuweTaak {
      id status versie gevraagdeHandeling toelichting actoren { naam }
      klantcontact { id }
    }
    fouten { code pad }
  }
}
"""
WIJZIG_ACTOR = """
mutation ($id: ID!, $invoer: WijzigActorInput!) {
  wijzigActor(id: $id, invoer: $invoer) { fouten { code } }
}
"""


class Asked(NamedTuple):
    """A klant called, and is to be called back.

    Attributes:
        klantcontact: its id.
        taak: the id of what an actor must do.
        actor: the id of who.
    """

    klantcontact: str
    taak: str
    actor: str


async def a_call(office: Municipality, **own: object) -> Asked:
    actor = await an_actor(office)
    caller = klant(digitaleAdressen=BEREIKBAAR)
    call = contact(actor, caller, interneTaken=[taak(actor)], **own)
    found = await recorded(office, call)
    (made,) = found["interneTaken"]
    return Asked(found["id"], made["id"], actor)


async def inactive(office: Municipality) -> str:
    actor = await an_actor(office, "Oud")
    await mutate(office, WIJZIG_ACTOR, id=actor, invoer={"indicatieActief": False})
    return actor


def answer(actor: str, **own: object) -> dict[str, Any]:
    """Calling back somebody who then says who they are."""
    return contact(actor, bekend(), identiteitsvaststelling=STATED, **own)


# --- registered


async def test_a_taak_is_added_to_a_klantcontact(office: Municipality) -> None:
    call = await a_call(office)
    team = await an_actor(office, "Burgerzaken", "organisatorische_eenheid")
    asked = {
        "gevraagdeHandeling": " Uitzoeken ",
        "toelichting": "Het gaat om twee paspoorten.\r\nHaast.",
        "actoren": [team, call.actor, team],
    }
    payload = await mutate(office, REGISTREER, id=call.klantcontact, invoer=asked)
    made = payload["interneTaak"]
    assert sorted(each["naam"] for each in made.pop("actoren")) == [
        "Burgerzaken",
        "KCC",
    ]
    assert made == {
        "id": made["id"],
        "versie": 1,
        "status": "te_verwerken",
        "gevraagdeHandeling": "Uitzoeken",
        "toelichting": "Het gaat om twee paspoorten.\nHaast.",
        "klantcontact": {"id": call.klantcontact},
    }


async def test_all_mistakes_of_a_taak_are_told_and_nothing_is_written(
    office: Municipality, rows_now: Counted
) -> None:
    known, old = await an_actor(office), await inactive(office)
    before = await rows_now()
    asked = {
        "gevraagdeHandeling": " ",
        "toelichting": "x" * 1001,
        "actoren": [known, old, as_id("Actor", NOBODY)],
    }
    nothing = as_id("Klantcontact", NOBODY)
    payload = await mutate(office, REGISTREER, id=nothing, invoer=asked, sleutel="een")
    assert payload["interneTaak"] is None
    assert codes(payload) == [
        ("verplicht", "invoer.gevraagdeHandeling"),
        ("ongeldig", "invoer.toelichting"),
        ("niet_actief", "invoer.actoren.1"),
        ("niet_gevonden", "invoer.actoren.2"),
        ("niet_gevonden", "klantcontactId"),
    ]
    assert await rows_now() == before


async def test_a_taak_is_always_assigned_to_somebody(office: Municipality) -> None:
    call = await a_call(office)
    asked = {"gevraagdeHandeling": "Terugbellen", "actoren": []}
    payload = await mutate(office, REGISTREER, id=call.klantcontact, invoer=asked)
    assert codes(payload) == [("verplicht", "invoer.actoren")]


async def test_who_registers_a_taak_twice_with_one_key_registers_once(
    office: Municipality, rows_now: Counted
) -> None:
    call = await a_call(office)
    asked = {"id": call.klantcontact, "invoer": taak(call.actor), "sleutel": "een"}
    answers = await asyncio.gather(
        *(mutate(office, REGISTREER, **asked) for _ in range(4))
    )
    assert len({each["interneTaak"]["id"] for each in answers}) == 1
    assert (await rows_now())["interne_taken"] == 2


# --- verwerkt


async def test_a_taak_that_is_verwerkt_says_when_and_what_stood_there_is_kept(
    office: Municipality, database: AsyncEngine
) -> None:
    call = await a_call(office)
    payload = await mutate(office, VERWERK, id=call.taak, versie=1)
    found = payload["interneTaak"]
    assert (found["status"], found["versie"]) == ("verwerkt", 2)
    assert found["verwerktOp"] > found["toegewezenOp"]
    assert (payload["klantcontact"], payload["fouten"]) == (None, [])
    (changed,) = [row for row in await changes(database) if row[0] == "gewijzigd"]
    assert changed == (
        "gewijzigd",
        "interne_taak",
        {"status": "te_verwerken", "verwerkt_op": None},
    )


async def test_a_taak_is_verwerkt_when_it_was_said_to_be(office: Municipality) -> None:
    call = await a_call(office)
    assigned = (await mutate(office, "{ interneTaken { nodes { toegewezenOp } } }"))[
        "nodes"
    ][0]["toegewezenOp"]
    early, late = datetime.fromisoformat(assigned), "2099-01-01T10:00:00Z"
    before = (early - timedelta(seconds=1)).isoformat()
    for moment, code in ((before, "ongeldig"), (late, "in_de_toekomst")):
        invoer = {"verwerktOp": moment}
        payload = await mutate(office, VERWERK, id=call.taak, versie=1, invoer=invoer)
        assert codes(payload) == [(code, "invoer.verwerktOp")]
    invoer = {"verwerktOp": assigned}
    payload = await mutate(office, VERWERK, id=call.taak, versie=1, invoer=invoer)
    assert payload["interneTaak"]["verwerktOp"] == assigned


async def test_a_taak_is_verwerkt_once(office: Municipality) -> None:
    call = await a_call(office)
    both = await asyncio.gather(
        *(mutate(office, VERWERK, id=call.taak, versie=1) for _ in range(2))
    )
    assert sorted(map(codes, both)) == [[], [("is_verwerkt", "id")]]
    assert [each["interneTaak"]["status"] for each in both] == ["verwerkt"] * 2


async def test_who_asks_again_with_a_key_is_told_what_it_came_to_then(
    office: Municipality, rows_now: Counted
) -> None:
    call = await a_call(office)
    invoer = {"klantcontact": answer(call.actor)}
    asked = {"id": call.taak, "versie": 1, "invoer": invoer, "sleutel": "een"}
    first = await mutate(office, VERWERK, **asked)
    assert first["fouten"] == []
    assert await mutate(office, VERWERK, **asked) == first
    assert (await rows_now())["klantcontacten"] == 2


async def test_a_stale_version_is_refused_with_the_taak_as_it_is(
    office: Municipality, rows_now: Counted
) -> None:
    call = await a_call(office)
    before = await rows_now()
    payload = await mutate(office, VERWERK, id=call.taak, versie=7)
    assert codes(payload) == [("verouderd", "versie")]
    assert payload["interneTaak"]["versie"] == 1
    assert await rows_now() == before


async def test_a_taak_that_is_not_there_is_not_verwerkt(office: Municipality) -> None:
    nothing = as_id("InterneTaak", NOBODY)
    payload = await mutate(office, VERWERK, id=nothing, versie=1)
    assert payload == {
        "interneTaak": None,
        "klantcontact": None,
        "fouten": [{"code": "niet_gevonden", "pad": "id"}],
        "waarschuwingen": [],
    }


async def test_the_answer_is_recorded_at_once_with_the_taak_as_onderwerp(
    office: Municipality,
) -> None:
    call = await a_call(office)
    invoer = {"klantcontact": answer(call.actor)}
    payload = await mutate(office, VERWERK, id=call.taak, versie=1, invoer=invoer)
    assert payload["fouten"] == []
    assert payload["interneTaak"]["status"] == "verwerkt"
    assert payload["klantcontact"]["onderwerpen"] == [
        {},
        {"interneTaak": {"id": call.taak}},
    ]


async def test_a_taak_that_is_an_onderwerp_already_is_so_once(
    office: Municipality,
) -> None:
    call = await a_call(office)
    told = answer(call.actor, onderwerpen=[{"interneTaak": call.taak}])
    invoer = {"klantcontact": told}
    payload = await mutate(office, VERWERK, id=call.taak, versie=1, invoer=invoer)
    assert payload["klantcontact"]["onderwerpen"] == [
        {"interneTaak": {"id": call.taak}}
    ]


async def test_mistakes_in_the_answer_are_told_beside_the_taaks_own(
    office: Municipality, rows_now: Counted
) -> None:
    call = await a_call(office)
    before = await rows_now()
    invoer = {"klantcontact": answer(call.actor, kanaal=" ")}
    payload = await mutate(office, VERWERK, id=call.taak, versie=2, invoer=invoer)
    assert codes(payload) == [
        ("verouderd", "versie"),
        ("ongeldig", "invoer.klantcontact.kanaal"),
    ]
    assert await rows_now() == before


async def test_who_is_unknown_is_called_back_too(office: Municipality) -> None:
    # The contact that answers is what the first was recorded for (seed
    # basisterminologie, Opvolging).
    call = await a_call(office)
    invoer = {"klantcontact": contact(call.actor, klant())}
    payload = await mutate(office, VERWERK, id=call.taak, versie=1, invoer=invoer)
    assert payload["fouten"] == []
    assert payload["interneTaak"]["status"] == "verwerkt"


async def test_an_answer_takes_the_right_to_record_klantcontacten(
    opened: Opened, office: Municipality
) -> None:
    call = await a_call(office)
    rechten = (Recht.INTERNE_TAKEN, Recht.INTERNE_TAKEN_SCHRIJVEN)
    async with opened(medewerker(*rechten)) as backoffice:
        asked = {"id": call.taak, "versie": 1}
        invoer = {"klantcontact": answer(call.actor)}
        code = await refused(backoffice, VERWERK, **asked, invoer=invoer)
        assert code == "FORBIDDEN"
        short = "mutation ($id: ID!, $versie: Int!) { verwerkInterneTaak(id: $id,"
        query = f"{short} versie: $versie) {{ interneTaak {{ status }} }} }}"
        payload = await mutate(backoffice, query, **asked)
    assert payload == {"interneTaak": {"status": "verwerkt"}}


# --- passed on


async def test_a_taak_passed_on_is_verwerkt_and_another_is_there_for_others(
    office: Municipality, database: AsyncEngine
) -> None:
    call = await a_call(office)
    team = await an_actor(office, "Burgerzaken", "organisatorische_eenheid")
    invoer = {"reden": "Niet van het KCC.", "actoren": [team]}
    payload = await mutate(office, HERROUTEER, id=call.taak, versie=1, invoer=invoer)
    assert payload == {
        "interneTaak": {
            "status": "verwerkt",
            "versie": 2,
            "toelichting": "Niet van het KCC.",
        },
        "nieuweTaak": {
            "id": payload["nieuweTaak"]["id"],
            "status": "te_verwerken",
            "versie": 1,
            "gevraagdeHandeling": "Terugbellen",
            "toelichting": None,
            "actoren": [{"naam": "Burgerzaken"}],
            "klantcontact": {"id": call.klantcontact},
        },
        "fouten": [],
    }
    rows = await stored(database, tables.mutaties)
    assert [each["reden"] for each in rows if each["reden"]] == ["Niet van het KCC."]


async def test_the_reason_comes_below_the_toelichting_which_the_other_takes_over(
    office: Municipality,
) -> None:
    call = await a_call(office)
    team = await an_actor(office, "Burgerzaken")
    asked = taak(call.actor) | {"toelichting": "Na 17 uur."}
    made = await mutate(office, REGISTREER, id=call.klantcontact, invoer=asked)
    invoer = {"reden": "Verkeerd team.", "actoren": [team]}
    payload = await mutate(
        office, HERROUTEER, id=made["interneTaak"]["id"], versie=1, invoer=invoer
    )
    assert payload["interneTaak"]["toelichting"] == "Na 17 uur.\n\nVerkeerd team."
    assert payload["nieuweTaak"]["toelichting"] == "Na 17 uur."


async def test_what_others_are_asked_may_be_said_anew(office: Municipality) -> None:
    call = await a_call(office)
    invoer = {
        "reden": "Verkeerd team.",
        "actoren": [await an_actor(office, "Burgerzaken")],
        "gevraagdeHandeling": "Paspoort zoeken",
        "toelichting": None,
    }
    payload = await mutate(office, HERROUTEER, id=call.taak, versie=1, invoer=invoer)
    assert payload["nieuweTaak"]["gevraagdeHandeling"] == "Paspoort zoeken"


async def test_all_mistakes_of_passing_on_are_told_and_nothing_is_written(
    office: Municipality, rows_now: Counted
) -> None:
    call, old = await a_call(office), await inactive(office)
    before = await rows_now()
    invoer = {"reden": "", "actoren": [old], "gevraagdeHandeling": " "}
    payload = await mutate(office, HERROUTEER, id=call.taak, versie=3, invoer=invoer)
    assert codes(payload) == [
        ("verplicht", "invoer.reden"),
        ("verouderd", "versie"),
        ("niet_actief", "invoer.actoren.0"),
        ("verplicht", "invoer.gevraagdeHandeling"),
    ]
    assert payload["interneTaak"]["status"] == "te_verwerken"
    assert await rows_now() == before


async def test_a_taak_is_passed_on_to_others_only(office: Municipality) -> None:
    call = await a_call(office)
    invoer = {"reden": "Verkeerd team.", "actoren": [call.actor]}
    payload = await mutate(office, HERROUTEER, id=call.taak, versie=1, invoer=invoer)
    assert codes(payload) == [("niet_toegestaan", "invoer.actoren")]


async def test_a_reason_must_fit_below_the_toelichting(office: Municipality) -> None:
    call = await a_call(office)
    asked = taak(call.actor) | {"toelichting": "x" * 1000}
    made = await mutate(office, REGISTREER, id=call.klantcontact, invoer=asked)
    team = await an_actor(office, "Burgerzaken")
    invoer = {"reden": "Verkeerd team.", "actoren": [team]}
    payload = await mutate(
        office, HERROUTEER, id=made["interneTaak"]["id"], versie=1, invoer=invoer
    )
    assert codes(payload) == [("ongeldig", "invoer.reden")]


async def test_a_taak_that_is_not_there_is_not_passed_on(office: Municipality) -> None:
    nothing = as_id("InterneTaak", NOBODY)
    invoer = {"reden": "Verkeerd team.", "actoren": [await an_actor(office)]}
    payload = await mutate(office, HERROUTEER, id=nothing, versie=1, invoer=invoer)
    assert payload == {
        "interneTaak": None,
        "nieuweTaak": None,
        "fouten": [{"code": "niet_gevonden", "pad": "id"}],
    }


# --- vertrouwelijk


async def test_what_hangs_on_a_vertrouwelijk_klantcontact_is_not_there_for_who_may_not(
    opened: Opened, office: Municipality, rows_now: Counted
) -> None:
    call = await a_call(office, vertrouwelijk=True)
    before = await rows_now()
    others = [recht for recht in Recht if recht is not Recht.VERTROUWELIJK]
    async with opened(medewerker(*others)) as kcc:
        done = await mutate(kcc, VERWERK, id=call.taak, versie=1)
        asked = {"id": call.klantcontact, "invoer": taak(call.actor)}
        made = await mutate(kcc, REGISTREER, **asked)
    assert (done["interneTaak"], codes(done)) == (None, [("niet_gevonden", "id")])
    assert codes(made) == [("niet_gevonden", "klantcontactId")]
    assert await rows_now() == before
