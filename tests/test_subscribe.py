"""What is asked of a Notificaties API; respx plays it."""

import json

import httpx
import pytest
import respx

from gateway.check import Finding
from gateway.errors import InvalidSettings
from gateway.registers.records import Json
from gateway.settings import RegisterKind, Settings
from gateway.subscribe import subscribe
from tests.demo.contracts import CONTRACTS, WITHOUT, faults_by
from tests.registers.builders import Asked, Payload, a_register, asked, uuid

pytestmark = pytest.mark.anyio

NRC = "https://notificaties.voorbeeldstad.example/api/v1"
CALLBACK = "https://klantbeeld.voorbeeldstad.example/notificaties"
SECRET = "Bearer een-geheim-dat-niemand-mag-zien"
ALL = ("zaken", "zaaktypen", "informatieobjecttypen", "documenten", "objecten")
KINDS: tuple[RegisterKind, ...] = ("zaken", "catalogi", "documenten", "objecten")
NAMED = "register notificaties"
TRIED = "it tries the callback URL at once: does the gateway answer there?"


@pytest.fixture
def router() -> respx.MockRouter:
    return respx.MockRouter(assert_all_called=False)


@pytest.fixture
def transport(router: respx.MockRouter) -> httpx.MockTransport:
    return httpx.MockTransport(router.async_handler)


def the_settings(*kinds: RegisterKind, **more: object) -> Settings:
    apis = [a_register("notificaties", base_url=NRC)]
    return Settings.model_validate(
        {
            "database_url": "postgresql://x@/x",
            "registers": apis + [a_register(kind) for kind in kinds],
            "notificaties_secret": SECRET,
            "notificaties_callback_url": CALLBACK,
            **more,
        }
    )


def an_abonnement(number: int, callback_url: str = CALLBACK) -> Payload:
    # Open Notificaties 1.x never gives `auth`.
    url = f"http://nrc.intern:8000/api/v1/abonnement/{uuid(number)}"
    return {"url": url, "callbackUrl": callback_url, "kanalen": []}


def has(router: respx.MockRouter, *abonnementen: Json, kanalen: object = ALL) -> None:
    """What the API has, and that it takes what it is sent."""
    assert isinstance(kanalen, tuple)
    names = [
        {"url": f"{NRC}/kanaal/{uuid(1)}", "naam": naam, "filters": ["zaaktype"]}
        for naam in (*kanalen, "autorisaties")
    ]
    router.get(f"{NRC}/kanaal").respond(json=names)
    router.get(f"{NRC}/abonnement").respond(json=[*abonnementen])
    router.post(f"{NRC}/abonnement").respond(201, json=an_abonnement(1))
    router.put(url__startswith=f"{NRC}/abonnement/").respond(json=an_abonnement(1))


def sent(*kanalen: str) -> Json:
    return {
        "callbackUrl": CALLBACK,
        "auth": SECRET,
        "kanalen": [{"naam": naam, "filters": {}} for naam in kanalen],
    }


async def test_an_abonnement_is_made_where_there_is_none(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router, an_abonnement(1, f"{CALLBACK}/elders"))
    lines = await subscribe(the_settings(*KINDS), transport)
    assert lines == [
        Finding(True, f"{NAMED}: abonnement made, for {', '.join(ALL)}"),
    ]
    assert asked(router) == [
        Asked("GET", f"{NRC}/kanaal"),
        Asked("GET", f"{NRC}/abonnement"),
        Asked("POST", f"{NRC}/abonnement", sent(*ALL)),
    ]


async def test_the_abonnement_that_is_there_is_renewed(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router, an_abonnement(1, "https://elders.example"), an_abonnement(2))
    lines = await subscribe(the_settings(*KINDS), transport)
    assert lines == [
        Finding(True, f"{NAMED}: abonnement renewed, for {', '.join(ALL)}"),
    ]
    assert asked(router)[2:] == [
        Asked("PUT", f"{NRC}/abonnement/{uuid(2)}", sent(*ALL))
    ]


async def test_what_is_one_too_many_is_told_and_left_alone(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router, an_abonnement(1), an_abonnement(2), an_abonnement(3))
    lines = await subscribe(the_settings("zaken"), transport)
    assert lines == [
        Finding(True, f"{NAMED}: abonnement renewed, for zaken"),
        Finding(
            True, f"{NAMED}: abonnement {uuid(2)} is one too many: delete it there"
        ),
        Finding(
            True, f"{NAMED}: abonnement {uuid(3)} is one too many: delete it there"
        ),
    ]
    assert asked(router)[2:] == [
        Asked("PUT", f"{NRC}/abonnement/{uuid(1)}", sent("zaken"))
    ]


@pytest.mark.parametrize(
    ("kind", "kanalen"),
    [
        ("zaken", ["zaken"]),
        ("catalogi", ["zaaktypen", "informatieobjecttypen"]),
        ("documenten", ["documenten"]),
        ("objecten", ["objecten"]),
    ],
)
async def test_only_the_kanalen_of_the_configured_registers_are_asked_for(
    router: respx.MockRouter,
    transport: httpx.MockTransport,
    kind: RegisterKind,
    kanalen: list[str],
) -> None:
    has(router)
    await subscribe(the_settings(kind), transport)
    assert asked(router)[2] == Asked("POST", f"{NRC}/abonnement", sent(*kanalen))


async def test_a_kanaal_that_is_not_there_is_left_out_and_told(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router, kanalen=("zaken", "zaaktypen"))
    lines = await subscribe(the_settings("zaken", "catalogi", "objecten"), transport)
    absent = "so nothing is told of that"
    assert lines == [
        Finding(True, f"{NAMED}: has no kanaal informatieobjecttypen, {absent}"),
        Finding(True, f"{NAMED}: has no kanaal objecten, {absent}"),
        Finding(True, f"{NAMED}: abonnement made, for zaken, zaaktypen"),
    ]
    assert asked(router)[2].body == sent("zaken", "zaaktypen")


async def test_without_any_kanaal_of_use_nothing_is_asked_for(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router, kanalen=())
    lines = await subscribe(the_settings("objecten"), transport)
    assert lines[1:] == [
        Finding(False, f"{NAMED}: no abonnement, since it has no kanaal of use")
    ]
    assert asked(router) == [Asked("GET", f"{NRC}/kanaal")]


async def test_an_api_that_fails_does_not_keep_another_from_its_abonnement(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router)
    down = a_register("notificaties", name="tweede", base_url="https://tweede.example")
    router.get("https://tweede.example/kanaal").respond(503, json={})
    settings = the_settings("zaken")
    registers = (down, *settings.registers)
    both = settings.model_copy(update={"registers": registers})
    assert await subscribe(both, transport) == [
        Finding(False, "register tweede: status 503"),
        Finding(True, f"{NAMED}: abonnement made, for zaken"),
    ]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (
            400,
            {
                "invalidParams": [
                    {"name": "callbackUrl", "code": "invalid-callback-url"}
                ]
            },
            f"status 400 (callbackUrl: invalid-callback-url); {TRIED}",
        ),
        (
            400,
            {"invalidParams": [{"name": f"{SECRET}", "code": "x"}, {"name": "a"}]},
            f"status 400; {TRIED}",
        ),
        (400, "geen fout", f"status 400; {TRIED}"),
        (403, {"invalidParams": [{"name": "a", "code": "b"}]}, "status 403"),
        (200, {}, "status 200"),
        (429, {}, "status 429"),
        (500, {}, "status 500"),
    ],
)
async def test_a_refusal_is_told_without_the_registers_own_words(
    router: respx.MockRouter,
    transport: httpx.MockTransport,
    status: int,
    body: Json,
    told: str,
) -> None:
    has(router)
    router.post(f"{NRC}/abonnement").respond(status, json=body)
    lines = await subscribe(the_settings("zaken"), transport)
    assert lines == [Finding(False, f"{NAMED}: {told}")]


async def test_what_is_missing_there_is_told(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    router.get(f"{NRC}/kanaal").respond(404, json={"detail": "Niet gevonden."})
    lines = await subscribe(the_settings("zaken"), transport)
    assert lines == [Finding(False, f"{NAMED}: status 404")]


@pytest.mark.parametrize(
    "listed",
    [
        b"{}",
        b'{"results": []}',
        b"[1]",
        b'[{"url": "x"}]',
        json.dumps([{**an_abonnement(1), "url": f"{NRC}/abonnement/x"}]).encode(),
        json.dumps([{"callbackUrl": CALLBACK}]).encode(),
    ],
)
async def test_a_list_outside_the_contract_changes_nothing(
    router: respx.MockRouter, transport: httpx.MockTransport, listed: bytes
) -> None:
    has(router)
    router.get(f"{NRC}/abonnement").respond(
        content=listed, headers={"Content-Type": "application/json"}
    )
    lines = await subscribe(the_settings("zaken"), transport)
    assert lines == [Finding(False, f"{NAMED}: /abonnement is outside its contract")]
    assert [each.method for each in asked(router)] == ["GET", "GET"]


async def test_all_that_is_missing_for_it_is_told_at_once() -> None:
    settings = Settings.model_validate({"database_url": "postgresql://x@/x"})
    with pytest.raises(InvalidSettings) as seen:
        await subscribe(settings)
    assert seen.value.problems == (
        "KLANTBEELD_NOTIFICATIES_SECRET: is needed to subscribe",
        "KLANTBEELD_NOTIFICATIES_CALLBACK_URL: is needed to subscribe",
        "KLANTBEELD_REGISTERS: none is of kind notificaties",
        "KLANTBEELD_REGISTERS: none has records that change",
    )


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason=WITHOUT)
async def test_what_is_sent_is_what_the_contract_says(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    has(router)
    await subscribe(the_settings(*KINDS), transport)
    body = asked(router)[2].body
    assert faults_by("notificaties", "Abonnement", body) == []
    assert len(faults_by("notificaties", "Abonnement", {})) == 3
