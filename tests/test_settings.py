import json
from pathlib import Path

import pytest

from gateway.errors import InvalidSettings
from gateway.settings import ServedSettings, Settings, doubts, load_settings
from gateway.settings.names import BESIDE

ZAKEN = {
    "name": "zaken",
    "kind": "zaken",
    "base_url": "https://zaken.example/zaken/api/v1/",
    "client_id": "gateway",
    "secret": "geheim-geheim-geheim-geheim-geheim",
}
OBJECTEN = {
    "name": "objecten",
    "kind": "objecten",
    "base_url": "https://objecten.example/api/v2",
    "token": "t" * 40,
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with a database only; the settings are read from it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTBEELD_DATABASE_URL", "postgresql://user:pw@db/klantbeeld")
    return monkeypatch


def test_the_database_is_all_that_is_required(environment: pytest.MonkeyPatch) -> None:
    assert load_settings().registers == ()


def test_registers_are_a_list_of_which_several_may_be_of_one_kind(
    environment: pytest.MonkeyPatch,
) -> None:
    other = ZAKEN | {"name": "sociaal", "base_url": "https://sociaal.example/zaken"}
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN, other, OBJECTEN]))
    registers = load_settings().registers
    assert [register.name for register in registers] == ["zaken", "sociaal", "objecten"]
    assert registers[0].base_url == "https://zaken.example/zaken/api/v1"


def test_toml_is_read_and_the_environment_wins(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "klantbeeld.toml").write_text("max_page_size = 30\n")
    assert load_settings().max_page_size == 30
    environment.setenv("KLANTBEELD_MAX_PAGE_SIZE", "40")
    assert load_settings().max_page_size == 40


def test_all_problems_are_told_at_once_and_no_secret(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("KLANTBEELD_DATABASE_URL", "mysql://user:wachtwoord@db/x")
    environment.setenv("KLANTBEELD_MAX_PAGE_SIZE", "0")
    wrong = OBJECTEN | {"token": "", "base_url": "objecten", "aliases": ["Zo", "zo"]}
    short = ZAKEN | {"secret": "geheim", "base_url": "https://zaken.example:99999/x"}
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN, wrong, short]))
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    registers = "KLANTBEELD_REGISTERS"
    assert refused.value.problems == (
        "KLANTBEELD_DATABASE_URL: must be a postgresql:// address",
        f"{registers}: name used twice: zaken",
        f"{registers}: alias of kind objecten used twice: zo",
        f"{registers}[1]: a register of kind objecten needs token",
        f"{registers}[1].base_url: must be an absolute http(s) address",
        f"{registers}[2]: secret must have at least 14 characters",
        f"{registers}[2].base_url: must have a port from 0 to 65535, or none",
        "KLANTBEELD_MAX_PAGE_SIZE: Input should be greater than or equal to 1",
    )
    assert "wachtwoord" not in str(refused.value)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("REGISTERS", "[{", "KLANTBEELD_REGISTERS: must be a JSON list"),
        ("REGISTERS", "7", "KLANTBEELD_REGISTERS: Input should be a valid tuple"),
        ("DATABASE_URL", "postgresql://x@y:z/d", "KLANTBEELD_DATABASE_URL: must have"),
        ("CONFIG", "/nowhere.toml", "there is no file /nowhere.toml"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    environment: pytest.MonkeyPatch, setting: str, value: str, problem: str
) -> None:
    environment.setenv("KLANTBEELD_MAX_PAGE_SIZE", "0")
    environment.setenv(f"KLANTBEELD_{setting}", value)
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert problem in str(refused.value)
    if setting != "CONFIG":  # without a file nothing else is known
        assert "KLANTBEELD_MAX_PAGE_SIZE" in str(refused.value)


def test_a_database_that_is_not_named_is_a_problem(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.delenv("KLANTBEELD_DATABASE_URL")
    with pytest.raises(InvalidSettings, match="KLANTBEELD_DATABASE_URL: Field req"):
        load_settings()


def test_what_serving_needs_is_told_beside_what_all_need(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.delenv("KLANTBEELD_DATABASE_URL")
    with pytest.raises(InvalidSettings) as refused:
        load_settings(ServedSettings)
    assert refused.value.problems == (
        (
            "KLANTBEELD_IDENTITY__ISSUERS: none, so nobody could be asked who they are;"
            " for development on this machine, set KLANTBEELD_IDENTITY__DEVELOPMENT=true"
        ),
        "KLANTBEELD_DATABASE_URL: Field required",
    )


def test_who_means_to_ask_nobody_may_serve(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KLANTBEELD_IDENTITY__DEVELOPMENT", "1")
    assert load_settings(ServedSettings).identity.development


def test_what_stands_in_toml_is_called_as_it_is_there(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "klantbeeld.toml").write_text(
        "databse_url = 'x'\nmax_page_size = 0\n"
        "[cache]\ntypes_seconds = 0\nzaken_seconds = 0\n"
        "[limits]\nmax_dept = 3\n"
        "[[registers]]\nname = 'a'\n"
    )
    environment.setenv("KLANTBEELD_CACHE__ZAKEN_SECONDS", "0")
    environment.delenv("KLANTBEELD_DATABASE_URL")
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert {each.partition(": ")[0] for each in refused.value.problems} == {
        *("databse_url", "max_page_size", "cache.types_seconds", "limits.max_dept"),
        *("registers[0].kind", "registers[0].base_url"),
        *("KLANTBEELD_CACHE__ZAKEN_SECONDS", "KLANTBEELD_DATABASE_URL"),
    }


def test_a_register_without_a_kind_is_told_that_only(
    environment: pytest.MonkeyPatch,
) -> None:
    given = {"name": "a", "base_url": "https://a.example"}
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([given]))
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.problems == ("KLANTBEELD_REGISTERS[0].kind: Field required",)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("LIMIT__MAX_DEPTH", "; is it KLANTBEELD_LIMITS__MAX_DEPTH?"),
        ("DATABSE_URL", "; is it KLANTBEELD_DATABASE_URL?"),
        ("DATABASE_URL__X", "; is it KLANTBEELD_DATABASE_URL?"),
        ("SERVICE_PORT", ""),  # as Kubernetes makes them
    ],
)
def test_a_variable_that_nobody_reads_is_doubted(
    environment: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    before = doubts()
    environment.setenv(f"KLANTBEELD_{name}", "geheim")
    (told,) = set(doubts()) - set(before)
    assert told == f"KLANTBEELD_{name}: there is no such setting{meant}"


@pytest.mark.parametrize(
    "name", [*sorted(BESIDE), "GRAPHQL_CORE", "OPEN_KLANT__TOKEN", "LIMITS__X"]
)
def test_a_variable_that_somebody_reads_is_not(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    before = doubts()
    environment.setenv(f"KLANTBEELD_{name}", "x")
    assert doubts() == before


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"secret": ""}, "needs client_id and secret"),
        ({"base_url": "https://u:p@zaken.example/x"}, "no query, fragment or cred"),
        ({"base_url": "https://zaken.example/x?y=1"}, "no query, fragment or cred"),
        ({"base_url": "https://zaken..example/x"}, "a host whose name can be one"),
        ({"base_url": f"https://{64 * 'z'}.example"}, "a host whose name can be one"),
        ({"name": "Zaken!"}, "should match pattern"),
        ({"kind": "besluiten"}, "should be 'zaken', 'catalogi'"),
        ({"page_size": 501}, "less than or equal to 500"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
        ({"aliases": None}, "aliases: Input should be a valid tuple"),
        ({"aliases": 5}, "aliases: Input should be a valid tuple"),
        ({"aliases": "zoo"}, "aliases: Input should be a valid tuple"),
        ({"kind": ["zaken"], "aliases": ["z"]}, "should be 'zaken', 'catalogi'"),
    ],
)
def test_a_register_that_cannot_be_used_is_refused(
    environment: pytest.MonkeyPatch, change: dict[str, object], rule: str
) -> None:
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN | change]))
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert rule in str(refused.value)


@pytest.mark.parametrize("what", ["name", "base_url"])
def test_two_registers_with_one_name_or_address_are_refused(
    environment: pytest.MonkeyPatch, what: str
) -> None:
    twin = ZAKEN | {"name": "twin", "base_url": "https://twin.example"}
    twin[what] = ZAKEN[what]
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN, twin]))
    with pytest.raises(InvalidSettings, match=f"{what} used twice"):
        load_settings()


def test_settings_that_cannot_be_read_are_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "klantbeeld.toml").write_text("registers = [\n")
    with pytest.raises(InvalidSettings, match="the configuration cannot be read"):
        load_settings()


def test_secrets_do_not_show_when_settings_are_printed(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN]))
    shown = repr(load_settings())
    assert "geheim" not in shown
    assert "pw@" not in shown


def test_every_setting_has_a_default_or_is_the_database() -> None:
    required = [
        name for name, field in Settings.model_fields.items() if field.is_required()
    ]
    assert required == ["database_url"]


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"ca_bundle": "/nergens.pem"}, "ca_bundle: there is no such file"),
        ({"client_certificate": "/n.pem"}, "client_certificate: there is no such file"),
        ({"client_key": __file__}, ": client_key needs client_certificate"),
        ({"headers": {"X Key": "a"}}, "headers: a name must be that of an HTTP header"),
        (
            {"headers": {"Authorization": "a"}},
            "headers: Authorization is the gateway's own",
        ),
        ({"headers": {"host": "a"}}, "headers: host is the gateway's own"),
        (
            {"headers": {"X-Key": "geheim\r\nHost: x"}},
            "headers: the value of X-Key must be printable ASCII",
        ),
        (
            {"headers": {"X-Key": ""}},
            "headers: the value of X-Key must be printable ASCII",
        ),
        (
            {"breaker_failures": 0},
            "breaker_failures: Input should be greater than or equal to 1",
        ),
    ],
)
def test_what_a_register_may_not_have(
    wrong: dict[str, object], problem: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN | wrong]))
    with pytest.raises(InvalidSettings) as invalid:
        load_settings()
    (told,) = invalid.value.problems
    assert told.endswith(problem)
    assert "geheim" not in told


def test_a_register_may_have_certificates_and_headers(
    environment: pytest.MonkeyPatch,
) -> None:
    more = {"client_certificate": __file__, "headers": {"X-Api-Key": "van de makelaar"}}
    environment.setenv("KLANTBEELD_REGISTERS", json.dumps([ZAKEN | more]))
    (register,) = load_settings().registers
    assert register.client_certificate == Path(__file__)
    assert register.headers["X-Api-Key"].get_secret_value() == "van de makelaar"
    assert "makelaar" not in repr(register)


def test_the_cache_is_a_group_of_its_own(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "klantbeeld.toml").write_text("[cache]\nzaken_seconds = 30\n")
    environment.setenv("KLANTBEELD_CACHE__STALE_SECONDS", "0")
    cache = load_settings().cache
    assert (cache.zaken_seconds, cache.stale_seconds) == (30, 0)
    assert cache.types_seconds == 4 * 3600


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "CACHE__ZAKEN_SECONDS",
            "0",
            "KLANTBEELD_CACHE__ZAKEN_SECONDS: Input should be greater than or equal to 0.05",
        ),
        (
            "CACHE__ZAKEN",
            "1",
            "KLANTBEELD_CACHE__ZAKEN: Extra inputs are not permitted",
        ),
        (
            "NOTIFICATIES_SECRET",
            "Bearer kort",
            "KLANTBEELD_NOTIFICATIES_SECRET: must have at least 14 characters",
        ),
        (
            "NOTIFICATIES_SECRET",
            "Bearer geheim-geheim\n",
            "KLANTBEELD_NOTIFICATIES_SECRET: must be printable ASCII, without spaces around it",
        ),
        (
            "DEADLINE_SECONDS",
            "31",
            "settings: deadline_seconds must not exceed max_deadline_seconds",
        ),
    ],
)
def test_what_does_not_fit_is_named(
    name: str, value: str, problem: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv(f"KLANTBEELD_{name}", value)
    with pytest.raises(InvalidSettings) as invalid:
        load_settings()
    assert invalid.value.problems == (problem,)
