from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from uuid import UUID

import pytest

from gateway.errors import InvalidValue
from gateway.identificatie import elfproef
from schema.scalars import (
    BSN,
    JSON,
    RSIN,
    SCALARS,
    URL,
    Identificatienummer,
    KVKNummer,
    Vestigingsnummer,
)


def parse(scalar: object, value: object) -> object:
    parser = SCALARS[scalar].parse_value
    assert parser is not None
    return parser(value)


@pytest.mark.parametrize("digits", ["999993653", "999990019", "111222333"])
def test_the_11_proef_accepts(digits: str) -> None:
    assert elfproef(digits)


@pytest.mark.parametrize("digits", ["999993654", "000000000", "123456789"])
def test_the_11_proef_refuses(digits: str) -> None:
    assert not elfproef(digits)


@pytest.mark.parametrize(
    ("scalar", "value", "parsed"),
    [
        (BSN, "999993653", "999993653"),
        (RSIN, "111222333", "111222333"),
        (KVKNummer, "12345678", "12345678"),
        (Vestigingsnummer, "000012345678", "000012345678"),
        (Identificatienummer, "DE 12/345", "DE 12/345"),
        (URL, "https://zaken.example/x", "https://zaken.example/x"),
        (
            datetime,
            "2026-03-01T09:30:00+01:00",
            datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        ),
        (datetime, "2026-03-01T08:30:00Z", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        (date, "2026-03-01", date(2026, 3, 1)),
        (
            UUID,
            "12345678-1234-5678-1234-567812345678",
            UUID(int=0x12345678123456781234567812345678),
        ),
        (JSON, {"any": ["thing"]}, {"any": ["thing"]}),
    ],
)
def test_a_value_is_read(scalar: object, value: object, parsed: object) -> None:
    assert parse(scalar, value) == parsed


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        (BSN, "999993654"),
        (BSN, "99999365"),
        (BSN, "9999936530"),
        (BSN, " 999993653"),
        (BSN, "٩٩٩٩٩٣٦٥٣"),  # digits, but not ours
        (BSN, 999993653),
        (BSN, None),
        (RSIN, "000000000"),
        (KVKNummer, "1234567"),
        (KVKNummer, "1234567a"),
        (Vestigingsnummer, "12345678"),
        (Identificatienummer, ""),
        (Identificatienummer, "x" * 201),
        (Identificatienummer, "nul\x00"),
        (URL, "ftp://zaken.example/x"),
        (URL, "https://zaken.example/a b"),
        (URL, "https://" + "x" * 1000),
        (datetime, "2026-03-02T10:00:00"),
        (datetime, "gisteren"),
        (datetime, "2026-W09-1T00:00Z"),
        (datetime, "20260301T093000Z"),
        (datetime, "2026-03-01T00:00:00+01:00:30"),
        (datetime, "2026-13-01T00:00:00Z"),
        (date, "2026-W09-1"),
        (datetime, "0001-01-01T00:00:00+14:00"),
        (datetime, 20260301),
        (date, "2026-02-30"),
        (date, "01-03-2026"),
        (UUID, "nope"),
        (UUID, 7),
    ],
)
def test_a_value_outside_the_rule_is_refused_without_being_repeated(
    scalar: object, value: object
) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse(scalar, value)
    assert str(refused.value).startswith("must be ")
    if isinstance(value, str) and value.strip():
        assert value not in str(refused.value)


def test_moments_are_answered_in_utc_with_a_z() -> None:
    serialize = SCALARS[datetime].serialize
    assert serialize is not None
    moment = datetime.fromisoformat("2026-07-01T12:00:00+02:00")
    assert serialize(moment) == "2026-07-01T10:00:00Z"
    edge = "0001-01-01T00:00:00+14:00"  # in UTC it is before the first year there is
    assert serialize(datetime.fromisoformat(edge)) == edge


@pytest.mark.parametrize("offset", [UTC, timezone(timedelta(hours=2)), None])
def test_any_moment_is_answered_as_python_writes_it(offset: timezone | None) -> None:
    serialize, chosen = SCALARS[datetime].serialize, Random(1)  # noqa: S311 - no secret
    assert serialize is not None
    seconds = range(int(timedelta(days=3_652_000).total_seconds()))
    for _ in range(1_000):
        moment = datetime(1, 1, 2) + timedelta(  # noqa: DTZ001 - it gets its offset
            seconds=chosen.choice(seconds),
            microseconds=chosen.choice([0, 1, 500_000, 999_999]),
        )
        moment = moment.replace(tzinfo=offset)
        written = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        assert serialize(moment) == written
