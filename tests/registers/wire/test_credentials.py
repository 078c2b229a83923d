import base64
import json
from collections.abc import Callable
from typing import cast

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.registers.records import Json
from gateway.registers.wire.credentials import credentials
from gateway.settings import RegisterKind
from tests.registers.builders import Clock, a_register


def decoded(part: str) -> Json:
    padded = part + "=" * (-len(part) % 4)
    return cast("Json", json.loads(base64.urlsafe_b64decode(padded)))


def issued_at(header: str) -> int:
    claims = decoded(header.split(".")[1])
    assert isinstance(claims, dict)
    return cast("int", claims["iat"])


@pytest.fixture
def header(clock: Clock) -> Callable[[], str]:
    return credentials(a_register("zaken"), clock)


@pytest.mark.parametrize("kind", ["zaken", "catalogi", "documenten"])
def test_a_zgw_register_gets_a_signed_token(kind: RegisterKind, clock: Clock) -> None:
    scheme, _, token = credentials(a_register(kind), clock)().partition(" ")
    head, claims, _ = token.split(".")
    assert scheme == "Bearer"
    assert decoded(head) == {"alg": "HS256", "typ": "JWT"}
    assert decoded(claims) == {
        "iss": "klantbeeld",
        "iat": 1_799_999_995,
        "client_id": "klantbeeld",
        "user_id": "klantbeeld",
        "user_representation": "klantbeeld",
    }


def test_the_token_is_signed_with_the_secret(header: Callable[[], str]) -> None:
    token = header().removeprefix("Bearer ")
    key = OctKey.import_key("een-geheim-van-genoeg-tekens")
    assert jwt.decode(token, key, algorithms=["HS256"]).claims["iss"] == "klantbeeld"


@pytest.mark.parametrize(
    ("case", "seconds", "renewed"),
    [
        ("at once", 0, False),
        ("just within fifty minutes", 2999, False),
        ("after fifty minutes", 3000, True),
        ("after a day", 86_400, True),
        ("when the clock was set back", -1, True),
    ],
)
def test_the_token_is_renewed_in_time(
    case: str, seconds: int, renewed: bool, clock: Clock, header: Callable[[], str]
) -> None:
    first = header()
    clock.now += seconds
    again = header()
    assert (again != first) is renewed, case
    assert issued_at(again) - issued_at(first) == (seconds if renewed else 0), case


def test_the_fifty_minutes_count_from_the_newest_token(
    clock: Clock, header: Callable[[], str]
) -> None:
    first = header()
    clock.now += 3000
    second = header()
    clock.now += 2999
    assert first != second == header()


def test_objecten_gets_its_fixed_token(clock: Clock) -> None:
    header = credentials(a_register("objecten"), clock)
    assert header() == "Token een-token-van-veertig-tekens"
