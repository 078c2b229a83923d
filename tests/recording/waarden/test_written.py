"""Whatever passes the checks, the store takes: no constraint is first to refuse it."""

from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.recording.fouten import Fouten
from tests.recording.waarden.generated import VOCABULARY
from tests.recording.waarden.writable import KINDS, Rows
from tests.store.valid_rows import WORLD

EXAMPLES = 300


@pytest.fixture
async def db(owner: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction in the world of the constraint tests, undone after the test."""
    async with owner.connect() as connection:
        for table, row in WORLD:
            await connection.execute(insert(table).values(row))
        yield connection


class Drawn(NamedTuple):
    """A value that was drawn, as it would be written, and what is wrong with it."""

    value: object
    written: object
    fouten: Fouten


@cache
def drawn(name: str) -> list[Drawn]:
    """Draw values of a kind."""
    kind, found = KINDS[name], list[Drawn]()

    @settings(max_examples=EXAMPLES)
    @given(kind.values)
    def draw(value: object) -> None:
        fouten = Fouten()
        found.append(Drawn(value, kind.check(value, fouten), fouten))

    draw()
    return found


def texts(value: object) -> Iterator[str]:
    """Give every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from texts(tuple(msgspec.structs.asdict(value).values()))
    elif isinstance(value, dict):
        yield from texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


async def refused(db: AsyncConnection, rows: Rows) -> list[str]:
    """Insert these and undo it; what the store said of it."""
    nested = await db.begin_nested()
    try:
        for table, row in rows:
            await db.execute(insert(table).values(row))
    except DBAPIError as error:
        return [f"{rows}: {error.orig}"]
    finally:
        await nested.rollback()
    return []


@pytest.mark.anyio
@pytest.mark.parametrize("name", KINDS)
async def test_what_passes_the_store_takes(db: AsyncConnection, name: str) -> None:
    passed = [each.written for each in drawn(name) if not each.fouten]
    assert passed != []
    rows = KINDS[name].rows
    assert [
        told for written in passed for told in await refused(db, rows(written))
    ] == []


@pytest.mark.parametrize("name", KINDS)
def test_what_is_written_is_checked_to_the_same(name: str) -> None:
    for each in drawn(name):
        again = Fouten()
        if not each.fouten:
            assert KINDS[name].check(each.written, again) == each.written
        assert list(again) == []


@pytest.mark.parametrize("name", KINDS)
def test_what_is_told_repeats_nothing_that_was_given(name: str) -> None:
    known = set(VOCABULARY)
    for each in drawn(name):
        given = {text for text in texts(each.value) if len(text) > 5} - known
        told = " ".join(fout.melding for fout in each.fouten)
        assert [text for text in given if text in told] == []
