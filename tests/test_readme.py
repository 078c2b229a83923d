"""What the README says of settings, limits, errors, names and commands is so."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from graphql import GraphQLInputObjectType, GraphQLNamedType, build_schema
from pydantic import BaseModel

from gateway import errors
from gateway.__main__ import app
from gateway.identity.rechten import Recht
from gateway.recording.fouten import FoutCode
from gateway.settings import DemoSettings, Settings, names
from gateway.settings.limits import LimitSettings
from tests.municipality import ROOT
from tests.pages import PAGES, README as PAGE

README = PAGE.read_text()
EVERYTHING = "\n".join(page.read_text() for page in PAGES)
SECRET = "een-geheim-van-meer-dan-32-tekens-0123456789"
# Read from the environment by themselves, not settings of the gateway.
BESIDE = {f"{names.PREFIX}{name}" for name in names.BESIDE}


def named(model: type[BaseModel], prefix: str) -> set[str]:
    """Environment variables of a model's settings, nested ones included."""
    found = set()
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        found.add(variable)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= named(kind, f"{variable}__")
    return found


def section(title: str) -> str:
    """The text below a heading, until the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n", README, re.MULTILINE)
    assert found is not None
    level = len(found[1])
    return re.split(rf"^#{{1,{level}}} ", README[found.end() :], flags=re.MULTILINE)[0]


def test_its_configuration_is_valid_once_filled_in(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", EVERYTHING, re.DOTALL)
    text = "\n".join(blocks).replace("…", SECRET)
    for path in set(re.findall(r'"(/etc/ssl/[^"]+)"', text)):
        file = tmp_path / Path(path).name
        file.touch()
        text = text.replace(path, str(file))
    # What stands in no table comes before the tables.
    made = Settings.model_validate(
        {"database_url": "postgresql://x@/x", **tomllib.loads(text)}
    )
    assert [each.kind for each in made.registers] == [
        "zaken",
        "objecten",
        "notificaties",
    ]
    kinds = {kind for each in made.identity.issuers for kind in each.kinds.values()}
    assert kinds == {"bsn", "rsin", "kvk_nummer", "medewerker", "systeem"}
    assert made.open_klant is not None


def test_every_variable_it_names_is_a_setting() -> None:
    known = named(Settings, "KLANTBEELD_") | named(DemoSettings, "KLANTBEELD_") | BESIDE
    mentioned = set(re.findall(r"KLANTBEELD_[A-Z_]*[A-Z]", EVERYTHING))
    # `…__ABSENT_SECONDS` and the like are continued from the variable before.
    assert {name for name in mentioned if name not in known} == set()


def told(model: type[BaseModel]) -> Iterator[str]:
    """Names of a model's settings, those within lists of models included."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        inner = [each for each in (kind, *get_args(kind)) if isinstance(each, type)]
        models = [each for each in inner if issubclass(each, BaseModel)]
        for each in models:
            yield from told(each)
        if not models:
            yield name


@pytest.mark.parametrize("name", sorted({*told(Settings), *told(DemoSettings)}))
def test_every_setting_is_told(name: str) -> None:
    assert re.search(rf"(\b|_)({name}|{name.upper()})\b", EVERYTHING)


@pytest.mark.parametrize("name", LimitSettings.model_fields)
def test_every_limit_is_named(name: str) -> None:
    assert name in README or name.upper() in README


def test_the_limits_it_tells_are_the_defaults() -> None:
    rows = re.findall(
        r"^\|[^|]+\| ([^|]+) \| (`m[^|]+|`in_[^|]+|`d[^|]+) \|$", README, re.MULTILINE
    )
    defaults = {
        name: int(value.split()[0].replace(",", ""))
        for value, names in rows
        for name in re.findall(r"`(\w+)`", names)
        if name in LimitSettings.model_fields
    }
    limits = LimitSettings()
    assert defaults == {name: getattr(limits, name) for name in defaults}
    assert len(defaults) == 9


def test_every_right_and_command_is_named() -> None:
    assert [right for right in Recht if f"`{right}`" not in README] == []
    commands = [
        each.callback.__name__ for each in app.registered_commands if each.callback
    ]
    assert [name for name in commands if f"klantbeeld {name}" not in README] == []


def test_its_table_of_errors_has_every_code_and_no_other() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", section("Errors"), re.MULTILINE)
    known = {
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.GatewayError)
        and hasattr(kind, "code")
    }
    assert sorted(rows) == sorted({*known, "INTERNAL"})


def test_no_other_code_stands_in_the_edge() -> None:
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Errors"), re.MULTILINE))
    sources = [path.read_text() for path in (ROOT / "gateway/edge").rglob("*.py")]
    found = re.findall(r'"([A-Z]{3,}_[A-Z_]*[A-Z])"', "\n".join(sources))
    assert {code for code in found if code not in BESIDE} - known == set()


def table(head: str) -> list[str]:
    """The names in the first column of a table in the section on errors."""
    below = section("Errors").partition(f"\n| {head} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([A-Za-z_]+)` \|", below, re.MULTILINE)


def test_its_table_of_fouten_has_every_code_and_no_other() -> None:
    assert sorted(table("`fouten[].code`")) == sorted(FoutCode)


def test_its_table_of_needs_has_all_that_is_not_a_right() -> None:
    sources = [path.read_text() for path in (ROOT / "gateway").rglob("*.py")]
    said = re.findall(r'needs="(\w+)"', "\n".join(sources))
    assert sorted(table("`needs`")) == sorted({*said})


# What is not a noun of a klantbeeld: how lists, inputs and answers are built.
_BUILT = re.compile(
    r"(Connection|Edge|Payload|Filter|Orde|PageInfo|Node|Query|Mutation)$|^_|__"
)
_TECHNICAL = {"Boolean", "Date", "DateTime", "Float", "ID", "Int", "JSON", "String"}
_TECHNICAL |= {"URL", "UUID"}


def words(kind: GraphQLNamedType) -> list[str]:
    """A type's name as one says it: `ExterneIdentificatie` is externe identificatie.

    What is a form of something is two nouns: `ZaakOnderwerp` is zaak and onderwerp.
    """
    said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.name).lower()
    return re.split(r" (?=(?:onderwerp|inhoud)$)", said)


def nouns() -> Iterator[GraphQLNamedType]:
    """The types that are nouns; inputs are of the same ones."""
    graph = build_schema((ROOT / "schema/schema.graphql").read_text())
    for kind in graph.type_map.values():
        built = _BUILT.search(kind.name) or isinstance(kind, GraphQLInputObjectType)
        if not built and kind.name not in _TECHNICAL:
            yield kind


def test_every_noun_of_the_graph_is_in_the_glossary() -> None:
    glossary = section("Glossary, Dutch to English").lower()
    glossary = glossary.replace("kvk-nummer", "kvknummer")
    missing = [
        noun
        for kind in nouns()
        for noun in words(kind)
        if re.search(rf"\b{noun}", glossary) is None
    ]
    assert missing == []


def test_the_glossary_is_in_order_and_says_what_each_noun_is() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$",
        section("Glossary, Dutch to English"),
        re.MULTILINE,
    )[1:]
    found = [noun for noun, *_ in rows]
    assert found == sorted(found, key=str.lower)
    assert [row[0] for row in rows if not all(each.strip() for each in row)] == []
