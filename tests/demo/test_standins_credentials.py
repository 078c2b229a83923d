"""Who is let in, by what Open Zaak 1.30 and Open Object 4.0 were seen to do."""

import base64
import json
from collections.abc import Mapping

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.demo.standins.credentials import CLIENT_ID, SECRET
from tests.demo.standins import CRS, NOW, ZGW, Client, bearer
from tests.registers.builders import uuid

pytestmark = pytest.mark.anyio

GOOD: Mapping[str, object] = {"client_id": CLIENT_ID, "iat": NOW}
OTHER_SECRET = "een-ander-geheim-van-ten-minste-32-tekens"

ACCEPTED: list[tuple[str, dict[str, object]]] = [
    ("issued just now", {}),
    ("issued almost an hour ago", {"iat": NOW - 3599}),
    ("issued in the future", {"iat": NOW + 1_000_000}),
    ("issued at a fraction", {"iat": NOW - 0.5}),
    ("issued at a text", {"iat": str(NOW)}),
    ("expiring later", {"exp": NOW + 1}),
    ("valid since", {"nbf": NOW}),
    ("another issuer", {"iss": "iemand", "user_id": "", "user_representation": ""}),
]
REFUSED: list[tuple[str, dict[str, object], str]] = [
    ("issued an hour ago", {"iat": NOW - 3600}, "jwt-expired"),
    ("issued at no time", {"iat": "gisteren"}, "jwt-invalidissuedaterror"),
    ("expired", {"exp": NOW}, "jwt-expiredsignatureerror"),
    ("not valid yet", {"nbf": NOW + 1}, "jwt-immaturesignatureerror"),
    ("for somebody", {"aud": "zaken"}, "jwt-invalidaudienceerror"),
    ("an unknown client", {"client_id": "iemand"}, "invalid-client-identifier"),
    ("no client", {"client_id": ""}, "missing-client-identifier"),
]


def hs512(claims: Mapping[str, object]) -> str:
    key = OctKey.import_key(SECRET * 2)
    return jwt.encode({"alg": "HS512"}, dict(claims), key, algorithms=["HS512"])


def unsigned(claims: Mapping[str, object]) -> str:
    parts = ({"alg": "none"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts)
    return ".".join(part.decode().rstrip("=") for part in encoded) + "."


@pytest.mark.parametrize(
    "claims", [claims for _, claims in ACCEPTED], ids=[name for name, _ in ACCEPTED]
)
async def test_a_good_token_is_accepted(
    zaken: Client, claims: dict[str, object]
) -> None:
    answer = await zaken("GET", "/statussen", headers=bearer({**GOOD, **claims}))
    assert answer.status == 200


@pytest.mark.parametrize(
    ("claims", "code"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
async def test_a_bad_token_is_refused_with_its_own_code(
    documenten: Client, claims: dict[str, object], code: str
) -> None:
    path = f"/enkelvoudiginformatieobjecten/{uuid(1)}"
    answer = await documenten("GET", path, headers=bearer({**GOOD, **claims}))
    assert (answer.status, answer.body["code"]) == (403, code)


async def test_a_token_without_time_is_refused(zaken: Client) -> None:
    answer = await zaken("GET", "/statussen", headers=bearer({"client_id": CLIENT_ID}))
    assert (answer.status, answer.body["code"]) == (403, "jwt-missing-iat-claim")


async def test_a_token_by_another_secret_is_refused(zaken: Client) -> None:
    answer = await zaken("GET", "/statussen", headers=bearer(GOOD, key=OTHER_SECRET))
    assert (answer.status, answer.body["code"]) == (403, "invalid-jwt-signature")
    assert answer.body["detail"] == "Client credentials zijn niet geldig"


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("onzin", "jwt-decode-error"),
        ("on.zin.igs", "jwt-decode-error"),
        (hs512(GOOD), "jwt-invalidalgorithmerror"),
        (unsigned(GOOD), "jwt-invalidalgorithmerror"),
    ],
    ids=["garbage", "garbage in parts", "HS512", "none"],
)
async def test_what_is_no_token_of_ours_is_refused(
    zaken: Client, token: str, code: str
) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = await zaken("GET", "/statussen", headers=headers)
    assert (answer.status, answer.body["code"]) == (403, code)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", ZGW["Authorization"].lower(), "Basic eDp5"]
)
async def test_without_a_bearer_token_zgw_says_403(zaken: Client, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = await zaken("GET", "/statussen", headers=headers)
    assert (answer.status, answer.body["code"]) == (403, "permission_denied")
    assert "WWW-Authenticate" not in answer.headers


async def test_who_may_not_in_is_not_told_about_headers(zaken: Client) -> None:
    answer = await zaken("GET", f"/zaken/{uuid(1)}", headers={})
    assert answer.status == 403


@pytest.mark.parametrize(
    ("header", "code", "detail"),
    [
        ("", "not_authenticated", "Authentication credentials were not provided."),
        (
            "token x",
            "not_authenticated",
            "Authentication credentials were not provided.",
        ),
        (
            "Bearer x",
            "not_authenticated",
            "Authentication credentials were not provided.",
        ),
        ("Token x", "authentication_failed", "Invalid token."),
    ],
)
async def test_without_the_token_objecten_says_401(
    objecten: Client, header: str, code: str, detail: str
) -> None:
    headers = {"Authorization": header} if header else {}
    answer = await objecten("GET", "/objects", headers={**CRS, **headers})
    assert answer.status == 401
    assert (answer.body["code"], answer.body["detail"]) == (code, detail)
    assert answer.headers["WWW-Authenticate"] == "Token"
