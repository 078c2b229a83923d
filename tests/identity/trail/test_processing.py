import threading
from collections.abc import AsyncIterator, Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded, RegisterUnavailable
from gateway.identity.trail.processing import ProcessingLog, resource, spans
from gateway.settings import TraceSettings
from gateway.tracing import begun
from tests.identity.records import AN, BO, TRACE, URI, of, verwerkt

pytestmark = pytest.mark.anyio

RESOURCE = resource(TraceSettings())


class Collector(SpanExporter):
    """Takes records.

    Attributes:
        batches: what it was given.
        result: what it says of a batch.
        room: closed while it does not answer.
        closed: how often it was told to end.
    """

    def __init__(self) -> None:
        self.batches: list[Sequence[ReadableSpan]] = []
        self.result = SpanExportResult.SUCCESS
        self.room = threading.Event()
        self.room.set()
        self.closed = 0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.room.wait(10)
        self.batches.append(spans)
        return self.result

    def shutdown(self) -> None:
        self.closed += 1


@pytest.fixture
def collector() -> Collector:
    return Collector()


@pytest.fixture
async def log(collector: Collector) -> AsyncIterator[ProcessingLog]:
    log = ProcessingLog(collector, TraceSettings(), waits=True)
    yield log
    collector.room.set()
    log.close()
    assert collector.closed == 1


def test_every_person_has_a_record_below_that_of_the_operation() -> None:
    own, *each = spans(verwerkt(AN, BO), RESOURCE)
    assert (own.context, own.parent) == (TRACE.span, TRACE.parent)
    assert [span.parent for span in each] == [TRACE.span] * 2
    assert len({span.context.span_id for span in (own, *each)}) == 3
    activity = {"dpl.core.processing_activity_id": URI}
    assert [span.attributes for span in (own, *each)] == [
        activity,
        {**activity, **of(AN)},
        {**activity, **of(BO)},
    ]


def test_the_kinds_and_the_status_are_those_of_an_answer() -> None:
    found = list(spans(verwerkt(AN), RESOURCE))
    assert [span.kind for span in found] == [SpanKind.SERVER, SpanKind.INTERNAL]
    assert [span.status.is_unset for span in found] == [True, True]


def test_a_caller_that_samples_changes_nothing() -> None:
    trace = begun([f"00-{TRACE.trace_id}-b7ad6b7169203331-00"])
    unsampled = type(verwerkt())(
        trace=trace, name="x", activity=URI, started=0, ended=0, betrokkenen=(AN,)
    )
    assert len(list(spans(unsampled, RESOURCE))) == 2


def test_records_name_the_system_and_the_organisation() -> None:
    settings = TraceSettings(service_name="kcc", oin="00000001234567890000")
    assert dict(resource(settings).attributes) == {
        "service.name": "kcc",
        "service.namespace": "urn:nld:oin:00000001234567890000",
    }


async def test_an_operation_is_one_batch(
    log: ProcessingLog, collector: Collector
) -> None:
    await log.write(verwerkt(AN, BO), Deadline.after(60))
    assert [len(batch) for batch in collector.batches] == [3]


async def test_what_is_not_confirmed_was_not_written(
    log: ProcessingLog, collector: Collector
) -> None:
    collector.result = SpanExportResult.FAILURE
    with pytest.raises(RegisterUnavailable, match="verwerkingen: the records were not"):
        await log.write(verwerkt(AN), Deadline.after(60))


async def test_nobody_waits_longer_than_until_the_deadline(
    log: ProcessingLog, collector: Collector
) -> None:
    collector.room.clear()
    with pytest.raises(DeadlineExceeded):
        await log.write(verwerkt(AN), Deadline.after(0.01))
    assert collector.batches == []
