"""Archive data of zaken, from their registers."""

import uuid as uuids
from datetime import date

import pytest
from msgspec.structs import replace

from gateway.deadline import Deadline
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.standins.zaken import create_zaken
from gateway.identificator import Identificator
from gateway.registers.registers import Registers
from gateway.registers.zaken import Archiefnominatie, Zaak
from gateway.retention.archief import judged, read_archief
from gateway.retention.termijnen import Reden, Termijn
from gateway.store.retention.draden import Zaakverwijzing
from tests.municipality import FIXTURES, Network
from tests.registers.builders import Clock, uuid

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


def of_another(objecttype: str, soort: str, key: str) -> Zaakverwijzing:
    """What was recorded as something else than a zaak."""
    named = Identificator("openzaak", objecttype, soort, key)
    return Zaakverwijzing(None, named, is_zaak=False)


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


async def test_what_was_recorded_as_another_is_a_zaak_if_it_says_so_or_its_register_does(
    registers: Registers, network: Network
) -> None:
    url = f"{BASE}/zaken/{UUID}"
    expected = {
        replace(zaak(url), is_zaak=False): DUE,
        replace(zaak(f"{url}/zaakeigenschappen/{UUID}"), is_zaak=False): (
            Reden.REGISTER_ONBEKEND
        ),
        of_another("zgw-Zaak", "uuid", UUID): DUE,
        of_another("zaak", "zaaknummer", "1"): Reden.REGISTER_ONBEKEND,
        of_another("object", "url", url): DUE,
        of_another("object", "uuid", UUID): None,
        replace(
            zaak(f"{Addresses().base('objecten')}/objects/{UUID}"), is_zaak=False
        ): (None),
        replace(zaak("https://elders.example/zaken/1"), is_zaak=False): None,
    }
    assert await read_archief(registers.reads(Deadline.after(60)), expected) == expected
    assert network.counted() == {"POST /zaken/api/v1/zaken/_zoek": 1}


@pytest.mark.parametrize(
    ("einddatum", "expected"),
    [
        (None, Reden.ARCHIEFDATUM_ONBEKEND),
        (date(2026, 12, 3), Reden.ARCHIEFDATUM_ONBEKEND),
        (DUE.op, Termijn(DUE.op, f"archiefactiedatum van zaak {uuid(1)}")),
    ],
)
def test_a_day_before_the_end_of_a_zaak_is_not_known(
    registers: Registers, einddatum: date | None, expected: Termijn | Reden
) -> None:
    ended = Zaak(
        url=f"{BASE}/zaken/{uuid(1)}",
        uuid=uuids.UUID(uuid(1)),
        bronorganisatie="1",
        zaaktype="",
        startdatum=date(2020, 1, 1),
        einddatum=einddatum,
        archiefnominatie=Archiefnominatie.VERNIETIGEN,
        archiefactiedatum=date(2026, 12, 2),
        deelzaken=(),
        status=None,
        resultaat=None,
    )
    found = judged(registers.reads(Deadline.after(60)), ended)
    assert found == expected


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
