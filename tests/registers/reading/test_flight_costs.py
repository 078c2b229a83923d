"""In whose cost a request is that answers several."""

import asyncio
import json

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.metering import Meter, within
from gateway.registers.registers import Registers
from tests.registers.builders import (
    ZAKEN,
    Clock,
    Gate,
    a_register,
    a_zaak,
    page,
    pseudonym,
    uuid,
)

pytestmark = pytest.mark.anyio

ZOEK = f"{ZAKEN}/zaken/_zoek"


class Operation:
    """Reads zaken by their numbers."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._meter = Meter()

    def read(self, *numbers: int) -> asyncio.Task[object]:
        """Begin to, within a meter of its own."""
        urls = [f"{ZAKEN}/zaken/{uuid(number)}" for number in numbers]
        reads = self._registers.reads(Deadline.after(60))
        with within(self._meter):
            return asyncio.create_task(reads.zaken.zaken_by_url(urls))

    @property
    def requests(self) -> int:
        """How many it says that it sent."""
        requests = self._meter.cost()["requests"]
        assert isinstance(requests, dict)
        return sum(each["number"] for each in requests.values())


@pytest.fixture
def gate(router: respx.MockRouter) -> Gate:
    """Keeps back what the register answers."""
    gate = Gate()

    async def answer(request: httpx.Request) -> httpx.Response:
        await gate.passed()
        wanted = json.loads(request.content)["uuid__in"]
        return page(a_zaak(number) for number in (1, 2) if uuid(number) in wanted)

    router.post(ZOEK).mock(side_effect=answer)
    return gate


@pytest.fixture
def registers(transport: httpx.MockTransport, clock: Clock) -> Registers:
    settings = [a_register("zaken")]
    return Registers(settings, transport, pseudonym=pseudonym, timer=clock)


async def test_who_joins_a_request_has_none_of_their_own(
    registers: Registers, gate: Gate
) -> None:
    one, other = Operation(registers), Operation(registers)
    reading = one.read(1)
    await gate.came()
    joining = other.read(1)
    await asyncio.sleep(0)  # until it has joined
    gate.open()
    assert await joining == await reading
    assert (one.requests, other.requests) == (1, 0)


async def test_who_joins_one_has_those_that_they_send_themselves(
    registers: Registers, gate: Gate
) -> None:
    one, other = Operation(registers), Operation(registers)
    reading = one.read(1)
    await gate.came()
    joining = other.read(1, 2)
    await gate.came()
    gate.open()
    await asyncio.gather(reading, joining)
    assert (one.requests, other.requests) == (1, 1)


async def test_what_two_ask_at_the_same_moment_is_of_who_was_first(
    registers: Registers, gate: Gate, router: respx.MockRouter
) -> None:
    one, other = Operation(registers), Operation(registers)
    reading, joining = one.read(1), other.read(2)
    await gate.came()
    gate.open()
    await asyncio.gather(reading, joining)
    assert (one.requests, other.requests, len(router.calls)) == (1, 0, 1)
