"""How much one operation asks, on a graph of partijen with pages and lists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import strawberry
from graphql import (
    GraphQLError,
    build_schema,
    get_introspection_query,
    get_operation_ast,
    parse,
)

from gateway.checking.checks import CheckOperation
from gateway.checking.limits import (
    USUAL,
    OperationLimits,
    Weight,
    has_long_number,
    tokens,
    too_long,
    too_much,
    weigh,
)
from gateway.settings.limits import LimitSettings
from schema import schema as klantbeeld

PAGE = (Path(__file__).parents[1] / "klantbeeld.graphql").read_text()

KLANTBEELD = build_schema(klantbeeld.as_str(), assume_valid_sdl=True)

SMALL = build_schema("""
  type Query { me: Person people(first: Int = 5, last: Int): People all: [Person!]!
               top(first: Int): [Person] thing: Thing }
  type People { nodes: [Person!]! edges: [Edge!]! total: Int }
  type Edge { node: Person! }
  type Person { name: String me: Person friends: [Person!]! people(first: Int): People }
  type Pet { owner: Person }
  union Thing = Person | Pet
""")


def weight(query: str, given: Mapping[str, object] | None = None) -> Weight:
    document = parse(query)
    operation = get_operation_ast(document, None)
    assert operation is not None
    return weigh(SMALL, document, operation, given or {})


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ __typename }", 0),
        ("{ me { name } }", 1),
        ("{ me { me { me { name } } } }", 3),
        ("{ all { name } }", 3),
        ("{ all { friends { friends { name } } } }", 3 + 9 + 27),
        ("{ people { total } }", 1),
        ("{ people { nodes { name } } }", 21),
        ("{ people(first: 100) { nodes { name } } }", 101),
        ("{ people(last: 7) { nodes { name } } }", 8),
        ("{ people(first: null) { nodes { name } } }", 21),
        ("{ people(first: -5) { nodes { name } } }", 1),
        ("{ people(first: 2, last: 9) { nodes { name } } }", 10),
        ("{ people(first: 10) { edges { node { name } } } }", 21),
        ("{ people(first: 10) { nodes { friends { name } } } }", 1 + 10 * 4),
        ("{ people(first: 9) { nodes { people(first: 9) { nodes { name } } } } }", 100),
        ("{ top(first: 6) { me { name } } }", 12),
        (
            "{ thing { ... on Pet { owner { name } } ... on Person { friends { name } } } }",
            5,
        ),
        ("{ ... { me { name } } ... on Query { me { name } } }", 2),
        ("{ me { name } nobody { knows { this } } }", 3),
        ("{ __schema { types { fields { name } } } }", 0),
    ],
)
def test_sizes_of_lists_multiply(query: str, cost: int) -> None:
    assert weight(query).cost() == cost


@pytest.mark.parametrize(
    ("definition", "given", "cost"),
    [
        ("$n: Int", {"n": 50}, 51),
        ("$n: Int", {"n": 50.0}, 51),
        ("$n: Int", {"n": "50"}, 21),
        ("$n: Int", {"n": None}, 21),
        ("$n: Int", {}, 21),
        ("$n: Int = 30", {}, 31),
        ("$n: Int = 30", {"n": 40}, 41),
    ],
)
def test_a_size_may_be_a_variable(
    definition: str, given: dict[str, object], cost: int
) -> None:
    query = f"query ({definition}) {{ people(first: $n) {{ nodes {{ name }} }} }}"
    assert weight(query, given).cost() == cost


def test_fragments_are_followed_also_into_the_list_of_a_connection() -> None:
    query = """
      { people(first: 10) { ...Rows } me { me { ...Known } } }
      fragment Known on Person { friends { name } }
      fragment Rows on People { nodes { ...Known } }
      fragment Unused on Query { all { name } }
    """
    assert weight(query) == Weight(fields=2, depth=4, objects=1 + 10 * 4 + 5)


def test_a_fragment_that_leads_to_itself_is_counted_to_where_it_does() -> None:
    query = """
      { ...A ...Nowhere }
      fragment A on Query { me { name } ...B }
      fragment B on Query { me { me { name } } ...A ...B }
    """
    assert weight(query) == Weight(fields=2, depth=3, objects=3)


def test_fragments_that_double_are_not_walked() -> None:
    steps = "".join(
        f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(2_000)
    )
    query = "{ ...F0 }" + steps + "fragment F2000 on Query { me { name } }"
    assert weight(query) == Weight(1_000_000_000, 2, 1_000_000_000)


def test_a_long_chain_of_fragments_is_followed_to_its_end() -> None:
    steps = "".join(
        f"fragment F{i} on Person {{ me {{ ...F{i + 1} }} }}" for i in range(5_000)
    )
    query = "{ me { ...F0 } }" + steps + "fragment F5000 on Person { name }"
    assert weight(query) == Weight(fields=1, depth=5_002, objects=5_001)


def test_a_size_of_any_number_of_digits_is_read() -> None:
    query = "{ people(first: " + "9" * 5_000 + ") { nodes { name } } }"
    assert weight(query).cost() == 1_000_000_000


LIMITS = OperationLimits(
    max_characters=10_000,
    max_tokens=1_000,
    max_depth=3,
    max_cost=50,
    max_aliases=1,
    max_same_fields=4,
    max_root_fields=2,
    introspection=True,
)


def test_fields_of_one_name_are_counted_wherever_they_stand() -> None:
    # Validation compares each with each, through fragments too.
    query = "{ me { ...F name } me { ...F name } } fragment F on Person { name%s }"
    assert excess(query % "") == []
    assert excess(query % " name name") == [
        "LIMIT_EXCEEDED query: fields of one name: at most 4, found 5"
    ]


def excess(query: str, limits: OperationLimits = LIMITS) -> list[str]:
    document = parse(query)
    operation = get_operation_ast(document, None)
    assert operation is not None
    found = too_much(SMALL, document, operation, variables={}, limits=limits)
    return [f"{each.code} {each}" for each in found]


def test_what_is_at_its_limits_is_not_too_much() -> None:
    assert (
        excess("{ a: me { me { name } } people(first: 46) { nodes { name } } }") == []
    )


def test_all_limits_that_are_exceeded_are_told_with_what_was_found() -> None:
    query = "{ a: me { me { me { name } } } b: me { name } people(first: 46) { nodes { name } } }"
    assert excess(query) == [
        "LIMIT_EXCEEDED query: depth: at most 3, found 4",
        "LIMIT_EXCEEDED query: cost: at most 50, found 51",
        "LIMIT_EXCEEDED query: aliases: at most 1, found 2",
        "LIMIT_EXCEEDED query: root fields: at most 2, found 3",
    ]


def test_what_is_beyond_counting_is_told_as_such() -> None:
    assert excess("{ people(first: 9999999999) { nodes { name } } }") == [
        "LIMIT_EXCEEDED query: cost: at most 50, found 1000000000 or more"
    ]


def test_aliases_in_fragments_count_once() -> None:
    query = "{ ...A ...A } fragment A on Query { a: __typename b: __typename }"
    assert excess(query, replace(LIMITS, max_root_fields=4)) == [
        "LIMIT_EXCEEDED query: aliases: at most 1, found 2"
    ]


def test_introspection_is_exempt_when_it_is_on() -> None:
    assert excess(get_introspection_query()) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("{ __typename me { __typename } }", []),
        ("{ __schema { queryType { name } } }", ["__schema"]),
        ('{ ...F } fragment F on Query { __type(name: "a") { name } }', ["__type"]),
        ("{ x: _service { sdl } __schema { description } }", ["__schema", "_service"]),
    ],
)
def test_introspection_can_be_off(query: str, names: list[str]) -> None:
    assert excess(query, replace(LIMITS, introspection=False)) == [
        f"FORBIDDEN {name}: introspection is switched off here" for name in names
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("{ a(b: -1.5e3, c: $d) ...F @skip(if: true) }", 21),
        ('{ a(b: "x \\" { y", c: """z " \\""" {""") }', 11),
        ("{ # { a b c\n a,b }", 5),
        ('{ a(b: "never closed { { {', 6),
        ('{ a(b: """never closed { { {', 6),
    ],
)
def test_tokens_are_counted_whether_valid_or_not(text: str, number: int) -> None:
    assert tokens(text) == number


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        ("{ a(b: " + "9" * 100 + ") }", False),
        ("{ a(b: " + "9" * 101 + ") }", True),
        ("{ a(b: -" + "9" * 100 + ") }", True),
        ("{ a(b: 0." + "9" * 99 + ") }", True),
        ('{ a(b: "' + "9" * 101 + '") }', False),
        ('{ a(b: """' + "9" * 101, False),
        ("{ a } # " + "9" * 101, False),
        ("{ a" + "9" * 101 + " }", False),
    ],
)
def test_a_long_number_is_one_that_stands_as_such(text: str, is_long: bool) -> None:
    assert has_long_number(text) is is_long


def test_the_page_of_the_readme_has_as_many_tokens_as_the_parser_sees() -> None:
    token = parse(PAGE).loc.start_token  # type: ignore[union-attr] # it was parsed
    number = 0
    while token.next is not None:
        token = token.next
        number += token.kind.value != "<EOF>"
    assert number == tokens(PAGE) == 252


@pytest.mark.parametrize("rows", [50, 100])
def test_the_page_passes_the_usual_limits(rows: int) -> None:
    document = parse(PAGE)
    operation = get_operation_ast(document, None)
    assert operation is not None
    given = {"first": rows}
    found = weigh(KLANTBEELD, document, operation, given)
    assert found == Weight(fields=1, depth=8, objects=13 + 61 * rows)
    assert too_long(PAGE, USUAL) is None
    assert not too_much(KLANTBEELD, document, operation, variables=given, limits=USUAL)


def test_a_list_of_a_hundred_in_each_of_a_hundred_does_not() -> None:
    rows = "(first: 100) { nodes"
    query = f"{{ people{rows} {{ people{rows} {{ name }} }} }} }} }}"
    assert excess(query, USUAL) == [
        "LIMIT_EXCEEDED query: cost: at most 10000, found 10201"
    ]


@strawberry.type
class Query:
    @strawberry.field
    def said(self, words: str = "") -> str:
        return words


@dataclass
class Carried:
    operation_limits: OperationLimits


schema = strawberry.Schema(Query, extensions=[CheckOperation])


async def told(query: str, **limits: object) -> list[GraphQLError]:
    carried = Carried(OperationLimits.of(LimitSettings(**limits), has_issuers=True))
    return (await schema.execute(query, context_value=carried)).errors or []


pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ said }", None),
        ("{" * 51, "query: tokens: at most 50, found 51"),
        ("{ said #" + " " * 993, "query: characters: at most 1000, found 1001"),
        ("{ a: said b: said }", "query: aliases: at most 1, found 2"),
        (
            "{ __schema { description } }",
            "__schema: introspection is switched off here",
        ),
        ("{ sad }", "Cannot query field 'sad' on type 'Query'."),
        ("{ said(word: 1) }", "Unknown argument 'word' on field 'Query.said'."),
    ],
)
async def test_the_limits_of_a_request_hold(query: str, message: str | None) -> None:
    found = await told(query, max_characters=1000, max_tokens=50, max_aliases=1)
    assert [error.message for error in found] == ([] if message is None else [message])


@pytest.mark.parametrize("nested", ["{said", "{said(words:[", "{said(words:{a:"])
async def test_no_nesting_breaks_the_stack(nested: str) -> None:
    (error,) = await told(nested * 5_000, max_tokens=100_000)
    assert error.message.startswith("Syntax Error: ")


@pytest.mark.parametrize(
    ("asked", "has_issuers", "is_open"),
    [
        (None, False, True),
        (None, True, False),
        (True, True, True),
        (False, False, False),
    ],
)
def test_introspection_is_on_where_nobody_is_asked_who_they_are_unless_set(
    asked: bool | None, has_issuers: bool, is_open: bool
) -> None:
    settings = LimitSettings(introspection=asked)
    limits = OperationLimits.of(settings, has_issuers=has_issuers)
    assert limits.introspection == is_open


def test_documents_can_be_required_only_when_they_are_known() -> None:
    with pytest.raises(ValueError, match="trusted_documents_required needs trusted_"):
        LimitSettings(trusted_documents_required=True)
