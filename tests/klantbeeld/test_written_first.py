"""What cannot be written down is not shown; one trace goes from who asks to whom we ask."""

import asyncio
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.settings import TraceSettings
from tests.identity.callers import klant
from tests.klantbeeld.trails import PARENT, Json, Open, Watch, a_trail, partij
from tests.municipality import BENCH_BSN, MIJN_KLANTBEELD, Network
from tests.registers.builders import Gate
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

SANNE = partij("0ea6880b-b832-5af2-86d4-58c5ebd523a8")


@pytest.fixture
def open_(loaded: str, network: Network, tmp_path: Path) -> Open:
    """Start a gateway on the demo's data, for a caller."""
    return partial(a_trail, loaded, network, tmp_path / "verwerkingen.jsonl")


@pytest.fixture
def open_empty(database_url: str, network: Network, tmp_path: Path) -> Open:
    """Start a gateway on a database of this test's own, for a caller."""
    return partial(a_trail, database_url, network, tmp_path / "verwerkingen.jsonl")


async def test_all_is_written_before_the_answer_begins_to_leave(open_: Open) -> None:
    trace = uuid4().hex
    async with open_(klant()) as portal:
        watch = Watch(portal, trace)
        portal.sent.watch.append(watch)
        left = await portal.ask(MIJN_KLANTBEELD, trace=trace, first=50)
    assert left.whom == [SANNE]
    assert watch.seen == [(2, 1)]


async def test_an_answer_that_is_cut_off_is_written_down_too(
    open_: Open, network: Network
) -> None:
    network.gate = Gate()  # no register answers
    async with open_(klant(), deadline_seconds=2.0) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=50)
        network.gate.open()
    assert "DEADLINE_EXCEEDED" in left.codes
    assert left.answer.json()["data"]["mijnKlantbeeld"]["partij"]["nummer"] == "1001"
    assert left.whom == [SANNE]


UNWRITTEN = {
    "errors": [
        {
            "message": "register klantbeeld: what is shown cannot be written down now",
            "extensions": {"code": "REGISTER_UNAVAILABLE"},
        }
    ]
}


async def test_without_processing_records_there_is_no_answer(
    open_: Open, tmp_path: Path
) -> None:
    traces = TraceSettings(file=tmp_path / "no folder" / "verwerkingen.jsonl")
    async with open_(klant(), traces=traces) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=50)
    assert (left.answer.status_code, left.answer.json()) == (503, UNWRITTEN)


async def test_without_the_audit_trail_there_is_no_answer(
    open_empty: Open, database: AsyncEngine, owner: AsyncEngine, database_name: str
) -> None:
    await Rows(database).persoon(BENCH_BSN)
    async with owner.begin() as connection:  # as a server does that takes over
        read_only = "SET default_transaction_read_only = on"
        await connection.execute(text(f"ALTER DATABASE {database_name} {read_only}"))
    async with open_empty(klant()) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=1)
    assert (left.answer.status_code, left.answer.json()) == (503, UNWRITTEN)
    assert left.rows == []


async def test_an_audit_trail_that_hangs_is_not_waited_for_long(
    open_empty: Open, database: AsyncEngine, owner: AsyncEngine
) -> None:
    await Rows(database).persoon(BENCH_BSN)
    body = {"query": "{ mijnKlantbeeld { partij { nummer } } }"}
    async with (
        open_empty(klant(), deadline_seconds=1.0) as portal,
        owner.begin() as connection,
    ):
        await connection.execute(text("LOCK TABLE inzagen"))
        answer = await portal.client.post("/graphql", json=body)
    # Rows may still come of it: they say too much, not too little.
    assert (answer.status_code, answer.json()) == (503, UNWRITTEN)


async def test_a_role_that_may_not_add_rows_is_a_fault_and_shows_nothing(
    open_empty: Open, database: AsyncEngine, owner: AsyncEngine
) -> None:
    await Rows(database).persoon(BENCH_BSN)
    async with owner.begin() as connection:
        await connection.execute(text("REVOKE INSERT ON inzagen FROM klantbeeld"))
    async with open_empty(klant()) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=1)
    assert (left.answer.status_code, left.codes) == (500, ["INTERNAL"])
    assert (list(left.answer.json()), left.rows) == (["errors"], [])


# One trace from who asks to whom we ask.


class Sent(httpx.AsyncBaseTransport):
    """Passes requests on to the registers.

    Attributes:
        traced: the trace and the span that each says it belongs to, by its host.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self.traced: dict[str, list[tuple[str, str]]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _, trace, span, _ = request.headers["traceparent"].split("-")
        register = request.url.host.partition(".")[0]
        self.traced.setdefault(register, []).append((trace, span))
        return await self._network.handle_async_request(request)


async def test_all_requests_to_registers_belong_to_the_trace_of_who_asks(
    loaded: str, network: Network, tmp_path: Path
) -> None:
    sent = Sent(network)
    async with a_trail(loaded, sent, tmp_path / "x.jsonl", klant()) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=50)
    trace = left.records[0]["trace_id"]
    asked = [each for some in sent.traced.values() for each in some]
    assert set(sent.traced) == {"zaken", "documenten", "objecten"}
    assert {each for each, _ in asked} == {trace}
    own = {PARENT, *(str(each["span_id"]) for each in left.records)}
    assert len({span for _, span in asked} - own) == len(asked) == len(network.asked())


ONLY = """{ mijnKlantbeeld { klantcontacten(first: 50) { nodes { %s } } } }"""
ZAKEN = ONLY % "onderwerpen { ... on ZaakOnderwerp { zaak { identificatie } } }"
OBJECTEN = ONLY % "onderwerpen { ... on KlanttaakOnderwerp { klanttaak { titel } } }"


async def test_two_requests_at_once_keep_their_own_traces(
    loaded: str, network: Network, tmp_path: Path
) -> None:
    sent = Sent(network)
    async with a_trail(loaded, sent, tmp_path / "x.jsonl", klant()) as portal:
        one, other = await asyncio.gather(portal.ask(ZAKEN), portal.ask(OBJECTEN))
    traces: Json = {
        name: {trace for trace, _ in some} for name, some in sent.traced.items()
    }
    assert traces == {
        "zaken": {one.records[0]["trace_id"]},
        "objecten": {other.records[0]["trace_id"]},
    }
    assert one.whom == other.whom == [SANNE]


async def test_a_request_that_names_no_trace_is_one_of_its_own(
    loaded: str, network: Network, tmp_path: Path
) -> None:
    sent, body = Sent(network), {"query": ZAKEN}
    async with a_trail(loaded, sent, tmp_path / "x.jsonl", klant()) as portal:
        await portal.client.post("/graphql", json=body)
        ((trace, _), *others) = sent.traced["zaken"]
        records, rows = portal.records(trace), await portal.rows(trace)
    assert {each for each, _ in others} == {trace}
    assert (len(records), len(rows)) == (2, 1)
    assert "parent_span_id" not in records[0]
