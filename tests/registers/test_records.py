import json
from uuid import UUID

import pytest

from gateway.errors import MalformedAnswer
from gateway.registers.records import (
    Json,
    Record,
    Resource,
    parse_uuid,
    without_blanks,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.registers.builders import uuid


class Ding(Record, frozen=True, kw_only=True):
    naam: str
    tekst: str | None = None
    leeg: str | None = None


DINGEN = Resource(kind="zaken", path="dingen", record=Ding, lifetime="zaken")
UUID_1 = UUID(uuid(1))
URL = f"https://x.example/dingen/{UUID_1}"


def test_a_uuid_is_read_in_any_case() -> None:
    assert parse_uuid(uuid(1)) == parse_uuid(uuid(1).upper()) == UUID_1


@pytest.mark.parametrize(
    "text",
    ["", "x", uuid(1).replace("-", ""), f"{{{uuid(1)}}}", f"urn:uuid:{uuid(1)}", "é"],
)
def test_what_is_not_in_the_canonical_form_is_no_uuid(text: str) -> None:
    assert parse_uuid(text) is None


def test_the_uuid_is_the_url_s_last_segment() -> None:
    assert Ding(url=URL, naam="x").uuid == UUID_1


@pytest.mark.parametrize(
    "url", ["", "x", URL + "/", URL.replace("-", ""), f"urn:uuid:{UUID_1}"]
)
def test_a_record_has_a_url_that_ends_in_a_uuid(url: str) -> None:
    with pytest.raises(ValueError, match=r"uuid|UUID"):
        Ding(url=url, naam="x")


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        ("empty", b""),
        ("no JSON", b"<html>"),
        ("no object", b"[]"),
        ("no UTF-8", b'{"naam":"\xff"}'),
        ("more than one", b"{}{}"),
        ("a number beyond all", b'{"naam":1e999}'),
        ("bottomless", b'{"naam":' + b"[" * 100_000),
        ("deep", b'{"naam":' + b"[" * 900 + b"]" * 900 + b"}"),
    ],
)
def test_what_is_no_record_is_malformed(case: str, answer: bytes) -> None:
    with pytest.raises(MalformedAnswer) as malformed:
        DINGEN.read(answer, register="een", url=URL)
    assert malformed.value.register == "een", case
    assert str(malformed.value).endswith("a record of dingen is outside its contract")


@pytest.mark.parametrize(
    ("value", "filled_in"),
    [
        ("", ""),
        ({}, {}),
        ({"a": "", "b": {}, "c": []}, {"a": None, "b": None, "c": []}),
        ({"a": 0, "b": False, "c": " "}, {"a": 0, "b": False, "c": " "}),
        ({"a": {"b": ""}}, {"a": {"b": None}}),
        ([{"a": ""}, ""], [{"a": None}, ""]),
    ],
)
def test_a_property_that_is_not_filled_in_is_null(value: Json, filled_in: Json) -> None:
    assert without_blanks(value) == filled_in


def test_vertrouwelijkheid_is_listed_from_low_to_high() -> None:
    assert [*Vertrouwelijkheidaanduiding] == [
        "openbaar",
        "beperkt_openbaar",
        "intern",
        "zaakvertrouwelijk",
        "vertrouwelijk",
        "confidentieel",
        "geheim",
        "zeer_geheim",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        ':""',
        ': ""',
        '\\":""',
        "{}",
        ':"",":""',
        "eindigt op:",
        'zei: "ja"',
        '\\\\":"',
        "é\n\t\u0000:",
    ],
)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (",\n", ":\r\n\t ")])
def test_only_a_text_that_is_empty_is_null(
    text: str, separators: tuple[str, str]
) -> None:
    fields = {"url": URL, "naam": "x", "leeg": "", "tekst": text, text: text}
    answer = json.dumps(fields, separators=separators, ensure_ascii=False).encode()
    found = DINGEN.read(answer, register="een", url=URL)
    assert found.record == Ding(url=URL, naam="x", tekst=text or None)
    assert found.size == len(answer)
