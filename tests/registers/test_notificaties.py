import json
from datetime import UTC, datetime

import pytest

from gateway.registers.notificaties import (
    InvalidNotificatie,
    InvalidParam,
    Notificatie,
    parse_notificatie,
)
from tests.registers.builders import ZAKEN, Payload, uuid

ZAAK = f"{ZAKEN}/zaken/{uuid(1)}"
STATUS = f"{ZAKEN}/statussen/{uuid(2)}"
URI = r"Expected `str` matching regex '\\A[A-Za-z][A-Za-z0-9+.-]*:[!-~]*\\Z'"


def a_message(**more: object) -> dict[str, object]:
    return {
        "kanaal": "zaken",
        "hoofdObject": ZAAK,
        "resource": "status",
        "resourceUrl": STATUS,
        "actie": "create",
        "aanmaakdatum": "2026-03-02T09:30:00.123456Z",
        "kenmerken": {"bronorganisatie": "002564440", "zaaktype.catalogus": ""},
        **more,
    }


def problems(body: bytes) -> list[InvalidParam]:
    with pytest.raises(InvalidNotificatie) as seen:
        parse_notificatie(body)
    return list(seen.value.params)


def test_a_message_is_read() -> None:
    read = parse_notificatie(json.dumps(a_message(extra=1)).encode())
    assert read == Notificatie(
        kanaal="zaken",
        hoofd_object=ZAAK,
        resource="status",
        resource_url=STATUS,
        actie="create",
        aanmaakdatum=datetime(2026, 3, 2, 9, 30, 0, 123456, UTC),
        kenmerken={"bronorganisatie": "002564440", "zaaktype.catalogus": ""},
    )


def test_kenmerken_may_be_left_out() -> None:
    message: Payload = json.loads(json.dumps(a_message()))
    del message["kenmerken"]
    assert parse_notificatie(json.dumps(message).encode()).kenmerken == {}


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("kanaal", "", "Expected `str` of length >= 1"),
        ("kanaal", "x" * 51, "Expected `str` of length <= 50"),
        ("kanaal", None, "Expected `str`, got `null`"),
        ("hoofdObject", "", URI),
        ("hoofdObject", "/zaken/1", URI),
        ("resource", "", "Expected `str` of length >= 1"),
        ("resource", "x" * 101, "Expected `str` of length <= 100"),
        ("resourceUrl", "https://a.example/ b", URI),
        ("resourceUrl", "https://a.example/\n", URI),
        ("resourceUrl", "https://a.example/\x00", URI),
        ("resourceUrl", "https://a.example/é", URI),
        ("resourceUrl", ["https://a.example/"], "Expected `str`, got `array`"),
        ("actie", "", "Expected `str` of length >= 1"),
        ("actie", "x" * 101, "Expected `str` of length <= 100"),
        ("aanmaakdatum", "gisteren", "Invalid RFC3339 encoded datetime"),
        (
            "aanmaakdatum",
            "2026-03-02T09:30:00",
            "Expected `datetime` with a timezone component",
        ),
        ("aanmaakdatum", 1_800_000_000, "Expected `datetime`, got `int`"),
        ("kenmerken", {"999993653": 1}, "Expected `str`, got `int`"),
        ("kenmerken", {"a": "x" * 1001}, "Expected `str` of length <= 1000"),
        ("kenmerken", None, "Expected `object`, got `null`"),
    ],
)
def test_a_property_outside_the_contract_is_named_with_its_rule(
    name: str, value: object, rule: str
) -> None:
    body = json.dumps(a_message(**{name: value})).encode()
    assert problems(body) == [InvalidParam(name, "invalid", rule)]


def test_all_that_is_wrong_is_told_at_once() -> None:
    body = json.dumps({"kanaal": 1, "actie": "create", "resource": "zaak"}).encode()
    assert [(param.name, param.code) for param in problems(body)] == [
        ("kanaal", "invalid"),
        ("hoofdObject", "required"),
        ("resourceUrl", "required"),
        ("aanmaakdatum", "required"),
    ]


@pytest.mark.parametrize(
    ("body", "code", "rule"),
    [
        (b"", "parse_error", "must be JSON"),
        (b"kanaal=zaken", "parse_error", "must be JSON"),
        (b'{"kenmerken":' * 50_000, "parse_error", "must be JSON"),
        (b"[]", "invalid", "must be an object"),
        (b"null", "invalid", "must be an object"),
    ],
)
def test_what_is_no_message_at_all_is_refused_as_a_whole(
    body: bytes, code: str, rule: str
) -> None:
    assert problems(body) == [InvalidParam("nonFieldErrors", code, rule)]


def test_text_that_cannot_be_decoded_is_its_propertys_problem() -> None:
    body = json.dumps(a_message(actie="ACTIE")).encode().replace(b"ACTIE", b"\xff")
    assert problems(body) == [InvalidParam("actie", "parse_error", "must be JSON")]


def test_a_property_that_is_there_twice_is_refused() -> None:
    body = json.dumps(a_message()).encode()
    twice = b'{"kanaal": 1, ' + body[1:]
    rule = "must have each property once"
    assert problems(twice) == [InvalidParam("nonFieldErrors", "invalid", rule)]
