"""The first answer that the README shows is the one that the demo's municipality gives."""

import json
import re

import pytest

from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Opened
from tests.municipality import ROOT

pytestmark = pytest.mark.anyio

SECTION = (ROOT / "README.md").read_text().partition("\n### A first query")[2]
MINE, THEIRS = re.findall(r"```graphql\n(.*?)```", SECTION, re.DOTALL)[:2]


def shown() -> object:
    found = re.search(r"```json\n(.*?)```", SECTION, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def variables() -> dict[str, object]:
    found = re.search(r"with the variables\s+`(\{.*?\})`", SECTION, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


async def test_a_resident_gets_the_answer_that_is_shown(opened: Opened) -> None:
    async with opened(caller=klant()) as municipality:
        assert await municipality.ask(MINE) == shown()


async def test_an_employee_gets_whose_it_is(opened: Opened) -> None:
    async with opened(caller=medewerker()) as municipality:
        answer = await municipality.ask(THEIRS, **variables())
    name = {"contactnaam": {"volledigeNaam": "Sanne van der Veldt"}}
    assert answer["data"] == {"klantbeeld": {"partij": {"nummer": "1001", **name}}}
