from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.retention.purging import Judged, Purge
from gateway.retention.termijnen import Archief, Termijn
from gateway.settings.retention import RetentionSettings
from gateway.store.retention.draden import Zaakverwijzing
from gateway.store.writing.transaction import Writer
from tests.store.rows import Rows

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""Of the runs; `tests.store.rows` begins on the 5th of January of that year."""

TERMS = RetentionSettings(zelfstandig_days=30, klantcontact_days=60, partij_days=90)


class Archieven:
    """The archive data of the zaken of a test; what is not known as one, is none.

    Attributes:
        asked: what was looked up, in turn.
    """

    def __init__(self, known: Archief) -> None:
        self._known = known
        self.asked: list[Zaakverwijzing] = []

    async def __call__(self, asked: Iterable[Zaakverwijzing]) -> Archief:
        wanted = sorted(set(asked), key=str)
        self.asked += wanted
        return {
            each: self._known[each] if each.is_zaak else self._known.get(each)
            for each in wanted
        }


@pytest.fixture
def rows(owner: AsyncEngine) -> Rows:
    """Inserts rows into this test's database."""
    return Rows(owner.execution_options(isolation_level="AUTOCOMMIT"))


@pytest.fixture
def writer(owner: AsyncEngine) -> Writer:
    """Begins transactions of the owner."""
    return Writer(owner)


async def purged(
    writer: Writer,
    archief: Archief | None = None,
    *,
    settings: RetentionSettings = TERMS,
    apply: bool = True,
) -> list[Judged]:
    run = Purge(writer, Archieven(archief or {}), settings, now=NOW, apply=apply)
    return [each async for each in run.run()]


def going(judged: Iterable[Judged]) -> set[object]:
    """The keys of what was due."""
    return {each.id for each in judged if isinstance(each.oordeel, Termijn)}
