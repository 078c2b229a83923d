"""Where processing records are written: a file, or a collector.

An exporter of OpenTelemetry says of each batch whether it was written; who gives it one
must look.
"""

import fcntl
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

import orjson
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import StatusCode

from gateway.errors import InvalidSettings
from gateway.settings.traces import TraceSettings

MODE = 0o600
NANOSECONDS = 1_000_000
"""In a millisecond."""

_OTLP = "gateway.identity.trail.otlp"
_STATUSES = {
    StatusCode.UNSET: "Unset",
    StatusCode.OK: "Ok",
    StatusCode.ERROR: "Error",
}


class FileExporter(SpanExporter):
    """One record a line, with the standard's own field names.

    Several processes may add to one file: a batch is one write at its end. It is opened
    for each, so that it can be rotated.

    Source: Logboek Dataverwerkingen 1.0.0, interface of the Logboek.
    """

    def __init__(
        self, path: Path, write: Callable[[int, bytes], int] = os.write
    ) -> None:
        """Take where to.

        Args:
            path: of the file; it is made when it is not there.
            write: writes to a descriptor, and gives how many bytes it took.
        """
        self._path = path
        self._write = write

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Write a batch, all of it or it failed."""
        lines = b"".join(orjson.dumps(record(span)) + b"\n" for span in spans)
        try:
            whole = self._append(lines)
        except OSError:
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS if whole else SpanExportResult.FAILURE

    def _append(self, lines: bytes) -> bool:
        """Add to the file while no other process does; whether all of it was."""
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        file = os.open(self._path, flags, MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            # What somebody wrote in part may not take the next line with it.
            data = b"\n" + lines if _is_torn(file) else lines
            return self._write(file, data) == len(data)
        finally:
            os.close(file)


def _is_torn(file: int) -> bool:
    """Whether the last line was not written to its end, by whichever process."""
    size = os.fstat(file).st_size
    return size > 0 and os.pread(file, 1, size - 1) != b"\n"


def record(span: ReadableSpan) -> dict[str, object]:
    """Give a span as the standard names what is in it.

    Source: Logboek Dataverwerkingen 1.0.0, interface of the Logboek; times are
    milliseconds since 1970.
    """
    context, parent = span.context, span.parent
    told: dict[str, object] = {
        "trace_id": f"{context.trace_id:032x}",
        "span_id": f"{context.span_id:016x}",
        "status": _STATUSES[span.status.status_code],
        "name": span.name,
        "start_time": (span.start_time or 0) // NANOSECONDS,
        "end_time": (span.end_time or 0) // NANOSECONDS,
        "resource": {"attributes": dict(span.resource.attributes)},
        "attributes": dict(span.attributes or {}),
    }
    if parent is not None:
        told["parent_span_id"] = f"{parent.span_id:016x}"
    return told


def create_exporter(
    settings: TraceSettings, load: Callable[[str], ModuleType] = import_module
) -> SpanExporter:
    """Make what is configured; nothing is opened yet.

    Args:
        settings: where records go.
        load: imports a module.

    Raises:
        InvalidSettings: the package for a collector is not installed.
    """
    if settings.otlp_endpoint is None:
        return FileExporter(settings.file)
    try:
        otlp = load(_OTLP)
    except ModuleNotFoundError as error:
        problem = (
            f"KLANTBEELD_TRACES__OTLP_ENDPOINT: needs the package {error.name}, which is"
            " not installed: pip install 'klantbeeld[otlp]'"
        )
        raise InvalidSettings([problem]) from None
    exporter: SpanExporter = otlp.create_otlp(settings)
    return exporter


def doubt_about(
    settings: TraceSettings, load: Callable[[str], ModuleType] = import_module
) -> str | None:
    """Say why records could not be written where they should go; None when they can.

    Nothing is written: of a file it is looked whether it may be added to, a collector is
    sent no records at all.

    Args:
        settings: where records go.
        load: imports a module.

    Raises:
        InvalidSettings: the package for a collector is not installed.
    """
    if settings.otlp_endpoint is None:
        file = settings.file.absolute()
        there = file if file.exists() else file.parent
        can = os.access(there, os.W_OK) and not file.is_dir()
        return None if can else f"{file} cannot be added to"
    exporter = create_exporter(settings, load)
    try:
        taken = exporter.export([]) is SpanExportResult.SUCCESS
    finally:
        exporter.shutdown()
    return None if taken else "the collector does not confirm what it is sent"
