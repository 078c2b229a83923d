from datetime import date
from uuid import UUID

import httpx
import pytest
import respx

from gateway.errors import MalformedAnswer
from gateway.registers.objecten import (
    OBJECTS,
    OBJECTTYPES,
    DataClassification,
    Object,
    ObjectRecord,
    ObjectType,
)
from gateway.registers.records import Json
from tests.registers.builders import (
    OBJECTEN,
    Payload,
    a_register,
    an_object,
    an_objecttype,
    encoded,
    reads,
    uuid,
)

UUID_1 = UUID(uuid(1))
OBJECT = f"{OBJECTEN}/objects/{uuid(1)}"
DATA: Payload = {"leeg": "", "niets": None, "diep": {"lijst": ["", {}, 1.5, True]}}


def parsed(payload: Payload) -> Object:
    return OBJECTS.read(encoded(payload), register="objecten", url=OBJECT).record


def parsed_type(payload: Payload) -> ObjectType:
    url = f"{OBJECTEN}/objecttypes/{uuid(1)}"
    return OBJECTTYPES.read(encoded(payload), register="objecten", url=url).record


def test_an_object_is_read_as_it_is_and_its_data_untouched() -> None:
    assert parsed(an_object(1, data=DATA)) == Object(
        url=f"{OBJECTEN}/objects/{uuid(1)}",
        uuid=UUID_1,
        type=f"{OBJECTEN}/objecttypes/{uuid(904)}",
        record=ObjectRecord(
            index=1,
            type_version=1,
            data=DATA,
            start_at=date(2026, 3, 2),
            registration_at=date(2026, 3, 2),
        ),
    )


def test_an_objecttype_is_read_as_it_is() -> None:
    assert parsed_type(an_objecttype(1)) == ObjectType(
        url=f"{OBJECTEN}/objecttypes/{uuid(1)}",
        uuid=UUID_1,
        name="taak",
        name_plural="taken",
        data_classification=DataClassification.INTERN,
    )


@pytest.mark.parametrize("required", ["url", "uuid", "type", "record"])
def test_an_object_without_a_required_property_is_malformed(required: str) -> None:
    payload = an_object(1)
    del payload[required]
    with pytest.raises(MalformedAnswer):
        parsed(payload)


@pytest.mark.parametrize(
    "broken",
    [
        {"startAt": "2026-03-02"},
        {"typeVersion": 1},
        {"typeVersion": 1, "startAt": ""},
        {"typeVersion": 1, "startAt": "2026-03-02", "data": ["geen", "object"]},
        {"typeVersion": 1, "startAt": "2026-03-02", "data": None},
    ],
)
def test_an_object_whose_record_is_outside_the_contract_is_malformed(
    broken: Json,
) -> None:
    with pytest.raises(MalformedAnswer):
        parsed(an_object(1) | {"record": broken})


@pytest.mark.parametrize("required", ["url", "uuid", "name", "namePlural"])
def test_an_objecttype_without_a_required_property_is_malformed(required: str) -> None:
    payload = an_objecttype(1)
    del payload[required]
    with pytest.raises(MalformedAnswer):
        parsed_type(payload)


@pytest.mark.anyio
async def test_objecten_gets_its_token_and_no_crs_headers(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    url = f"{OBJECTEN}/objects/{uuid(1)}"
    router.get(url).respond(json=an_object(1))
    registers = reads(transport, a_register("objecten"))
    await registers.objecten.objecten_by_url([url])
    sent = router.calls.last.request.headers
    assert sent["Authorization"] == "Token een-token-van-veertig-tekens"
    assert not {"Accept-Crs", "Content-Crs"} & set(sent)


@pytest.mark.parametrize(("levels", "readable"), [(99, True), (101, False)])
def test_data_nested_beyond_reason_are_outside_the_contract(
    levels: int, readable: bool
) -> None:
    data: dict[str, Json] = {}
    for _ in range(levels):
        data = {"in": data}
    if readable:
        assert parsed(an_object(1, data=data)).record.data == data
    else:
        with pytest.raises(MalformedAnswer):
            parsed(an_object(1, data=data))
