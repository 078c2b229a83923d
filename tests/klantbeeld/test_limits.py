"""What is too much, on the demo's data: how many persons are looked up, and what is on."""

from pathlib import Path

import pytest

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.errors import InvalidSettings
from gateway.identity.caller import ANONIEM, Caller
from gateway.settings.limits import LimitSettings
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.conftest import Municipality, Opened
from tests.municipality import BENCH_BSN
from tests.registers.builders import Clock

pytestmark = pytest.mark.anyio

SOMEBODY = "query ($bsn: BSN!) { klantbeeld(identificatie: {bsn: $bsn}) { partij { nummer } } }"
BSNS = [BENCH_BSN, "999990421", "999991772", "111222333"]

TOO_MANY = "query: distinct persons in an hour: at most 2, found 3"


async def told(municipality: Municipality, bsn: str) -> list[str]:
    answer = await municipality.ask(SOMEBODY, bsn=bsn)
    errors = answer.get("errors", [])
    assert isinstance(errors, list)
    return [
        error["message"]
        for error in errors
        if error["extensions"]["code"] == "LIMIT_EXCEEDED"
    ]


@pytest.mark.parametrize("caller", [medewerker(), systeem()])
async def test_who_looks_up_one_after_another_is_stopped_for_an_hour(
    opened: Opened, clock: Clock, caller: Caller
) -> None:
    limits = LimitSettings(distinct_persons_per_hour=2)
    async with opened(caller=caller, limits=limits) as municipality:
        for bsn in (BSNS[0], BSNS[1], BSNS[0]):
            assert await told(municipality, bsn) == []
        assert await told(municipality, BSNS[2]) == [TOO_MANY]
        assert await told(municipality, BSNS[3]) == [TOO_MANY]
        assert await told(municipality, BSNS[1]) == []
        clock.now += 3600
        assert await told(municipality, BSNS[2]) == []


async def test_who_acts_for_others_is_one_caller(opened: Opened) -> None:
    limits = LimitSettings(requests_at_once=1)
    async with opened(caller=vertegenwoordiger(), limits=limits) as municipality:
        await municipality.ask("{ ik { niveau } }")
        answer = await municipality.client.post(
            "/graphql", json={"query": "{ ik { niveau } }"}
        )
    assert answer.status_code == 429


async def test_where_nobody_is_asked_who_they_are_nobody_is_counted(
    opened: Opened,
) -> None:
    limits = LimitSettings(distinct_persons_per_hour=1, requests_at_once=1)
    async with opened(limits=limits) as municipality:
        for bsn in BSNS:
            assert await told(municipality, bsn) == []


async def test_introspection_and_the_page_can_be_off(opened: Opened) -> None:
    limits = LimitSettings(introspection=False, explorer=False)
    async with opened(limits=limits) as municipality:
        page = await municipality.client.get(
            "/graphql", headers={"accept": "text/html"}
        )
        script = await municipality.client.get("/graphql/static/page.js")
        answer = await municipality.ask("{ __schema { queryType { name } } klantbeld }")
    assert (page.status_code, script.status_code) == (406, 404)
    assert answer == {
        "errors": [
            {
                "message": "__schema: introspection is switched off here",
                "extensions": {"code": "FORBIDDEN"},
            }
        ]
    }


async def test_trusted_documents_are_read_from_the_settings(
    opened: Opened, tmp_path: Path
) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"ik": "{ ik { soort } }"}')
    limits = LimitSettings(trusted_documents=manifest, trusted_documents_required=True)
    async with opened(limits=limits) as municipality:
        answer = await municipality.client.post("/graphql", json={"documentId": "ik"})
        other = await municipality.client.post("/graphql", json={"query": "{ x }"})
    assert answer.json()["data"] == {"ik": {"soort": "systeem"}}
    assert other.status_code == 400


def test_a_manifest_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    settings = gateway_settings(
        "postgresql://nowhere/x",
        Addresses(),
        limits={"trusted_documents": tmp_path / "absent.json"},
    )
    with pytest.raises(
        InvalidSettings, match=r"limits.trusted_documents: .* cannot be"
    ):
        create_app(settings)


async def test_who_is_anonymous_shares_a_bucket_of_their_own(opened: Opened) -> None:
    limits = LimitSettings(anonymous_at_once=1, anonymous_per_minute=6)
    question = {"query": "{ ik { soort } }"}
    async with opened(caller=ANONIEM, limits=limits) as municipality:
        answers = [
            await municipality.client.post("/graphql", json=question) for _ in range(2)
        ]
    assert [answer.status_code for answer in answers] == [200, 429]
    async with opened(caller=klant(), limits=limits) as municipality:
        answers = [
            await municipality.client.post("/graphql", json=question) for _ in range(2)
        ]
    assert [answer.status_code for answer in answers] == [200, 200]
