"""Which executor runs an operation of the gateway, and that both answer the same."""

import logging

import pytest

from tests.klantbeeld.conftest import Opened
from tests.municipality import BENCH_BSN, KLANTBEELD

pytestmark = pytest.mark.anyio

INTROSPECTION = "{ __schema { queryType { name } } ik { soort } }"


async def test_the_page_is_the_same_under_graphql_core(opened: Opened) -> None:
    asked = {"identificatie": {"bsn": BENCH_BSN}, "first": 50}
    answers = []
    for graphql_core in (False, True):
        async with opened(graphql_core=graphql_core) as municipality:
            answer = await municipality.ask(KLANTBEELD, **asked)
        errors = answer.pop("errors")
        assert isinstance(errors, list)
        answers.append((answer, sorted(map(str, errors))))
    assert answers[0] == answers[1]
    assert "klantcontacten" in str(answers[0])


@pytest.mark.parametrize(
    ("graphql_core", "told"),
    [
        (False, ["graphql-core ran 1 operations: introspection"]),
        (True, ["graphql-core ran 2 operations: switched off"]),
    ],
)
async def test_what_graphql_core_ran_is_told_when_the_process_ends(
    opened: Opened,
    caplog: pytest.LogCaptureFixture,
    graphql_core: bool,
    told: list[str],
) -> None:
    with caplog.at_level(logging.INFO, logger="gateway.process"):
        async with opened(graphql_core=graphql_core) as municipality:
            await municipality.ask("{ ik { soort } }")
            await municipality.ask(INTROSPECTION)
        said = [each for each in caplog.records if each.name == "gateway.process"]
    assert [each.getMessage() for each in said] == told
