"""RFC 9110, 12.4.2 and 12.5.1: which form of answer a client prefers."""

import pytest
from hypothesis import given, strategies as st
from starlette.requests import Request

from gateway.edge.asking.accept import GRAPHQL_JSON, HTML, LONGEST, accepted, chosen
from gateway.edge.body import JSON
from gateway.edge.refusals import Refused

NEW = GRAPHQL_JSON


@pytest.mark.parametrize(
    ("header", "form"),
    [
        # Nothing in particular: what all clients read.
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/*, */*;q=0.1", JSON),
        ("application/json, text/plain, */*", JSON),
        # By name.
        (NEW, NEW),
        (JSON, JSON),
        ("Application/GraphQL-Response+JSON", NEW),
        (f"{NEW}, {JSON}", NEW),
        (f"{JSON}, {NEW}", NEW),
        (f"{NEW}, {JSON};q=0.9", NEW),
        (f"{NEW};q=0.9, {JSON}", JSON),
        (f"{NEW}, */*", NEW),
        (f"{NEW};q=0.5, */*;q=0.5", NEW),
        (f"{NEW};q=0.5, */*", JSON),
        # A weight of 0 refuses; the most precise entry decides.
        (f"{JSON};q=0", None),
        ("*/*;q=0", None),
        (f"*/*, {JSON};q=0", NEW),
        (f"application/*;q=0, {NEW}", NEW),
        (f"{JSON};q=0, application/*;q=0.1", NEW),
        (f"{JSON};q=0.0, {NEW};q=0.000, */*", None),
        (f"{JSON};charset=utf-8;q=0.1, {JSON}, {NEW};q=0.5", NEW),
        # The charset is UTF-8, and there are no other parameters.
        (f"{NEW}; charset=utf-8, {JSON}; charset=utf-8", NEW),
        (f'{JSON};charset="UTF-8"', JSON),
        (f"{JSON};charset=iso-8859-1", None),
        (f"{JSON};profile=x", None),
        (f"{NEW};charset=utf-16, {JSON}", JSON),
        # Others.
        ("text/html", None),
        ("application/xml, text/*", None),
        ("application/problem+json", None),
        ("multipart/mixed;deferSpec=20220824, application/json", JSON),
    ],
)
def test_the_form_that_weighs_most_is_given(header: str, form: str | None) -> None:
    assert chosen(header, has_page=False) == form


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("text/html", HTML),
        ("text/html,*/*", HTML),
        ("text/html;q=0.9,*/*;q=0.8", HTML),
        ("text/*", HTML),
        ("text/html;q=0.5,application/json", JSON),
        ("text/html,application/json", JSON),
        (f"text/html,{NEW}", NEW),
        ("*/*", JSON),
        ("", JSON),
        ("text/html;q=0,*/*", JSON),
        ("text/html;charset=iso-8859-1", None),
    ],
)
def test_a_page_is_given_to_who_prefers_it_to_an_answer(
    header: str, form: str | None
) -> None:
    assert chosen(header, has_page=True) == form


@pytest.mark.parametrize(
    "odd",
    [
        *("json", "application/", "/json", "*", "*/json", "a b/c", "é/json"),
        *("text/html;q=x", "text/html;q=1.1", "text/html;q=-1", "text/html;q="),
        *("text/html;q=0.1234", "text/html;q = 1", "text/html;level", 'a/b;c="d'),
        *(";", ";q=1", ",", " , ;,", '"', "q=0", "text/html;=x"),
    ],
)
def test_what_cannot_be_read_is_as_good_as_not_there(odd: str) -> None:
    assert chosen(odd, has_page=True) == JSON
    assert chosen(f"{NEW}, {odd}", has_page=True) == NEW


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (f"\t{NEW} ;q=0.1 ,, {JSON}; ;q=0.2", JSON),
        (f'x/y;z="a, {JSON}; q=1\\", {JSON}", {NEW}', NEW),
        (f"{JSON};Q=0.1, {NEW};q=0.09", JSON),
        (f"{JSON};q=1., {NEW};q=0.999", JSON),
    ],
)
def test_the_grammar_is_that_of_the_standard(header: str, form: str) -> None:
    assert chosen(header, has_page=False) == form


@given(st.text(f'{JSON}+;,q=01."\\* \t\xe9', max_size=60))
def test_any_header_is_answered_in_a_form_there_is_or_in_none(header: str) -> None:
    assert chosen(header, has_page=True) in {GRAPHQL_JSON, JSON, HTML, None}
    assert chosen(f"{header},{NEW}", has_page=False) is not None or '"' in header


def asking(*headers: bytes) -> Request:
    named = [(b"accept", header) for header in headers]
    return Request({"type": "http", "method": "POST", "headers": named})


def test_a_header_may_be_there_twice() -> None:
    request = asking(b"application/json;q=0.1", b"application/graphql-response+json")
    assert accepted(request, has_page=False) == NEW


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"text/html", 406),
        (b"a/b," * (LONGEST // 4), 406),
        (b"a/b," * (LONGEST // 4) + b"*", 431),
        (b'"' * (LONGEST + 1), 431),
    ],
)
def test_what_cannot_be_answered_is_refused(header: bytes, status: int) -> None:
    with pytest.raises(Refused) as refused:
        accepted(asking(header), has_page=False)
    assert refused.value.status == status
