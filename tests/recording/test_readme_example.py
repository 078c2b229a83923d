"""What the README shows is recorded in the municipality that the demo serves."""

import json
import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.demo.addresses import Addresses
from gateway.demo.municipality import load
from tests.klantbeeld.conftest import Municipality
from tests.municipality import FIXTURES, ROOT
from tests.recording.asking import Payload, mutate
from tests.recording.conftest import Opened

pytestmark = pytest.mark.anyio

RECORDING = (ROOT / "README.md").read_text().partition("\n## Recording\n")[2]
NAMED = """query ($wie: IdentificatieInput!) {
  klantbeeld(identificatie: $wie) { partij { id nummer } } }"""
ZAAK = (
    "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/"
    "00d35c95-40ea-52ca-b32d-55cdf4309346"
)


def block(language: str) -> str:
    found = re.search(f"```{language}\n(.*?)```", RECORDING, re.DOTALL)
    assert found is not None
    return found[1]


def variables(actor: str) -> dict[str, Any]:
    text = block("json").replace("QWN0b3I6…", actor)
    given = json.loads(text.replace("https://zaken.example/zaken/api/v1/zaken/…", ZAAK))
    return dict(given)


async def asked(office: Municipality, query: str, **given: object) -> Payload:
    return await mutate(office, query, **given)


async def test_the_example_is_recorded_of_who_is_known(
    opened: Opened, owner: AsyncEngine
) -> None:
    async with owner.begin() as connection:
        await load(connection, FIXTURES, Addresses().rewrite)
    async with opened() as office:
        actoren = await asked(office, "{ actoren(first: 1) { nodes { id } } }")
        given = variables(actoren["nodes"][0]["id"])
        (betrokkene,) = given["invoer"]["betrokkenen"]
        wie = betrokkene["partij"]["identificatie"]
        known = await asked(office, NAMED, wie=wie)
        payload = await asked(office, block("graphql"), **given)
        assert payload["fouten"] == []
        assert payload["klantcontact"]["nummer"].isdigit()
        query = """query ($nummer: String!) {
          klantcontacten(first: 2, filter: {nummer: $nummer}) {
            nodes { betrokkenen { partij { id nummer } } } } }"""
        nummer = payload["klantcontact"]["nummer"]
        (found,) = (await asked(office, query, nummer=nummer))["nodes"]
    assert found["betrokkenen"] == [{"partij": known["partij"]}]
