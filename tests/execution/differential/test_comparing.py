"""What counts as a difference between two answers."""

import pytest
from graphql import GraphQLError, Source

from tests.execution.differential.comparing import (
    HALF_WAY,
    Outcome,
    differences,
    landing,
    out_of_order,
    propagations,
)
from tests.execution.differential.world.leaves import Level

NULL = {"a": None, "b": [{"c": None}, None]}
"""Data of all errors here."""


def failed(*path: str | int, message: str = "no", **extensions: object) -> GraphQLError:
    return GraphQLError(message, path=list(path), extensions=extensions)


def named(core: Outcome, other: Outcome) -> list[str]:
    return [each.split(":")[0] for each in differences(core, other)]


@pytest.mark.parametrize(
    ("name", "core", "other"),
    [
        ("order of keys", {"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ("truth for a number", {"a": 1}, {"a": True}),
        ("a whole number that is none", {"a": 1}, {"a": 1.0}),
        ("an enum's member for its value", {"a": "low"}, {"a": Level.LOW}),
        ("a tuple", {"a": [1]}, {"a": (1,)}),
        ("null for nothing", {"a": None}, {}),
        ("no data", None, {}),
    ],
)
def test_data_are_equal_to_the_letter(name: str, core: object, other: object) -> None:
    assert named(Outcome(core), Outcome(core)) == []
    assert named(Outcome(core), Outcome(other)) == ["data"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("message", failed("a", message="yes")),
        ("extensions", failed("a", code="CODE")),
        ("place", failed("b", 1)),
        (
            "locations",
            GraphQLError("no", source=Source("{ a }"), positions=[2], path=["a"]),
        ),
        ("cause", GraphQLError("no", path=["a"], original_error=ValueError("no"))),
        ("no place", GraphQLError("no")),
    ],
)
def test_an_error_whose_place_is_null_is_equal_in_all_it_says(
    name: str, other: GraphQLError
) -> None:
    one, two = Outcome(NULL, [failed("a")]), Outcome(NULL, [other])
    assert named(one, one) == []
    assert "errors at their own place" in named(one, two)


def test_an_error_is_told_as_often_as_it_happened() -> None:
    once, twice = [failed("a")], [failed("a"), failed("a")]
    assert named(Outcome(NULL, once), Outcome(NULL, twice)) == [
        "errors at their own place"
    ]


def test_of_errors_below_a_null_only_where_they_land_is_compared() -> None:
    one = Outcome(NULL, [failed("b", 1, "x", message="one")])
    two = Outcome(NULL, [failed("b", 1, "y", message="two")])
    elsewhere = Outcome(NULL, [failed("a", "y", message="two")])
    assert named(one, two) == []
    assert named(one, elsewhere) == ["where errors land"]
    assert named(one, Outcome(NULL)) == ["where errors land"]


def test_what_two_say_of_the_same_place_below_a_null_is_the_same() -> None:
    one = Outcome(NULL, [failed("b", 1, "x", message="one")])
    two = Outcome(NULL, [failed("b", 1, "x", message="two")])
    assert named(one, two) == ["errors at the same place"]


def test_a_list_that_fails_half_way_may_have_had_an_item_that_failed() -> None:
    item = Outcome(NULL, [failed("a", 0, "x")])
    itself = Outcome(NULL, [failed("a", message=HALF_WAY)])
    other = Outcome(NULL, [failed("a", message="other")])
    assert named(item, itself) == named(itself, item) == []
    assert named(item, other) == ["errors at their own place"]


def test_how_many_parents_a_batch_function_had_is_no_difference() -> None:
    def short(number: int) -> Outcome:
        message = f"batch field b must return a list of {number} values, got {number}"
        return Outcome(NULL, [failed("a", message=message)])

    assert named(short(3), short(4)) == []


def test_what_mutations_did_is_compared_and_what_was_selected_where_all_is_well() -> (
    None
):
    assert named(Outcome({}, log=[1, 2]), Outcome({}, log=[2, 1])) == [
        "what mutations did"
    ]
    one, two = {"a": {"b"}}, {"a": {"c"}}
    assert named(Outcome({}, selected=one), Outcome({}, selected=two)) == [
        "selected below"
    ]
    errors = [failed("a")]
    assert (
        named(
            Outcome(NULL, errors, selected=one),
            Outcome(NULL, errors, selected=two),
        )
        == []
    )


def test_an_error_lands_at_the_last_that_is_there() -> None:
    assert landing(NULL, ("b", 0, "c")) == ("b", 0, "c")
    assert landing(NULL, ("b", 1, "c", 3)) == ("b", 1)
    assert landing(None, ("b", 1)) == ()
    errors = [
        failed("b", 1, "x"),
        failed("b", 1, "y"),
        failed("a", 2),
        failed("b", 0, "c"),
    ]
    assert propagations(Outcome(NULL, errors)) == 2


def test_errors_stand_in_the_order_of_their_places() -> None:
    ordered = [failed("a"), failed("b", 0, "c"), failed("b", 1, "x"), failed("b", 1)]
    assert out_of_order(Outcome(NULL, ordered)) == []
    assert out_of_order(Outcome(NULL, [failed("b", 1), failed("a")])) == [
        "order of errors: (0,) after (1, 1)"
    ]
