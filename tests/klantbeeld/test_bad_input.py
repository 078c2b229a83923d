"""Bad input: an error that names the argument and the rule, nothing else affected."""

import base64
import json
from typing import cast

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.municipality import BENCH_BSN

pytestmark = pytest.mark.anyio

WRONG_BSN = "999993654"
BESIDE = "aside: actoren(first: 1) { nodes { naam } }"


def gid(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(
        json.dumps([parts[0], "0000", parts[1]]).encode()
    ).decode()


BROWSED = (
    "filter: must have identificatie, nummer or digitaalAdres; partijen cannot be"
    " browsed"
)
BACKWARDS = (
    'klantcontacten(filter: {periode: {van: "2026-02-01T00:00:00Z",'
    ' tot: "2026-01-01T00:00:00Z"}})'
)
UUID = "00000000-0000-4000-8000-000000000000"


Json = dict[str, object]


async def refusal(
    municipality: Municipality, query: str, **variables: object
) -> dict[str, object]:
    """Ask, expect one error, and that nobody else was asked anything."""
    result = await municipality.ask(query, **variables)
    (error,) = cast("list[dict[str, object]]", result["errors"])
    assert municipality.network.asked() == []
    return error


@pytest.mark.parametrize(
    ("field", "message", "code"),
    [
        ('partij(id: "x")', "id: is not an id of this graph", "BAD_INPUT"),
        ('partij(id: "")', "id: is not an id of this graph", "BAD_INPUT"),
        (
            f'partij(id: "{gid("Partij:7")}")',
            "id: is not an id of this graph",
            "BAD_INPUT",
        ),
        (
            f'partij(id: "{gid(f"Klantcontact:{UUID}")}")',
            "id: must be the id of a Partij",
            "BAD_INPUT",
        ),
        (
            f'klantcontact(id: "{gid(f"Partij:{UUID}")}")',
            "id: must be the id of a Klantcontact",
            "BAD_INPUT",
        ),
        (
            f'node(id: "{gid(f"Onderwerp:{UUID}")}")',
            "id: must be the id of one of Partij, Klantcontact, InterneTaak, Actor",
            "BAD_INPUT",
        ),
        (
            f'partij(id: "{gid(f"Partij:{UUID}")}")',
            "no record is known by this",
            "NOT_FOUND",
        ),
        (
            f'node(id: "{gid(f"Actor:{UUID}")}")',
            "no record is known by this",
            "NOT_FOUND",
        ),
        (
            "klantcontacten(first: 100000)",
            "first: must be at most 100",
            "LIMIT_EXCEEDED",
        ),
        ("klantcontacten(first: 0)", "first: must be at least 1", "BAD_INPUT"),
        ("actoren(last: -3)", "last: must be at least 1", "BAD_INPUT"),
        (
            "interneTaken(first: 1, last: 1)",
            "last: cannot be combined with first",
            "BAD_INPUT",
        ),
        (
            'interneTaken(after: "hallo")',
            "after: is not a cursor of this list",
            "BAD_INPUT",
        ),
        (
            "partijen(filter: {})",
            BROWSED,
            "BAD_INPUT",
        ),
        (
            'partijen(filter: {nummer: "12a"})',
            "filter.nummer: must be at most 10 digits",
            "BAD_INPUT",
        ),
        (
            'klantcontacten(filter: {nummer: "99999999999"})',
            "filter.nummer: must be at most 10 digits",
            "BAD_INPUT",
        ),
        (
            f'interneTaken(filter: {{actor: "{gid(f"Partij:{UUID}")}"}})',
            "filter.actor: must be the id of a Actor",
            "BAD_INPUT",
        ),
        (
            'klantcontacten(filter: {tekst: " "})',
            "filter.tekst: must be a text of 1 to 200 characters",
            "BAD_INPUT",
        ),
        (
            f'klantcontacten(filter: {{tekst: "{"x" * 201}"}})',
            "filter.tekst: must be a text of 1 to 200 characters",
            "BAD_INPUT",
        ),
        (
            "klantcontacten(filter: {kanalen: []})",
            "filter.kanalen: must name 1 to 50 kanalen",
            "BAD_INPUT",
        ),
        (
            f'actoren(after: "{forged("naam", ["x", "geen uuid"])}")',
            "after: is not a cursor of this list",
            "BAD_INPUT",
        ),
        (
            BACKWARDS,
            "filter.periode.tot: must be after filter.periode.van",
            "BAD_INPUT",
        ),
    ],
)
async def test_an_argument_that_breaks_a_rule_costs_its_own_field(
    municipality: Municipality, field: str, message: str, code: str
) -> None:
    query = f"{{ asked: {field} {{ __typename }} {BESIDE} }}"
    result = await municipality.ask(query)
    (error,) = cast("list[dict[str, object]]", result["errors"])
    assert error["message"] == message
    assert cast("dict[str, object]", error["extensions"])["code"] == code
    assert error["path"] == ["asked"]
    data = cast("dict[str, dict[str, list[object]] | None]", result["data"])
    assert data["asked"] is None
    assert data["aside"] is not None
    assert len(data["aside"]["nodes"]) == 1


@pytest.mark.parametrize(
    ("identificatie", "message"),
    [
        ({"bsn": WRONG_BSN}, "$i.bsn: must be 9 digits that pass the 11-proef"),
        ({"bsn": 999993653}, "$i.bsn: must be 9 digits that pass the 11-proef"),
        ({"rsin": "123"}, "$i.rsin: must be 9 digits that pass the 11-proef"),
        ({"kvkNummer": "1"}, "$i.kvkNummer: must be 8 digits"),
        (
            {"vestiging": {"kvkNummer": "12345678"}},
            "$i.vestiging.vestigingsnummer: is required",
        ),
        (
            {"vestiging": {"kvkNummer": "12345678", "vestigingsnummer": "1"}},
            "$i.vestiging.vestigingsnummer: must be 12 digits",
        ),
        (
            {"bsn": BENCH_BSN, "rsin": BENCH_BSN},
            "$i: must have exactly one of bsn, rsin, kvkNummer, vestiging, overig",
        ),
        (
            {},
            "$i: must have exactly one of bsn, rsin, kvkNummer, vestiging, overig",
        ),
        (
            {"overig": {"register": "x", "soort": "y", "waarde": ""}},
            "$i.overig.waarde: must be a text of 1 to 200 characters",
        ),
    ],
)
async def test_an_identificatie_that_cannot_be_is_told_without_being_repeated(
    municipality: Municipality, identificatie: object, message: str
) -> None:
    query = """
      query ($i: IdentificatieInput!) {
        klantbeeld(identificatie: $i) { partij { nummer } }
      }
    """
    error = await refusal(municipality, query, i=identificatie)
    assert error["message"] == message
    assert "99999365" not in str(error)


async def test_a_bsn_as_another_kind_of_identificatie_is_refused(
    municipality: Municipality,
) -> None:
    query = """
      query ($w: Identificatienummer!) {
        klantbeeld(identificatie: {overig: {register: "brp", soort: "bsn", waarde: $w}})
        { partij { nummer } }
      }
    """
    error = await refusal(municipality, query, w=BENCH_BSN)
    assert error["message"] == (
        "identificatie.overig.soort: has an input field of its own; use that"
    )


@pytest.mark.parametrize(
    "literal",
    [
        f'{{bsn: "{BENCH_BSN}"}}',
        f'{{rsin: "{BENCH_BSN}"}}',
        '{kvkNummer: "90000153"}',
        '{vestiging: {kvkNummer: "90000153", vestigingsnummer: "000099990015"}}',
        f'{{overig: {{register: "x", soort: "y", waarde: "{BENCH_BSN}"}}}}',
    ],
)
async def test_identifiers_are_refused_inline_and_not_repeated(
    municipality: Municipality, literal: str
) -> None:
    query = f"{{ klantbeeld(identificatie: {literal}) {{ partij {{ nummer }} }} }}"
    result = await municipality.ask(query)
    errors = cast("list[dict[str, object]]", result["errors"])
    assert "data" not in result
    for error in errors:
        assert str(error["message"]).endswith(
            "is accepted only as a variable, never inline"
        )
    assert BENCH_BSN not in str(errors)
    assert "90000153" not in str(errors)


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        (
            '{ klantcontacten(filter: {tekst: "nul \\u0000"}) { totalCount } }',
            {},
            "query: must not hold a NUL character",
        ),
        (
            "query ($f: ActorFilter) { actoren(filter: $f) { totalCount } }",
            {"f": {"naam": "\x00"}},
            "$f.naam: must not hold a NUL character",
        ),
        (
            "query ($f: KlantcontactFilter) { klantcontacten(filter: $f) { totalCount } }",
            {"f": {"kanalen": ["balie", "\x00"]}},
            "$f.kanalen[1]: must not hold a NUL character",
        ),
    ],
)
async def test_what_postgresql_cannot_hold_is_refused_by_name(
    municipality: Municipality, query: str, variables: Json, message: str
) -> None:
    error = await refusal(municipality, query, **variables)
    assert error["message"] == message


async def test_a_variable_that_was_not_declared_is_named(
    municipality: Municipality,
) -> None:
    query = "{ klantbeeld(identificatie: {bsn: $bsn}) { partij { nummer } } }"
    error = await refusal(municipality, query)
    assert error["message"] == "Variable '$bsn' is not defined."
    assert error["extensions"] == {"code": "BAD_INPUT"}


async def test_an_inline_value_is_told_by_its_type_and_place(
    municipality: Municipality,
) -> None:
    query = '{ klantcontacten(filter: {periode: {van: "gisteren"}}) { totalCount } }'
    error = await refusal(municipality, query)
    assert str(error["message"]).startswith("DateTime: must be a date and time")
    assert error["locations"]


async def test_enum_values_that_do_not_exist_are_told(
    municipality: Municipality,
) -> None:
    query = "query ($o: KlantcontactOrde!) { klantcontacten(orde: $o) { totalCount } }"
    error = await refusal(municipality, query, o="alfabetisch")
    assert error["message"] == "$o: must be one of nieuwste_eerst, oudste_eerst"
    query = "{ klantcontacten(orde: alfabetisch) { totalCount } }"
    error = await refusal(municipality, query)
    assert "alfabetisch" in str(error["message"])


async def test_a_cursor_from_elsewhere_is_refused_wherever_it_is_from(
    municipality: Municipality,
) -> None:
    query = """
      query ($a: String, $f: KlantcontactFilter, $o: KlantcontactOrde! = nieuwste_eerst) {
        klantcontacten(first: 2, after: $a, filter: $f, orde: $o) {
          pageInfo { endCursor } } }
    """
    first = await municipality.ask(query)
    data = cast("dict[str, dict[str, dict[str, str]]]", first["data"])
    cursor = data["klantcontacten"]["pageInfo"]["endCursor"]
    assert "errors" not in await municipality.ask(query, a=cursor)
    message = "after: is a cursor of another list, filter or order; start anew"
    for other in ({"o": "oudste_eerst"}, {"f": {"vertrouwelijk": True}}):
        error = await refusal(municipality, query, a=cursor, **other)
        assert error["message"] == message
    of_partij = """
      query ($b: BSN!, $a: String!) { klantbeeld(identificatie: {bsn: $b}) {
        klantcontacten(after: $a) { totalCount } partij { nummer } } }
    """
    result = await municipality.ask(of_partij, b=BENCH_BSN, a=cursor)
    (error,) = cast("list[dict[str, object]]", result["errors"])
    assert error["message"] == message
    assert error["path"] == ["klantbeeld", "klantcontacten"]


async def test_nobody_known_is_not_found_and_the_answer_is_complete(
    municipality: Municipality,
) -> None:
    query = """
      query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) { partij { nummer } } }
    """
    result = await municipality.ask(query, b="111222333")
    assert result["data"] == {"klantbeeld": None}
    (error,) = cast("list[dict[str, object]]", result["errors"])
    assert error["extensions"] == {"code": "NOT_FOUND"}
    assert result["extensions"] == {"klantbeeld": {"complete": True}}
