import msgspec
import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey

from gateway.identity.tokens.keys import Keys
from tests.identity.minting import (
    Said,
    a_key,
    an_ed25519_key,
    an_rsa_key,
    public,
)

GOOD = a_key("goed")
SHORT = {
    "kty": "RSA",
    "kid": "slecht",
    "e": "AQAB",
    # 1024 bits, which joserfc would only warn of.
    "n": "s" * 171,
}


def read(*published: Said) -> Keys:
    return Keys.read(msgspec.json.encode({"keys": published}))


def bad(**more: object) -> Said:
    return public(a_key("slecht"), **more)


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ("for encryption", bad(use="enc")),
        ("for another use", bad(use="tls")),
        ("for signing only", bad(key_ops=["sign"])),
        ("operations that are no list", bad(key_ops="verify")),
        ("the private half", dict(a_key("slecht").as_dict(private=True))),
        ("a private half that is empty", bad(d="")),
        ("symmetric", dict(OctKey.generate_key(256, {"kid": "slecht"}).as_dict())),
        ("agreement", public(OKPKey.generate_key("X25519", {"kid": "slecht"}))),
        ("an unknown kind", bad(kty="AKP")),
        ("a kind that is no text", bad(kty=["EC"])),
        ("an unknown curve", bad(crv="P-999")),
        ("an unknown curve of Edwards", {"kty": "OKP", "crv": "E", "x": "eA"}),
        ("a point beside the curve", bad(x="eA", y="eA")),
        ("no point", {"kty": "EC", "crv": "P-256", "kid": "slecht"}),
        ("no text", bad(x=1)),
        ("no encoding", bad(x="*")),
        ("a name that is no text", bad(kid=1)),
        ("too short", SHORT),
    ],
)
def test_a_key_that_is_of_no_use_is_passed_over(case: str, published: Said) -> None:
    keys = read(published, public(GOOD))
    assert not keys.has("slecht"), case
    assert keys.has("goed"), case
    found = keys.one(None, "ES256")
    assert found is not None, case
    assert found.kid == "goed", case


def test_what_a_key_says_more_is_passed_over() -> None:
    more = public(GOOD, x5c=["MII"], exp=1, use="sig", key_ops=["verify"], n=None)
    assert read(more).has("goed")


@pytest.mark.parametrize(
    ("algorithm", "kid"),
    [
        ("RS256", "rsa"),
        ("PS512", "rsa"),
        ("ES256", "p256"),
        ("ES384", "p384"),
        ("Ed25519", "ed"),
        ("EdDSA", "ed"),
        ("ES512", None),
    ],
)
def test_a_key_is_for_the_algorithms_of_its_kind(
    algorithm: str, kid: str | None
) -> None:
    keys = read(
        public(an_rsa_key("rsa")),
        public(a_key("p256")),
        public(ECKey.generate_key("P-384", {"kid": "p384"})),
        public(an_ed25519_key("ed")),
    )
    found = keys.one(None, algorithm)
    assert (found.kid if found else None) == kid


def test_of_two_keys_that_fit_none_is_guessed() -> None:
    keys = read(public(a_key("een")), public(a_key("twee")))
    assert keys.one(None, "ES256") is None
    found = keys.one("twee", "ES256")
    assert found is not None
    assert found.kid == "twee"


def test_of_two_keys_of_one_name_the_one_that_fits_is_meant() -> None:
    keys = read(public(a_key("x")), public(an_ed25519_key("x")))
    found = keys.one("x", "Ed25519")
    assert isinstance(found, OKPKey)
    assert read(public(a_key("x")), public(a_key("x"))).one("x", "ES256") is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"keys": {}}', b'{"keys": [1]}'])
def test_what_is_no_set_of_keys_is_none(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        Keys.read(body)


def test_what_keys_are_good_for_is_told_in_the_order_asked() -> None:
    keys = read(public(GOOD), public(an_rsa_key()))
    asked = ["RS256", "EdDSA", "ES384", "ES256", "PS256"]
    assert keys.algorithms(asked) == ["RS256", "ES256", "PS256"]
