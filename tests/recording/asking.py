"""Mutations are asked over HTTP, and their payload is what a test looks at."""

from typing import Any

from tests.klantbeeld.conftest import Municipality

Payload = dict[str, Any]


async def mutate(office: Municipality, query: str, **variables: object) -> Payload:
    """Ask one mutation; errors fail the test."""
    answer: dict[str, Any] = await office.ask(query, **variables)
    assert "errors" not in answer, answer["errors"]
    (payload,) = answer["data"].values()
    return dict(payload)


def codes(payload: Payload) -> list[tuple[str, str]]:
    """Give code and pad of each mistake."""
    return [(each["code"], each["pad"]) for each in payload["fouten"]]


async def refused(office: Municipality, query: str, **variables: object) -> str:
    """Ask one mutation that may not be asked; gives the code of the error."""
    answer: dict[str, Any] = await office.ask(query, **variables)
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])
