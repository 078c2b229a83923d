"""The soak's own judgement: what it must call wrong, or it would prove nothing."""

from typing import cast

import pytest

from tests.faults.question import Json
from tests.faults.soak import LIFETIME, TRANSIT, Report, growth, judged

BEGIN = 1000.0
TOOK = 0.5
ZAAK = ["klantcontact", "onderwerpen", 0, "zaak"]


def data(age: float, identificatie: str = "ZAAK-1") -> Json:
    """What is answered with a zaak that was sent so many seconds ago."""
    zaak = {
        "identificatie": identificatie,
        "omschrijving": f"{BEGIN - age:.6f}",
    }
    return {"klantcontact": {"nummer": "1", "onderwerpen": [{"zaak": zaak}]}}


def answer(
    found: Json, *, code: str = "", complete: bool = True, stale: int | None = None
) -> Json:
    told: Json = {"complete": complete}
    if stale is not None:
        told["stale"] = {"zaken": stale}
    made: Json = {"data": found, "extensions": {"klantbeeld": told}}
    if code:
        klantcontact = cast("Json", found["klantcontact"])
        cast("list[Json]", klantcontact["onderwerpen"])[0]["zaak"] = None
        made["errors"] = [{"path": ZAAK, "extensions": {"code": code}}]
    return made


@pytest.mark.parametrize(
    ("case", "given", "outcome", "problem"),
    [
        ("all is well", answer(data(0)), "right", ""),
        ("sent meanwhile", answer(data(-TOOK)), "right", ""),
        ("from memory", answer(data(LIFETIME)), "right", ""),
        ("old, and said so", answer(data(3), stale=3), "stale", ""),
        ("older when it was used", answer(data(3), stale=4), "stale", ""),
        ("old, unsaid", answer(data(3 + TRANSIT)), "right", "age"),
        ("older than said", answer(data(5), stale=1), "stale", "age"),
        ("younger than said", answer(data(3), stale=5), "stale", "age"),
        ("another's data", answer(data(0, "ZAAK-2")), "right", "data"),
        ("nothing, and no error", answer({"klantcontact": None}), "right", "data"),
        (
            "down, and said so",
            answer(data(0), code="REGISTER_UNAVAILABLE", complete=False),
            "REGISTER_UNAVAILABLE",
            "",
        ),
        (
            "down, but complete",
            answer(data(0), code="DEADLINE_EXCEEDED"),
            "DEADLINE_EXCEEDED",
            "complete",
        ),
        (
            "well, but not complete",
            answer(data(0), complete=False),
            "right",
            "complete",
        ),
        (
            "a bug",
            answer(data(0), code="INTERNAL", complete=False),
            "INTERNAL",
            "code",
        ),
        (
            "an outage that looks like absence",
            answer(data(0), code="NOT_FOUND", complete=False),
            "NOT_FOUND",
            "code",
        ),
    ],
)
def test_an_answer_is_judged(
    case: str, given: Json, outcome: str, problem: str
) -> None:
    assert judged(given, data(100), BEGIN, TOOK) == (outcome, problem), case


def test_growth_is_of_the_second_half() -> None:
    assert growth([1.0, 3.0, 4.0, 4.0]) == 2.0


def test_overrun_is_counted_from_the_deadline() -> None:
    report = Report()
    report.seconds.extend([0.5] * 98 + [1.0, 1.25])
    late = report.overrun()
    assert (late["p50"], late["max"]) == (0.0, 250.0)
