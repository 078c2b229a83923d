import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable

import anyio
import pytest
from pydantic import ValidationError

from gateway.identity.tokens.claims import InvalidToken
from gateway.identity.tokens.jwks import FRESH, REFETCH
from gateway.identity.tokens.keys import Key
from gateway.identity.tokens.tokens import LONGEST
from tests.identity.minting import (
    BSN,
    ISSUER,
    NOW,
    Said,
    Scene,
    a_key,
    an_ed25519_key,
    an_issuer,
    an_rsa_key,
    bearer,
    claims,
    discovery_of,
    identity_settings,
    jwks_of,
    public,
    signed,
)

pytestmark = pytest.mark.anyio

KEY = a_key()
OTHER_ISSUER = "https://kcc.voorbeeldstad.example/realms/medewerkers/"


@pytest.fixture
def scene() -> Scene:
    return Scene(public(KEY))


def part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


async def refusal(scene: Scene, authorization: str) -> str:
    with pytest.raises(InvalidToken) as caught:
        await scene.tokens.said(authorization)
    return str(caught.value)


async def test_nobody_says_who_asks(scene: Scene) -> None:
    assert await scene.tokens.said(None) is None
    assert scene.issuers.asked == []


async def test_a_token_is_believed(scene: Scene) -> None:
    assert await scene.sub(signed(KEY)) == BSN
    assert scene.issuers.asked == [discovery_of(), jwks_of()]


async def test_the_scheme_may_be_spelled_in_any_case(scene: Scene) -> None:
    said = await scene.tokens.said(f"bEARER  {signed(KEY)}")
    assert said is not None
    assert said.subject.name == BSN


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic a2xhbnQ6Z2VoZWlt",
        "Bearer a.b",
        "Bearer a.b.c.d.e",
        "Bearer a..c",
        "Bearer a.b.é",
        f"Bearer {signed(KEY)}, Bearer {signed(KEY)}",
        f"Bearer {signed(KEY)} {signed(KEY)}",
        f" Bearer {signed(KEY)}",
        f"Bearer {signed(KEY)}\n",
        signed(KEY),
    ],
)
async def test_what_is_not_one_bearer_token_is_refused(
    scene: Scene, authorization: str
) -> None:
    message = await refusal(scene, authorization)
    assert message == "Authorization must be one bearer token, a signed JWT"
    assert scene.issuers.asked == []


async def test_a_long_token_is_not_even_decoded(scene: Scene) -> None:
    token = signed(KEY, claims(jti="x" * LONGEST))
    message = await refusal(scene, bearer(token))
    assert message == "the token is longer than 16384 characters"


async def test_a_token_may_be_as_long_as_that(scene: Scene) -> None:
    short = len(bearer(signed(KEY, claims(jti=""))))
    token = signed(KEY, claims(jti="x" * ((LONGEST - short) * 3 // 4)))
    assert LONGEST - 1 <= len(bearer(token)) <= LONGEST
    assert await scene.sub(token) == BSN


@pytest.mark.parametrize(
    ("case", "head"),
    [
        ("no object", ["alg"]),
        ("no alg", {"typ": "JWT"}),
        ("an alg that is no text", {"alg": ["ES256"]}),
        ("a kid that is no text", {"alg": "ES256", "kid": 1}),
        ("a payload that is not encoded", {"alg": "ES256", "b64": False}),
    ],
)
async def test_a_header_that_is_none_is_refused(
    scene: Scene, case: str, head: object
) -> None:
    token = f"{part(head)}.{part(claims())}.{part('x')}"
    assert await refusal(scene, bearer(token)) in {
        "the token is no signed JWT",
        "the token does not say how it is signed",
    }, case
    assert scene.issuers.asked == []


@pytest.mark.parametrize("nested", ["[" * 10_000, '{"a":' * 2_000])
async def test_what_is_nested_too_deep_is_refused(scene: Scene, nested: str) -> None:
    deep = urlsafe_b64encode(nested.encode()).decode().rstrip("=")
    good = part({"alg": "ES256"})
    as_header = await refusal(scene, bearer(f"{deep}.{part({})}.eA"))
    as_payload = await refusal(scene, bearer(f"{good}.{deep}.eA"))
    assert as_header == "the token is no signed JWT"
    assert as_payload == "the token does not say what every token must"


async def test_an_unsigned_token_is_refused(scene: Scene) -> None:
    bare = f"{part({'alg': 'none'})}.{part(claims())}."
    dressed = f"{part({'alg': 'none', 'kid': KEY.kid})}.{part(claims())}.eA"
    assert "one bearer token" in await refusal(scene, bearer(bare))
    assert "not accepted" in await refusal(scene, bearer(dressed))
    assert scene.issuers.asked == []


async def test_hs256_with_the_public_key_is_refused() -> None:
    key = an_rsa_key()
    scene = Scene(public(key))
    for form in (key.as_pem(private=False), key.as_der(private=False)):
        signing = f"{part({'alg': 'HS256', 'kid': key.kid})}.{part(claims())}"
        made = hmac.digest(form, signing.encode(), "sha256")
        token = f"{signing}.{urlsafe_b64encode(made).decode().rstrip('=')}"
        message = await refusal(scene, bearer(token))
        assert message == "the token is signed in a way that is not accepted"
    assert scene.issuers.asked == []


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512", "ES256K", "dir"])
def test_no_issuer_can_be_configured_with_a_weak_algorithm(algorithm: str) -> None:
    with pytest.raises(ValidationError) as caught:
        identity_settings(an_issuer(algorithms=["RS256", algorithm]))
    assert [each["loc"] for each in caught.value.errors()] == [
        ("issuers", 0, "algorithms", 1)
    ]


@pytest.mark.parametrize(
    ("alg", "make"),
    [
        ("RS256", an_rsa_key),
        ("PS256", an_rsa_key),
        ("ES256", a_key),
        ("EdDSA", an_ed25519_key),
    ],
)
async def test_the_usual_algorithms_are_believed(
    alg: str, make: Callable[[], Key]
) -> None:
    key = make()
    scene = Scene(public(key))
    assert await scene.sub(signed(key, alg=alg)) == BSN


async def test_only_the_issuers_own_algorithms_are_believed() -> None:
    key = an_ed25519_key()
    settings = identity_settings(an_issuer(algorithms=["Ed25519"]))
    scene = Scene(public(key), settings=settings)
    assert await scene.sub(signed(key, alg="Ed25519")) == BSN
    message = await refusal(scene, bearer(signed(key, alg="EdDSA")))
    assert message == "the token is signed in a way that is not accepted"


async def test_a_key_is_not_used_for_another_algorithm_than_its_own() -> None:
    key = an_rsa_key()
    scene = Scene(public(key, alg="RS256"))
    assert await scene.sub(signed(key, alg="RS256")) == BSN
    message = await refusal(scene, bearer(signed(key, alg="PS256")))
    assert message == "the token is signed with a key that is not known"


async def test_a_key_of_another_kind_is_not_used(scene: Scene) -> None:
    message = await refusal(scene, bearer(signed(an_rsa_key(), alg="RS256")))
    assert message == "the token is signed with a key that is not known"
    assert scene.issuers.asked == [discovery_of(), jwks_of()]


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"], "exp": 1},
        {"crit": ["b64"], "b64": True},
        {"crit": ["kid"]},
        {"crit": []},
    ],
)
async def test_a_critical_extension_is_refused(scene: Scene, header: Said) -> None:
    message = await refusal(scene, bearer(signed(KEY, header=header)))
    assert message == "the token has a critical extension that is not known"


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
async def test_a_key_that_comes_along_is_never_used(scene: Scene, name: str) -> None:
    own = a_key()
    elsewhere = "https://evil.example/jwks"
    brought = {"jwk": public(own), "jku": elsewhere, "x5u": elsewhere, "x5c": ["MII"]}
    token = signed(own, header={name: brought[name]})
    message = await refusal(scene, bearer(token))
    assert message == "the token's signature is not right"
    assert scene.issuers.asked == [discovery_of(), jwks_of()]


async def test_what_a_header_says_more_is_passed_over(scene: Scene) -> None:
    token = signed(
        KEY, header={"typ": "at+jwt", "nonce": "x", "x5t": "y" * 600, "b64": True}
    )
    assert await scene.sub(token) == BSN


@pytest.mark.parametrize(
    "typ",
    ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/JWT", None],
)
async def test_a_type_is_that_of_an_access_token_or_absent(
    scene: Scene, typ: str | None
) -> None:
    assert await scene.sub(signed(KEY, header={"typ": typ})) == BSN


@pytest.mark.parametrize(
    "typ",
    [
        "logout+jwt",
        "secevent+jwt",
        "dpop+jwt",
        "token-introspection+jwt",
        "JOSE",
        "",
        "jwt ",
        "application/application/jwt",
        "text/jwt",
    ],
)
async def test_a_token_of_another_type_is_refused(scene: Scene, typ: str) -> None:
    message = await refusal(scene, bearer(signed(KEY, header={"typ": typ})))
    assert message == "the token is of a type that is no access token's (typ)"
    assert scene.issuers.asked == []


@pytest.mark.parametrize("typ", [1, ["JWT"], {}])
async def test_a_type_that_is_no_text_is_refused(scene: Scene, typ: object) -> None:
    message = await refusal(scene, bearer(signed(KEY, header={"typ": typ})))
    assert message == "the token does not say how it is signed"


@pytest.mark.parametrize("cnf", [{"jkt": "x"}, {"x5t#S256": "x"}, {}, "x", False])
async def test_a_token_that_is_bound_to_its_senders_key_is_no_bearers(
    scene: Scene, cnf: object
) -> None:
    message = await refusal(scene, bearer(signed(KEY, claims(cnf=cnf))))
    assert message == "the token is bound to its sender's key (cnf)"


async def test_a_token_that_was_changed_is_refused(scene: Scene) -> None:
    head, _, signature = signed(KEY).split(".")
    token = f"{head}.{part(claims(sub='999990019'))}.{signature}"
    message = await refusal(scene, bearer(token))
    assert message == "the token's signature is not right"


@pytest.mark.parametrize("signature", ["eA", "x", "_" * 86, "A" * 86])
async def test_what_is_no_signature_is_refused(scene: Scene, signature: str) -> None:
    head, payload, _ = signed(KEY).split(".")
    message = await refusal(scene, bearer(f"{head}.{payload}.{signature}"))
    assert message == "the token's signature is not right"


@pytest.mark.parametrize(
    ("case", "said", "message"),
    [
        ("aud", {"aud": "burgerzaken"}, "the token is for another audience"),
        ("auds", {"aud": ["a", "klantbeeld2"]}, "the token is for another audience"),
        ("no auds", {"aud": []}, "the token is for another audience"),
        ("no aud", {"aud": None}, "the token is for another audience"),
        ("no exp", {"exp": None}, "the token does not say until when it holds"),
        ("ended", {"exp": NOW - 30}, "the token has expired"),
        ("nbf", {"nbf": NOW + 30.001}, "the token is not valid yet"),
        ("iat", {"iat": NOW + 30.001}, "the token is not valid yet"),
    ],
)
async def test_a_token_for_others_or_another_time_is_refused(
    scene: Scene, case: str, said: Said, message: str
) -> None:
    token = signed(KEY, claims(**said))
    assert await refusal(scene, bearer(token)) == message, case


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("aud", {"aud": ["account", "klantbeeld"]}),
        ("exp", {"exp": NOW - 29.999}),
        ("nbf", {"nbf": NOW + 30}),
        ("iat", {"iat": NOW + 30}),
        ("no iat", {"iat": None}),
        ("whole numbers", {"exp": int(NOW) + 1, "iat": int(NOW) - 1}),
    ],
)
async def test_a_token_holds_to_the_edge_of_its_time(
    scene: Scene, case: str, said: Said
) -> None:
    assert await scene.sub(signed(KEY, claims(**said))) == BSN, case


async def test_without_leeway_a_token_ends_at_its_own_moment() -> None:
    scene = Scene(public(KEY), settings=identity_settings(leeway_seconds=0))
    token = signed(KEY, claims(exp=NOW + 10))
    scene.clock.now = NOW + 9.999
    assert await scene.sub(token) == BSN
    scene.clock.now = NOW + 10
    assert await refusal(scene, bearer(token)) == "the token has expired"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("no object", ["iss"]),
        ("no iss", claims(iss=None)),
        ("an iss that is no text", claims(iss=[ISSUER])),
        ("an exp that is no number", claims(exp="2027-01-01")),
        ("an exp that is no number either", claims(exp=True)),
        ("an exp beyond numbers", claims(exp=10**400)),
        ("an aud that is no text", claims(aud={"klantbeeld": 1})),
    ],
)
async def test_claims_that_cannot_be_are_refused(
    scene: Scene, case: str, said: object
) -> None:
    message = await refusal(scene, bearer(signed(KEY, said)))
    assert message == "the token does not say what every token must", case
    assert scene.issuers.asked == []


@pytest.mark.parametrize("iss", ["https://evil.example", f"{ISSUER}/", ISSUER.upper()])
async def test_an_issuer_that_is_not_configured_is_never_asked(
    scene: Scene, iss: str
) -> None:
    message = await refusal(scene, bearer(signed(KEY, claims(iss=iss))))
    assert message == "the token is of an issuer that is not believed"
    assert scene.issuers.asked == []


def two_issuers(own: Said, others: Said) -> Scene:
    settings = identity_settings(
        an_issuer(),
        an_issuer(issuer=OTHER_ISSUER, audience="kcc", kinds={"m": "medewerker"}),
    )
    scene = Scene(own, settings=settings)
    scene.issuers.published[OTHER_ISSUER] = [others]
    return scene


async def test_each_issuer_has_its_own_keys_audience_and_kinds() -> None:
    key = a_key()
    scene = two_issuers(public(KEY), public(key))
    more = {"iss": OTHER_ISSUER, "aud": "kcc", "sub_id_type": "m", "sub": "j.jansen"}
    assert await scene.sub(signed(key, claims(**more))) == "j.jansen"
    assert await scene.sub(signed(KEY)) == BSN
    assert scene.issuers.asked == [
        discovery_of(OTHER_ISSUER),
        jwks_of(OTHER_ISSUER),
        discovery_of(),
        jwks_of(),
    ]


async def test_an_issuer_cannot_sign_for_another() -> None:
    key = a_key("sleutel-2")
    same_name = a_key("sleutel-1")
    scene = two_issuers(public(KEY), public(key))
    another = await refusal(scene, bearer(signed(key)))
    scene = two_issuers(public(KEY), public(same_name))
    same = await refusal(scene, bearer(signed(same_name)))
    assert another == "the token is signed with a key that is not known"
    assert same == "the token's signature is not right"


async def test_no_refusal_holds_anything_of_the_token(scene: Scene) -> None:
    marked = claims(sub="GEMERKT", aud="GEMERKT", exp="GEMERKT", iat="GEMERKT")
    good = {**marked, "exp": NOW + 10, "iat": NOW, "aud": "klantbeeld"}
    for said in (marked, good, {**good, "aud": "GEMERKT"}, {**good, "exp": 1}):
        with pytest.raises(InvalidToken) as caught:
            await scene.tokens.said(bearer(signed(KEY, said, {"x5u": "GEMERKT"})))
        assert "GEMERKT" not in str(caught.value)
        assert caught.value.__cause__ is None


async def test_a_token_that_was_believed_is_not_any_more_when_it_has_expired(
    scene: Scene,
) -> None:
    token = signed(KEY)
    assert [await scene.sub(token) for _ in range(2)] == [BSN, BSN]
    scene.clock.now = NOW + 300 + 30
    assert await refusal(scene, bearer(token)) == "the token has expired"


@pytest.mark.parametrize("part_of_it", [0, 1, 2])
async def test_what_is_like_a_token_that_was_believed_is_not(
    scene: Scene, part_of_it: int
) -> None:
    """One part of another token, signed with the same key."""
    believed, another = signed(KEY), signed(KEY, claims(sub="999990639"), {"x": "y"})
    assert await scene.sub(believed) == BSN
    parts = believed.split(".")
    parts[part_of_it] = another.split(".")[part_of_it]
    message = await refusal(scene, bearer(".".join(parts)))
    assert message == "the token's signature is not right"


async def test_a_token_that_was_believed_is_not_by_another_key_of_that_name(
    scene: Scene,
) -> None:
    """While it is remembered by which key it was signed."""
    token, other = signed(KEY), a_key("sleutel-2")
    assert await scene.sub(signed(KEY)) == BSN
    scene.timer.now += REFETCH - 1
    assert await scene.sub(token) == BSN
    scene.issuers.published[ISSUER] = [public(a_key()), public(other)]
    scene.timer.now += 1
    assert await scene.sub(signed(other)) == BSN  # keys are read: of an unknown name
    message = await refusal(scene, bearer(token))
    assert message == "the token's signature is not right"


async def test_a_token_that_was_believed_is_not_when_its_key_is_withdrawn(
    scene: Scene,
) -> None:
    token = signed(KEY)
    assert await scene.sub(token) == BSN
    scene.issuers.published[ISSUER] = [public(a_key("sleutel-2"))]
    scene.timer.now += FRESH
    assert await scene.sub(token) == BSN  # nobody waits for the keys
    await anyio.sleep(0.01)
    message = await refusal(scene, bearer(token))
    assert message == "the token is signed with a key that is not known"
