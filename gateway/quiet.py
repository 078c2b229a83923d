"""Logs without values: where a bug is, never what it was about.

The message of an exception may hold anything that was asked or answered, also a BSN:
`int("…")` quotes it, PostgreSQL shows the row that it refuses. So of an exception only
the classes and the places of its whole chain are written, without messages, notes,
source lines or locals. `report` does that for what the gateway logs itself; while
`quietly` lasts, it is done to what Python and libraries log, too.
"""

import asyncio
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

MOST_FRAMES = 50
"""Of one exception, the innermost; a recursion without end has a thousand."""

logger = logging.getLogger(__name__)

# What asyncio and those who call its handler say before they show values.
_WORDS = re.compile(r"[A-Za-z ,!]*")


def described(error: BaseException) -> str:
    """Say of what classes an error is and where it was raised, in lines."""
    return "\n".join(_lines(error, set()))


def report(
    where: logging.Logger, error: BaseException | None, message: str, *values: object
) -> None:
    """Log an error.

    Args:
        where: the logger of who reports.
        error: described below the message.
        message: with the places of its values, as logging has it.
        values: which hold nothing of anybody.
    """
    if error is None:
        where.error(message, *values)
    else:
        where.error(f"{message}\n%s", *values, described(error))


@contextmanager
def quietly() -> Iterator[None]:
    """Keep values out of what this process logs, until the context ends.

    Takes the place of Python's own handlers only: where another one stands, such as
    that of a test's runner, it stays. Must be entered within a running event loop.
    """
    loop = asyncio.get_running_loop()
    with ExitStack() as stack:
        stack.enter_context(_records())
        if loop.get_exception_handler() is None:
            loop.set_exception_handler(of_loop)
            stack.callback(loop.set_exception_handler, None)
        if sys.unraisablehook is sys.__unraisablehook__:
            sys.unraisablehook = of_python
            stack.callback(setattr, sys, "unraisablehook", sys.__unraisablehook__)
        if threading.excepthook is threading.__excepthook__:
            threading.excepthook = of_thread
            stack.callback(setattr, threading, "excepthook", threading.__excepthook__)
        yield


def of_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Report what the event loop found nobody for.

    Its message, and what it says of tasks and callbacks, may show their arguments.
    """
    error = context.get("exception")
    message = _WORDS.match(str(context.get("message", "")))
    words = message[0].strip() if message else ""
    error = error if isinstance(error, BaseException) else None
    report(logger, error, "event loop: %s", words)


class Ended(Protocol):
    """What Python passes on of an exception that nobody can be told of."""

    @property
    def exc_value(self) -> BaseException | None:
        """The exception itself."""


def of_python(ended: Ended) -> None:
    """Report what Python could not raise, as in a finaliser."""
    report(logger, ended.exc_value, "an exception was ignored")


def of_thread(ended: Ended) -> None:
    """Report what ended a thread."""
    report(logger, ended.exc_value, "a thread ended in an exception")


def without_values(record: logging.LogRecord) -> logging.LogRecord:
    """Put descriptions in the place of all exceptions that a record carries."""
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        record.exc_text = described(record.exc_info[1])
        record.exc_info = None
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    if isinstance(record.args, tuple):
        record.args = tuple(
            type(value).__name__ if isinstance(value, BaseException) else value
            for value in record.args
        )
    return record


@contextmanager
def _records() -> Iterator[None]:
    if logging.getLogRecordFactory() is not logging.LogRecord:
        yield
        return
    make = logging.getLogRecordFactory()

    def made(*given: object, **named: object) -> logging.LogRecord:
        return without_values(make(*given, **named))

    shown = logging.raiseExceptions
    logging.setLogRecordFactory(made)
    # Or what does not fit its message is shown on stderr, whatever it is.
    logging.raiseExceptions = False
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)
        logging.raiseExceptions = shown


def _lines(error: BaseException, told: set[int]) -> Iterator[str]:
    """Describe an error, what it holds, and what led to it, each once."""
    told.add(id(error))
    yield _name(error)
    frames = [
        (frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    for code, line in frames[-MOST_FRAMES:]:
        yield f"  {code.co_filename}:{line} in {code.co_qualname}"
    for lead, other in _others(error):
        if id(other) not in told:
            first, *rest = _lines(other, told)
            yield f"{lead} {first}"
            yield from rest


def _others(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield "of which", each
    if error.__cause__ is not None:
        yield "caused by", error.__cause__
    elif error.__context__ is not None and not error.__suppress_context__:
        yield "while handling", error.__context__


def _name(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
