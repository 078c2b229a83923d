"""`klantbeeld demo` as a user has it: a program of its own."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from gateway.demo.standins.records import Payload
from tests.demo.running import Program, ask, python_for, running, servers_on
from tests.municipality import MIJN_KLANTBEELD


@contextmanager
def public_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="klantbeeld-"))
    made.chmod(0o711)
    try:
        yield made
    finally:
        shutil.rmtree(made)


COMPLETE = {"klantbeeld": {"complete": True}}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may enter, unlike pytest's."""
    with public_folder() as made:
        yield made / "data"


@pytest.fixture(scope="module")
def kept() -> Iterator[Path]:
    """The folder of a demo that ran before, for one test after the other."""
    with public_folder() as made:
        with running(made / "data", "--port", "0") as first:
            first.started()
        yield made / "data"


@pytest.fixture
def nobody() -> str:
    """A Python that the user of this name may run."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    if (python := python_for("nobody")) is None:
        pytest.skip(f"another user than root may not run {sys.executable}")
    return python


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_answers_and_ends_without_a_trace(kept: Path, number: int) -> None:
    with running(kept, "--port", "0") as demo:
        answer = ask(demo.started())
        code, out, errors = demo.end(number)
    assert answer["extensions"] == COMPLETE
    assert (code, errors) == (0, "")
    assert out.endswith("Everything has ended.\n")
    assert servers_on(kept) == set()


def contacts(answer: Payload) -> list[dict[str, list[Payload]]]:
    """The klantcontacten of a page."""
    data = cast("dict[str, dict[str, dict[str, object]]]", answer["data"])
    nodes = data["mijnKlantbeeld"]["klantcontacten"]["nodes"]
    return cast("list[dict[str, list[Payload]]]", nodes)


def documents(answer: Payload) -> list[Payload]:
    """Every document that is inhoud of a page's klantcontacten."""
    return [
        part
        for contact in contacts(answer)
        for part in contact["inhoud"]
        if part["__typename"] == "DocumentInhoud"
    ]


def unavailable(answer: Payload) -> list[str]:
    """The register of each answer that could not be had."""
    errors = cast("list[dict[str, dict[str, object]]]", answer["errors"])
    found = [error["extensions"] for error in errors]
    return [
        str(each["register"])
        for each in found
        if (each["code"], each.get("retryable")) == ("REGISTER_UNAVAILABLE", True)
    ]


def refused(answer: Payload) -> set[str]:
    """The fields that this caller is not shown."""
    errors = cast("list[dict[str, object]]", answer["errors"])
    return {
        cast("list[str]", error["path"])[-1]
        for error in errors
        if cast("dict[str, str]", error["extensions"])["code"] == "FORBIDDEN"
    }


def test_a_klants_whole_page_is_one_query_over_real_http(kept: Path) -> None:
    with running(kept, "--port", "0") as demo:
        whole = ask(demo.started(), MIJN_KLANTBEELD, {"first": 50})
    with running(kept, "--port", "0", "--without", "documenten") as demo:
        part = ask(demo.started(), MIJN_KLANTBEELD, {"first": 50})
    assert len(contacts(whole)) == 50
    assert whole["extensions"] == COMPLETE
    assert sum(each["document"] is not None for each in documents(whole)) == 51
    assert {str(each["document"]) for each in documents(part)} == {"None"}
    assert unavailable(whole) == []
    assert unavailable(part) == ["documenten"] * 51
    assert part["extensions"] == {"klantbeeld": {"complete": False}}
    # Of employees a klant sees no names, and of their work nothing.
    assert refused(whole) == refused(part) == {"interneTaken", "interneTaak", "naam"}
    for each in (*documents(whole), *documents(part)):
        del each["document"]
    assert part["data"] == whole["data"]


def test_the_second_start_has_the_data_already(kept: Path) -> None:
    ports = (kept / "ports.json").read_text()
    with running(kept, "--port", "0") as second:
        assert ask(second.started())["extensions"] == COMPLETE
    (line,) = [line for line in second.shown if line.startswith("  municipality")]
    assert line.endswith("was there\n")
    assert (kept / "ports.json").read_text() == ports


def test_what_a_killed_demo_left_is_adopted(kept: Path) -> None:
    with running(kept, "--port", "0") as killed:
        killed.started()
        killed.end(signal.SIGKILL)
    left = servers_on(kept)
    with running(kept, "--port", "0") as next_one:
        assert ask(next_one.started())["extensions"] == COMPLETE
        assert servers_on(kept) == left != set()
    assert servers_on(kept) == set()


def test_a_killed_demo_does_not_stand_in_the_way_of_a_fresh_one(kept: Path) -> None:
    with running(kept, "--port", "0") as killed:
        killed.started()
        killed.end(signal.SIGKILL)
    left = servers_on(kept)
    with running(kept, "--port", "0", "--fresh") as fresh:
        fresh.wait_for("partijen")
        assert servers_on(kept).isdisjoint(left)
    assert servers_on(kept) == set()


def test_it_can_be_ended_while_it_makes_its_data(folder: Path) -> None:
    with running(folder, "--port", "0") as demo:
        demo.wait_for("klantbeeld demo")
        code, out, errors = demo.end(signal.SIGINT)
    assert (code, errors) == (0, "")
    assert out.endswith("Everything has ended.\n")
    assert servers_on(folder) == set()


@pytest.mark.parametrize("line", ["klantbeeld demo", "PostgreSQL", "schema"])
def test_it_can_be_ended_while_it_prepares(kept: Path, line: str) -> None:
    with running(kept, "--port", "0") as demo:
        demo.wait_for(line)
        code, out, errors = demo.end(signal.SIGTERM)
    assert (code, errors) == (0, "")
    assert out.endswith("Everything has ended.\n")
    assert servers_on(kept) == set()


def test_a_second_demo_on_the_same_folder_is_refused(kept: Path) -> None:
    with running(kept, "--port", "0") as first:
        shown = first.started()
        code, _, errors = Program(kept, "--port", "0").end()
        assert ask(shown)["extensions"] == COMPLETE
    assert code == 1
    assert errors.startswith(f"another demo uses the folder {kept}; stop it, or")


def test_it_runs_for_a_user_without_rights(folder: Path, nobody: str) -> None:
    folder.mkdir()
    shutil.chown(folder, "nobody")
    with running(folder, "--port", "0", user="nobody", python=nobody) as demo:
        assert ask(demo.started())["extensions"] == COMPLETE
    assert servers_on(folder) == set()


def test_a_folder_of_somebody_else_is_said(folder: Path, nobody: str) -> None:
    folder.mkdir(mode=0o755)
    code, _, errors = Program(folder, "--port", "0", user="nobody", python=nobody).end()
    assert code == 1
    assert "cannot be used (Permission denied); choose another" in errors
