"""What an answer says of its own cost, and that it is so."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import httpx
import msgspec
import pytest

from gateway.demo.addresses import StandinName
from gateway.settings import IdentitySettings
from gateway.settings.limits import LimitSettings
from tests.costs import ASKED, Cost, cost_of
from tests.identity.callers import klant
from tests.identity.minting import identity_settings
from tests.klantbeeld.conftest import Municipality, Opened
from tests.klantbeeld.trails import a_trail
from tests.municipality import BENCH_BSN, KLANTBEELD, MIJN_KLANTBEELD, Network
from tests.registers.builders import Clock

pytestmark = pytest.mark.anyio

Extensions: TypeAlias = dict[str, dict[str, object]]

COLD = {"zaken": 1, "documenten": 1, "objecten": 25}
TYPES = {"objecten": 2, "catalogi": 22}
FIRST = dict(Counter(COLD) + Counter(TYPES))


async def page(municipality: Municipality) -> Cost:
    """Ask for the page of 50; gives what it says that it cost."""
    municipality.client.headers.update(ASKED)
    bsn = {"bsn": BENCH_BSN}
    return cost_of(await municipality.ask(KLANTBEELD, identificatie=bsn, first=50))


# Fewer travel together with graphql-core, which asks in another order.
@pytest.mark.parametrize(("core", "statements"), [(False, 4), (True, 5)])
async def test_the_page_tells_what_it_asked_and_what_it_remembered(
    core: bool, statements: int, opened: Opened, network: Network, clock: Clock
) -> None:
    async with opened(graphql_core=core) as municipality:
        first = await page(municipality)
        clock.now += 1
        again = await page(municipality)
        clock.now += 60
        later = await page(municipality)
    assert first.counted == (statements, FIRST, 0)
    assert again.counted == (statements, {}, 157)
    assert later.counted == (statements, COLD, 24)
    assert sum(FIRST.values()) + sum(COLD.values()) == len(network.asked())


async def test_times_are_as_long_as_it_took(opened: Opened, network: Network) -> None:
    network.standins[StandinName.DOCUMENTEN].delay = 0.3
    async with opened() as municipality:
        found = await page(municipality)
    took = found.requests["documenten"].milliseconds
    assert 300 <= took <= found.milliseconds
    assert found.cpu_milliseconds > 0


async def test_a_request_given_up_at_the_deadline_is_told(
    opened: Opened, network: Network
) -> None:
    network.standins[StandinName.DOCUMENTEN].delay = 60.0
    async with opened(deadline_seconds=3.0) as municipality:
        found = await page(municipality)
    assert found.counted == (4, FIRST, 0)
    took = found.requests["documenten"].milliseconds
    assert 1000 < took <= found.milliseconds


async def test_a_request_that_is_sent_again_counts_again(
    opened: Opened, network: Network
) -> None:
    network.stopped.add(StandinName.DOCUMENTEN)
    async with opened() as municipality:
        found = await page(municipality)
    assert found.counted == (4, FIRST | {"documenten": 2}, 0)
    assert network.refused == {StandinName.DOCUMENTEN: 2}


async def test_operations_at_once_tell_together_what_the_registers_were_asked(
    opened: Opened, network: Network
) -> None:
    async with opened() as municipality:
        costs = await asyncio.gather(*(page(municipality) for _ in range(5)))
    asked = sum((Counter(each.counted[1]) for each in costs), Counter[str]())
    assert asked == FIRST
    assert [each.statements for each in costs] == [4] * 5
    assert len(network.asked()) == sum(FIRST.values())


async def test_who_is_logged_in_pays_for_the_trail(
    loaded: str, network: Network, tmp_path: Path
) -> None:
    file = tmp_path / "records.jsonl"
    async with a_trail(loaded, network, file, klant()) as portal:
        portal.client.headers.update(ASKED)
        left = await portal.ask(MIJN_KLANTBEELD, first=50)
    # Two more of zaken: whether they are theirs.
    found = cost_of(left.answer.json())
    assert found.counted == (6, FIRST | {"zaken": 3}, 0)


@pytest.mark.parametrize(
    ("set_to", "has_issuers", "told"),
    [
        (None, False, {"complete", "cost"}),
        (None, True, {"complete"}),
        (True, True, {"complete", "cost"}),
        (False, False, {"complete"}),
    ],
)
async def test_it_is_told_where_nobody_is_asked_who_they_are_unless_set(
    set_to: bool | None, has_issuers: bool, told: set[str], opened: Opened
) -> None:
    identity = identity_settings() if has_issuers else IdentitySettings()
    limits = LimitSettings(cost_report=set_to)
    async with opened(caller=klant(), limits=limits, identity=identity) as municipality:
        municipality.client.headers.update(ASKED)
        result = await municipality.ask("{ ik { soort } }")
    assert (
        msgspec.convert(result["extensions"], Extensions)["klantbeeld"].keys() == told
    )


async def test_who_does_not_ask_is_told_nothing_of_what_others_ask(
    municipality: Municipality,
) -> None:
    variables = {"identificatie": {"bsn": BENCH_BSN}, "first": 50}
    body = {"query": KLANTBEELD, "variables": variables}

    async def ask(headers: dict[str, str]) -> httpx.Response:
        return await municipality.client.post("/graphql", json=body, headers=headers)

    answers = await asyncio.gather(ask(ASKED), ask({}))
    extensions = [each.json()["extensions"]["klantbeeld"] for each in answers]
    assert [each.keys() for each in extensions] == [{"complete", "cost"}, {"complete"}]
