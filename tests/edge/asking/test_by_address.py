"""Questions by GET, which may say nothing of anybody."""

import json
from urllib.parse import quote

import pytest
from starlette.requests import Request

from gateway.deadline import Deadline
from gateway.edge.asking import by_address
from gateway.edge.asking.asked import Reading
from gateway.edge.asking.deadlines import Deadlines
from gateway.edge.asking.parameters import Parameters
from gateway.edge.asking.trusted import TrustedDocuments
from gateway.edge.refusals import Refused

pytestmark = pytest.mark.anyio

BSN = "999993653"


def asking(query_string: str) -> Request:
    scope = {"type": "http", "method": "GET", "query_string": query_string.encode()}
    return Request({**scope, "headers": []})


def refused(query_string: str) -> tuple[int, str]:
    with pytest.raises(Refused) as found:
        by_address.parameters(asking(query_string))
    return found.value.status, str(found.value)


def test_a_question_is_read_as_a_form_is() -> None:
    variables = quote(json.dumps({"naam": "é", "n": 2**70}))
    read = by_address.parameters(
        asking(
            f"query=%7B+ik%7Bsoort%7D%7D&variables={variables}&operationName=null"
            "&extensions=%7B%7D&documentId=sha256%3Aab&more=1&more=2"
        )
    )
    assert (read.query, read.document_id) == ("{ ik{soort}}", "sha256:ab")
    assert read.variables == {"naam": "é", "n": 2**70}
    assert (read.operation_name, read.extensions) == ("null", {})


def test_what_is_empty_is_as_good_as_not_there() -> None:
    read = by_address.parameters(
        asking("query={a}&variables=&operationName=&extensions=null&documentId=")
    )
    assert (read.query, read.document_id, read.operation_name) == ("{a}", None, None)
    assert (read.variables, read.extensions) == (None, None)


@pytest.mark.parametrize(
    ("query_string", "message"),
    [
        ("", "query: must be there"),
        ("query=", "query: must be there"),
        ("Query={a}", "query: must be there"),
        ("variables={}", "query: must be there"),
        ("query={a}&query={b}", "query: there is more than one"),
        ("query={a}&variables=&variables=", "variables: there is more than one"),
        ("query={a}&operationName=a&operationName=a", "operationName: there is more than one"),
        ("query={a}&variables=[]", "variables: must be a JSON object"),
        ('query={a}&variables="x"', "variables: must be a JSON object"),
        (f"query={{a}}&variables={BSN}", "variables: must be a JSON object"),
        ("query={a}&variables={", "variables: must be a JSON object"),
        ("query={a}&variables=" + "[" * 5000, "variables: must be a JSON object"),
        ("query={a}&extensions=0", "extensions: must be a JSON object"),
        ("query=%ff", "query string: is not UTF-8"),
        ("query=é", "query string: is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(
    query_string: str, message: str
) -> None:
    assert refused(query_string) == (400, message)


def test_an_address_has_an_end() -> None:
    longest = "query=" + "a" * 7994
    assert by_address.parameters(asking(longest)).query == "a" * 7994
    message = "query string: at most 8000 bytes; ask this by POST"
    assert refused(f"{longest}a") == (414, message)


@pytest.mark.parametrize(
    "document",
    [
        "{ ik { soort } }",
        "{ __schema { types { fields(includeDeprecated: true) { name } } } }",
        '{ __type(name: "Partij") { name } }',
        "query T($naam: String!) { __type(name: $naam) { name } }",
        "{ mijnKlantbeeld { klantcontacten(first: 3) { totalCount } } }",
        "query P($n: Int) { mijnKlantbeeld { klantcontacten(last: $n) { totalCount } } }",
        "query W($ja: Boolean!) { a @include(if: $ja) b @skip(if: false) }",
        "{ a(b: true, c: null) }",
        # Told elsewhere what is wrong with it.
        "{ a(",
        "query A { a } query B { b }",
        "fragment F on Query { a }",
        "subscription { a }",
        "{a" * 1500 + "}" * 1500,
    ],
)
def test_what_names_nobody_may_be_asked(document: str) -> None:
    by_address.check(document, Parameters(variables={}))


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (f'{{ klantbeeld(identificatie: {{bsn: "{BSN}"}}) {{ a }} }}', "klantbeeld(identificatie: …)"),
        ("query K($i: I) { klantbeeld(identificatie: $i) { a } }", "klantbeeld(identificatie: …)"),
        ('{ partij(id: "4f0a") { a } }', "partij(id: …)"),
        (f"{{ partij(nummer: {BSN}) {{ a }} }}", "partij(nummer: …)"),
        ("{ a(kanaal: telefoon) }", "a(kanaal: …)"),
        ("{ a(namen: []) }", "a(namen: …)"),
        ("{ a(deel: 1.5) }", "a(deel: …)"),
        ('{ a { lijst(first: 3, after: "x") { b } } }', "lijst(after: …)"),
        ("query($c: String) { lijst(before: $c, last: 3) { b } }", "lijst(before: …)"),
        ('{ b ...F } fragment F on Query { a(id: "x") }', "a(id: …)"),
        ('{ ... on Query { anders: a(id: "x") } }', "a(id: …)"),
        ('query A { a } query B { b(id: "x") }', "b(id: …)"),
        ('{ a @live(als: "x") }', "@live(als: …)"),
        (f"{{ a(x{BSN}: 1) }}", "a(x…: …)"),
    ],
)  # fmt: skip
def test_what_may_be_about_somebody_is_asked_by_post(document: str, named: str) -> None:
    named_a = Parameters(operation_name="A")
    with pytest.raises(Refused) as found:
        by_address.check(document, named_a if "query A" in document else Parameters())
    assert (found.value.status, found.value.headers) == (405, {"Allow": "POST"})
    assert str(found.value) == (
        f"{named}: may be about somebody, and addresses are logged; ask this by POST"
    )


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("mutation { __typename }", None),
        ("query A { a } mutation B { b }", "B"),
    ],
)
def test_a_mutation_is_asked_by_post(document: str, name: str | None) -> None:
    with pytest.raises(Refused) as found:
        by_address.check(document, Parameters(operation_name=name))
    assert (found.value.status, found.value.headers) == (405, {"Allow": "POST"})
    assert str(found.value) == "a mutation is asked by POST"


def test_a_query_beside_a_mutation_is_no_mutation() -> None:
    given = Parameters(operation_name="A")
    by_address.check("query A { a } mutation B { b }", given)


PAGED = "query A($n: Int) { a(first: $n) } query B($m: Int) { a(first: $m) }"


@pytest.mark.parametrize("name", ["A", "B", None])
def test_declared_variables_may_stand_in_an_address(name: str | None) -> None:
    given = Parameters(variables={"n": 1, "m": 2}, operation_name=name)
    by_address.check(PAGED, given)


def test_variables_that_mean_nothing_may_not() -> None:
    given = Parameters(variables={"n": 1, f"x{BSN}": BSN}, operation_name="A")
    with pytest.raises(Refused) as found:
        by_address.check(PAGED, given)
    assert (found.value.status, str(found.value)) == (
        400,
        "variables: must be declared in the document; addresses are logged",
    )


def test_a_document_of_too_many_tokens_is_not_parsed() -> None:
    text = "{ a(b: 1) }"
    by_address.check(text, Parameters(), most_tokens=7)
    with pytest.raises(Refused):
        by_address.check(text, Parameters(), most_tokens=8)


async def test_a_trusted_document_is_asked_by_its_name_with_the_same_rules() -> None:
    texts = {"ik": "{ ik { soort } }", "wie": "query($i: I) { klantbeeld(wie: $i) }"}
    reading = Reading(Deadlines(5.0, 30.0), TrustedDocuments(texts), 1000)
    asked = await reading.asked(asking("documentId=ik"), Deadline.after(1))
    assert asked.document == "{ ik { soort } }"
    with pytest.raises(Refused) as found:
        await reading.asked(asking("documentId=wie"), Deadline.after(1))
    assert found.value.status == 405
