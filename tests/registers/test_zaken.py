from datetime import UTC, date, datetime
from uuid import UUID

import httpx
import pytest
import respx

from gateway.errors import GatewayError, MalformedAnswer, Missing, RegisterRefused
from gateway.registers.records import Json
from gateway.registers.zaken import (
    Betalingsindicatie,
    Resultaat,
    Status,
    Zaak,
    Zaken,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.registers.builders import (
    CATALOGI,
    ZAKEN,
    Asked,
    Payload,
    a_register,
    a_resultaat,
    a_status,
    a_zaak,
    asked,
    page,
    reads,
    uuid,
)

pytestmark = pytest.mark.anyio

ZOEK = f"{ZAKEN}/zaken/_zoek"
URL = f"{ZAKEN}/zaken/{uuid(1)}"


@pytest.fixture
def zaken(transport: httpx.MockTransport) -> Zaken:
    return reads(transport, a_register("zaken"), a_register("catalogi")).zaken


async def read(
    router: respx.MockRouter, zaken: Zaken, answer: Json
) -> Zaak | GatewayError:
    router.post(ZOEK).mock(return_value=page([answer]))
    (result,) = await zaken.zaken_by_url([URL])
    return result


async def test_zoek_has_both_crs_headers(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    await read(router, zaken, a_zaak(1))
    sent = router.calls.last.request.headers
    assert (sent["Accept-Crs"], sent["Content-Crs"]) == ("EPSG:4326", "EPSG:4326")


async def test_the_size_of_the_page_is_the_register_s(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    zaken = reads(transport, a_register("zaken", page_size=500)).zaken
    await read(router, zaken, a_zaak(1))
    assert asked(router) == [
        Asked("POST", f"{ZOEK}?pageSize=500", {"uuid__in": [uuid(1)]})
    ]


async def test_a_zaak_is_read_as_it_is(router: respx.MockRouter, zaken: Zaken) -> None:
    zaak = a_zaak(
        1,
        toelichting="Een eik",
        einddatum="2026-03-09",
        betalingsindicatie="nog_niet",
        hoofdzaak=f"{ZAKEN}/zaken/{uuid(2)}",
        deelzaken=[f"{ZAKEN}/zaken/{uuid(3)}"],
        resultaat=f"{ZAKEN}/resultaten/{uuid(600)}",
    )
    assert await read(router, zaken, zaak) == Zaak(
        url=URL,
        uuid=UUID(uuid(1)),
        identificatie="ZAAK-2026-0000000001",
        bronorganisatie="002564440",
        omschrijving="Kapvergunning",
        toelichting="Een eik",
        zaaktype=f"{CATALOGI}/zaaktypen/{uuid(900)}",
        registratiedatum=date(2026, 3, 2),
        startdatum=date(2026, 3, 2),
        einddatum=date(2026, 3, 9),
        uiterlijke_einddatum_afdoening=date(2026, 4, 27),
        vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
        betalingsindicatie=Betalingsindicatie.NOG_NIET,
        hoofdzaak=f"{ZAKEN}/zaken/{uuid(2)}",
        deelzaken=(f"{ZAKEN}/zaken/{uuid(3)}",),
        status=f"{ZAKEN}/statussen/{uuid(500)}",
        resultaat=f"{ZAKEN}/resultaten/{uuid(600)}",
    )


async def test_what_is_not_filled_in_is_null(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    zaak = await read(router, zaken, a_zaak(1, vertrouwelijkheidaanduiding=""))
    assert isinstance(zaak, Zaak)
    assert zaak.toelichting is None
    assert zaak.vertrouwelijkheidaanduiding is None
    assert zaak.betalingsindicatie is None
    assert zaak.expand is None


async def test_unknown_properties_are_ignored(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    new = await read(router, zaken, a_zaak(1, zaaknotities=["https://x.example"]))
    assert isinstance(new, Zaak)


@pytest.mark.parametrize(
    "required",
    [
        "uuid",
        "url",
        "bronorganisatie",
        "zaaktype",
        "startdatum",
        "einddatum",
        "deelzaken",
        "status",
        "resultaat",
    ],
)
async def test_a_zaak_without_a_required_property_is_malformed(
    required: str, router: respx.MockRouter, zaken: Zaken
) -> None:
    zaak = a_zaak(1)
    del zaak[required]
    assert isinstance(await read(router, zaken, zaak), MalformedAnswer)


async def test_a_zaak_whose_uuid_and_url_differ_is_malformed(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    zaak = a_zaak(1, url=f"{ZAKEN}/zaken/{uuid(2)}")
    assert isinstance(await read(router, zaken, zaak), MalformedAnswer)


async def test_expand_is_asked_for_and_read(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    expanded: Json = {"status": a_status(500), "resultaat": a_resultaat(600)}
    resultaat = f"{ZAKEN}/resultaten/{uuid(600)}"
    answer = a_zaak(1, resultaat=resultaat, _expand=expanded)
    router.post(ZOEK).mock(return_value=page([answer]))
    (zaak,) = await zaken.zaken_by_url([URL], expand=frozenset({"status", "resultaat"}))
    assert isinstance(zaak, Zaak)
    assert zaak.expand is None
    (status,) = await zaken.statussen_by_url([str(zaak.status)])
    assert status == Status(
        url=f"{ZAKEN}/statussen/{uuid(500)}",
        uuid=UUID(uuid(500)),
        zaak=URL,
        statustype=f"{CATALOGI}/statustypen/{uuid(901)}",
        datum_status_gezet=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        indicatie_laatst_gezette_status=True,
    )
    (outcome,) = await zaken.resultaten_by_url([resultaat])
    assert outcome == Resultaat(
        url=f"{ZAKEN}/resultaten/{uuid(600)}",
        uuid=UUID(uuid(600)),
        zaak=URL,
        resultaattype=f"{CATALOGI}/resultaattypen/{uuid(902)}",
    )
    body: Json = {"uuid__in": [uuid(1)], "expand": ["resultaat", "status"]}
    assert asked(router) == [Asked("POST", f"{ZOEK}?pageSize=100", body)]


@pytest.mark.parametrize(
    "answer",
    [
        a_zaak(1, _expand={"status": a_status(501)}),
        a_zaak(1, status=None, _expand={"status": a_status(500)}),
        a_zaak(1, _expand={"resultaat": a_resultaat(600)}),
        a_zaak(1, _expand={"status": a_status(500, datumStatusGezet="2026-03-02")}),
    ],
)
async def test_what_came_along_and_is_not_the_zaak_s_own_is_asked_for_by_itself(
    answer: Payload, router: respx.MockRouter, zaken: Zaken
) -> None:
    router.get(f"{ZAKEN}/statussen/{uuid(500)}").respond(json=a_status(500))
    router.get(f"{ZAKEN}/statussen/{uuid(501)}").respond(
        404, json={"detail": "Niet gevonden."}
    )
    zaak = await read(router, zaken, answer)
    assert isinstance(zaak, Zaak)
    if zaak.status is not None:
        (status,) = await zaken.statussen_by_url([zaak.status])
        assert isinstance(status, Status)
    asked_by_itself = [each.url for each in asked(router)[1:]]
    assert asked_by_itself == ([zaak.status] if zaak.status else [])


async def test_a_zaak_that_calls_itself_otherwise_is_known_by_the_address_asked(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    elsewhere = a_zaak(1, url=f"https://elders.example/zaken/{uuid(1)}")
    zaak = await read(router, zaken, elsewhere)
    assert isinstance(zaak, Zaak)
    assert zaak.url == URL


@pytest.mark.parametrize("nothing", [None, {}])
async def test_an_expanded_status_may_be_absent(
    nothing: Json, router: respx.MockRouter, zaken: Zaken
) -> None:
    zaak = await read(router, zaken, a_zaak(1, _expand={"status": nothing}))
    assert isinstance(zaak, Zaak)


async def test_statussen_are_single_requests_without_crs_headers(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    urls = [f"{ZAKEN}/statussen/{uuid(number)}" for number in (500, 501)]
    router.get(urls[0]).respond(json=a_status(500))
    router.get(urls[1]).respond(404, json={"detail": "Niet gevonden."})
    answers = await zaken.statussen_by_url([*urls, urls[0]])
    assert [type(answer) for answer in answers] == [Status, Missing, Status]
    assert asked(router) == [Asked("GET", url) for url in urls]
    assert "Accept-Crs" not in router.calls.last.request.headers


async def test_resultaten_are_single_requests(
    router: respx.MockRouter, zaken: Zaken
) -> None:
    urls = [f"{ZAKEN}/resultaten/{uuid(number)}" for number in (600, 601)]
    router.get(urls[0]).respond(json=a_resultaat(600))
    router.get(urls[1]).respond(403, json={})
    answers = await zaken.resultaten_by_url(urls)
    assert [type(answer) for answer in answers] == [Resultaat, RegisterRefused]
    assert asked(router) == [Asked("GET", url) for url in urls]
