"""W3C Trace Context, in and out: one trace from who asks us to whom we ask.

Source: Trace Context (W3C), which Logboek Dataverwerkingen 1.0.0 makes mandatory for
HTTP in both directions.

What is current is inherited by tasks. A request to a register that several operations
wait for carries the trace of the one that asked first.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType

from opentelemetry.context import Context
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import SpanContext, TraceFlags, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

NONE: Mapping[str, str] = MappingProxyType({})

# Trace Context level 2: sampled and random; other bits are not passed on.
_KNOWN_FLAGS = 0x03
# We write down everything, so nobody further on need decide whether to.
_FLAGS_OF_A_NEW_ONE = _KNOWN_FLAGS

# It warns of headers that break the rules, which anybody can send, and quotes some.
logging.getLogger("opentelemetry.trace").setLevel(logging.ERROR)

_propagator = TraceContextTextMapPropagator()
_ids = RandomIdGenerator()


@dataclass(frozen=True, slots=True)
class Trace:
    """One operation within a trace.

    Attributes:
        span: of the operation itself.
        parent: of who asked for it; None when they did not say.
    """

    span: SpanContext
    parent: SpanContext | None = None

    @property
    def trace_id(self) -> str:
        """32 hexadecimal digits."""
        return f"{self.span.trace_id:032x}"

    def child(self) -> SpanContext:
        """Make a span below that of the operation."""
        span = self.span
        return SpanContext(
            span.trace_id,
            _ids.generate_span_id(),
            is_remote=False,
            trace_flags=span.trace_flags,
            trace_state=span.trace_state,
        )

    def outgoing(self) -> dict[str, str]:
        """Give the headers of one request to somebody else: a span of its own."""
        span = self.span
        headers = {
            "traceparent": f"00-{span.trace_id:032x}"
            f"-{_ids.generate_span_id():016x}-{span.trace_flags:02x}"
        }
        if span.trace_state:
            headers["tracestate"] = span.trace_state.to_header()
        return headers


def begun(traceparent: Sequence[str] = (), tracestate: Sequence[str] = ()) -> Trace:
    """Begin an operation, in the trace of who asks for it.

    Args:
        traceparent: the request's headers of that name. Unless it is one that keeps
            the rules, the trace is a new one, as the standard says.
        tracestate: the same.
    """
    parent = _read(traceparent, tracestate)
    if parent is None:
        trace_id, flags, state = _ids.generate_trace_id(), _FLAGS_OF_A_NEW_ONE, None
    else:
        trace_id, flags = parent.trace_id, parent.trace_flags & _KNOWN_FLAGS
        state = parent.trace_state
    span = SpanContext(
        trace_id,
        _ids.generate_span_id(),
        is_remote=False,
        trace_flags=TraceFlags(flags),
        trace_state=state,
    )
    return Trace(span, parent)


def current() -> Trace | None:
    """Give the operation that this is done for; None for what is done for none."""
    return _current.get()


@contextmanager
def within(trace: Trace) -> Iterator[None]:
    """Make it the current one until the context ends, also for tasks begun in it."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)


def outgoing() -> Mapping[str, str]:
    """Give the headers of one request that is made for the current operation."""
    trace = _current.get()
    return NONE if trace is None else trace.outgoing()


def _read(traceparent: Sequence[str], tracestate: Sequence[str]) -> SpanContext | None:
    if len(traceparent) != 1:
        return None
    carrier = {"traceparent": list(traceparent)}
    if tracestate:
        carrier["tracestate"] = list(tracestate)
    span = get_current_span(_propagator.extract(carrier, Context()))
    found = span.get_span_context()
    return found if found.is_valid else None


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)
