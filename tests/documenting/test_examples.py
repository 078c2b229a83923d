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

OWN = {"ik", "mijnKlantbeeld", "mijnInzage"}
ELSEWHERE = ["klantcontacten", "nodes", 2, "inhoud", 3, "document"]
"""Of Sanne's contacts: a document of the municipality next door."""
UNKNOWN: Mapping[str, object] = {
    name: [("UNKNOWN_REGISTER", [name, *ELSEWHERE])]
    for name in ("mijnKlantbeeld", "klantbeeld")
}
PARTIJ = "{ mijnKlantbeeld { partij { id } } }"
TAAK = "{ interneTaken(filter: { status: te_verwerken }, first: 1) { nodes { id } } }"
RECORDING = {
    "registreerKlantcontact": (MEDEWERKER, "{ actoren(first: 1) { nodes { id } } }"),
    "verwerkInterneTaak": (MEDEWERKER, TAAK),
    "wijzigPartij": (KLANT, PARTIJ),
    "voegDigitaalAdresToe": (KLANT, PARTIJ),
}
"""Who records, and a question that gives the id of what for."""


class Problem(TypedDict):
    """An error of an answer."""

    extensions: dict[str, str]
    path: list[str | int]


@pytest.fixture(scope="module")
def shown(public_folder: Path) -> Iterator[Shown]:
    with running(public_folder / "examples", "--port", "0") as demo:
        yield demo.started()


def answer(
    shown: Shown, name: str, who: DemoCaller, instead: str = ""
) -> dict[str, object]:
    """What an example's field gives; with an id instead of the one it stands for."""
    query, written = EXAMPLES[name]
    variables = re.sub(r"\w+…", instead, written)
    read = ask(shown, query, json.loads(variables or "{}"), who=who)
    errors = cast("list[Problem]", read.get("errors", []))
    told = [(each["extensions"]["code"], each["path"]) for each in errors]
    assert told == UNKNOWN.get(name, [])
    return cast("dict[str, dict[str, object]]", read["data"])[name]


@pytest.mark.parametrize("name", [each for each in EXAMPLES if each not in RECORDING])
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


@pytest.mark.parametrize("name", RECORDING)
def test_an_example_that_records_does(shown: Shown, name: str) -> None:
    who, asking = RECORDING[name]
    (found,) = re.findall(r'"id": "([^"]+)"', json.dumps(ask(shown, asking, who=who)))
    made = answer(shown, name, who, found)
    assert made.pop("fouten") == []
    assert None not in made.values()
