"""The examples of the documentation, asked of the demo by who may."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from gateway.demo.callers import KLANT, MEDEWERKER, DemoCaller
from gateway.documenting.examples import EXAMPLES
from tests.demo.running import Shown, ask, running

RECORDING = "registreerKlantcontact"
OWN = {"ik", "mijnKlantbeeld", "mijnInzage"}
ACTOR = "{ actoren(first: 1) { nodes { id } } }"


@pytest.fixture(scope="module")
def shown(public_folder: Path) -> Iterator[Shown]:
    with running(public_folder / "examples", "--port", "0") as demo:
        yield demo.started()


def answer(shown: Shown, name: str, who: DemoCaller, **instead: str) -> object:
    """What an example's field gives; with other variables, whatever these replace."""
    query, variables = EXAMPLES[name]
    for old, new in instead.items():
        variables = variables.replace(f"{old}…", new)
    read = ask(shown, query, json.loads(variables or "{}"), who=who)
    assert read.get("errors", []) == []
    return cast("dict[str, object]", read["data"])[name]


@pytest.mark.parametrize("name", [each for each in EXAMPLES if each != RECORDING])
def test_an_example_is_answered_whole(shown: Shown, name: str) -> None:
    assert answer(shown, name, KLANT if name in OWN else MEDEWERKER)


def test_the_example_that_records_does(shown: Shown) -> None:
    data = cast(
        "dict[str, dict[str, list[dict[str, str]]]]",
        ask(shown, ACTOR, who=MEDEWERKER)["data"],
    )
    actor = data["actoren"]["nodes"][0]["id"]
    payload = answer(shown, RECORDING, MEDEWERKER, QWN0b3I6=actor)
    made = cast("dict[str, object]", payload)
    assert made["fouten"] == []
    assert made["klantcontact"] is not None
