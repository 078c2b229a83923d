"""Asking in one request which zaken have a rol of somebody; and whether that is true.

A filter that a register does not know is silently ignored, and then all zaken come
back: as if they all were theirs. So a filter is believed only once it was seen to
filter: the same question about somebody who cannot exist finds nothing, where that
about a real one found something. What is asked stands in the body, never in an address.

Source: observed on Open Zaak 1.30.
"""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from gateway.deadline import Timer
from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    RegisterError,
    RegisterRefused,
)
from gateway.registers.directory import Place
from gateway.registers.reading.pages import Page, page_in
from gateway.registers.reading.zoek import LEARNT_FOR
from gateway.registers.records import Json, Record, Resource
from gateway.registers.rollen import Naming
from gateway.registers.wire.http import RegisterClient, Remaining

PROVEN_FOR = 600.0
"""Seconds for which a filter that filters is believed, while the register's API-version
stays what it was."""

Told = bool | GatewayError | None
"""Whether a zaak is theirs; None where the filter does not tell."""

# The question is not understood; or, where it is too large, could be put otherwise.
_NOT_THIS_WAY = frozenset({400, 404, 405, 413})


class _Found(NamedTuple):
    """The zaken of somebody, and the versions of the API that say so."""

    uuids: frozenset[UUID]
    versions: frozenset[str]


class _Proof(NamedTuple):
    """Whether nobody has nothing, and the version of the API that says so."""

    filters: bool
    version: str


class RolFilter:
    """One filter of one register."""

    def __init__(
        self,
        client: RegisterClient,
        resource: Resource[Record],
        naming: Naming,
        *,
        timer: Timer,
    ) -> None:
        """Take what to ask; nothing is believed yet.

        Args:
            client: of the register.
            resource: zaken.
            naming: how a rol names somebody.
            timer: monotonic seconds.
        """
        self._client = client
        self._resource = resource
        self._naming = naming
        self._timer = timer
        self._version = ""
        self._proven_until = 0.0
        self._unused_until = 0.0 if client.settings.zoek else float("inf")

    def leave(self) -> None:
        """Do without it for a while, since it does not tell, and rollen do."""
        now = self._timer()
        if now >= self._unused_until:  # or it would never be tried again
            self._unused_until = now + LEARNT_FOR

    async def tell(
        self, places: Sequence[Place], waarde: str, remaining: Remaining
    ) -> dict[str, Told]:
        """Say of each URL whether it is theirs.

        Costs one request, and another beside it while the filter is not proven; after
        it, and only if something was found, where rollen seldom name somebody so.

        Args:
            places: of zaken, as many as go in one question.
            waarde: names somebody; never empty.
            remaining: seconds until nobody waits any more.
        """
        if self._timer() < self._unused_until:
            return {place.url: None for place in places}
        found, proof = await self._asked(places, waarde, remaining)
        if isinstance(found, RegisterError):
            return dict.fromkeys((place.url for place in places), _told(found))
        theirs = [place for place in places if place.uuid in found.uuids]
        told: dict[str, Told] = {place.url: False for place in places}
        if theirs:
            verdict = await self._verdict(found, proof, theirs, remaining)
            told |= dict.fromkeys((place.url for place in theirs), verdict)
        return told

    async def _asked(
        self, places: Sequence[Place], waarde: str, remaining: Remaining
    ) -> tuple[_Found | RegisterError, _Proof | RegisterError | None]:
        """Ask, and for a proof at the same time where that is due and of use."""
        if self._timer() < self._proven_until or not self._naming.usual:
            return await self._found(places, waarde, remaining), None
        async with asyncio.TaskGroup() as group:
            found = group.create_task(self._found(places, waarde, remaining))
            proof = group.create_task(self._proof(places, remaining))
        return found.result(), proof.result()

    async def _verdict(
        self,
        found: _Found,
        proof: _Proof | RegisterError | None,
        theirs: Sequence[Place],
        remaining: Remaining,
    ) -> Told:
        """Say whether what was found is to be believed."""
        if proof is None:
            proven = self._timer() < self._proven_until
            if proven and found.versions == {self._version}:
                return True
            proof = await self._proof(theirs, remaining)
        if isinstance(proof, RegisterError):
            return _told(proof)
        # Two versions may answer in turn while a register is renewed.
        if not proof.filters or found.versions != {proof.version}:
            return None
        self._version = proof.version
        self._proven_until = self._timer() + PROVEN_FOR
        return True

    async def _found(
        self, places: Sequence[Place], waarde: str, remaining: Remaining
    ) -> _Found | RegisterError:
        uuids: set[UUID] = set()
        versions: set[str] = set()
        left = places
        try:
            while left:
                page, version = await self._page(left, waarde, remaining)
                versions.add(version)
                theirs = self._uuids(page, left)
                uuids |= theirs
                if page.next is None:
                    break
                # It puts less on a page than it was asked to; what is left is asked
                # for by uuid: a `next` may lead anywhere.
                left = [place for place in left if place.uuid not in theirs]
        except RegisterError as error:
            return error
        return _Found(frozenset(uuids), frozenset(versions))

    def _uuids(self, page: Page, places: Sequence[Place]) -> set[UUID]:
        asked = {place.uuid for place in places}
        named = {self._resource.uuid_in(result) for result in page.results}
        uuids = {uuid for uuid in named if uuid in asked}
        if len(uuids) < len(named) or (page.next is not None and not uuids):
            message = "it answered something else than was asked"
            raise MalformedAnswer(self._register, message)
        return uuids

    async def _proof(
        self, places: Sequence[Place], remaining: Remaining
    ) -> _Proof | RegisterError:
        try:
            page, version = await self._page(places, self._naming.nobody, remaining)
        except RegisterError as error:
            return error
        return _Proof(not page.results and page.next is None, version)

    async def _page(
        self, places: Sequence[Place], waarde: str, remaining: Remaining
    ) -> tuple[Page, str]:
        body: dict[str, Json] = {
            "uuid__in": [str(place.uuid) for place in places],
            self._naming.filter: waarde,
        }
        answer = await self._client.post(
            f"/{self._resource.path}/_zoek",
            body,
            params={"pageSize": str(self._client.settings.page_size)},
            headers=self._resource.headers,
            remaining=remaining,
        )
        return page_in(answer, self._register), answer.version

    @property
    def _register(self) -> str:
        return self._client.settings.name


def _told(error: RegisterError) -> Told:
    refused = isinstance(error, RegisterRefused) and error.status in _NOT_THIS_WAY
    return None if refused else error
