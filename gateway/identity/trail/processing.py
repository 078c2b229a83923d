"""Processing records: what was done with whose data, and why, as the standard has it.

One record for the operation, and one below it for each person it showed. Nothing is
left out (no sampling), and no employee, name or number is in any of them: only
pseudonyms and ids.

Source: Logboek Dataverwerkingen 1.0.0.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import SpanContext, SpanKind

from gateway.deadline import Deadline
from gateway.errors import RegisterUnavailable
from gateway.identity.pseudonyms import Pseudonym
from gateway.identity.trail.exporters import create_exporter
from gateway.settings.traces import TraceSettings
from gateway.tracing import Trace

LOG = "verwerkingen"
"""What the log of processing records is called where an error names a register."""

ACTIVITY = "dpl.core.processing_activity_id"
SUBJECT = "dpl.core.data_subject_id"
SUBJECT_TYPE = "dpl.core.data_subject_id_type"

# A collector is waited for in these, not in those that look up hosts.
_THREADS = 8


class Verwerkt(msgspec.Struct, frozen=True, kw_only=True):
    """One operation.

    Attributes:
        name: for people; holds no value of anybody.
        activity: URI of the processing activity.
        started: seconds since 1970, as `ended`.
        betrokkenen: whom it showed, each once.
    """

    trace: Trace
    name: str
    activity: str
    started: float
    ended: float
    betrokkenen: Sequence[Pseudonym]


class ProcessingLog:
    """Writes them; one of these per process."""

    def __init__(
        self, exporter: SpanExporter, settings: TraceSettings, *, waits: bool
    ) -> None:
        """Take where to.

        Args:
            exporter: says of each batch whether it was written.
            settings: what the records call this system.
            waits: whether it waits for somebody else, as for a collector. Adding to a
                file of this machine costs less than asking a thread to do it; and while
                its disk hangs, nothing could be shown anyway.
        """
        self._exporter = exporter
        self._resource = resource(settings)
        self._threads = (
            ThreadPoolExecutor(_THREADS, thread_name_prefix=LOG) if waits else None
        )

    async def write(self, verwerkt: Verwerkt, deadline: Deadline) -> None:
        """Write the records of an operation; they are there when this returns.

        Raises:
            RegisterUnavailable: the log did not confirm that they are.
            DeadlineExceeded: it did not in time; they may be there all the same.
        """
        batch = list(spans(verwerkt, self._resource))
        if self._threads is None:
            result = self._exporter.export(batch)
        else:
            result = await self._waited(batch, self._threads, deadline)
        if result is not SpanExportResult.SUCCESS:
            raise RegisterUnavailable(LOG, "the records were not written")

    async def _waited(
        self,
        batch: Sequence[ReadableSpan],
        threads: ThreadPoolExecutor,
        deadline: Deadline,
    ) -> SpanExportResult:
        loop = asyncio.get_running_loop()
        exported = loop.run_in_executor(threads, self._exporter.export, batch)
        try:
            async with asyncio.timeout(deadline.remaining()):
                return await exported
        except TimeoutError:
            raise deadline.exceeded() from None

    def close(self) -> None:
        """Break off what nobody waits for any more."""
        self._exporter.shutdown()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)


def create_log(settings: TraceSettings) -> ProcessingLog:
    """Make what is configured; nothing is opened yet.

    Raises:
        InvalidSettings: the package for a collector is not installed.
    """
    waits = settings.otlp_endpoint is not None
    return ProcessingLog(create_exporter(settings), settings, waits=waits)


def resource(settings: TraceSettings) -> Resource:
    """Say which system the records are of."""
    named = {"service.name": settings.service_name}
    if settings.oin is not None:
        named["service.namespace"] = f"urn:nld:oin:{settings.oin}"
    return Resource(named)


def spans(verwerkt: Verwerkt, of: Resource) -> Iterator[ReadableSpan]:
    """Make the records of an operation, its own first."""
    trace = verwerkt.trace
    yield _span(verwerkt, trace.span, trace.parent, of, {ACTIVITY: verwerkt.activity})
    for value, soort in verwerkt.betrokkenen:
        attributes = {
            ACTIVITY: verwerkt.activity,
            SUBJECT: value,
            SUBJECT_TYPE: soort,
        }
        yield _span(verwerkt, trace.child(), trace.span, of, attributes)


def _span(
    verwerkt: Verwerkt,
    context: SpanContext,
    parent: SpanContext | None,
    of: Resource,
    attributes: dict[str, str],
) -> ReadableSpan:
    kind = SpanKind.SERVER if context is verwerkt.trace.span else SpanKind.INTERNAL
    return ReadableSpan(
        verwerkt.name,
        context,
        parent,
        of,
        attributes,
        kind=kind,
        start_time=_nanoseconds(verwerkt.started),
        end_time=_nanoseconds(verwerkt.ended),
    )


def _nanoseconds(moment: float) -> int:
    """Seconds as nanoseconds; of a float no more than microseconds are true."""
    return round(moment * 1e6) * 1000
