"""A collector that answers over real HTTP."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.sdk.trace.export import SpanExportResult
from pydantic import SecretStr

from gateway.identity.trail.exporters import create_exporter, doubt_about
from gateway.identity.trail.processing import resource, spans
from gateway.settings import TraceSettings
from tests.identity.records import AN, TRACE, URI, verwerkt

BATCH = list(spans(verwerkt(AN), resource(TraceSettings())))
REJECTED = ExportTraceServiceResponse(
    partial_success=ExportTracePartialSuccess(rejected_spans=1)
)


class Collector(ThreadingHTTPServer):
    """Answers what a test says.

    Attributes:
        answer: status and body.
        taken: path, authorization and body of each request.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = (200, b"")
        self.taken: list[tuple[str, str | None, bytes]] = []


class Handler(BaseHTTPRequestHandler):
    """Of one request."""

    def do_POST(self) -> None:
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answer
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_values: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def settings(collector: Collector) -> TraceSettings:
    return TraceSettings(
        otlp_endpoint=f"http://127.0.0.1:{collector.server_port}/v1/traces",
        otlp_headers={"Authorization": SecretStr("Bearer x")},
    )


def exported(collector: Collector) -> SpanExportResult:
    exporter = create_exporter(settings(collector))
    try:
        return exporter.export(BATCH)
    finally:
        exporter.shutdown()


def test_records_reach_a_collector_as_spans(collector: Collector) -> None:
    assert exported(collector) is SpanExportResult.SUCCESS
    ((path, authorization, body),) = collector.taken
    assert (path, authorization) == ("/v1/traces", "Bearer x")
    (of_resource,) = ExportTraceServiceRequest.FromString(body).resource_spans
    (scope,) = of_resource.scope_spans
    told = [
        {each.key: each.value.string_value for each in span.attributes}
        for span in scope.spans
    ]
    activity = {"dpl.core.processing_activity_id": URI}
    subject = {
        "dpl.core.data_subject_id": AN.value,
        "dpl.core.data_subject_id_type": AN.soort,
    }
    assert told == [activity, {**activity, **subject}]
    assert {span.trace_id.hex() for span in scope.spans} == {TRACE.trace_id}


@pytest.mark.parametrize(
    "answer",
    [
        (302, b""),
        (202, b""),
        (400, b""),
        (500, b""),
        (200, b"<html>"),
        (200, REJECTED.SerializeToString()),
    ],
)
def test_what_a_collector_does_not_confirm_was_not_written(
    collector: Collector, answer: tuple[int, bytes]
) -> None:
    collector.answer = answer
    assert exported(collector) is SpanExportResult.FAILURE
    assert len(collector.taken) == 1


def test_a_collector_that_is_not_there_confirms_nothing(collector: Collector) -> None:
    collector.server_close()
    assert exported(collector) is SpanExportResult.FAILURE


def test_a_collector_is_tried_out_without_records(collector: Collector) -> None:
    assert doubt_about(settings(collector)) is None
    collector.answer = (404, b"")
    said = "the collector does not confirm what it is sent"
    assert doubt_about(settings(collector)) == said
    assert [len(body) for _, _, body in collector.taken] == [0, 0]
