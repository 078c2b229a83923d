"""A klantcontact after it was recorded: added to, corrected, and its betrokkene linked."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate
from tests.recording.conftest import Counted
from tests.recording.graph import CORRIGEER, KOPPEL, VUL_AAN
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


async def a_contact(office: Municipality) -> Payload:
    actor = await an_actor(office)
    asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    return await recorded(office, asked)


def words(payload: Payload, name: str) -> list[str]:
    return [each["tekst"] for each in payload["klantcontact"][name]]


async def test_while_it_lasts_it_is_added_to_and_nothing_is_replaced(
    office: Municipality,
) -> None:
    found = await a_contact(office)
    colleague = await an_actor(office, "Burgerzaken")
    invoer = {
        "inhoud": [{"tekst": "Doorverbonden."}],
        "onderwerpen": [{"tekst": "Rijbewijs"}],
        "actoren": [colleague],
    }
    payload = await mutate(office, VUL_AAN, id=found["id"], invoer=invoer)
    assert payload["fouten"] == []
    assert words(payload, "inhoud") == ["Wat kost een paspoort?", "Doorverbonden."]
    assert words(payload, "onderwerpen") == ["Paspoort", "Rijbewijs"]
    actoren = sorted(each["naam"] for each in payload["klantcontact"]["actoren"])
    assert actoren == ["Burgerzaken", "KCC"]


async def test_after_its_end_nothing_is_added(
    office: Municipality, rows_now: Counted
) -> None:
    found = await a_contact(office)
    end = {"beeindigdOp": datetime.now(UTC).isoformat()}
    await mutate(office, VUL_AAN, id=found["id"], invoer=end)
    before = await rows_now()
    more = {"inhoud": [{"tekst": "Te laat."}]}
    payload = await mutate(office, VUL_AAN, id=found["id"], invoer=more)
    assert codes(payload) == [("is_beeindigd", "id")]
    assert words(payload, "inhoud") == ["Wat kost een paspoort?"]
    assert await rows_now() == before


async def test_nothing_to_add_is_a_mistake(office: Municipality) -> None:
    found = await a_contact(office)
    payload = await mutate(office, VUL_AAN, id=found["id"], invoer={})
    assert codes(payload) == [("verplicht", "invoer")]


async def test_an_error_is_repaired_and_what_stood_there_is_kept(
    office: Municipality, database: AsyncEngine
) -> None:
    found = await a_contact(office)
    (deel,) = found["inhoud"]
    invoer = {
        "reden": "Verkeerd verstaan.",
        "kanaal": "balie",
        "inhoud": [{"id": deel["id"], "wordt": {"tekst": "Wat kost een visum?"}}],
    }
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=invoer)
    assert payload["fouten"] == []
    assert payload["klantcontact"]["kanaal"] == "balie"
    assert words(payload, "inhoud") == ["Wat kost een visum?"]
    asked = "SELECT soort, reden, oud FROM mutaties WHERE handeling = 'gewijzigd'"
    async with database.connect() as connection:
        found_rows = (await connection.execute(text(asked))).all()
    assert sorted(map(tuple, found_rows), key=str) == [
        ("inhoudsdeel", "Verkeerd verstaan.", {"tekst": "Wat kost een paspoort?"}),
        ("klantcontact", "Verkeerd verstaan.", {"kanaal": "telefoon"}),
    ]


async def test_a_correction_has_a_reason_and_is_of_its_own_parts(
    office: Municipality, rows_now: Counted
) -> None:
    found, other = await a_contact(office), await a_contact(office)
    before = await rows_now()
    (deel,) = other["inhoud"]
    invoer = {
        "reden": " ",
        "beeindigdOp": "2020-01-01T00:00:00Z",
        "inhoud": [{"id": deel["id"], "wordt": {"tekst": "[intern] Let op."}}],
    }
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=invoer)
    assert codes(payload) == [
        ("verplicht", "invoer.reden"),
        ("ongeldig", "invoer.beeindigdOp"),
        ("niet_gevonden", "invoer.inhoud.0.id"),
        ("interne_opmerking", "invoer.inhoud.0.wordt.tekst"),
    ]
    assert await rows_now() == before


async def test_a_betrokkene_is_linked_later_and_gives_the_partij_nothing(
    office: Municipality, rows_now: Counted
) -> None:
    known = await a_contact(office)
    partij = known["betrokkenen"][0]["partij"]["id"]
    actor = await an_actor(office, "Post")
    mail = klant(digitaleAdressen=BEREIKBAAR, contactnaam={"achternaam": "Jansen"})
    found = await recorded(office, contact(actor, mail, interneTaken=[taak(actor)]))
    (betrokkene,) = found["betrokkenen"]
    payload = await mutate(
        office, KOPPEL, betrokkene=betrokkene["id"], partij=partij, stated=STATED
    )
    assert payload["fouten"] == []
    assert payload["klantcontact"]["betrokkenen"][0]["partij"] == {"id": partij}
    with_counts = await rows_now()
    assert with_counts["digitale_adressen"] == 1


async def test_a_correction_that_changes_nothing_is_a_mistake(
    office: Municipality, rows_now: Counted
) -> None:
    found = await a_contact(office)
    before = await rows_now()
    (deel,) = found["inhoud"]
    same = {"id": deel["id"], "wordt": {"tekst": "Wat kost een paspoort?"}}
    nobody = {"id": found["betrokkenen"][0]["id"]}
    invoer = {"reden": "Zo was het.", "inhoud": [same], "betrokkenen": [nobody]}
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=invoer)
    assert codes(payload) == [("verplicht", "invoer")]
    assert await rows_now() == before


async def test_a_wrong_link_is_undone_with_a_reason_and_made_anew(
    office: Municipality, database: AsyncEngine
) -> None:
    found = await a_contact(office)
    betrokkene, actor = found["betrokkenen"][0], await an_actor(office)
    who = bekend("999990019")
    other = await recorded(office, contact(actor, who, identiteitsvaststelling=STATED))
    partij = other["betrokkenen"][0]["partij"]["id"]
    asked = {"betrokkene": betrokkene["id"], "partij": partij, "stated": STATED}
    refused = await mutate(office, KOPPEL, **asked)
    assert codes(refused) == [("bestaat_al", "betrokkeneId")]
    wrong = {
        "reden": "Verkeerde klant gekozen.",
        "betrokkenen": [{"id": betrokkene["id"], "ontkoppel": True}],
    }
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=wrong)
    assert payload["fouten"] == []
    assert payload["klantcontact"]["betrokkenen"][0]["partij"] is None
    payload = await mutate(office, KOPPEL, **asked)
    assert payload["klantcontact"]["betrokkenen"][0]["partij"] == {"id": partij}
    asked_rows = "SELECT count(*) FROM mutaties WHERE soort = 'betrokkene'"
    async with database.connect() as connection:
        assert await connection.scalar(text(asked_rows)) == 2


async def test_what_is_added_stands_in_the_trail_by_part(
    office: Municipality, database: AsyncEngine
) -> None:
    found = await a_contact(office)
    invoer = {
        "inhoud": [{"tekst": "Erbij."}],
        "onderwerpen": [{"tekst": "Rijbewijs"}],
        "beeindigdOp": datetime.now(UTC).isoformat(),
    }
    await mutate(office, VUL_AAN, id=found["id"], invoer=invoer)
    asked = "SELECT soort, handeling, oud FROM mutaties WHERE mutatie = 'vulInhoudAan'"
    async with database.connect() as connection:
        found_rows = (await connection.execute(text(asked))).all()
    assert sorted(map(tuple, found_rows), key=str) == [
        ("inhoudsdeel", "gemaakt", None),
        ("klantcontact", "gewijzigd", {"beeindigd_op": None}),
        ("onderwerp", "gemaakt", None),
    ]


async def test_a_contact_that_failed_is_not_established_without_parts(
    office: Municipality,
) -> None:
    actor = await an_actor(office)
    empty: dict[str, object] = {"onderwerpen": [], "inhoud": []}
    failed = contact(actor, bekend(), identiteitsvaststelling=STATED, **empty)
    found = await recorded(office, failed | {"indicatieContactGelukt": False})
    invoer = {"reden": "Het lukte toch.", "indicatieContactGelukt": True}
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=invoer)
    where = "invoer.indicatieContactGelukt"
    assert codes(payload) == [("verplicht", where), ("verplicht", where)]


async def test_linking_needs_certainty_and_is_done_once(office: Municipality) -> None:
    known, other = await a_contact(office), await a_contact(office)
    betrokkene = known["betrokkenen"][0]["id"]
    partij = other["betrokkenen"][0]["partij"]["id"]
    unsure = STATED | {"niveau": "laag"}
    payload = await mutate(
        office, KOPPEL, betrokkene=betrokkene, partij=partij, stated=unsure
    )
    assert codes(payload) == [
        ("identiteit_niet_vastgesteld", "identiteitsvaststelling.niveau")
    ]


async def test_a_klantcontact_is_no_follow_up_of_itself(office: Municipality) -> None:
    found = await a_contact(office)
    itself = {"klantcontact": found["id"]}
    invoer = {"onderwerpen": [itself]}
    payload = await mutate(office, VUL_AAN, id=found["id"], invoer=invoer)
    assert codes(payload) == [("niet_toegestaan", "invoer.onderwerpen.0.klantcontact")]
    (about,) = found["onderwerpen"]
    becomes = {"id": about["key"], "wordt": itself}
    wrong = {"reden": "Het ging verder.", "onderwerpen": [becomes]}
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=wrong)
    assert codes(payload) == [
        ("niet_toegestaan", "invoer.onderwerpen.0.wordt.klantcontact")
    ]
