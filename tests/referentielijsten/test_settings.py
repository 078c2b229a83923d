"""What a municipality sets wrong is told by its name, with the rule."""

from pathlib import Path

import pytest

from gateway.errors import InvalidSettings
from gateway.settings import load_settings

LISTS = "KLANTBEELD_REFERENTIELIJSTEN"
NAMELESS = (
    "'' must be a code of 1 to 50 characters, without spaces around it or control"
    " characters"
)
SPACED = (
    "' fax' must be a code of 1 to 50 characters, without spaces around it or control"
    " characters"
)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with a database only."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTBEELD_DATABASE_URL", "postgresql://user:pw@db/klantbeeld")
    return monkeypatch


def test_they_are_tables_of_toml(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "klantbeeld.toml").write_text(
        """
        [referentielijsten]
        talen = ["nld", "ger"]

        [referentielijsten.kanalen]
        wijkteam = "Wijkteam"
        "e-mail" = "E-mail"
        """
    )
    settings = load_settings().referentielijsten
    assert settings.kanalen == {"wijkteam": "Wijkteam", "e-mail": "E-mail"}
    assert settings.talen == ("nld", "deu")
    assert settings.landen is None


def test_they_are_json_in_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv(f"{LISTS}__KANALEN", "{}")
    environment.setenv(f"{LISTS}__LANDEN", '["BE"]')
    settings = load_settings().referentielijsten
    assert (settings.kanalen, settings.landen) == ({}, ("BE",))


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("kanalen", '{"balie": "Balie", "Balie": "Balie"}', "given twice: balie"),
        ("kanalen", '{"balie": ""}', "must have a name on one line: balie"),
        ("kanalen", '{"balie": "B\\nx"}', "must have a name on one line: balie"),
        (
            "kanalen",
            '{" fax": "Fax"}',
            SPACED,
        ),
        ("vervallen_kanalen", '{"": "Fax"}', NAMELESS),
        ("talen", '["nld", "dut"]', "given twice: nld"),
        ("talen", '["nl", "xxx"]', "no taal of ISO 639-2: nl, xxx"),
        ("landen", '["BE", "BE"]', "given twice: BE"),
        ("landen", '["EU"]', "no land of ISO 3166-1: EU"),
        ("soorten_digitaal_adres", '{"fax": "F"}', "no soort digitaal adres: fax"),
        (
            "soorten_digitaal_adres",
            '{"email": " "}',
            "must have a name on one line: email",
        ),
    ],
)
def test_a_mistake_is_told_at_its_list(
    environment: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    environment.setenv(f"{LISTS}__{name.upper()}", value)
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.problems == (f"{LISTS}__{name.upper()}: {problem}",)


@pytest.mark.parametrize(
    ("kanalen", "vervallen", "both"),
    [
        ('{"post": "Post"}', '{"fax": "Fax", "post": "Brief"}', "post"),
        ('{"post": "Post", "SMS": "SMS"}', '{"sms": "sms", "Post": "P"}', "sms, Post"),
    ],
)
def test_a_kanaal_is_used_or_not(
    environment: pytest.MonkeyPatch, kanalen: str, vervallen: str, both: str
) -> None:
    environment.setenv(f"{LISTS}__KANALEN", kanalen)
    environment.setenv(f"{LISTS}__VERVALLEN_KANALEN", vervallen)
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.problems == (
        f"{LISTS}: vervallen_kanalen: in kanalen too: {both}",
    )


def test_a_list_that_is_no_json_is_told_by_its_variable(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv(f"{LISTS}__TALEN", '["nld"]')
    environment.setenv(f"{LISTS}__KANALEN", '{"post":')
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.problems == (
        f"{LISTS}__KANALEN: must be JSON: Expecting value: line 1 column 9 (char 8)",
    )


def test_all_mistakes_are_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv(f"{LISTS}__TALEN", '["nl"]')
    environment.setenv(f"{LISTS}__LANDEN", '["EU"]')
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.problems == (
        f"{LISTS}__TALEN: no taal of ISO 639-2: nl",
        f"{LISTS}__LANDEN: no land of ISO 3166-1: EU",
    )
