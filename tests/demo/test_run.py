"""The demo in this process: it answers, and it ends when asked to."""

import json
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.folder import DataFolder, DemoError
from gateway.demo.run import Demo, fixtures_folder, gateway_settings, mark_of, run
from gateway.demo.standins.records import Json, Payload
from gateway.settings import DemoSettings
from gateway.store.embedded import EmbeddedError
from tests.demo.contracts import within
from tests.demo.running import Shown, ask, servers_on
from tests.demo.standins import ADDRESSES

COMPLETE = {"klantbeeld": {"complete": True}}


@pytest.fixture(scope="module")
def folder(public_folder: Path) -> Iterator[Path]:
    """Where the demos of this module keep their data."""
    yield public_folder / "demo"
    assert servers_on(public_folder / "demo") == set()


class Screen:
    """What the demo shows; does something once a text is there."""

    def __init__(self, text: str, act: Callable[[str], None]) -> None:
        self.shown = ""
        self._text = text
        self._act: Callable[[str], None] | None = act

    def __call__(self, text: str) -> None:
        self.shown += text
        if self._act is not None and self._text in text:
            act, self._act = self._act, None
            act(text)


def answered(
    folder: Path, *, fresh: bool = False, without: Sequence[StandinName] = ()
) -> tuple[Payload, str]:
    """Run a demo, ask it the first question, and end it."""
    answers: list[Payload] = []

    def ask_and_end(shown: Shown) -> None:
        try:
            answers.append(ask(shown))
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    def later(text: str) -> None:
        threading.Thread(target=ask_and_end, args=[Shown.read(text)]).start()

    screen = Screen("The gateway runs", later)
    settings = DemoSettings(data_dir=folder)
    run(settings, screen, port=0, fresh=fresh, without=without)
    return answers[0], screen.shown


def test_the_first_question_is_answered_in_full(folder: Path) -> None:
    answer, shown = answered(folder)
    assert "errors" not in answer
    assert answer["extensions"] == COMPLETE
    assert "Sanne van der Veldt" in str(answer["data"])
    assert shown.endswith("Everything has ended.\n")


def codes(answer: Payload) -> set[Json]:
    errors = answer.get("errors", [])
    assert isinstance(errors, list)
    return {within(error, "extensions")["code"] for error in errors}


def test_the_municipality_is_loaded_once(folder: Path) -> None:
    answered(folder)
    _, shown = answered(folder)
    (line,) = [line for line in shown.splitlines() if line.startswith("  municipality")]
    assert line.endswith("was there")


def test_a_register_that_is_left_off_is_an_outage(folder: Path) -> None:
    answer, shown = answered(folder, without=[StandinName.ZAKEN])
    assert "REGISTER_UNAVAILABLE" in codes(answer)
    assert answer["extensions"] == {"klantbeeld": {"complete": False}}
    assert "without zaken" in shown


def test_data_for_other_addresses_is_noticed(folder: Path) -> None:
    answered(folder)
    (folder / "ports.json").unlink()
    _, shown = answered(folder)
    assert "--fresh makes it again" in shown


def test_a_fresh_start_makes_everything_again(folder: Path) -> None:
    answered(folder)
    answer, shown = answered(folder, fresh=True)
    assert answer["extensions"] == COMPLETE
    assert "partijen," in shown


@pytest.mark.parametrize("text", ["klantbeeld demo", "PostgreSQL", "municipality"])
def test_a_signal_during_preparation_ends_it(folder: Path, text: str) -> None:
    screen = Screen(text, lambda _: signal.raise_signal(signal.SIGINT))
    run(DemoSettings(data_dir=folder), screen, port=0)
    assert "The gateway runs" not in screen.shown
    assert screen.shown.endswith("Everything has ended.\n")
    assert servers_on(folder) == set()


def test_an_error_after_a_signal_is_no_news(folder: Path) -> None:
    """The terminal sends Ctrl-C to the programs that we started, too."""

    def break_it(_: str) -> None:
        signal.raise_signal(signal.SIGINT)
        raise DemoError("a program was ended")

    screen = Screen("schema", break_it)
    run(DemoSettings(data_dir=folder), screen, port=0)
    assert screen.shown.endswith("Everything has ended.\n")


def test_without_postgresql_it_says_so(public_folder: Path, tmp_path: Path) -> None:
    folder = public_folder / "without"
    shown: list[str] = []
    demo = Demo(DataFolder(folder), shown.append, programs=tmp_path)
    with pytest.raises(EmbeddedError, match="there is no PostgreSQL to embed"):
        demo.run(port=0)
    assert shown[-1] == "\n"


def test_a_folder_with_too_long_a_name_is_said(public_folder: Path) -> None:
    deep = public_folder / ("x" * 100)
    with pytest.raises(EmbeddedError, match="too long a name"):
        run(DemoSettings(data_dir=deep), lambda _: None, port=0)
    assert servers_on(deep) == set()


def test_the_fixtures_are_found_in_a_checkout_and_in_a_wheel(tmp_path: Path) -> None:
    assert (fixtures_folder() / "klantbeeld").is_dir()
    package = tmp_path / "gateway" / "demo"
    with pytest.raises(DemoError, match="install klantbeeld again"):
        fixtures_folder(package)
    (tmp_path / "fixtures").mkdir()
    assert fixtures_folder(package) == tmp_path / "fixtures"
    (package / "fixtures").mkdir(parents=True)
    assert fixtures_folder(package) == package / "fixtures"


def test_the_mark_is_of_the_content_and_the_addresses(tmp_path: Path) -> None:
    file = tmp_path / "klantbeeld" / "partijen" / "x.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    mark = mark_of(tmp_path, ADDRESSES)
    assert mark_of(tmp_path, ADDRESSES) == mark
    assert mark_of(tmp_path, Addresses()) != mark
    shutil.copy(file, file.with_name("y.json"))
    assert mark_of(tmp_path, ADDRESSES) != mark


def test_who_was_shown_is_written_down_in_its_folder(folder: Path) -> None:
    answered(folder, fresh=True)
    written = (folder / "verwerkingen.jsonl").read_text()
    records = [json.loads(line)["attributes"] for line in written.splitlines()]
    persons = ["dpl.core.data_subject_id" in each for each in records]
    assert persons == [False, True]
    assert "999993653" not in written


def test_the_gateway_knows_all_four_registers() -> None:
    settings = gateway_settings("postgresql://klantbeeld@/klantbeeld", ADDRESSES)
    found = {each.name: each.base_url for each in settings.registers}
    assert found == {
        "zaken": "http://127.0.0.1:8101/zaken/api/v1",
        "catalogi": "http://127.0.0.1:8101/catalogi/api/v1",
        "documenten": "http://127.0.0.1:8102/documenten/api/v1",
        "objecten": "http://127.0.0.1:8103/api/v2",
    }
