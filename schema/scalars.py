"""Scalars: what a value may be, and the rule told when it is not.

Identifiers of people and organisations are taken as variables only. A document is
cached and logged; the values of its variables are not.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NewType
from uuid import UUID

import msgspec
import strawberry
from graphql import GraphQLError, ValueNode
from graphql.utilities import value_from_ast_untyped
from strawberry.types.scalar import ScalarDefinition

from gateway.errors import InvalidValue
from gateway.identificatie import elfproef

BSN = NewType("BSN", str)
RSIN = NewType("RSIN", str)
KVKNummer = NewType("KVKNummer", str)
Vestigingsnummer = NewType("Vestigingsnummer", str)
Identificatienummer = NewType("Identificatienummer", str)
URL = NewType("URL", str)
JSON = NewType("JSON", object)


# Its date-time, with minutes as the least: RFC 3339 section 5.6.
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)


def _text(value: object, rule: str) -> str:
    if not isinstance(value, str):
        raise InvalidValue(rule)
    return value


def _nine_digits(value: object) -> str:
    rule = "must be 9 digits that pass the 11-proef"
    digits = _text(value, rule)
    if not re.fullmatch("[0-9]{9}", digits) or not elfproef(digits):
        raise InvalidValue(rule)
    return digits


def _digits(number: int) -> Callable[[object], str]:
    def parse(value: object) -> str:
        rule = f"must be {number} digits"
        digits = _text(value, rule)
        if not re.fullmatch(f"[0-9]{{{number}}}", digits):
            raise InvalidValue(rule)
        return digits

    return parse


def _short_text(value: object) -> str:
    rule = "must be a text of 1 to 200 characters"
    text = _text(value, rule)
    if not 1 <= len(text) <= 200 or "\x00" in text:
        raise InvalidValue(rule)
    return text


def _url(value: object) -> str:
    rule = "must be an absolute http(s) address of at most 1000 characters"
    text = _text(value, rule)
    if not re.fullmatch(r"https?://[^\s\x00-\x1f]+", text) or len(text) > 1000:
        raise InvalidValue(rule)
    return text


def _datetime(value: object) -> datetime:
    rule = "must be a date and time with offset, as in 2026-03-01T09:30:00+01:00"
    try:
        text = _text(value, rule)
        if not _RFC_3339.fullmatch(text):
            raise InvalidValue(rule)
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # in UTC it may be before the year 1
        raise InvalidValue(rule) from None


def _date(value: object) -> date:
    rule = "must be a date, as in 2026-03-01"
    text = _text(value, rule)
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise InvalidValue(rule)
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(rule) from None


def _uuid(value: object) -> UUID:
    rule = "must be a uuid"
    try:
        return UUID(_text(value, rule))
    except ValueError:
        raise InvalidValue(rule) from None


def _utc(moment: datetime) -> str:
    """ISO 8601 in UTC with an upper-case Z (NL API Design Rules, date-time)."""
    if moment.tzinfo is not UTC:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:  # outside the years 1 to 9999 there: with its own offset
            return moment.isoformat()
    text: str = msgspec.to_builtins(moment)  # as isoformat, but at once, and with a Z
    return text


def _literal(
    name: str, parse: Callable[[object], object], *, variable_only: bool
) -> Callable[..., object]:
    def parse_literal(node: ValueNode, _variables: object = None) -> object:
        if variable_only:
            raise GraphQLError(
                f"{name} is accepted only as a variable, never inline",
                node,
                extensions={"code": "BAD_INPUT"},
            )
        try:
            return parse(value_from_ast_untyped(node))
        except InvalidValue as error:
            raise GraphQLError(
                f"{name}: {error}", node, extensions={"code": "BAD_INPUT"}
            ) from None

    return parse_literal


def _scalar(
    name: str,
    description: str,
    parse: Callable[[object], object],
    *,
    serialize: Callable[..., object] = str,
    variable_only: bool = False,
    specified_by: str | None = None,
) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=description,
        specified_by_url=specified_by,
        serialize=serialize,
        parse_value=parse,
        parse_literal=_literal(name, parse, variable_only=variable_only),
    )


ALLEEN_VARIABELE = "Alleen als variabele aan te bieden, nooit in de tekst van de vraag."

SCALARS: dict[object, ScalarDefinition] = {
    BSN: _scalar(
        "BSN",
        "Een burgerservicenummer: negen cijfers die aan de 11-proef voldoen."
        f" {ALLEEN_VARIABELE}",
        _nine_digits,
        variable_only=True,
    ),
    RSIN: _scalar(
        "RSIN",
        f"Een RSIN: negen cijfers die aan de 11-proef voldoen. {ALLEEN_VARIABELE}",
        _nine_digits,
        variable_only=True,
    ),
    KVKNummer: _scalar(
        "KVKNummer",
        f"Een KVK-nummer: acht cijfers. {ALLEEN_VARIABELE}",
        _digits(8),
        variable_only=True,
    ),
    Vestigingsnummer: _scalar(
        "Vestigingsnummer",
        f"Een vestigingsnummer: twaalf cijfers. {ALLEEN_VARIABELE}",
        _digits(12),
        variable_only=True,
    ),
    Identificatienummer: _scalar(
        "Identificatienummer",
        "De waarde waarmee een ander register een persoon of organisatie aanduidt,"
        f" of een adres waarop die te bereiken is. {ALLEEN_VARIABELE}",
        _short_text,
        variable_only=True,
    ),
    URL: _scalar(
        "URL",
        "Een volledig webadres (http of https) van hooguit 1000 tekens.",
        _url,
    ),
    datetime: _scalar(
        "DateTime",
        "Een moment volgens ISO 8601. Antwoorden staan in UTC met een Z aan het eind;"
        " bij vragen is elke tijdzone goed, mits genoemd.",
        _datetime,
        serialize=_utc,
        specified_by="https://datatracker.ietf.org/doc/html/rfc3339",
    ),
    date: _scalar(
        "Date",
        "Een datum volgens ISO 8601, zoals 2026-03-01.",
        _date,
        serialize=date.isoformat,
    ),
    UUID: _scalar("UUID", "Een universeel unieke sleutel.", _uuid),
    JSON: _scalar(
        "JSON",
        "Gegevens in de vorm die hun objecttype voorschrijft, ongewijzigd doorgegeven.",
        lambda value: value,
        serialize=lambda value: value,
    ),
}
"""For StrawberryConfig.scalar_map."""
