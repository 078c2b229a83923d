import asyncio

import pytest
from opentelemetry.trace import SpanContext

from gateway.tracing import Trace, begun, current, outgoing, within

pytestmark = pytest.mark.anyio

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{PARENT}-01"


def ids(context: SpanContext) -> tuple[str, str]:
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


def parts(trace: Trace) -> list[str]:
    """What a request to somebody else says."""
    return trace.outgoing()["traceparent"].split("-")


def test_an_operation_is_a_span_of_its_own_in_the_trace_of_who_asks() -> None:
    trace = begun([GIVEN])
    assert trace.parent is not None
    assert ids(trace.parent) == (TRACE, PARENT)
    trace_id, span_id = ids(trace.span)
    assert (trace_id, trace.trace_id, span_id == PARENT) == (TRACE, TRACE, False)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [""],
        [GIVEN, GIVEN],
        ["999993653"],
        [f"00-{TRACE.upper()}-{PARENT}-01"],
        [f"00-{'0' * 32}-{PARENT}-01"],
        [f"00-{TRACE}-{'0' * 16}-01"],
        [f"ff-{TRACE}-{PARENT}-01"],
        [f"{GIVEN}-more"],
        [f"{GIVEN}{' ' * 512}"],
    ],
)
def test_without_a_good_traceparent_a_trace_begins(headers: list[str]) -> None:
    one, other = begun(headers), begun(headers)
    assert (one.parent, other.parent) == (None, None)
    assert len({TRACE, one.trace_id, other.trace_id}) == 3
    assert parts(one)[3] == "03"


def test_a_later_version_is_read_as_far_as_it_is_known() -> None:
    assert begun([f"01-{TRACE}-{PARENT}-01-more"]).trace_id == TRACE


@pytest.mark.parametrize(
    ("given", "sent"), [("00", "00"), ("01", "01"), ("03", "03"), ("ff", "03")]
)
def test_flags_that_are_known_are_passed_on(given: str, sent: str) -> None:
    assert parts(begun([f"00-{TRACE}-{PARENT}-{given}"]))[3] == sent


def test_every_request_is_a_span_of_its_own() -> None:
    trace = begun([GIVEN])
    spans = [parts(trace) for _ in range(3)]
    assert [(version, of) for version, of, *_ in spans] == [("00", TRACE)] * 3
    seen = {PARENT, ids(trace.span)[1], *(span for _, _, span, _ in spans)}
    assert len(seen) == 5


def test_a_child_is_a_span_of_its_own_in_the_trace() -> None:
    trace = begun([GIVEN])
    (of_one, one), (of_other, other) = ids(trace.child()), ids(trace.child())
    assert (of_one, of_other) == (TRACE, TRACE)
    assert len({one, other, ids(trace.span)[1], PARENT}) == 4


def test_tracestate_goes_along_from_all_its_headers() -> None:
    trace = begun([GIVEN], ["portaal=1,broker=2", "proxy=3"])
    assert trace.outgoing()["tracestate"] == "portaal=1,broker=2,proxy=3"


@pytest.mark.parametrize("tracestate", [[], ["no state"], [f"a={'x' * 600}"]])
def test_without_a_good_tracestate_none_is_sent(tracestate: list[str]) -> None:
    assert list(begun([GIVEN], tracestate).outgoing()) == ["traceparent"]


@pytest.mark.parametrize(
    ("traceparent", "tracestate"),
    [
        (f"{GIVEN}{' ' * 512}", ""),
        (GIVEN, "999993653 is no state"),
        (GIVEN, ",".join(f"a{number}=1" for number in range(33))),
        (GIVEN, f"a={'x' * 9000}"),
    ],
)
def test_nobody_has_anything_written_by_sending_what_breaks_the_rules(
    caplog: pytest.LogCaptureFixture, traceparent: str, tracestate: str
) -> None:
    begun([traceparent], [tracestate])
    assert caplog.messages == []


def test_tracestate_without_a_trace_means_nothing() -> None:
    assert list(begun([], ["portaal=1"]).outgoing()) == ["traceparent"]


def test_what_is_done_for_nobody_is_in_no_trace() -> None:
    assert current() is None
    assert dict(outgoing()) == {}


async def test_two_operations_at_once_keep_their_own_traces() -> None:
    met = asyncio.Barrier(2)

    async def operate() -> tuple[str, str]:
        trace = begun()
        with within(trace):
            await met.wait()
            sent = await asyncio.create_task(ask())
        return trace.trace_id, sent

    async def ask() -> str:
        await met.wait()
        return outgoing()["traceparent"].split("-")[1]

    (one, of_one), (other, of_other) = await asyncio.gather(operate(), operate())
    assert (of_one, of_other, one == other) == (one, other, False)
    assert current() is None
