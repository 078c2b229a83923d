from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.settings import Settings
from tests.importing.standin import BASE, TOKEN

URL = "https://openzaak.example/zaken/api/v1/zaken/{id}"


def a_settings(**open_klant: object) -> Settings:
    given = {"base_url": BASE, "token": TOKEN, **open_klant}
    return Settings.model_validate(
        {"database_url": "postgresql://x@/x", "open_klant": given}
    )


def test_it_is_asked_with_its_token_at_its_address() -> None:
    open_klant = a_settings().open_klant
    assert open_klant is not None
    register = open_klant.register_settings()
    assert (register.name, register.base_url) == ("open-klant", BASE)
    assert register.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("HTTPS://OpenKlant.Example/API/", "https://openklant.example/API"),
        ("https://x.example:443/api", "https://x.example/api"),
        ("http://X.example:80/api", "http://x.example/api"),
        ("https://[2001:DB8::1]:8443/api", "https://[2001:db8::1]:8443/api"),
    ],
)
def test_an_address_has_one_spelling(given: str, kept: str) -> None:
    open_klant = a_settings(base_url=given).open_klant
    assert open_klant is not None
    assert open_klant.base_url == kept


@pytest.mark.parametrize("token", ["", "a b", "é", "a\nb"])
def test_a_token_is_one_word(token: str) -> None:
    with pytest.raises(ValidationError, match="must be printable ASCII, no spaces"):
        a_settings(token=token)


def test_a_key_is_that_of_a_certificate(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.touch()
    with pytest.raises(ValidationError, match="client_key needs client_certificate"):
        a_settings(client_key=str(key))


@pytest.mark.parametrize(
    "url",
    ["/zaken/{id}", "https://x.example/zaken", "https://x/{id}/{id}", "https://x/{x}"],
)
def test_an_alias_says_where_the_object_id_comes(url: str) -> None:
    with pytest.raises(ValidationError, match="String should match pattern"):
        a_settings(aliases=[{"url": url, "vorm": "zaak"}])


@pytest.mark.parametrize(
    ("codes", "means"),
    [
        (("OpenZaak", "ZAAK", "uuid"), True),
        (("elders", "zaak", "uuid"), False),
        (("openzaak", "document", "uuid"), False),
        (("openzaak", "zaak", "zaaknummer"), False),
    ],
)
def test_codes_are_compared_in_any_case(
    codes: tuple[str, str, str], means: bool
) -> None:
    alias = {"code_register": ["openzaak"], "code_objecttype": ["zaak"]}
    open_klant = a_settings(aliases=[{**alias, "url": URL, "vorm": "zaak"}]).open_klant
    assert open_klant is not None
    assert open_klant.aliases[0].means(codes) is means
