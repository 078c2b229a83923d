"""A collector of processing records, by OTLP/HTTP.

Imported only where one is configured: what this imports is the package's extra `otlp`.
"""

import requests
from google.protobuf.message import DecodeError
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceResponse,
)

from gateway.settings.traces import TraceSettings

TIMEOUT = 2.0
"""Seconds that a collector may take; nobody waits longer than for the answer."""


class NotConfirmed(requests.RequestException):
    """The collector answered, and did not say that all was written."""


def create_otlp(settings: TraceSettings) -> OTLPSpanExporter:
    """Make the exporter; nothing is opened yet."""
    session = requests.Session()
    session.trust_env = False  # no proxies or credentials of the environment
    session.hooks["response"] = [confirmed]
    bundle = settings.otlp_ca_bundle
    headers = settings.otlp_headers
    return OTLPSpanExporter(
        settings.otlp_endpoint,
        certificate_file=None if bundle is None else str(bundle),
        headers={name: value.get_secret_value() for name, value in headers.items()},
        timeout=TIMEOUT,
        session=session,
    )


def confirmed(response: requests.Response, **_settings: object) -> None:
    """See to it that an answer is no success unless all was written.

    The exporter takes a redirect for one, and a collector that rejects some.

    Source: OTLP 1.5, OTLP/HTTP Response, partial success; Logboek Dataverwerkingen
    1.0.0: "het Logboek MOET het wegschrijven van elke logregel bevestigen".

    Raises:
        NotConfirmed: it does not say so.
    """
    doubt = _doubt(response)
    if doubt is not None:
        response.close()
        raise NotConfirmed(doubt)


def _doubt(response: requests.Response) -> str | None:
    if response.status_code >= 400:
        return None  # the exporter knows which of these to try again
    if response.status_code != 200:
        return f"status {response.status_code}"
    try:
        answer = ExportTraceServiceResponse.FromString(response.content)
    except DecodeError:
        return "no answer of a collector"
    return "some were rejected" if answer.partial_success.rejected_spans else None
