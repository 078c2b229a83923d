"""The documentation has all that the schema has, each in its place."""

import json
from collections.abc import Mapping

import pytest
from graphql import (
    FieldDefinitionNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    ObjectTypeDefinitionNode,
    OperationDefinitionNode,
    build_schema,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
    parse,
    print_ast,
    validate,
)
from graphql.execution.values import get_variable_values

from gateway.documenting.allowed import who_may
from gateway.documenting.examples import EXAMPLES
from gateway.documenting.kinds import KINDS
from gateway.documenting.page import documentation
from schema import schema
from tests.documenting.reading import Section, Table, sections

GRAPH = build_schema(schema.as_str())
DOCUMENT = sections(documentation(schema.as_str()))
ROOTS = {"Vraag": GRAPH.query_type, "Mutatie": GRAPH.mutation_type}
TYPES = {
    name: kind
    for name, kind in GRAPH.type_map.items()
    if kind not in ROOTS.values()
    and not is_introspection_type(kind)
    and not is_specified_scalar_type(kind)
}
ROOT_FIELDS = {
    f"{one} {name}": field
    for one, kind in ROOTS.items()
    if kind
    for name, field in kind.fields.items()
}


def plain(markdown: str | None) -> str:
    return " ".join((markdown or "").replace("`", "").split())


def section(title: str) -> Section:
    (found,) = [each for each in DOCUMENT if each.title == title]
    return found


def anchor(title: str) -> str:
    """As GitHub makes it: lower case, without what is no letter, number, _ or -."""
    kept = [each for each in title.lower() if each.isalnum() or each in "_- "]
    return "#" + "".join(kept).replace(" ", "-")


def given(
    title: str, of: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]
) -> Table:
    """The table there must be; columns with nothing in them are not."""
    rows = [[title, "Type", "Standaard", "Betekenis"]]
    for name, each in of.items():
        node = each.ast_node and each.ast_node.default_value
        default = print_ast(node) if node else ""
        rows.append([name, str(each.type), default, plain(each.description)])
    filled = [any(row[n] for row in rows[1:]) for n in range(4)]
    return [[cell for n, cell in enumerate(row) if filled[n]] for row in rows]


def asked(kind: GraphQLObjectType | GraphQLInterfaceType) -> list[Table]:
    """The tables there must be: of fields, and of each one's arguments."""
    rows = [["Veld", "Type", "Betekenis"]]
    for name, field in kind.fields.items():
        who = who_may(field.ast_node, within=kind.ast_node)
        told = plain(field.description) + (f" Wie mag: {plain(who)}." if who else "")
        rows.append([f"{name}(…)" if field.args else name, str(field.type), told])
    fields = kind.fields.values()
    return [rows, *(given("Argument", each.args) for each in fields if each.args)]


def made_of(kind: GraphQLNamedType) -> list[Table]:
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return asked(kind)
    if isinstance(kind, GraphQLInputObjectType):
        return [given("Veld", kind.fields)]
    if isinstance(kind, GraphQLEnumType):
        values = [[name, plain(each.description)] for name, each in kind.values.items()]
        return [[["Waarde", "Betekenis"], *values]]
    return []


def signature(node: FieldDefinitionNode | None) -> list[str]:
    """A field as it is written, without what is said of it."""
    assert node is not None
    arguments = [
        print_ast(part)
        for each in node.arguments or ()
        for part in (each.name, each.type, each.default_value)
        if part is not None
    ]
    return [node.name.value, *arguments, print_ast(node.type)]


def test_everything_stands_once_in_the_chapter_of_its_kind() -> None:
    chapters: dict[str, list[str]] = {}
    for each in DOCUMENT[1:]:
        if each.level == 2:
            chapters[each.title] = []
        else:
            chapters[[*chapters][-1]].append(each.title)
    roots = {
        title: sorted(
            (name for name in ROOT_FIELDS if name.startswith(one)),
            key=lambda name: " _" in name,
        )
        for title, one in (("Vragen", "Vraag "), ("Mutaties", "Mutatie "))
    }
    kinds = {
        title: sorted(name for name, kind in TYPES.items() if isinstance(kind, sort))
        for title, sort in KINDS.items()
    }
    own = [f"@{d.name}" for d in GRAPH.directives if not is_specified_directive(d)]
    assert chapters == {"Inhoudsopgave": [], **roots, **kinds, "Directives": own}
    assert sum(map(len, kinds.values())) == len(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_says_what_it_is_and_is_made_of(name: str) -> None:
    kind, found = TYPES[name], section(name)
    assert found.lines[0] == plain(kind.description)
    assert found.tables == made_of(kind)
    who = who_may(kind.ast_node)
    assert [line for line in found.lines if line.startswith("Wie mag:")] == (
        [f"Wie mag: {plain(who)}."] if who else []
    )


@pytest.mark.parametrize("name", ROOT_FIELDS)
def test_what_can_be_asked_says_how_and_by_whom(name: str) -> None:
    field, found = ROOT_FIELDS[name], section(name)
    who = plain(who_may(field.ast_node) or "iedereen")
    assert found.lines[:3] == [
        plain(field.description),
        f"Wie mag: {who}.",
        f"Geeft: {field.type}",
    ]
    assert found.tables == ([given("Argument", field.args)] if field.args else [])
    (block,) = parse(f"type Query {{ {found.blocks[0]} }}").definitions
    assert isinstance(block, ObjectTypeDefinitionNode)
    assert [*map(signature, block.fields or ())] == [signature(field.ast_node)]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
    ],
)
def test_what_has_forms_names_them(name: str) -> None:
    kind = TYPES[name]
    assert isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
    forms = [
        f"{each.name}: {plain(each.description)}"
        for each in GRAPH.get_possible_types(kind)
    ]
    lines = section(name).lines
    begin = lines.index("Is een van:") + 1
    assert lines[begin : begin + len(forms)] == forms


def test_a_member_says_of_which_union_and_where_that_serves() -> None:
    wrong = [
        name
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLUnionType)
        for member in kind.types
        for lines in [section(member.name).lines]
        if f"Is een: {name}" not in lines or serving(name) != serving(member.name)
    ]
    assert wrong == []
    assert serving("DocumentInhoud") == "Komt voor in: Klantcontact.inhoud"


def test_one_is_led_to_the_documents_of_a_klant() -> None:
    steps = ["Document", "DocumentInhoud", "Klantcontact", "KlantcontactConnection"]
    told = [
        "DocumentInhoud.document",
        "Klantcontact.inhoud",
        "KlantcontactConnection.nodes",
        "Klantbeeld.klantcontacten",
    ]
    found = [serving(each) for each in steps]
    assert [
        each for each, line in zip(told, found, strict=True) if each not in line
    ] == []
    assert "mijnKlantbeeld" in serving("Klantbeeld")


def serving(title: str) -> str:
    (line,) = (
        each for each in section(title).lines if each.startswith("Komt voor in:")
    )
    return line


def test_every_link_leads_to_one_heading() -> None:
    anchors = [anchor(each.title) for each in DOCUMENT]
    assert len(set(anchors)) == len(anchors)
    led_to = {link for each in DOCUMENT for link in each.links}
    assert {link for link in led_to - {*anchors} if link.startswith("#")} == set()
    top = anchor(DOCUMENT[0].title), anchor("Inhoudsopgave")
    assert {*anchors} - led_to == {*top}


def test_it_is_the_same_each_time() -> None:
    assert documentation(schema.as_str()) == documentation(schema.as_str())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_asked(name: str) -> None:
    real = schema._schema  # noqa: SLF001 - its scalars refuse, unlike the SDL's
    document = parse(EXAMPLES[name].query)
    assert validate(real, document) == []
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    values = json.loads(EXAMPLES[name].variables or "{}")
    found = get_variable_values(real, operation.variable_definitions or (), values)
    assert not isinstance(found, list), found
