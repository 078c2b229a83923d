"""Whatever is selected: whose values stand in an answer, of them it is written down."""

import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest
from graphql import get_named_type

from gateway.identity.caller import Caller
from tests.identity.callers import klant, medewerker, systeem
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.marked import GOOD, KINDS, ROOTS
from tests.klantbeeld.rights import GRAPH, WIDE, as_id
from tests.klantbeeld.selecting import Draw, Selection, Whose
from tests.klantbeeld.trails import Json, Trailed, a_trail, partij

pytestmark = pytest.mark.anyio

WIDER = WIDE.model_copy(update={"max_aliases": 10_000, "max_same_fields": 10_000})
DRAWN = 8
"""Selections of each root field."""

SANNE, RIA = (
    "0ea6880b-b832-5af2-86d4-58c5ebd523a8",
    "cb488592-3937-5fcb-83ee-ba5ade3f0d4f",
)
GIVEN: Json = {
    **GOOD,
    "who": {"bsn": "999993367"},  # Ria, for whom several others act
    "partij": as_id("Partij", RIA),
}
OWN = {"mijnKlantbeeld": {partij(SANNE)}, "klantbeeld": {partij(RIA)}}
"""Whose it is, whatever is selected of it."""

CALLERS: Mapping[str, Caller] = MappingProxyType(
    {"klant": klant(), "medewerker": medewerker(), "systeem": systeem()}
)


def drawn(root: str, seed: int) -> Selection:
    assert GRAPH.query_type is not None
    kind = get_named_type(GRAPH.query_type.fields[root].type)
    return Draw(Random(f"{root} {seed}")).below(kind, 5)  # noqa: S311 - a test's own


def question(root: str, selection: str) -> str:
    used = re.findall(r"\$(\w+)", ROOTS[root])
    given = ", ".join(f"${name}: {KINDS[name]}" for name in used)
    opening = f"query ({given})" if used else "query"
    return f"{opening} {{ {root}{ROOTS[root]} {selection} }}"


async def wrong(asked: Trailed, root: str, seed: int, kinds: set[str]) -> list[str]:
    """Say for whom it is not right what was written down of one selection."""
    selection = drawn(root, seed)
    left = await asked.ask(
        question(root, selection.text(named=False)), trace=None, **GIVEN
    )
    named = await asked.ask(
        question(root, selection.text(named=True)), trace=None, **GIVEN
    )
    whose = Whose(may=set(OWN.get(root, ())))
    whose.read(left.answer.json()["data"], named.answer.json()["data"])
    kinds |= whose.kinds
    written = {(str(value), str(soort)) for value, soort in left.whom if value}
    return [
        *(f"{seed}: {each} is missing" for each in whose.must - written),
        *(
            f"{seed}: all {each} are missing"
            for each in whose.some - {frozenset()}
            if not each & written
        ),
        *(f"{seed}: {each} was not shown" for each in written - whose.may),
    ]


@pytest.mark.parametrize(
    ("name", "root", "seen"),
    [
        ("klant", "mijnKlantbeeld", "Klantcontact"),
        ("klant", "klantcontact", "Betrokkene"),
        ("medewerker", "klantbeeld", "Klantcontact"),
        ("medewerker", "partij", "Persoon"),
        ("medewerker", "partijen", "Persoon"),
        ("medewerker", "klantcontact", "Betrokkene"),
        ("medewerker", "klantcontacten", "Betrokkene"),
        ("medewerker", "interneTaken", "InterneTaak"),
        ("systeem", "klantbeeld", "Klantcontact"),
        ("systeem", "klantcontacten", "Betrokkene"),
    ],
)
async def test_of_whom_a_value_is_shown_it_is_written_down_and_of_nobody_else(
    name: str, root: str, seen: str, loaded: str, tmp_path: Path
) -> None:
    file, network, kinds = tmp_path / "verwerkingen.jsonl", a_network(), set[str]()
    async with a_trail(loaded, network, file, CALLERS[name], limits=WIDER) as asked:
        found = [
            each
            for seed in range(DRAWN)
            for each in await wrong(asked, root, seed, kinds)
        ]
    assert found == []
    assert seen in kinds
