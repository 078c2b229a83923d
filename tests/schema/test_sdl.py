"""The committed SDL is what the code says, and every part of it says what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)
from graphql.utilities import find_breaking_changes

from schema import schema

FOLDER = Path(__file__).parents[2] / "schema"
UPDATE = "run: klantbeeld schema > schema/schema.graphql"


def breaking_changes(old: str) -> list[str]:
    found = find_breaking_changes(build_schema(old), build_schema(schema.as_str()))
    return [change.description for change in found]


def test_the_committed_sdl_is_current() -> None:
    committed = (FOLDER / "schema.graphql").read_text()
    if committed != schema.as_str() + "\n":
        pytest.fail(
            f"schema.graphql is stale; {UPDATE}\nbreaking for clients: "
            f"{breaking_changes(committed) or 'nothing'}"
        )


def test_nothing_breaks_for_clients_of_the_last_release() -> None:
    assert breaking_changes((FOLDER / "released.graphql").read_text()) == []


def named_types() -> Iterator[GraphQLNamedType]:
    for kind in schema._schema.type_map.values():  # noqa: SLF001
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind):
            yield kind


def parts(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Name and description of a type and of everything in it."""
    yield kind.name, kind.description
    if isinstance(kind, GraphQLEnumType):
        values = kind.values.items()
        yield from ((f"{kind.name}.{name}", it.description) for name, it in values)
    elif isinstance(kind, GraphQLInputObjectType):
        inputs = kind.fields.items()
        yield from ((f"{kind.name}.{name}", it.description) for name, it in inputs)
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, output in kind.fields.items():
            yield f"{kind.name}.{name}", output.description
            for argument, given in output.args.items():
                yield f"{kind.name}.{name}({argument})", given.description


def test_every_type_field_argument_and_value_has_a_description() -> None:
    described = dict(part for kind in named_types() for part in parts(kind))
    assert len(described) > 300
    assert [name for name, description in described.items() if not description] == []


def test_enum_values_are_spelled_as_in_the_contracts() -> None:
    values = [
        value
        for kind in named_types()
        if isinstance(kind, GraphQLEnumType)
        for value in kind.values
    ]
    assert [value for value in values if value != value.lower()] == []


def test_what_a_register_or_a_policy_may_refuse_is_nullable() -> None:
    required = {
        f"{parent}.{name}"
        for parent, names in {
            "ZaakOnderwerp": ["zaak"],
            "KlanttaakOnderwerp": ["klanttaak"],
            "ObjectOnderwerp": ["object"],
            "DocumentInhoud": ["document"],
            "ObjectInhoud": ["object"],
            "Zaak": ["zaaktype", "status", "resultaat", "hoofdzaak"],
            "Status": ["statustype"],
            "Resultaat": ["resultaattype"],
            "Document": ["informatieobjecttype"],
            "OverigObject": ["type"],
            "Klanttaak": ["zaak"],
            "Klantcontact": ["interneTaken"],
            "Query": [
                "klantbeeld",
                "partij",
                "partijen",
                "klantcontact",
                "klantcontacten",
                "interneTaken",
                "actoren",
                "node",
            ],
        }.items()
        for name in names
        if str(_field_type(parent, name)).endswith("!")
    }
    assert required == set()


def _field_type(parent: str, name: str) -> object:
    kind = schema._schema.type_map[parent]  # noqa: SLF001
    assert isinstance(kind, GraphQLObjectType)
    return kind.fields[name].type
