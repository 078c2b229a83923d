"""The two tables of seed 000, cell by cell: what the words in each cell mean."""

from itertools import product

import pytest

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy.seed import (
    REGISTREREN,
    VERSTREKKEN,
    Authenticatie,
    Klantsoort,
    allowed,
)

TABLES = {"registreren": REGISTREREN, "verstrekken": VERSTREKKEN}
NEEDED = Betrouwbaarheidsniveau.MIDDEN
# None at all, below what is needed, exactly that, and above: + may, - may not.
LEVELS = (
    None,
    Betrouwbaarheidsniveau.LAAG,
    Betrouwbaarheidsniveau.MIDDEN,
    Betrouwbaarheidsniveau.HOOG,
)
# table        klant        authenticated   outside / within the interaction
CELLS = """
registreren    aangehaakt   na              --++  --++
registreren    aangehaakt   zonder          ----  ----
registreren    zelfstandig  na              ++++  ++++
registreren    zelfstandig  zonder          ++++  ++++
verstrekken    aangehaakt   na              --++  --++
verstrekken    aangehaakt   zonder          ----  ----
verstrekken    zelfstandig  na              ----  ++++
verstrekken    zelfstandig  zonder          ----  ++++
"""
ROWS = [tuple(line.split()) for line in CELLS.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row[:3]) for row in ROWS])
def test_a_cell_says_what_the_seed_says(row: tuple[str, ...]) -> None:
    name, klantsoort, authenticated, outside, within = row
    for words, within_interaction in ((outside, False), (within, True)):
        found = [
            allowed(
                TABLES[name],
                Klantsoort(klantsoort),
                authenticated=authenticated == "na",
                niveau=niveau,
                needed=NEEDED,
                within_interaction=within_interaction,
            )
            for niveau in LEVELS
        ]
        assert "".join("-+"[may] for may in found) == words


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_four_cells_and_no_others(name: str) -> None:
    assert set(TABLES[name]) == set(product(Klantsoort, Authenticatie))


@pytest.mark.parametrize("needed", Betrouwbaarheidsniveau)
def test_an_asterisk_is_the_level_that_is_configured(
    needed: Betrouwbaarheidsniveau,
) -> None:
    levels = list(Betrouwbaarheidsniveau)
    may = [
        allowed(
            VERSTREKKEN,
            Klantsoort.AANGEHAAKT,
            authenticated=True,
            niveau=niveau,
            needed=needed,
            within_interaction=False,
        )
        for niveau in levels
    ]
    below = levels.index(needed)
    assert may == [False] * below + [True] * (len(levels) - below)
