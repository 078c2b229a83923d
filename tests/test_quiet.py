import asyncio
import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from gateway import quiet

pytestmark = pytest.mark.anyio

BSN = "999993653"
HERE = Path(__file__)


def fail(kind: type[Exception] = ValueError) -> NoReturn:
    raise kind(BSN)


def caught(kind: type[Exception] = ValueError) -> Exception:
    try:
        fail(kind)
    except kind as error:
        return error


def chained() -> Exception:
    try:
        try:
            fail(KeyError)
        except KeyError as error:
            error.add_note(BSN)
            raise RuntimeError(BSN) from error
    except RuntimeError as error:
        return error


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What reaches a log, as the standard formatter writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def places(text: str) -> list[str]:
    """Its lines, without this file's name and the numbers of its lines."""
    lines = []
    for line in text.splitlines():
        before, found, after = line.partition(f"{HERE}:")
        lines.append(before + after.partition(" ")[2] if found else line)
    return lines


def test_a_chain_is_described_by_its_classes_and_places() -> None:
    assert places(quiet.described(chained())) == [
        "RuntimeError",
        "  in chained",
        "caused by KeyError",
        "  in chained",
        "  in fail",
    ]


def test_what_was_being_handled_is_told_unless_it_was_set_aside() -> None:
    error = ValueError(BSN)
    error.__context__ = KeyError(BSN)
    assert quiet.described(error) == "ValueError\nwhile handling KeyError"
    error.__suppress_context__ = True
    assert quiet.described(error) == "ValueError"


def test_a_group_is_described_with_all_that_is_in_it() -> None:
    inner = ExceptionGroup(BSN, [TypeError(BSN)])
    group = ExceptionGroup(BSN, [caught(LookupError), inner])
    assert places(quiet.described(group)) == [
        "ExceptionGroup",
        "of which LookupError",
        "  in caught",
        "  in fail",
        "of which ExceptionGroup",
        "of which TypeError",
    ]


def test_a_circle_is_described_once() -> None:
    first, second = ValueError(BSN), KeyError(BSN)
    first.__cause__, second.__cause__ = second, first
    assert quiet.described(first) == "ValueError\ncaused by KeyError"


def test_of_a_recursion_without_end_the_innermost_frames_are_told() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as seen:
        deeper()
    lines = quiet.described(seen.value).splitlines()
    assert len(lines) == 1 + quiet.MOST_FRAMES


def test_a_class_of_a_library_is_named_with_its_module() -> None:
    assert quiet.described(asyncio.IncompleteReadError(b"", 1)) == (
        "asyncio.exceptions.IncompleteReadError"
    )


def test_a_report_holds_no_value(caplog: pytest.LogCaptureFixture) -> None:
    quiet.report(logging.getLogger("here"), chained(), "a bug %s", "id-1")
    (record,) = caplog.records
    assert (record.exc_info, record.name) == (None, "here")
    message = record.getMessage()
    assert (BSN in message, places(message)[:2]) == (
        False,
        ["a bug id-1", "RuntimeError"],
    )


@pytest.mark.parametrize(
    ("message", "values", "line"),
    [
        ("lost", (), "lib ERROR lost"),
        ("lost: %s", (ValueError(BSN),), "lib ERROR lost: ValueError"),
        (ValueError(BSN), (), "lib ERROR ValueError"),
    ],
)
async def test_what_libraries_log_of_exceptions_holds_no_value(
    written: io.StringIO, message: object, values: tuple[object, ...], line: str
) -> None:
    with quiet.quietly():
        logging.getLogger("lib").error(message, *values, exc_info=caught())
    assert places(written.getvalue()) == [
        line,
        "ValueError",
        "  in caught",
        "  in fail",
    ]


async def test_a_message_that_does_not_fit_its_values_is_not_shown(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    with quiet.quietly():
        logging.getLogger("asyncpg").handle(
            logging.LogRecord("lib", logging.INFO, "", 0, "%d", (BSN,), None)
        )
    assert (written.getvalue(), capsys.readouterr().err) == ("", "")


async def test_afterwards_logging_is_what_it_was() -> None:
    before = logging.getLogRecordFactory(), logging.raiseExceptions
    with quiet.quietly(), quiet.quietly():
        assert logging.getLogRecordFactory() != before[0]
    assert (logging.getLogRecordFactory(), logging.raiseExceptions) == before


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Task exception was never retrieved", "Task exception was never retrieved"),
        (f"Exception in callback seen('{BSN}')", "Exception in callback seen"),
        (f"{BSN} was lost", ""),
    ],
)
async def test_what_the_event_loop_reports_holds_no_value(
    caplog: pytest.LogCaptureFixture, message: str, told: str
) -> None:
    loop = asyncio.get_running_loop()
    context: dict[str, object] = {"message": message, "task": BSN}
    quiet.of_loop(loop, context)
    quiet.of_loop(loop, {**context, "exception": caught()})
    plain, with_error = (record.getMessage() for record in caplog.records)
    assert plain == f"event loop: {told}"
    assert places(with_error) == [
        f"event loop: {told}",
        "ValueError",
        "  in caught",
        "  in fail",
    ]


async def test_the_handler_of_another_stays() -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    with quiet.quietly():
        assert loop.get_exception_handler() == before


@pytest.mark.parametrize("hook", [quiet.of_python, quiet.of_thread])
def test_what_nobody_can_be_told_of_is_logged_without_values(
    caplog: pytest.LogCaptureFixture, hook: object
) -> None:
    assert callable(hook)
    hook(SimpleNamespace(exc_value=caught(), object=BSN))
    (record,) = caplog.records
    assert (BSN in record.getMessage(), "ValueError" in record.getMessage()) == (
        False,
        True,
    )


PROCESS = f"""
import asyncio, logging, threading
from gateway import quiet

logging.basicConfig(format="%(levelname)s %(message)s")


class Mine:
    def __del__(self):
        raise ValueError("{BSN}")


def fail(value):
    raise ValueError(value)


async def lose(value):
    raise KeyError(value)


async def main():
    with quiet.quietly():
        thread = threading.Thread(target=fail, args=["{BSN}"])
        thread.start()
        thread.join()
        Mine()
        asyncio.get_running_loop().call_soon(fail, "{BSN}")
        task = asyncio.ensure_future(lose("{BSN}"))
        await asyncio.sleep(0.01)
        del task


asyncio.run(main())
"""


def test_a_process_says_nothing_of_anybody() -> None:
    done = subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-c", PROCESS], capture_output=True, text=True, check=True
    )
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == [
        "ERROR a thread ended in an exception",
        "ValueError",
        "ERROR an exception was ignored",
        "ValueError",
        "ERROR event loop: Exception in callback fail",
        "ValueError",
        "ERROR event loop: Task exception was never retrieved",
        "KeyError",
    ]
    assert BSN not in done.stderr + done.stdout
