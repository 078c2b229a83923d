"""The rules of single reads, for every resource that has no `_zoek`."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import httpx
import pytest
import respx

from gateway.errors import (
    MalformedAnswer,
    Missing,
    RegisterRefused,
    RegisterUnavailable,
    UnknownRegister,
)
from gateway.registers.objecten import Object, ObjectRecord
from gateway.registers.registers import Reads
from tests.registers.builders import (
    BASES,
    OBJECTEN,
    ZAKEN,
    Answers,
    Asked,
    Builder,
    a_register,
    a_resultaat,
    a_resultaattype,
    a_status,
    a_statustype,
    a_zaaktype,
    an_informatieobjecttype,
    an_object,
    an_objecttype,
    asked,
    given,
    reads,
    uuid,
)

pytestmark = pytest.mark.anyio

TWEEDE = "https://tweede.example/api"


class Single(NamedTuple):
    read: Callable[[Sequence[str]], Awaitable[Answers]]
    path: str
    payload: Builder
    base: str

    def url(self, number: int, base: str = "") -> str:
        return f"{base or self.base}/{self.path}/{uuid(number)}"


@pytest.fixture
def registers(transport: httpx.MockTransport) -> Reads:
    return reads(
        transport,
        *(a_register(kind) for kind in BASES),
        *(
            a_register(kind, name=f"tweede-{kind}", base_url=f"{TWEEDE}/{kind}")
            for kind in BASES
        ),
    )


def of_type(url: str) -> Object:
    record = ObjectRecord(type_version=1, start_at=date(2026, 3, 2))
    here = f"{OBJECTEN}/objects/{uuid(1)}"
    return Object(url=here, uuid=UUID(uuid(1)), type=url, record=record)


OWNED = (
    *("statussen", "resultaten", "zaaktypen", "statustypen", "resultaattypen"),
    *("informatieobjecttypen", "objects"),
)


@pytest.fixture(params=[*OWNED, "objecttypes"])
def single(request: pytest.FixtureRequest, registers: Reads) -> Single:
    zaken, catalogi, objecten = registers.zaken, registers.catalogi, registers.objecten
    ztc = BASES["catalogi"]
    path: str = request.param

    async def objecttypen(urls: Sequence[str]) -> Answers:
        objects = [of_type(url) for url in urls]
        return await objecten.objecttypen_by_object(objects)

    return {
        one.path: one
        for one in (
            Single(zaken.statussen_by_url, "statussen", a_status, ZAKEN),
            Single(zaken.resultaten_by_url, "resultaten", a_resultaat, ZAKEN),
            Single(catalogi.zaaktypen_by_url, "zaaktypen", a_zaaktype, ztc),
            Single(catalogi.statustypen_by_url, "statustypen", a_statustype, ztc),
            Single(
                catalogi.resultaattypen_by_url, "resultaattypen", a_resultaattype, ztc
            ),
            Single(
                catalogi.informatieobjecttypen_by_url,
                "informatieobjecttypen",
                an_informatieobjecttype,
                ztc,
            ),
            Single(objecten.objecten_by_url, "objects", an_object, OBJECTEN),
            Single(objecttypen, "objecttypes", an_objecttype, OBJECTEN),
        )
    }[path]


async def test_nothing_asked_is_no_request(
    router: respx.MockRouter, single: Single
) -> None:
    assert await single.read([]) == []
    assert asked(router) == []


async def test_a_record_is_asked_for_once_and_comes_where_it_was_asked(
    router: respx.MockRouter, single: Single
) -> None:
    one, two = single.url(1), single.url(2)
    router.get(one).respond(json=single.payload(1))
    router.get(two).respond(json=single.payload(2))
    upper = f"{single.base}/{single.path}/{uuid(1).upper()}"
    assert given(await single.read([two, one, two, upper])) == [two, one, two, one]
    assert asked(router) == [Asked("GET", two), Asked("GET", one)]


async def test_each_answer_is_its_own(router: respx.MockRouter, single: Single) -> None:
    urls = [single.url(number) for number in range(1, 8)]
    router.get(urls[0]).respond(json=single.payload(1))
    router.get(urls[1]).respond(404, json={"detail": "Niet gevonden."})
    router.get(urls[2]).respond(410, json={"code": "gone"})
    router.get(urls[3]).respond(403, json={})
    router.get(urls[4]).respond(503)
    router.get(urls[5]).mock(side_effect=httpx.ReadTimeout)
    router.get(urls[6]).respond(json=[])
    assert given(await single.read(urls)) == [
        urls[0],
        Missing,
        Missing,
        RegisterRefused,
        RegisterUnavailable,
        RegisterUnavailable,
        MalformedAnswer,
    ]
    assert asked(router) == [Asked("GET", url) for url in urls]


@pytest.mark.parametrize("single", OWNED, indirect=True)
async def test_what_nobody_owns_is_not_asked(
    router: respx.MockRouter, single: Single
) -> None:
    answers = await single.read(
        [
            f"https://evil.example/{single.path}/{uuid(1)}",
            f"{BASES['documenten']}/{single.path}/{uuid(1)}",
            f"{single.base}/{single.path}/nope",
            f"{single.base}/andere/{uuid(1)}",
        ]
    )
    assert given(answers) == [UnknownRegister] * 4
    assert asked(router) == []


async def test_a_register_that_is_down_costs_its_own_only(
    router: respx.MockRouter, single: Single, registers: Reads
) -> None:
    (kind,) = (kind for kind, base in BASES.items() if base == single.base)
    here, there = single.url(1), single.url(1, f"{TWEEDE}/{kind}")
    router.get(here).mock(side_effect=httpx.ConnectError)
    router.get(there).respond(json=single.payload(1, base=f"{TWEEDE}/{kind}"))
    assert given(await single.read([here, there])) == [RegisterUnavailable, there]
    assert registers.bron(there) == f"tweede-{kind}"


async def test_another_record_than_was_asked_for_is_no_answer(
    router: respx.MockRouter, single: Single
) -> None:
    router.get(single.url(1)).respond(json=single.payload(2))
    assert given(await single.read([single.url(1)])) == [MalformedAnswer]


async def test_unknown_properties_are_ignored(
    router: respx.MockRouter, single: Single
) -> None:
    url = single.url(1)
    router.get(url).mock(
        side_effect=[
            httpx.Response(200, json=single.payload(1)),
            httpx.Response(200, json=single.payload(1) | {"nieuw": {"diep": [1]}}),
        ]
    )
    assert await single.read([url]) == await single.read([url])
