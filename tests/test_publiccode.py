"""publiccode.yml says of this project what is so, in the form that catalogues read.

Source: publiccode.yml 0.4, the standard (core) and its lists of categories and scopes.
"""

import tomllib
from datetime import date
from typing import Annotated, Literal

import msgspec
import pytest
import yaml

from tests.municipality import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


class Written(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """A part of it; a key that the standard does not know is a mistake."""


class Audience(Written):
    countries: list[Literal["nl"]]
    scope: list[Literal["local-authorities"]]


class Description(Written):
    short_description: Annotated[str, msgspec.Meta(max_length=150)]
    long_description: Annotated[str, msgspec.Meta(min_length=150, max_length=10_000)]
    features: Annotated[list[str], msgspec.Meta(min_length=5, max_length=20)]
    screenshots: list[Annotated[str, msgspec.Meta(pattern=r"\.png$")]]


class Legal(Written):
    license: str


class Contact(Written):
    name: str


class Maintenance(Written):
    """By its owner, who then has contacts."""

    type: Literal["internal"]
    contacts: Annotated[list[Contact], msgspec.Meta(min_length=1)]


class Localisation(Written):
    localisation_ready: bool
    available_languages: list[Literal["nl", "en"]]


class Dependency(Written):
    name: str
    version_min: str | None = None
    optional: bool = False


class Dependencies(Written):
    open: list[Dependency]


class Publiccode(Written):
    """What the standard asks for, with the words of its lists that are used here."""

    publiccode_yml_version: Literal["0.4"]
    name: str
    url: Annotated[str, msgspec.Meta(pattern="^https://")]
    software_version: str
    release_date: date
    platforms: list[Literal["web", "linux", "mac"]]
    categories: list[
        Literal[
            "contact-management",
            "crm",
            "customer-service-and-support",
            "digital-citizenship",
        ]
    ]
    development_status: Literal["concept", "development", "beta", "stable", "obsolete"]
    software_type: Literal["standalone/backend"]
    intended_audience: Audience
    description: dict[Literal["nl", "en"], Description]
    legal: Legal
    maintenance: Maintenance
    localisation: Localisation
    depends_on: Dependencies


@pytest.fixture
def written() -> Publiccode:
    """What it says; a key or word that is not the standard's fails the test."""
    text = (ROOT / "publiccode.yml").read_text()
    return msgspec.convert(yaml.safe_load(text), Publiccode)


def test_version_and_licence_are_those_of_the_package(written: Publiccode) -> None:
    assert written.name.lower() == PROJECT["name"]
    assert written.software_version == PROJECT["version"]
    assert written.legal.license == PROJECT["license"]


def test_it_names_the_python_that_the_package_needs(written: Publiccode) -> None:
    needed = {each.name: each.version_min for each in written.depends_on.open}
    assert f">={needed['Python']}" == PROJECT["requires-python"]


def test_both_languages_tell_and_show_as_much(written: Publiccode) -> None:
    dutch, english = (written.description[language] for language in ("nl", "en"))
    assert len(dutch.features) == len(english.features)
    assert dutch.screenshots == english.screenshots
    assert [path for path in dutch.screenshots if not (ROOT / path).is_file()] == []
