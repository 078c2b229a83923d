"""What the page costs the store: how many statements, and what each is about."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.identity.callers import klant
from tests.klantbeeld.conftest import Municipality
from tests.klantbeeld.trails import a_trail
from tests.municipality import BENCH_BSN, KLANTBEELD, MIJN_KLANTBEELD, Network

pytestmark = pytest.mark.anyio

TABLE = re.compile(
    r"\b(?:FROM|JOIN|INSERT INTO) (?!(?:named|written)\b)([a-z_]+)\b(?!\()"
)

NAMED = ["externe_identificaties", "partijen"]
OF_PARTIJ = [
    "adressen",
    "betrokkenen",
    "digitale_adressen",
    "externe_identificaties",
    "klantcontacten",
]
OF_KLANTCONTACTEN = [
    "actoren",
    "betrokkenen",
    "inhoudsdelen",
    "klantcontact_actoren",
    "onderwerpen",
]
FURTHER = ["klantcontacten", "partijen"]


def tables(statements: Sequence[str]) -> list[list[str]]:
    """The tables that each is about, by name."""
    return [sorted(set(TABLE.findall(statement))) for statement in statements]


async def test_the_page_is_four_statements(
    municipality: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    await municipality.ask(KLANTBEELD, identificatie={"bsn": BENCH_BSN}, first=50)
    assert tables(caplog.messages) == [
        NAMED,
        OF_PARTIJ,
        sorted({*OF_KLANTCONTACTEN, "interne_taken", "klantcontacten"}),
        sorted({*FURTHER, "interne_taken"}),
    ]


async def test_a_klant_who_is_logged_in_costs_two_more(
    loaded: str, network: Network, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    file = tmp_path / "records.jsonl"
    async with a_trail(loaded, network, file, klant()) as portal:
        await portal.ask(MIJN_KLANTBEELD, first=50)
    assert tables(caplog.messages) == [
        NAMED,
        OF_PARTIJ,
        OF_KLANTCONTACTEN,
        FURTHER,
        ["betrokkenen"],  # whether they took part in what an onderwerp refers to
        ["inzagen"],
    ]
