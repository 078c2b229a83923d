from collections.abc import Iterator

import pytest
from graphql import build_schema, get_operation_ast, parse
from graphql.type import GraphQLScalarType, GraphQLSchema

from gateway.checking.variables import MOST_ITEMS, problems
from gateway.errors import InvalidValue

SDL = """
scalar Code
enum Kleur { rood blauw }
input Vorm { hoeken: Int! = 4 naam: String! kleur: Kleur }
input Keuze @oneOf { code: Code getal: Int }
type Query { f(i: Int, x: Float, s: String, b: Boolean, id: ID, code: Code, kleur: Kleur,
  vorm: Vorm, vormen: [Vorm!], keuze: Keuze): Int }
"""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    made = build_schema(SDL)
    code = made.type_map["Code"]
    assert isinstance(code, GraphQLScalarType)

    def refuse(value: object) -> object:
        if value != "goed":
            raise InvalidValue("must be goed")
        return value

    code.coerce_input_value = refuse
    return made


def told(schema: GraphQLSchema, definition: str, **values: object) -> list[str]:
    operation = get_operation_ast(parse(f"query({definition}) {{ __typename }}"))
    assert operation is not None
    return [str(error) for error in problems(schema, operation, values)]


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("$v: Int", 3),
        ("$v: Int", None),
        ("$v: Float!", 1),
        ("$v: [Int!]", 3),
        ("$v: [[Int]]", [[1, None], None]),
        ("$v: Code!", "goed"),
        ("$v: Kleur", "rood"),
        ("$v: Vorm!", {"naam": "vierkant"}),
        ("$v: Vorm!", {"naam": "driehoek", "hoeken": 3, "kleur": "blauw"}),
        ("$v: Keuze!", {"getal": 1}),
    ],
)
def test_a_value_that_fits_is_no_problem(
    schema: GraphQLSchema, definition: str, value: object
) -> None:
    assert told(schema, definition, v=value) == []


@pytest.mark.parametrize(
    ("definition", "value", "message"),
    [
        ("$v: Int", 2**31, "$v: must be a whole number of at most 32 bits"),
        ("$v: Int", "7", "$v: must be a whole number of at most 32 bits"),
        ("$v: Float", "7", "$v: must be a finite number"),
        ("$v: String", 999993653, "$v: must be a text"),
        ("$v: Boolean", "ja", "$v: must be true or false"),
        ("$v: ID", 1.5, "$v: must be an id"),
        ("$v: Int!", None, "$v: must not be null"),
        ("$v: [Int!]", [1, None], "$v[1]: must not be null"),
        ("$v: Code", "999993653", "$v: must be goed"),
        ("$v: Kleur", "groen", "$v: must be one of rood, blauw"),
        ("$v: Kleur", 3, "$v: must be one of rood, blauw"),
        ("$v: Vorm", "999993653", "$v: must be an object (Vorm)"),
        ("$v: Vorm", {}, "$v.naam: is required"),
        ("$v: [Vorm]", [{"naam": 1}], "$v[0].naam: must be a text"),
        (
            "$v: Vorm",
            {"naam": "x", "999993653": 1},
            "$v: has a field it does not know; it knows hoeken, naam, kleur",
        ),
        ("$v: Keuze", {}, "$v: must have exactly one of code, getal"),
        ("$v: Keuze", {"getal": None}, "$v: must have exactly one of code, getal"),
        (
            "$v: Keuze",
            {"getal": 1, "code": "goed"},
            "$v: must have exactly one of code, getal",
        ),
    ],
)
def test_a_value_that_breaks_a_rule_is_told_by_path_and_rule(
    schema: GraphQLSchema, definition: str, value: object, message: str
) -> None:
    assert told(schema, definition, v=value) == [message]


def test_all_problems_are_told(schema: GraphQLSchema) -> None:
    found = told(schema, "$a: Int!, $b: [Int]", b=["x", "y"])
    assert found == [
        "$a: is required",
        "$b[0]: must be a whole number of at most 32 bits",
        "$b[1]: must be a whole number of at most 32 bits",
    ]


def test_a_default_makes_a_variable_optional(schema: GraphQLSchema) -> None:
    assert told(schema, "$a: Int! = 3, $b: Int") == []


def test_a_type_that_does_not_exist_is_left_to_validation(
    schema: GraphQLSchema,
) -> None:
    assert told(schema, "$a: Nergens!, $b: Query", a=1) == []


def test_a_list_of_any_length_is_refused_before_its_items_are_looked_at(
    schema: GraphQLSchema,
) -> None:
    full = [7] * MOST_ITEMS
    assert told(schema, "$a: [Int!]", a=full) == []
    found = told(schema, "$a: [Int!], $b: [Vorm]", a=[*full, "x"], b=["x"] * 490_000)
    assert found == [
        "$a: at most 1000 items, found 1001",
        "$b: at most 1000 items, found 490000",
    ]


def test_nothing_is_looked_at_that_nobody_waits_for(schema: GraphQLSchema) -> None:
    class Watched(list[object]):
        looked_at = 0

        def __iter__(self) -> Iterator[object]:
            for item in super().__iter__():
                self.looked_at += 1
                yield item

    values = Watched(["x"] * MOST_ITEMS)
    operation = get_operation_ast(parse("query($a: [Int!]) { __typename }"))
    assert operation is not None
    found = problems(schema, operation, {"a": values})
    assert [str(next(found)) for _ in range(2)] == [
        f"$a[{index}]: must be a whole number of at most 32 bits" for index in range(2)
    ]
    assert values.looked_at == 2


def test_a_long_name_is_not_repeated(schema: GraphQLSchema) -> None:
    name = "n" * 40_000
    found = told(schema, f"${name}: [Int!], $m{name}: Int!", **{name: ["x"]})
    assert found == [
        f"${'n' * 60}[0]: must be a whole number of at most 32 bits",
        f"$m{'n' * 59}: is required",
    ]
