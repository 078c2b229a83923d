"""The examples of the documentation, asked of the demo by who may."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict, cast

import pytest

from gateway.demo.callers import KLANT, MEDEWERKER, DemoCaller
from gateway.documenting.examples import EXAMPLES
from tests.demo.running import Shown, ask, running

RECORDING = "registreerKlantcontact"
OWN = {"ik", "mijnKlantbeeld", "mijnInzage"}
ELSEWHERE = ["klantcontacten", "nodes", 2, "inhoud", 3, "document"]
"""Of Sanne's contacts: a document of the municipality next door."""
UNKNOWN: Mapping[str, object] = {
    name: [("UNKNOWN_REGISTER", [name, *ELSEWHERE])]
    for name in ("mijnKlantbeeld", "klantbeeld")
}
ACTOR = "{ actoren(first: 1) { nodes { id } } }"


class Problem(TypedDict):
    """An error of an answer."""

    extensions: dict[str, str]
    path: list[str | int]


@pytest.fixture(scope="module")
def shown(public_folder: Path) -> Iterator[Shown]:
    with running(public_folder / "examples", "--port", "0") as demo:
        yield demo.started()


def answer(
    shown: Shown, name: str, who: DemoCaller, **instead: str
) -> dict[str, object]:
    """What an example's field gives; with other variables, whatever these replace."""
    query, variables = EXAMPLES[name]
    for old, new in instead.items():
        variables = variables.replace(f"{old}…", new)
    read = ask(shown, query, json.loads(variables or "{}"), who=who)
    errors = cast("list[Problem]", read.get("errors", []))
    told = [(each["extensions"]["code"], each["path"]) for each in errors]
    assert told == UNKNOWN.get(name, [])
    return cast("dict[str, dict[str, object]]", read["data"])[name]


@pytest.mark.parametrize("name", [each for each in EXAMPLES if each != RECORDING])
def test_an_example_is_answered(shown: Shown, name: str) -> None:
    assert answer(shown, name, KLANT if name in OWN else MEDEWERKER)


@pytest.mark.parametrize(
    ("name", "who"), [("mijnKlantbeeld", KLANT), ("klantbeeld", MEDEWERKER)]
)
def test_a_klantbeeld_shows_documents(shown: Shown, name: str, who: DemoCaller) -> None:
    read = json.dumps(answer(shown, name, who))
    titles = re.findall(r'"document": \{"titel": "([^"]*)"', read)
    assert titles[:3] == [
        "Foto van het buurtfeest",
        "Chatgesprek 3 augustus",
        "Chatgesprek 3 augustus",
    ]


def test_the_example_that_records_does(shown: Shown) -> None:
    data = cast(
        "dict[str, dict[str, list[dict[str, str]]]]",
        ask(shown, ACTOR, who=MEDEWERKER)["data"],
    )
    actor = data["actoren"]["nodes"][0]["id"]
    made = answer(shown, RECORDING, MEDEWERKER, QWN0b3I6=actor)
    assert made["fouten"] == []
    assert made["klantcontact"] is not None
