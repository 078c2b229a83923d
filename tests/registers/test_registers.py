import asyncio
import base64
import json

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded, InvalidSettings
from gateway.registers.registers import Registers
from tests.registers.builders import (
    CATALOGI,
    OBJECTEN,
    ZAKEN,
    Clock,
    Gate,
    a_register,
    a_status,
    an_object,
    pseudonym,
    reads,
    uuid,
)

pytestmark = pytest.mark.anyio


def test_a_reference_s_bron_is_the_name_of_its_register() -> None:
    registers = reads(None, a_register("zaken", name="zaaksysteem"))
    assert registers.bron(f"{ZAKEN}/zaken/{uuid(1)}") == "zaaksysteem"
    assert registers.bron(f"{CATALOGI}/zaaktypen/{uuid(1)}") is None


def test_without_registers_nobody_owns_anything() -> None:
    assert reads(None).bron(f"{ZAKEN}/zaken/{uuid(1)}") is None


def test_settings_that_leave_an_owner_in_doubt_are_refused() -> None:
    with pytest.raises(InvalidSettings):
        Registers(
            [a_register(), a_register(name="tweede", base_url=ZAKEN)],
            pseudonym=pseudonym,
        )


async def test_credentials_go_to_their_own_register_only(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    registers = Registers(
        [a_register("zaken", client_id="alleen-zaken"), a_register("objecten")],
        transport,
        pseudonym=pseudonym,
        clock=clock,
    )
    status, thing = f"{ZAKEN}/statussen/{uuid(1)}", f"{OBJECTEN}/objects/{uuid(1)}"
    router.get(status).respond(json=a_status(1))
    router.get(thing).respond(json=an_object(1))
    reading = registers.reads(Deadline.after(60))
    await reading.zaken.statussen_by_url([status])
    await reading.objecten.objecten_by_url([thing])
    of_zaken, of_objecten = (
        call.request.headers["Authorization"] for call in router.calls
    )
    claims = json.loads(base64.urlsafe_b64decode(of_zaken.split(".")[1] + "=="))
    assert (claims["client_id"], claims["iat"]) == ("alleen-zaken", clock.now - 5)
    assert of_objecten == "Token een-token-van-veertig-tekens"


async def test_closing_gives_up_what_is_under_way(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    gate = Gate()

    async def answer(_: httpx.Request) -> httpx.Response:
        await gate.passed()
        raise AssertionError

    router.get().mock(side_effect=answer)
    registers = Registers([a_register("zaken")], transport, pseudonym=pseudonym)
    reading = registers.reads(Deadline.after(60))
    urls = [f"{ZAKEN}/statussen/{uuid(number)}" for number in (1, 2)]
    asking = asyncio.create_task(reading.zaken.statussen_by_url(urls))
    await gate.came(2)
    await registers.aclose()
    answers = await asking
    assert [type(answer) for answer in answers] == [DeadlineExceeded] * 2
