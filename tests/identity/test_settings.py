from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.errors import InvalidSettings
from gateway.identity.rechten import Recht
from gateway.settings import load_settings
from gateway.settings.identity import IdentitySettings, VaststellingSettings
from tests.identity.minting import ISSUER, an_issuer, identity_settings


def problems(**given: object) -> list[tuple[str, str]]:
    """Give where each problem is, and what."""
    with pytest.raises(ValidationError) as caught:
        IdentitySettings.model_validate(given)
    return [
        (".".join(map(str, each["loc"])), each["msg"].removeprefix("Value error, "))
        for each in caught.value.errors()
    ]


def test_without_issuers_nothing_is_needed() -> None:
    settings = IdentitySettings()
    assert settings.issuers == ()
    assert settings.leeway_seconds == 30
    assert settings.identiteitsvaststelling == VaststellingSettings(required=True)


def test_an_issuer_has_safe_defaults() -> None:
    (issuer,) = identity_settings().issuers
    assert issuer.algorithms == ("RS256", "PS256", "ES256", "EdDSA")
    assert issuer.kinds == {
        "urn:nl-eid-gdi:1.0:id:BSN": "bsn",
        "urn:nl-eid-gdi:1.0:id:RSIN": "rsin",
        "urn:nl-eid-gdi:1.0:id:KvKnr": "kvk_nummer",
    }


def test_all_that_does_not_hold_together_is_told_at_once() -> None:
    activity = {"name": "balie", "uri": "urn:balie"}
    client = {"client_id": "kcc", "activities": ["balie", "weg"]}
    role = {"name": "r", "rechten": ["zaken.lezen"]}
    found = problems(
        issuers=[an_issuer(jwks_url="http://sleutels.example"), an_issuer()],
        activities=[activity, activity],
        clients=[client, client],
        roles=[role, role],
        services=[{"id": "s"}, {"id": "s"}],
        klant={"activity": "ook-weg"},
    )
    assert [where for where, _ in found] == [""]
    assert found[0][1].split("; ") == [
        f"issuer given twice: {ISSUER}",
        "activity given twice: balie",
        "client given twice: kcc",
        "role given twice: r",
        "service given twice: s",
        "no such activity: ook-weg, weg",
        (
            f"issuer {ISSUER}: keys are read over https, or http on loopback:"
            " in jwks_url, or in issuer where that is left out"
        ),
        "issuers need pseudonym_key: who was shown what is written down",
    ]


def test_issuers_of_klanten_need_a_reason() -> None:
    assert problems(issuers=[an_issuer()], pseudonym_key="x" * 32) == [
        ("", "issuers of klanten need klant.activity: why they are shown their data")
    ]


@pytest.mark.parametrize("kind", ["medewerker", "systeem"])
def test_issuers_of_the_municipality_need_clients(kind: str) -> None:
    issuer = an_issuer(kinds={"x": kind})
    assert problems(issuers=[issuer], pseudonym_key="x" * 32) == [
        ("", "issuers of medewerkers and systemen need clients with activities")
    ]


@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("issuers.0.issuer", {"issuers": [{"issuer": "", "audience": "x"}]}),
        ("issuers.0.audience", {"issuers": [{"issuer": "https://x"}]}),
        ("issuers.0.jwks_url", {"issuers": [an_issuer(jwks_url="ftp://x")]}),
        ("issuers.0.ca_bundle", {"issuers": [an_issuer(ca_bundle="/nergens")]}),
        ("issuers.0.algorithms", {"issuers": [an_issuer(algorithms=[])]}),
        ("issuers.0.kinds", {"issuers": [an_issuer(kinds={})]}),
        ("issuers.0.kinds.x", {"issuers": [an_issuer(kinds={"x": "burger"})]}),
        ("issuers.0.levels.x", {"issuers": [an_issuer(levels={"x": "2"})]}),
        ("issuers.0.claims.sub", {"issuers": [an_issuer(claims={"sub": "x"})]}),
        ("issuers.0.secret", {"issuers": [an_issuer(secret="x")]}),
        ("leeway_seconds", {"leeway_seconds": 301}),
        ("leeway_seconds", {"leeway_seconds": -1}),
        ("pseudonym_key", {"pseudonym_key": "x" * 31}),
        ("activities.0.name", {"activities": [{"name": "Balie", "uri": "urn:x"}]}),
        ("activities.0.uri", {"activities": [{"name": "balie", "uri": "balie"}]}),
        ("clients.0.activities", {"clients": [{"client_id": "x", "activities": []}]}),
        ("roles.0.rechten", {"roles": [{"name": "x", "rechten": []}]}),
        ("services.0.id", {"services": [{"id": ""}]}),
        ("klant.level", {"klant": {"level": "loa3"}}),
        ("minimum_levels.ik", {"minimum_levels": {"ik": "geen"}}),
        ("tokens", {"tokens": True}),
    ],
)
def test_a_problem_says_where_it_is(where: str, given: dict[str, object]) -> None:
    assert [place for place, _ in problems(**given)] == [where]


def test_the_environment_can_say_it_and_no_secret_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTBEELD_DATABASE_URL", "postgresql://user:pw@db/klantbeeld")
    monkeypatch.setenv("KLANTBEELD_IDENTITY__PSEUDONYM_KEY", "geheim")
    monkeypatch.setenv(
        "KLANTBEELD_IDENTITY__ROLES",
        '[{"name": "x", "rechten": ["zaken.lezen", "alles"]}]',
    )
    with pytest.raises(InvalidSettings) as caught:
        load_settings()
    allowed = ", ".join(f"'{recht}'" for recht in Recht).rpartition(", ")
    assert caught.value.problems == (
        "KLANTBEELD_IDENTITY.pseudonym_key: must have at least 32 characters",
        (
            "KLANTBEELD_IDENTITY.roles[0].rechten[1]: Input should be"
            f" {allowed[0]} or {allowed[2]}"
        ),
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example",
        "http://127.0.0.1:9/a",
        "http://localhost",
        "http://[::1]:1",
    ],
)
def test_keys_are_read_where_nobody_can_change_them(address: str) -> None:
    own = identity_settings(an_issuer(issuer=address)).issuers[0]
    keys = identity_settings(an_issuer(issuer="urn:x", jwks_url=address)).issuers[0]
    assert (own.issuer, keys.jwks_url) == (address, address)


@pytest.mark.parametrize(
    "issuer", ["http://x.example", "urn:x", "https://", "https://["]
)
def test_keys_are_read_nowhere_else(issuer: str) -> None:
    with pytest.raises(ValidationError) as caught:
        identity_settings(an_issuer(issuer=issuer))
    assert f"issuer {issuer}: keys are read over https" in str(caught.value)


def test_an_issuer_may_have_its_own_authority(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("x")
    settings = identity_settings(an_issuer(ca_bundle=str(bundle)))
    assert settings.issuers[0].ca_bundle == bundle
