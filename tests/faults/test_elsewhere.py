"""Nothing a register answers leads the gateway, or its credentials, anywhere else."""

import json
from collections.abc import Callable

import pytest

from gateway.demo.standins.credentials import TOKEN
from gateway.settings import RegisterKind
from tests.faults.question import FIELDS, GOOD, SENT, asked, sent, told, without
from tests.faults.scene import Scene, canonical

pytestmark = pytest.mark.anyio

Change = Callable[[bytes], bytes]


def paged(url: str, *, empty: bool) -> Change:
    """Say that there is more at a URL, and give all or nothing here."""

    def change(body: bytes) -> bytes:
        page = json.loads(body)
        if empty:
            page["results"] = []
        return json.dumps(page | {"next": url}).encode()

    return change


def named(kind: RegisterKind, origin: str) -> Change:
    """Say that a register is elsewhere."""
    elsewhere = canonical(kind).partition("://")[2].partition("/")[2]
    return lambda body: body.replace(
        canonical(kind).encode(), f"{origin}/{elsewhere}".encode()
    )


def counted(scene: Scene) -> dict[RegisterKind, object]:
    return {kind: scene.counted(kind) for kind in FIELDS}


def untouched(scene: Scene) -> bool:
    return scene.stranger.connections == 0


@pytest.mark.parametrize("kind", ["zaken", "documenten"])
async def test_what_was_found_needs_no_next_page(
    kind: RegisterKind, scene: Scene, store_url: str
) -> None:
    scene.reset()
    change = paged(f"{scene.stranger.origin}/x?page=2", empty=False)
    scene.servers[kind].script = scene.proper(kind, change)
    answer = await asked(store_url, scene)
    assert (answer["data"], told(answer)) == (GOOD, {})
    assert counted(scene) == sent()
    assert untouched(scene)


@pytest.mark.parametrize("kind", ["zaken", "documenten"])
async def test_a_next_page_is_not_fetched(
    kind: RegisterKind, scene: Scene, store_url: str
) -> None:
    scene.reset()
    change = paged(f"{scene.stranger.origin}/x?page=2", empty=True)
    scene.servers[kind].script = scene.proper(kind, change)
    answer = await asked(store_url, scene)
    assert answer["data"] == without(GOOD, FIELDS[kind])
    (error,) = told(answer).values()
    assert error["code"] == "REGISTER_MALFORMED"
    assert counted(scene) == sent(kind)
    assert untouched(scene)


@pytest.mark.parametrize("kind", FIELDS)
async def test_a_register_is_known_by_the_address_it_is_asked_at(
    kind: RegisterKind, scene: Scene, store_url: str
) -> None:
    scene.reset()
    change = named(kind, scene.stranger.origin)
    scene.servers[kind].script = scene.proper(kind, change)
    answer = await asked(store_url, scene)
    assert (answer["data"], told(answer)) == (GOOD, {})
    assert counted(scene) == sent()
    assert untouched(scene)


@pytest.mark.parametrize("kind", ["zaken", "documenten"])
async def test_a_type_that_is_elsewhere_is_not_asked_there(
    kind: RegisterKind, scene: Scene, store_url: str
) -> None:
    scene.reset()
    change = named("catalogi", scene.stranger.origin)
    scene.servers[kind].script = scene.proper(kind, change)
    answer = await asked(store_url, scene)
    (of_this,) = FIELDS[kind]
    places = [each for each in FIELDS["catalogi"] if each[:4] == of_this]
    assert told(answer) == {key: {"code": "UNKNOWN_REGISTER"} for key in places}
    assert answer["data"] == without(GOOD, places)
    others = {ask: 1 for ask, needs in SENT["catalogi"].items() if needs != kind}
    assert counted(scene) == sent() | {"catalogi": others}
    assert untouched(scene)


async def test_every_register_gets_credentials_of_its_own(
    scene: Scene, store_url: str
) -> None:
    scene.reset()
    await asked(store_url, scene)
    given = {
        kind: {each.headers["authorization"] for each in server.received}
        for kind, server in scene.servers.items()
    }
    assert given.pop("objecten") == {f"Token {TOKEN}"}
    assert all(
        each.startswith("Bearer ey") for tokens in given.values() for each in tokens
    )
