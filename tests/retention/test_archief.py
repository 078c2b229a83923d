"""Archive data of zaken, from their registers."""

from datetime import date

import pytest

from gateway.deadline import Deadline
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.standins.zaken import create_zaken
from gateway.identificator import Identificator
from gateway.registers.registers import Registers
from gateway.retention.archief import read_archief
from gateway.retention.termijnen import Reden, Termijn
from gateway.store.retention.draden import Zaakverwijzing
from tests.municipality import FIXTURES, Network
from tests.registers.builders import Clock

pytestmark = pytest.mark.anyio

BASE = Addresses().base("zaken")
UUID = "00d35c95-40ea-52ca-b32d-55cdf4309346"
KEPT = "37160723-3e20-5140-a841-1ee6a0162725"
OPEN = "2464f7c9-7af5-50e2-997a-399b81779b84"
DUE = Termijn(date(2026, 12, 2), f"archiefactiedatum van zaak {UUID}")


def zaak(url: str) -> Zaakverwijzing:
    return Zaakverwijzing(url, None)


def four(register: str, soort: str, key: str) -> Zaakverwijzing:
    return Zaakverwijzing(None, Identificator(register, "zaak", soort, key))


@pytest.fixture
def network() -> Network:
    return Network({StandinName.ZAKEN: create_zaken(FIXTURES, Addresses())})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def registers(network: Network, clock: Clock) -> Registers:
    settings = gateway_settings("postgresql://x@/x", Addresses()).registers
    return Registers(settings, network, pseudonym=lambda _who: "", timer=clock)


async def test_each_reference_gets_its_day_or_what_keeps_it_in_one_request(
    registers: Registers, network: Network
) -> None:
    expected = {
        zaak(f"{BASE}/zaken/{UUID}"): DUE,
        four("OpenZaak", "uuid", UUID): DUE,
        four("iets-anders", "zaaknummer", "1"): Reden.REGISTER_ONBEKEND,
        zaak("https://elders.example/zaken/1"): Reden.REGISTER_ONBEKEND,
        zaak(f"{BASE}/zaken/{KEPT}"): Reden.BLIJVEND_BEWAREN,
        zaak(f"{BASE}/zaken/{OPEN}"): Reden.ARCHIEFDATUM_ONBEKEND,
        zaak(f"{BASE}/zaken/{UUID[:-1]}0"): Reden.ZAAK_ONBEKEND,
    }
    reads = registers.reads(Deadline.after(60))
    assert await read_archief(reads, [*expected, *expected]) == expected
    assert network.counted() == {"POST /zaken/api/v1/zaken/_zoek": 1}
    assert network.strangers == []


async def test_nothing_asked_asks_nobody(
    registers: Registers, network: Network
) -> None:
    assert await read_archief(registers.reads(Deadline.after(60)), []) == {}
    assert network.asked() == []


async def test_what_was_read_before_does_not_stand_in_for_a_register_that_fails(
    registers: Registers, network: Network, clock: Clock
) -> None:
    asked = [zaak(f"{BASE}/zaken/{UUID}")]
    first = await read_archief(registers.reads(Deadline.after(60)), asked)
    network.stopped.add(StandinName.ZAKEN)
    clock.now += 120
    reads = registers.reads(Deadline.after(60))
    assert [first[asked[0]], (await read_archief(reads, asked))[asked[0]]] == [
        DUE,
        Reden.REGISTER_ZWIJGT,
    ]
    assert reads.reading.stale == {"zaken": 120.0}
