"""Registers with so many records that every trap can be probed, and ways to differ."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.zaken import create_zaken
from gateway.settings import RegisterKind, Settings
from tests.demo.standins import write_fixtures
from tests.municipality import Network
from tests.registers.builders import (
    DOCUMENTEN,
    ZAKEN,
    Payload,
    a_document,
    a_zaak,
    a_zaaktype,
    an_object,
    uuid,
)

MANY = range(1000, 1501)
"""One more than there are on the largest page; the last ones come first in a list."""

Change = Callable[[httpx.Request, httpx.Response], httpx.Response]


def a_zaak_of_many(number: int) -> Payload:
    """Every other one is done, and nobody's secret."""
    if number % 2:
        return a_zaak(number)
    return a_zaak(
        number,
        resultaat=f"{ZAKEN}/resultaten/{uuid(600)}",
        vertrouwelijkheidaanduiding="openbaar",
    )


def a_document_of_many(number: int) -> Payload:
    """The first in a list has one version; every tenth has no content."""
    versie = 1 if number == MANY[-1] else 2
    url = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten/{uuid(number)}"
    inhoud = f"{url}/download?versie={versie}"
    return a_document(
        number, versie=versie, inhoud=None if number % 10 == 5 else inhoud
    )


def an_object_of_many(number: int) -> Payload:
    return an_object(number, data={"boomId": f"B-{number}", "plantjaar": 1960})


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fixtures with more zaken, zaaktypen, documenten and objecten than on a page."""
    folder = write_fixtures(tmp_path_factory.mktemp("many"))
    builders: Mapping[str, Callable[[int], Payload]] = {
        "zaken/zaken": a_zaak_of_many,
        "catalogi/zaaktypen": a_zaaktype,
        "documenten/enkelvoudiginformatieobjecten": a_document_of_many,
        "objecten/objects": an_object_of_many,
    }
    for place, build in builders.items():
        for number in MANY:
            payload = build(number)
            name = str(payload["url"]).rpartition("/")[2]
            (folder / place / f"{name}.json").write_text(json.dumps(payload))
    return folder


def standins(fixtures: Path, conduct: Conduct = USUAL) -> Network:
    where = Addresses()
    return Network(
        {
            StandinName.ZAKEN: create_zaken(fixtures, where, conduct=conduct),
            StandinName.DOCUMENTEN: create_documenten(fixtures, where, conduct=conduct),
            StandinName.OBJECTEN: create_objecten(fixtures, where, conduct=conduct),
        }
    )


@pytest.fixture(scope="session")
def registers(many: Path) -> Network:
    return standins(many)


@pytest.fixture
def network(registers: Network) -> Network:
    """The registers, of which nothing was asked yet."""
    registers.forget()
    registers.stopped.clear()
    return registers


def settings(*kinds: RegisterKind) -> Settings:
    """Of the registers of these kinds; of all unless told."""
    whole = gateway_settings("postgresql://x@127.0.0.1:1/x", Addresses())
    chosen = [each for each in whole.registers if not kinds or each.kind in kinds]
    return whole.model_copy(update={"registers": tuple(chosen)})


class Changed(httpx.AsyncBaseTransport):
    """Plays a server that answers something else."""

    def __init__(self, network: Network, change: Change) -> None:
        self._network = network
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._network.handle_async_request(request)
        await answer.aread()
        return self._change(request, answer)
