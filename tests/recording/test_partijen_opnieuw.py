"""What is added to a partij and asked again with the same key, is added once."""

import asyncio

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import mutate
from tests.recording.conftest import Counted
from tests.recording.partij_vragen import OTHER_BSN, persoon, registered

pytestmark = pytest.mark.anyio

VERTEGENWOORDIGT = """
mutation ($own: ID!, $other: ID!) {
  voegVertegenwoordigingToe(
    vertegenwoordiger: $own, vertegenwoordigde: $other, idempotentiesleutel: "k"
  ) { partij { id } fouten { code } }
}
"""
VOEG_TOE = """
mutation ($id: ID!, $named: ExterneIdentificatieInput!) {
  voegExterneIdentificatieToe(
    id: $id, identificatie: $named, idempotentiesleutel: "k"
  ) { partij { id } fouten { code } }
}
"""


async def test_a_vertegenwoordiging(office: Municipality, rows_now: Counted) -> None:
    own = await registered(office, persoon())
    other = await registered(office, persoon(OTHER_BSN))
    asked = {"own": own["id"], "other": other["id"]}
    answers = await asyncio.gather(
        *(mutate(office, VERTEGENWOORDIGT, **asked) for _ in range(3))
    )
    assert answers == [{"partij": {"id": own["id"]}, "fouten": []}] * 3
    assert (await rows_now())["vertegenwoordigingen"] == 1


async def test_an_externe_identificatie(
    office: Municipality, rows_now: Counted
) -> None:
    own = await registered(office, persoon())
    named = {"overig": {"register": "kbo", "soort": "nummer", "waarde": "0403170701"}}
    asked = {"id": own["id"], "named": named}
    answers = await asyncio.gather(
        *(mutate(office, VOEG_TOE, **asked) for _ in range(3))
    )
    assert answers == [{"partij": {"id": own["id"]}, "fouten": []}] * 3
    assert (await rows_now())["externe_identificaties"] == 2
