"""The fault matrix: one question to the whole gateway, while one register has a fault.

Each time: the error at the fields of that register and no other, the rest of the answer
as on a good day, in time, and exactly what was sent to whom.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pytest
from anyio.from_thread import BlockingPortal

from gateway.settings import RegisterKind
from tests.faults.arrangements import FAULTS, Arrangements
from tests.faults.conftest import LIMITS, until_open
from tests.faults.question import FIELDS, GOOD, asked, sent, told, without
from tests.faults.scene import Scene

pytestmark = pytest.mark.anyio


class Outcome(NamedTuple):
    """What the fields say, and what it costs.

    Attributes:
        code: of the error.
        times: how often each request is sent.
        singly: how often the record is asked for by itself, after `_zoek`.
    """

    code: str
    times: int = 1
    singly: int = 0


UNREACHED = Outcome("REGISTER_UNAVAILABLE", 0)
DOWN = Outcome("REGISTER_UNAVAILABLE")
DOWN_TWICE = Outcome("REGISTER_UNAVAILABLE", 2)
REFUSED = Outcome("REGISTER_REFUSED")
MALFORMED = Outcome("REGISTER_MALFORMED")
ABSENT = Outcome("NOT_FOUND")

OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        "refused": UNREACHED,
        "unanswered": UNREACHED,
        "no such name": UNREACHED,
        "untrusted": UNREACHED,
        "redirect elsewhere": REFUSED,
        "slow first byte": DOWN,
        "trickling body": DOWN,
        "500": DOWN,
        "502": DOWN,
        "503": DOWN,
        "503 with Retry-After": DOWN_TWICE,
        "503 with a long Retry-After": DOWN,
        "429": DOWN,
        "429 with Retry-After": DOWN_TWICE,
        "401": REFUSED,
        "403": REFUSED,
        "404": ABSENT,
        "404 as a page": MALFORMED,
        "404 of a proxy": MALFORMED,
        "410": ABSENT,
        "412": REFUSED,
        "page with 200": MALFORMED,
        "truncated JSON": MALFORMED,
        "JSON of the wrong shape": MALFORMED,
        "body that breaks off": DOWN,
        "100 MB": MALFORMED,
        "closed without an answer": DOWN_TWICE,
        "closed within the headers": DOWN_TWICE,
        "a reason that is no text": DOWN,
        "no HTTP": DOWN,
        "204 with a body": DOWN,
    }
)
# Where `_zoek` makes a difference.
BATCHED: Mapping[tuple[str, RegisterKind], Outcome] = MappingProxyType(
    {
        # Asked once more without the status, in case that is what is refused.
        ("403", "zaken"): Outcome("REGISTER_REFUSED", 2),
        # As from a register that has no `_zoek`.
        ("404", "zaken"): Outcome("NOT_FOUND", 1, 1),
        ("404", "documenten"): Outcome("NOT_FOUND", 1, 1),
        ("404 as a page", "zaken"): Outcome("REGISTER_MALFORMED", 1, 1),
        ("404 as a page", "documenten"): Outcome("REGISTER_MALFORMED", 1, 1),
        ("404 of a proxy", "zaken"): Outcome("REGISTER_MALFORMED", 1, 1),
        ("404 of a proxy", "documenten"): Outcome("REGISTER_MALFORMED", 1, 1),
        # Of a question, that it is gone says nothing about a record.
        ("410", "zaken"): REFUSED,
        ("410", "documenten"): REFUSED,
    }
)


def outcome_of(fault: str, kind: RegisterKind) -> Outcome:
    return BATCHED.get((fault, kind), OUTCOMES[fault])


def extensions(code: str, kind: RegisterKind) -> dict[str, object]:
    """What stands beside an error of this register."""
    if not code.startswith("REGISTER_"):
        return {"code": code}
    retryable = code == "REGISTER_UNAVAILABLE"
    return {"code": code, "register": kind, "retryable": retryable}


def test_every_fault_has_an_outcome() -> None:
    assert set(OUTCOMES) == set(FAULTS)


async def test_on_a_good_day_all_is_there(scene: Scene, store_url: str) -> None:
    scene.reset()
    answer = await asked(store_url, scene)
    assert answer == {
        "data": GOOD,
        "extensions": {"klantbeeld": {"complete": True}},
    }
    assert {kind: scene.counted(kind) for kind in FIELDS} == sent()


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_costs_its_own_fields_only(
    fault: str,
    kind: RegisterKind,
    scene: Scene,
    arrangements: Arrangements,
    store_url: str,
) -> None:
    outcome = outcome_of(fault, kind)
    with arrangements.of(fault, kind):
        answer = await asked(store_url, scene)
    assert told(answer) == dict.fromkeys(FIELDS[kind], extensions(outcome.code, kind))
    assert answer["data"] == without(GOOD, FIELDS[kind])
    complete = outcome.code == "NOT_FOUND"
    assert answer["extensions"] == {"klantbeeld": {"complete": complete}}
    assert {each: scene.counted(each) for each in FIELDS} == sent(
        kind, times=outcome.times, singly=outcome.singly
    )
    assert (scene.stranger.connections, scene.stranger.received) == (0, [])


SLOW = ("unanswered", "slow first byte", "trickling body")
PATIENT = {**LIMITS, "connect_timeout": 5.0, "read_timeout": 10.0}
"""A register may take longer than the one who asks."""


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("fault", SLOW)
async def test_at_the_deadline_what_is_there_is_given(
    fault: str,
    kind: RegisterKind,
    scene: Scene,
    arrangements: Arrangements,
    store_url: str,
    portal: BlockingPortal,
) -> None:
    with arrangements.of(fault, kind):
        answer = await asked(store_url, scene, deadline=0.4, limits=PATIENT)
    late = extensions("DEADLINE_EXCEEDED", kind)
    assert told(answer) == dict.fromkeys(FIELDS[kind], late)
    assert answer["data"] == without(GOOD, FIELDS[kind])
    assert answer["extensions"] == {"klantbeeld": {"complete": False}}
    times = 0 if fault == "unanswered" else 1
    assert {each: scene.counted(each) for each in FIELDS} == sent(kind, times=times)
    await until_open(portal, scene.servers[kind], 0)
