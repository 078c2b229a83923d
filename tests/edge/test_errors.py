import logging
from collections.abc import Callable

import pytest
from graphql import GraphQLError, OperationDefinitionNode, parse

from gateway.edge.errors import is_complete, public_errors, without_values
from gateway.errors import (
    BadInput,
    DeadlineExceeded,
    Forbidden,
    Missing,
    RegisterUnavailable,
)


def raised(cause: Exception) -> GraphQLError:
    return GraphQLError(str(cause), path=["a", 0], original_error=cause)


def test_our_own_errors_are_told_as_they_are() -> None:
    told = public_errors([raised(RegisterUnavailable("zaken", "no answer in time"))])
    assert told == [
        {
            "message": "register zaken: no answer in time",
            "extensions": {
                "code": "REGISTER_UNAVAILABLE",
                "register": "zaken",
                "retryable": True,
            },
            "path": ["a", 0],
        }
    ]


def test_a_bug_is_masked_and_logged_under_the_id_that_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        (told,) = public_errors([raised(ValueError("secret 999993653"))])
    extensions = told["extensions"]
    assert isinstance(extensions, dict)
    assert (told["message"], extensions["code"]) == ("Internal error.", "INTERNAL")
    assert extensions["requestId"] in caplog.text
    assert "ValueError" in caplog.text
    assert "999993653" not in caplog.text


def test_an_outage_at_many_places_is_logged_once_for_each_code_and_register(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = [
        *[raised(RegisterUnavailable("zaken", "no answer in time"))] * 225,
        raised(RegisterUnavailable("documenten", "no answer in time")),
        raised(DeadlineExceeded("not there before the deadline")),
        raised(Missing("absent")),
        raised(Forbidden("not for you")),
    ]
    with caplog.at_level(logging.DEBUG):
        assert len(public_errors(errors)) == 229
    assert [record.getMessage() for record in caplog.records] == [
        "REGISTER_UNAVAILABLE of register zaken (places: 225)",
        "REGISTER_UNAVAILABLE of register documenten (places: 1)",
        "DEADLINE_EXCEEDED of register - (places: 1)",
    ]


def thrown(value: str) -> Exception:
    try:
        int(value)
    except ValueError as error:
        return error
    raise AssertionError(value)


def test_a_bug_at_many_places_is_logged_once_under_one_id(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = [*(raised(thrown(f"n{n}")) for n in range(50)), raised(KeyError("b"))]
    with caplog.at_level(logging.ERROR):
        told = public_errors([*errors, raised(KeyError("c"))])
    ids = [dict(each["extensions"])["requestId"] for each in told]  # type: ignore[call-overload]
    assert (len(set(ids[:50])), len(set(ids[50:])), len(set(ids))) == (1, 1, 2)
    assert len(caplog.records) == 2


def helper(value: str) -> int:
    return int(value)


def one_way(value: str) -> int:
    return helper(value)


def another_way(value: str) -> int:
    return helper(value)


def by(way: Callable[[str], int], *path: str | int) -> GraphQLError:
    try:
        way("n")
    except ValueError as error:
        return GraphQLError(str(error), path=path, original_error=error)
    raise AssertionError(path)


def test_bugs_that_meet_in_one_helper_are_two_and_so_are_those_of_two_fields(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = [
        *(by(one_way, "a", 0), by(another_way, "a", 0)),
        *(by(one_way, "b", 0), by(one_way, "a", 1)),
    ]
    with caplog.at_level(logging.ERROR):
        told = public_errors(errors)
    ids = [str(each["extensions"]) for each in told]
    assert (len(set(ids)), ids[0] == ids[3], len(caplog.records)) == (3, True, 3)


def test_an_error_within_an_error_is_found() -> None:
    (told,) = public_errors([raised(raised(BadInput("first", "must be less")))])
    assert told["message"] == "first: must be less"


@pytest.mark.parametrize(
    ("errors", "complete"),
    [
        ([], True),
        ([Missing("gone")], True),
        ([BadInput("first", "no")], True),
        ([Missing("gone"), RegisterUnavailable("zaken", "no")], False),
    ],
)
def test_an_answer_is_complete_unless_a_register_failed(
    errors: list[Exception], complete: bool
) -> None:
    assert is_complete([raised(error) for error in errors]) is complete


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Cannot query field 'naam' on type 'Zaak'.", None),
        ('Cannot query field "naam" on type "Zaak".', None),
        ("Syntax Error: Expected ':', found Name 'x'.", None),
        ("Expected value of type 'F' not to include unknown field 'kanaal'", None),
        ("Syntax Error: Expected Name, found <EOF>.", None),
        ("Argument 'Query.partij(id:)' of type 'ID!' is required.", None),
        ("Argument '@include(if:)' of type 'Boolean!' is required.", None),
        ("Argument 'Query.partij(id: Jansen)' is required.", "Jansen"),
        ("Variable '$bsn' of type 'BSN!' used in position expecting 'Int'.", None),
        ('Syntax Error: Expected Name, found String "999993653".', "999993653"),
        ("Syntax Error: Expected Name, found Int '999993653'.", "999993653"),
        ("Syntax Error: Expected ':', found String 'Jansen'.", "Jansen"),
        ("Syntax Error: Expected ':', found BlockString 'NL7'.", "NL7"),
        ('Int cannot represent non-integer value: "999993653"', "999993653"),
        ("String cannot represent a non string value: 999993653", "999993653"),
        ("Expected value of type 'X!', found {a: \"Jan Bos\"}.", "Jan Bos"),
        ("Cannot query field 'b999993653' on type 'Query'.", "999993653"),
        ("Argument 'x' has invalid value \"Jan Bos\".", "Jan Bos"),
    ],
)
def test_values_leave_messages_and_names_stay(message: str, told: str | None) -> None:
    shown = without_values(message)
    if told is None:
        assert shown == message
    else:
        assert told not in shown


def test_where_in_the_document_is_told() -> None:
    node = parse("{ a }").definitions[0]
    (told,) = public_errors([GraphQLError("wrong", node)])
    assert told["locations"] == [{"line": 1, "column": 1}]
    assert told["extensions"] == {"code": "BAD_INPUT"}


@pytest.mark.parametrize(
    "message",
    [
        f"Cannot query field '{'n' * 90_000}' on type 'Query'.",
        f"Cannot spread fragment 'A' within itself via {'B, ' * 9_000}.",
    ],
)
def test_a_message_does_not_repeat_a_document(message: str) -> None:
    assert without_values(message) == f"{message[:299]}…"


def test_what_is_cut_off_holds_no_value_either() -> None:
    message = f"Unknown type '{'n' * 270}'. Did you mean \"Jan {'Bos ' * 90}\"?"
    assert "Jan" not in without_values(message)


def test_a_field_of_many_places_is_told_by_the_first() -> None:
    document = parse("{" + " a" * 30 + " }").definitions[0]
    assert isinstance(document, OperationDefinitionNode)
    fields = list(document.selection_set.selections)
    (told,) = public_errors([GraphQLError("wrong", fields)])
    assert told["locations"] == [
        {"line": 1, "column": 3 + 2 * index} for index in range(10)
    ]
