"""The page this product is for: one query, and what it costs the registers."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest

from gateway.demo.addresses import StandinName
from tests.klantbeeld.conftest import Municipality, Opened
from tests.municipality import BENCH_BSN, KLANTBEELD, Network
from tests.registers.builders import Clock, Gate

pytestmark = pytest.mark.anyio

Json = dict[str, object]

ZAKEN = "POST /zaken/api/v1/zaken/_zoek"
DOCUMENTEN = "POST /documenten/api/v1/enkelvoudiginformatieobjecten/_zoek"
OBJECTEN = "GET /api/v2/objects/…"
OBJECTTYPEN = "GET /api/v2/objecttypes/…"
ZAAKTYPEN = "GET /catalogi/api/v1/zaaktypen/…"
STATUSTYPEN = "GET /catalogi/api/v1/statustypen/…"
RESULTAATTYPEN = "GET /catalogi/api/v1/resultaattypen/…"


async def page(municipality: Municipality, first: int = 50) -> Json:
    bsn = {"bsn": BENCH_BSN}
    return await municipality.ask(KLANTBEELD, identificatie=bsn, first=first)


def contacts(result: Json) -> list[Json]:
    data = cast("dict[str, dict[str, dict[str, list[Json]]]]", result["data"])
    return data["klantbeeld"]["klantcontacten"]["nodes"]


def parts(result: Json, field: str, kind: str) -> Iterator[Json]:
    for contact in contacts(result):
        for part in cast("list[Json]", contact[field]):
            if part["__typename"] == kind:
                yield part


def codes(result: Json) -> Counter[str]:
    errors = cast("list[dict[str, dict[str, str]]]", result.get("errors", []))
    return Counter(error["extensions"]["code"] for error in errors)


async def test_one_query_gives_fifty_contacts_with_all_they_refer_to(
    municipality: Municipality,
) -> None:
    result = await page(municipality)
    assert len(contacts(result)) == 50
    for field, name, kinds in (
        (
            "onderwerpen",
            "Onderwerp",
            ["Tekst", "Zaak", "Klanttaak", "Object", "InterneTaak", "Klantcontact"],
        ),
        ("inhoud", "Inhoud", ["Tekst", "Document", "Object"]),
    ):
        for kind in kinds:
            assert list(parts(result, field, f"{kind}{name}")), f"no {kind}{name}"
    assert all(contact["betrokkenen"] for contact in contacts(result))
    assert all(contact["actoren"] for contact in contacts(result))


COLD = {ZAKEN: 1, DOCUMENTEN: 1, OBJECTEN: 25}
TYPES = {OBJECTTYPEN: 2, ZAAKTYPEN: 5, STATUSTYPEN: 9, RESULTAATTYPEN: 8}


async def test_what_the_page_costs_the_registers_exactly(
    municipality: Municipality,
) -> None:
    first = await page(municipality)
    assert municipality.network.counted() == {**COLD, **TYPES}
    municipality.network.forget()
    assert (await page(municipality))["data"] == first["data"]
    assert municipality.network.asked() == []


async def test_types_outlive_what_is_of_them(opened: Opened, clock: Clock) -> None:
    async with opened() as municipality:
        first = await page(municipality)
        municipality.network.forget()
        clock.now += 60
        assert (await page(municipality))["data"] == first["data"]
        assert municipality.network.counted() == COLD


async def test_the_page_takes_one_round_and_two_the_first_time(
    opened: Opened, network: Network, clock: Clock
) -> None:
    async with opened() as municipality:
        for rounds in ((COLD, TYPES), (COLD,)):
            network.forget()
            network.gate = Gate()
            asking = asyncio.create_task(page(municipality))
            for asked in rounds:
                # All of a round are under way before any of them is answered.
                gate, number = network.gate, sum(asked.values())
                await gate.came(number)
                network.gate = Gate()
                gate.open()
            network.gate.open()
            await asking
            assert network.counted() == Counter(*rounds[:1]) + Counter(*rounds[1:])
            clock.now += 61


async def test_zaken_and_documenten_stay_one_request_however_many_contacts(
    opened: Opened, network: Network
) -> None:
    costs = {}
    for first in (5, 10, 25, 60):
        network.forget()
        async with opened() as municipality:
            await page(municipality, first)
        counted = network.counted()
        costs[first] = (counted[ZAKEN], counted[DOCUMENTEN])
    assert costs == dict.fromkeys((5, 10, 25, 60), (1, 1))


async def test_what_is_not_selected_is_not_asked(municipality: Municipality) -> None:
    query = """
      query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) {
        klantcontacten(first: 50) { nodes {
          onderwerpen {
            ... on ZaakOnderwerp { url uuid bron identificator { objectId } }
            ... on KlanttaakOnderwerp { url uuid bron }
            ... on ObjectOnderwerp { url uuid bron }
          }
          inhoud {
            ... on DocumentInhoud { url uuid bron }
            ... on ObjectInhoud { url uuid bron }
          }
        } } } }
    """
    result = await municipality.ask(query, b=BENCH_BSN)
    assert "errors" not in result
    assert municipality.network.asked() == []


@pytest.mark.parametrize(
    ("fields", "expand"),
    [
        ("identificatie", None),
        ("status { datumStatusGezet }", ["status"]),
        ("resultaat { toelichting }", ["resultaat"]),
        ("... on Zaak { resultaat { url } ...S }", ["resultaat", "status"]),
    ],
)
async def test_status_and_resultaat_come_along_when_they_are_selected(
    municipality: Municipality, fields: str, expand: list[str] | None
) -> None:
    used = " fragment S on Zaak { status { url } }" if "...S" in fields else ""
    query = f"""
      query ($b: BSN!) {{ klantbeeld(identificatie: {{bsn: $b}}) {{
        klantcontacten(first: 50) {{ nodes {{
          onderwerpen {{ ... on ZaakOnderwerp {{ zaak {{ {fields} }} }} }}
        }} }} }} }}{used}
    """
    await municipality.ask(query, b=BENCH_BSN)
    (asked,) = municipality.network.asked()
    assert isinstance(asked.body, dict)
    assert asked.body.get("expand") == expand
    assert asked.path == "/zaken/api/v1/zaken/_zoek?pageSize=100"


async def test_a_register_that_is_down_costs_its_own_fields_only(
    opened: Opened, network: Network
) -> None:
    async with opened() as municipality:
        whole = await page(municipality)
    network.stopped.add(StandinName.DOCUMENTEN)
    async with opened() as municipality:
        part = await page(municipality)
    documents = list(parts(part, "inhoud", "DocumentInhoud"))
    assert documents
    assert all(each["document"] is None for each in documents)
    errors = cast("list[Json]", part["errors"])
    down = [
        each for each in errors if cast("list[object]", each["path"])[-1] == "document"
    ]
    unavailable = {
        "code": "REGISTER_UNAVAILABLE",
        "register": "documenten",
        "retryable": True,
    }
    owned = [each for each in documents if "voorbeeldstad" in str(each["url"])]
    told = [each for each in down if each["extensions"] == unavailable]
    assert len(told) == len(owned)
    for each in (*parts(whole, "inhoud", "DocumentInhoud"), *documents):
        del each["document"]
    assert part["data"] == whole["data"]
    assert part["extensions"] == {"klantbeeld": {"complete": False}}
    assert whole["extensions"] == {"klantbeeld": {"complete": True}}


async def test_what_was_read_before_stands_in_for_a_register_that_is_down(
    opened: Opened, network: Network, clock: Clock
) -> None:
    async with opened() as municipality:
        whole = await page(municipality)
        clock.now += 84.2
        network.stopped.add(StandinName.DOCUMENTEN)
        part = await page(municipality)
    assert part["data"] == whole["data"]
    told = {"complete": True, "stale": {"documenten": 85}}
    assert part["extensions"] == {"klantbeeld": told}


async def test_all_registers_down_leaves_what_lives_here(
    municipality: Municipality,
) -> None:
    municipality.network.stopped |= set(StandinName)
    result = await page(municipality)
    assert len(contacts(result)) == 50
    named = [*parts(result, "inhoud", "DocumentInhoud")]
    named += [*parts(result, "inhoud", "ObjectInhoud")]
    for kind in ("Zaak", "Klanttaak", "Object"):
        named += [*parts(result, "onderwerpen", f"{kind}Onderwerp")]
    # Two refer to what no configured register has.
    down = {"REGISTER_UNAVAILABLE": len(named) - 2, "UNKNOWN_REGISTER": 2}
    assert codes(result) == down


async def test_broken_references_are_told_apart_and_nobody_else_is_called(
    municipality: Municipality,
) -> None:
    result = await page(municipality, 60)
    # A deleted zaak; a document of a register that is not configured, and four parts
    # that mean none.
    assert codes(result) == {"NOT_FOUND": 1, "UNKNOWN_REGISTER": 2}
    assert municipality.network.strangers == []
