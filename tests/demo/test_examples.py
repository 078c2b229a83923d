"""What the explorer begins with: each example, asked of the demo as who it is for."""

import json
from collections import Counter

import pytest

from gateway.demo.callers import CALLERS
from gateway.edge.page import examples
from tests.demo.contracts import within
from tests.demo.running import Shown, ask

EXAMPLES = {each["title"]: each for each in examples()}
BY_NAME = {each.name: each for each in CALLERS}


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Mijn klantbeeld, als inwoner", {"UNKNOWN_REGISTER": 2}),
        (
            "Een klantbeeld, als medewerker, van wie aan de telefoon is",
            {"UNKNOWN_REGISTER": 1},
        ),
        ("Klantcontacten in een periode, langs een kanaal", {}),
        ("Een draad: wat op een klantcontact volgde", {}),
        ("Wat een storing van een register doet", {"UNKNOWN_REGISTER": 1}),
        ("Een klantcontact vastleggen, met een terugbelverzoek", {}),
    ],
)
def test_an_example_is_answered(
    shown: Shown, title: str, codes: dict[str, int]
) -> None:
    example = EXAMPLES[title]
    variables = json.loads(example["variables"])
    who = BY_NAME[example["caller"]]
    answer = ask(shown, example["query"], variables, who=who)
    errors = answer.get("errors", [])
    assert isinstance(errors, list)
    assert Counter(within(each, "extensions")["code"] for each in errors) == codes
    assert answer["extensions"] == {"klantbeeld": {"complete": True}}
    assert None not in within(answer, "data").values()


def test_what_is_recorded_twice_with_one_key_is_there_once(shown: Shown) -> None:
    example = EXAMPLES["Een klantcontact vastleggen, met een terugbelverzoek"]
    variables = json.loads(example["variables"])
    who = BY_NAME[example["caller"]]
    first, second = (
        within(ask(shown, example["query"], variables, who=who), "data")
        for _ in range(2)
    )
    assert within(first, "registreerKlantcontact")["fouten"] == []
    assert first == second


def test_these_are_all_examples() -> None:
    assert len(EXAMPLES) == 6
