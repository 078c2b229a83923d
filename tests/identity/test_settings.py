from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.errors import InvalidSettings
from gateway.identity.rechten import Recht
from gateway.settings import load_settings
from gateway.settings.identity import (
    IdentitySettings,
    ServiceSettings,
    VaststellingSettings,
)
from tests.identity.minting import ISSUER, an_issuer, identity_settings
from tests.keys import KEY


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


def together(**given: object) -> list[str]:
    """Give what does not hold together, beside the problems of fields."""
    return [what for where, what in problems(**given) if where == ""]


def test_all_that_does_not_hold_together_is_told_at_once() -> None:
    activity = {"name": "balie", "uri": "urn:balie"}
    client = {"client_id": "kcc", "activities": ["balie", "weg"], "issuer": "urn:weg"}
    role = {"name": "r", "rechten": ["zaken.lezen"]}
    found = problems(
        issuers=[an_issuer(jwks_url="http://sleutels.example"), an_issuer()],
        activities=[activity, activity],
        clients=[client, client],
        roles=[role, role],
        services=[{"id": "s"}, {"id": "s"}],
        klant={"activity": "ook-weg", "level": "hoog"},
        minimum_levels={"ik": "midden", "partij": "hoog"},
    )
    assert found == [
        ("", each)
        for each in (
            f"issuer given twice: {ISSUER}",
            "activity given twice: balie",
            "client given twice: kcc",
            "role given twice: r",
            "service given twice: s",
            "no such activity: ook-weg, weg",
            "no such issuer of medewerkers or systemen: urn:weg",
            "minimum_levels.ik is lower than klant.level, which always holds",
            (
                f"issuer {ISSUER}: keys are read over https, or http on loopback:"
                " in jwks_url, or in issuer where that is left out"
            ),
            "issuers need pseudonym_key: who was shown what is written down",
        )
    ]


def test_it_is_told_beside_the_problems_of_fields() -> None:
    found = problems(
        issuers=[an_issuer(audience="", kinds={"x": "medewerker", "y": "burger"})],
        activities=[{"name": "balie", "uri": "nergens"}],
        clients=[{"client_id": "kcc", "activities": ["balie", "weg"]}],
        roles=[{"name": "r", "rechten": []}, {"name": "r", "rechten": [*Recht, "x"]}],
        leeway_seconds=301,
    )
    assert [what if where == "" else where for where, what in found] == [
        "role given twice: r",
        "no such activity: weg",
        "issuers need pseudonym_key: who was shown what is written down",
        "issuers of klanten need klant.activity: why they are shown their data",
        "issuers.0.audience",
        "issuers.0.kinds.y",
        "leeway_seconds",
        "activities.0.uri",
        "roles.0.rechten",
        f"roles.1.rechten.{len(Recht)}",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "issuers",
        "activities",
        "clients",
        "roles",
        "services",
        "klant",
        "minimum_levels",
    ],
)
@pytest.mark.parametrize("value", ["x", 1, [1], [[]], {"x": []}])
def test_what_has_no_form_at_all_is_a_problem_of_its_field(
    name: str, value: object
) -> None:
    found = problems(**{name: value})
    told = [where.partition(".")[0] for where, _ in found if where]
    assert set(told) == {name}


def test_issuers_of_klanten_need_a_reason() -> None:
    assert problems(issuers=[an_issuer()], pseudonym_key=KEY) == [
        ("", "issuers of klanten need klant.activity: why they are shown their data")
    ]


@pytest.mark.parametrize("kind", ["medewerker", "systeem"])
def test_issuers_of_the_municipality_need_clients(kind: str) -> None:
    issuer = an_issuer(kinds={"x": kind})
    assert problems(issuers=[issuer], pseudonym_key=KEY) == [
        ("", "issuers of medewerkers and systemen need clients with activities")
    ]


PARTNER = "https://partner.example"


def sharing(*kinds: str, whose: dict[str, object]) -> dict[str, object]:
    """Settings of two issuers, the second of these kinds, with a client and a role."""
    others = {kind: kind for kind in kinds}
    return {
        "issuers": [
            an_issuer(kinds={"x": "medewerker"}),
            an_issuer(issuer=PARTNER, kinds=others),
        ],
        "pseudonym_key": KEY,
        "activities": [{"name": "balie", "uri": "urn:balie"}],
        "clients": [{"client_id": "kcc", "activities": ["balie"], **whose}],
        "roles": [{"name": "r", "rechten": ["zaken.lezen"], **whose}],
        "klant": {"activity": "balie"},
    }


@pytest.mark.parametrize("kind", ["medewerker", "systeem"])
def test_where_issuers_share_kinds_a_client_and_a_role_say_whose(kind: str) -> None:
    assert together(**sharing("bsn", kind, whose={})) == [
        (
            "where several issuers speak of medewerkers or systemen, a client or role"
            " must say whose: client kcc, role r"
        )
    ]
    whose: dict[str, object] = {"issuer": PARTNER}
    settings = IdentitySettings.model_validate(sharing(kind, whose=whose))
    assert [each.issuer for each in settings.roles] == [PARTNER]


def test_where_one_issuer_speaks_of_medewerkers_nothing_needs_to_say_whose() -> None:
    settings = IdentitySettings.model_validate(sharing("bsn", whose={}))
    assert [each.issuer for each in settings.clients] == [None]


def test_a_name_is_given_twice_for_the_same_issuer_only() -> None:
    given = sharing("systeem", whose={"issuer": ISSUER})
    one = {"name": "r", "rechten": ["zaken.lezen"], "issuer": ISSUER}
    other = {**one, "issuer": PARTNER}
    settings = IdentitySettings.model_validate({**given, "roles": [one, other]})
    assert [each.issuer for each in settings.roles] == [ISSUER, PARTNER]
    assert together(**{**given, "roles": [one, other, one]}) == ["role given twice: r"]


def test_to_say_whose_or_not_is_the_same_name_where_there_is_one_issuer() -> None:
    role = {"name": "r", "rechten": ["zaken.lezen"]}
    given = sharing("bsn", whose={}) | {"roles": [role, {**role, "issuer": ISSUER}]}
    assert together(**given) == ["role given twice: r"]


@pytest.mark.parametrize(
    ("service", "opens"),
    [
        ({}, True),
        ({"zaaktypen": ["KAP"]}, False),
        ({"zaaktypen": []}, False),
        ({"zaaktypen": ["KAP"], "klantbeeld": True}, True),
        ({"klantbeeld": False}, False),
    ],
)
def test_a_service_opens_the_klantbeeld_unless_zaaktypen_narrow_it(
    service: dict[str, object], *, opens: bool
) -> None:
    made = ServiceSettings.model_validate({"id": "s", **service})
    assert made.opens_klantbeeld is opens


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("0123456789abcdef0123456789abcde", "must have at least 32 characters"),
        (
            "abcdefg" * 10,
            "must have at least 8 different characters: make it at random",
        ),
    ],
)
def test_a_key_that_can_be_guessed_is_none(key: str, problem: str) -> None:
    assert problems(pseudonym_key=key) == [("pseudonym_key", problem)]


def test_a_key_may_be_of_eight_different_characters() -> None:
    made = IdentitySettings.model_validate({"pseudonym_key": "abcdefgh" * 4})
    assert made.pseudonym_key is not None


@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("issuers.0.issuer", {"issuers": [{"issuer": "", "audience": "x"}]}),
        ("issuers.0.issuer", {"issuers": [an_issuer(issuer=f"https://{'x' * 248}")]}),
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
        ("pseudonym_key", {"pseudonym_key": KEY[:31]}),
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
    places = [place for place, _ in problems(**given)]
    assert [each for each in places if each != ""] == [where]


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
        "KLANTBEELD_IDENTITY__PSEUDONYM_KEY: must have at least 32 characters",
        (
            "KLANTBEELD_IDENTITY__ROLES[0].rechten[1]: Input should be"
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
