from collections.abc import Mapping

import httpx
import pytest

from gateway.demo.addresses import CANONICAL, Addresses, StandinName
from gateway.demo.callers import (
    BEDRIJF,
    CALLERS,
    KLANT,
    MEDEWERKER,
    DemoCaller,
    identity_settings,
    introduced as introduced_by,
)
from gateway.demo.issuer import VALID_FOR, Issuer
from gateway.demo.servers import Background, bound, port_of
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Asked
from gateway.identificatie import bsn, kvk_nummer
from gateway.identity.caller import Caller, Callers, Claimed, SoortAanvrager
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from gateway.identity.tokens.claims import InvalidToken
from gateway.identity.tokens.tokens import Tokens
from gateway.settings.identity import IdentitySettings
from tests.keys import KEY
from tests.municipality import FIXTURES, Network

pytestmark = pytest.mark.anyio

CLOCK = (1_800_000_000.0).__float__
SUBSTANTIEEL = Betrouwbaarheidsniveau.SUBSTANTIEEL


@pytest.fixture
def issuer() -> Issuer:
    return Issuer(clock=CLOCK)


def settings_of(issuer: Issuer) -> IdentitySettings:
    return IdentitySettings.model_validate(identity_settings(issuer.url, KEY))


@pytest.fixture
async def callers(issuer: Issuer) -> Mapping[str, Caller]:
    """Who the gateway makes of each."""
    settings = settings_of(issuer)
    tokens = Tokens(settings, transport=Network({}, issuer), clock=CLOCK)
    makes = Callers(settings, clock=CLOCK)
    made = {}
    for each in CALLERS:
        said = await tokens.said(f"Bearer {issuer.mint(each.claims)}")
        assert said is not None
        made[each.name] = makes.caller(said, Claimed(each.purpose))
    return made


async def test_there_is_one_of_each_kind(callers: Mapping[str, Caller]) -> None:
    kinds = {
        name: (each.soort, each.klant, each.niveau, each.refusal)
        for name, each in callers.items()
    }
    acting = SoortAanvrager.VERTEGENWOORDIGER
    assert kinds == {
        "klant": (SoortAanvrager.KLANT, bsn("999993653"), SUBSTANTIEEL, None),
        "bedrijf": (SoortAanvrager.KLANT, kvk_nummer("99990021"), SUBSTANTIEEL, None),
        "vertegenwoordiger": (acting, bsn("999993367"), SUBSTANTIEEL, None),
        "medewerker": (SoortAanvrager.MEDEWERKER, None, None, None),
        "systeem": (SoortAanvrager.SYSTEEM, None, None, None),
    }
    assert all(each.verwerking is not None for each in callers.values())


async def test_who_represents_is_known_too(callers: Mapping[str, Caller]) -> None:
    acting = callers["vertegenwoordiger"].vertegenwoordiger
    assert acting is not None
    assert acting.klanten == (kvk_nummer("99990022"),)


async def test_who_is_authorised_for_some_zaken_only_has_no_klantbeeld(
    issuer: Issuer,
) -> None:
    settings = settings_of(issuer)
    tokens = Tokens(settings, transport=Network({}, issuer), clock=CLOCK)
    represents = {**KLANT.claims, "mandate": {"services": ["belastingzaken"]}}
    token = issuer.mint({**BEDRIJF.claims, "represents": represents})
    said = await tokens.said(f"Bearer {token}")
    assert said is not None
    refusal = Callers(settings, clock=CLOCK).caller(said, Claimed()).refusal
    assert str(refusal) == "the mandate covers no klantbeeld"


async def test_a_medewerker_of_the_kcc_sees_nothing_vertrouwelijks_and_manages_nobody(
    callers: Mapping[str, Caller],
) -> None:
    for name in ("medewerker", "systeem"):
        may = {recht: callers[name].may(recht) for recht in Recht}
        assert [recht for recht, allowed in may.items() if not allowed] == [
            Recht.NOTITIES,
            Recht.VERTROUWELIJK,
            Recht.PARTIJEN_VERWIJDEREN,
            Recht.ACTOREN_SCHRIJVEN,
        ]


@pytest.mark.parametrize("number", ["999993653", "999993367", "99990021", "99990022"])
def test_everybody_is_in_the_fixtures(number: str) -> None:
    partijen = (FIXTURES / "klantbeeld" / "partijen").glob("*.json")
    held = [file for file in partijen if f'"waarde": "{number}"' in file.read_text()]
    assert len(held) == 1


async def test_a_token_holds_for_twelve_hours(issuer: Issuer) -> None:
    network = Network({}, issuer)
    token = f"Bearer {issuer.mint(MEDEWERKER.claims)}"
    end = CLOCK() + VALID_FOR + 30  # the leeway

    async def said(moment: float) -> bool:
        tokens = Tokens(settings_of(issuer), transport=network, clock=moment.__float__)
        return await tokens.said(token) is not None

    assert await said(end - 1)
    with pytest.raises(InvalidToken, match="the token has expired"):
        await said(end)


async def test_another_run_has_other_keys(issuer: Issuer) -> None:
    tokens = Tokens(settings_of(issuer), transport=Network({}, issuer), clock=CLOCK)
    with pytest.raises(InvalidToken) as caught:
        await tokens.said(f"Bearer {Issuer(clock=CLOCK).mint(MEDEWERKER.claims)}")
    assert str(caught.value) == "the token is signed with a key that is not known"


async def test_it_publishes_no_private_key(issuer: Issuer) -> None:
    transport = httpx.ASGITransport(issuer.standin)
    async with httpx.AsyncClient(transport=transport, base_url=issuer.url) as client:
        (key,) = (await client.get("/jwks")).json()["keys"]
    assert sorted(key) == ["crv", "kid", "kty", "x", "y"]


async def test_a_network_serves_it_beside_the_registers(issuer: Issuer) -> None:
    objecten = create_objecten(FIXTURES, Addresses())
    network = Network({StandinName.OBJECTEN: objecten}, issuer)
    async with httpx.AsyncClient(transport=network) as client:
        await client.get(f"{issuer.url}/jwks")
        await client.get(CANONICAL[StandinName.OBJECTEN])
    assert list(issuer.standin.asked) == [Asked("GET", "/jwks")]
    assert [each.path for each in network.asked()] == ["/"]
    assert network.strangers == []


async def test_its_keys_come_over_the_network_like_anybody_elses() -> None:
    listening = bound(0)
    issuer = Issuer(f"http://127.0.0.1:{port_of(listening)}")
    tokens = Tokens(settings_of(issuer))
    with Background(issuer.standin, listening):
        said = await tokens.said(f"Bearer {issuer.mint(MEDEWERKER.claims)}")
        await tokens.aclose()
    assert said is not None
    assert said.subject.name == "ytie01"
    assert [each.path for each in issuer.standin.asked] == [
        "/.well-known/openid-configuration",
        "/jwks",
    ]


async def test_everybody_is_introduced_with_a_token_that_works(
    issuer: Issuer,
) -> None:
    shown = introduced_by(issuer).split("\n\n")[1:]
    tokens = Tokens(settings_of(issuer), transport=Network({}, issuer), clock=CLOCK)
    for text, each in zip(shown, CALLERS, strict=True):
        first, token = text.strip().split("\n")
        assert first == introduction(each)
        assert await tokens.said(f"Bearer {token}") is not None


def introduction(each: DemoCaller) -> str:
    purposes = {"medewerker": "klantcontact", "systeem": "zaakbehandeling"}
    if each.name not in purposes:
        return f"{each.name}: {each.who}, {each.how}"
    also = f"also send Klantbeeld-Purpose: {purposes[each.name]}"
    return f"{each.name}: {each.who}, {each.how}; {also}"
