"""Clients that each ask again until their registration is acknowledged."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from gateway.identificatie import elfproef
from schema.node import decode_id
from tests.recording.killed.serving import Served
from tests.recording.stories import (
    BEREIKBAAR,
    REGISTREER_ACTOR,
    STATED,
    bekend,
    contact,
    klant,
    taak,
)

CLIENTS = 8
PAUSE = 0.1
"""Seconds between attempts."""
REGISTREER = """
mutation ($invoer: KlantcontactInput!, $sleutel: String!) {
  registreerKlantcontact(invoer: $invoer, idempotentiesleutel: $sleutel) {
    klantcontact { id }
    fouten { code pad }
  }
}
"""
AGAIN = frozenset({"REGISTER_UNAVAILABLE", "DEADLINE_EXCEEDED"})
"""Codes of what is asked again; any other error ends the test."""


def bsns() -> Iterator[str]:
    """Numbers that pass the 11-proef."""
    return (each for n in range(990_000_000, 10**9) if elfproef(each := str(n)))


def whose(number: int, of: int) -> str | None:
    """Say who a registration is of: every other one of somebody with a BSN.

    Args:
        number: of the registration.
        of: how many there are; four of these are of the same.
    """
    if number % 2:
        return None
    known = [each for each, _ in zip(bsns(), range(max(1, of // 8)), strict=False)]
    return known[number // 2 % len(known)]


def invoer(number: int, bsn: str | None, actor: str) -> dict[str, Any]:
    """A klantcontact in which everything has its number."""
    name = {"achternaam": f"Klant {number}"}
    who = klant(contactnaam=name, digitaleAdressen=BEREIKBAAR)
    known = {} if bsn is None else {"identiteitsvaststelling": STATED}
    zaak = {"zaak": {"url": f"https://zaken.example/{number}"}}
    return contact(
        actor,
        who if bsn is None else bekend(bsn, contactnaam=name),
        onderwerpen=[{"tekst": f"Onderwerp {number}"}, zaak],
        inhoud=[{"tekst": f"Inhoud {number}"}],
        interneTaken=[taak(actor, f"Taak {number}")],
        **known,
    )


def sleutel(number: int) -> str:
    """The key with which it is asked, however often."""
    return f"registratie-{number}"


@dataclass
class Clients:
    """Several at once.

    Attributes:
        served: what they ask.
        number: of registrations.
        acknowledged: keys of klantcontacten, by the number of the registration.
        asked: when what was acknowledged had been asked.
        unanswered: attempts, by why there was no answer.
        another: told of each acknowledgement.
    """

    served: Served
    number: int
    acknowledged: dict[int, UUID] = field(default_factory=dict)
    asked: dict[int, datetime] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    another: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def register(self) -> None:
        """Have all acknowledged."""
        waiting = iter(range(self.number))
        async with httpx.AsyncClient(timeout=60) as client:
            self._client = client
            asked = {"soortActor": "medewerker", "naam": "KCC"}
            made = await self._answered(REGISTREER_ACTOR, invoer=asked)
            actor = made["registreerActor"]["actor"]["id"]
            await asyncio.gather(
                *(self._one_by_one(waiting, actor) for _ in range(CLIENTS))
            )

    async def kill(
        self, kills: int, seed: int, crash: Callable[[], None] | None = None
    ) -> None:
        """Kill what they ask, each time some moments after another acknowledgement.

        Args:
            kills: how often.
            seed: of when.
            crash: of what that keeps its data in; once for each ten kills.
        """
        chance = random.Random(seed)  # noqa: S311 - to be the same again
        points = chance.sample(range(1, self.number - 3 * kills), kills)
        for index, point in enumerate(sorted(points), start=1):
            await self._some_moment(point, chance)
            await self.served.kill()
            if crash is not None and index % 10 == 0:
                await self._some_moment(point, chance)
                await asyncio.to_thread(crash)

    async def _some_moment(self, point: int, chance: random.Random) -> None:
        """Wait for so many acknowledgements, one more at least, and then some."""
        enough = max(point, len(self.acknowledged) + 1)
        async with self.another:
            await self.another.wait_for(lambda: len(self.acknowledged) >= enough)
        await asyncio.sleep(chance.uniform(0, 0.05))

    async def _one_by_one(self, waiting: Iterator[int], actor: str) -> None:
        for number in waiting:
            asked = invoer(number, whose(number, self.number), actor)
            data = await self._answered(
                REGISTREER, number, invoer=asked, sleutel=sleutel(number)
            )
            payload = data["registreerKlantcontact"]
            assert payload["fouten"] == []
            _, key = decode_id(payload["klantcontact"]["id"], "id")
            self.acknowledged[number] = key
            async with self.another:
                self.another.notify_all()

    async def _answered(
        self, query: str, number: int | None = None, **variables: object
    ) -> Mapping[str, Any]:
        """Ask until there is an answer."""
        body = {"query": query, "variables": variables}
        while True:
            if number is not None:
                self.asked[number] = datetime.now(UTC)
            try:
                answer = await self._client.post(self.served.address, json=body)
            except httpx.TransportError as error:
                self.unanswered[type(error).__name__] += 1
                await asyncio.sleep(PAUSE)
                continue
            content: dict[str, Any] = answer.json()
            codes = codes_of(content.get("errors", ()))
            if not codes:
                return dict(content["data"])
            assert AGAIN.issuperset(codes), content
            self.unanswered.update(codes)
            await asyncio.sleep(PAUSE)


def codes_of(errors: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the code of each error."""
    return [each["extensions"]["code"] for each in errors]
