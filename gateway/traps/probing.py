"""Asking one register how it behaves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

import msgspec

from gateway.registers.records import Json
from gateway.registers.wire.credentials import Clock
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Ask, Reply
from gateway.registers.zaken import ZAKEN
from gateway.traps.judging import Page, Payload, Unknown, must, page_in, told, uuid_of

Headers: TypeAlias = Mapping[str, str]

NONE: Headers = MappingProxyType({})
BOTH_CRS: Headers = ZAKEN.headers
OTHER_CRS = "EPSG:28992"
"""A coordinate system that exists, and that no register answers in."""

NO_CREDENTIALS = " "
"""As `authorization`: a header without a value counts as none."""

DEFAULT_PAGE = 100
LARGEST_PAGE = 500

WITHOUT_ZOEK = frozenset({404, 405})

_JSON: Headers = MappingProxyType({"Content-Type": "application/json"})
# One page: enough to find what few records have.
_SAMPLE = DEFAULT_PAGE


def crs(*names: str) -> Headers:
    """Choose from the headers that name the coordinate system."""
    return {name: BOTH_CRS[name] for name in names}


class Trap(NamedTuple):
    """One assumption, in words that stand behind the register's name."""

    assumption: str
    probe: "Probe"


class Asking(NamedTuple):
    """What is asked for, of one kind of register.

    Attributes:
        resource: its path: `zaken`.
        headers: those that reading it asks for.
        search_headers: those that its `_zoek` or search asks for.
    """

    resource: str
    headers: Headers = NONE
    search_headers: Headers = NONE


class Probed:
    """One register that is asked; remembers a few of its records.

    Attributes:
        settings: of this register.
        resource: the path of what is asked for.
        clock: seconds since 1970.
    """

    def __init__(self, client: RegisterClient, asking: Asking, *, clock: Clock) -> None:
        """Take whom to ask.

        Args:
            client: of the register.
            asking: for what.
            clock: seconds since 1970.
        """
        self.settings = client.settings
        self.resource = asking.resource
        self.clock = clock
        self._asking = asking
        self._exchange = client.exchange
        self._sample: Page | None = None
        self._zoek: Reply | None = None

    async def get(
        self,
        path: str,
        *,
        headers: Headers | None = None,
        params: Mapping[str, str] = NONE,
        more: Headers = NONE,
        authorization: str | None = None,
    ) -> Reply:
        """Read once, whatever comes back.

        Args:
            path: below the register's base, starting with a slash.
            headers: instead of those that the resource asks for.
            params: the query.
            more: headers beside those.
            authorization: instead of our own.

        Raises:
            RegisterError: nothing came back, or too much.
        """
        own = self._asking.headers if headers is None else headers
        ask = Ask("GET", path, {**own, **more}, params, None, authorization)
        return await self._exchange(ask)

    async def head(self, path: str, *, params: Mapping[str, str] = NONE) -> Reply:
        """Ask for the headers of an answer, of whatever media type.

        Raises:
            RegisterError: nothing came back.
        """
        headers = {**self._asking.headers, "Accept": "*/*"}
        return await self._exchange(Ask("HEAD", path, headers, params))

    async def post(
        self,
        path: str,
        body: Json | bytes,
        *,
        headers: Headers | None = None,
        params: Mapping[str, str] = NONE,
        more: Headers = NONE,
    ) -> Reply:
        """Ask a question with a body, once, whatever comes back.

        Args:
            path: of a `_zoek` or search, below the register's base.
            body: JSON, or bytes that are sent as they are.
            headers: instead of those that the resource asks for.
            params: the query.
            more: headers beside those.

        Raises:
            RegisterError: nothing came back, or too much.
        """
        own = self._asking.search_headers if headers is None else headers
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        ask = Ask("POST", path, {**_JSON, **own, **more}, params, content)
        return await self._exchange(ask)

    async def no_uuids(self) -> Reply:
        """Ask `_zoek` for nothing; once, whatever comes back.

        Raises:
            RegisterError: nothing came back.
        """
        if self._zoek is None:
            path = f"/{self.resource}/_zoek"
            self._zoek = await self.post(path, {"uuid__in": []})
        return self._zoek

    async def zoek(
        self,
        body: Json | bytes,
        *,
        headers: Headers | None = None,
        params: Mapping[str, str] = NONE,
        more: Headers = NONE,
    ) -> Reply:
        """Ask `_zoek`; as `post`.

        Raises:
            Unknown: it has none.
            RegisterError: nothing came back, or too much.
        """
        if (await self.no_uuids()).status in WITHOUT_ZOEK:
            raise Unknown("it has no _zoek")
        path = f"/{self.resource}/_zoek"
        return await self.post(path, body, headers=headers, params=params, more=more)

    async def listed(self, **params: str) -> Page:
        """Read a page of the resource's list, to hold against what is assumed of it.

        Raises:
            Differs: what comes back is no page.
            RegisterError: nothing came back, or too much.
        """
        return page_in(await self.get(f"/{self.resource}", params=params))

    async def page(self, **params: str) -> Page:
        """Read a page of the resource's list, to probe something else with.

        Raises:
            Unknown: it cannot be read.
            RegisterError: nothing came back, or too much.
        """
        reply = await self.get(f"/{self.resource}", params=params)
        if reply.status != 200:
            raise Unknown(f"its list cannot be read: {told(reply)}")
        return page_in(reply)

    async def known(self, number: int = 1) -> Sequence[Payload]:
        """Give some of its records, at least so many.

        Raises:
            Unknown: it has fewer.
            RegisterError: nothing came back, or too much.
        """
        if self._sample is None:
            self._sample = await self.page(pageSize=str(_SAMPLE))
        if len(self._sample.results) < number:
            raise Unknown(f"fewer than {number} {self.resource} are shown to us")
        return self._sample.results

    async def one(self, fits: Callable[[Payload], bool], lacking: str) -> Payload:
        """Give one of its records that fits.

        Args:
            fits: says whether a record does.
            lacking: what to say otherwise: "none has a status".

        Raises:
            Unknown: none of those that were read does.
            RegisterError: nothing came back, or too much.
        """
        for record in await self.known():
            if fits(record):
                return record
        raise Unknown(f"of the {self.resource} that are shown to us {lacking}")

    async def known_path(self) -> str:
        """Give the path of one record.

        Raises:
            Unknown: it has none.
            RegisterError: nothing came back, or too much.
        """
        return f"/{self.resource}/{uuid_of((await self.known())[0])}"


Probe = Callable[[Probed], Awaitable[str | None]]
"""Returns what to add to the report, when the assumption holds.

Raises Unknown or Differs, or the RegisterError of an answer that did not come.
"""


def answered(
    path: str,
    status: int,
    code: str = "",
    *,
    headers: Headers | None = None,
    more: Headers = NONE,
    params: Mapping[str, str] = NONE,
) -> Probe:
    """Make the probe that reads one path, and expects one status and code.

    Args:
        path: below the register's base; `{resource}` stands for the resource's.
        status: that is expected.
        code: of a problem; any for none.
        headers: instead of those that the resource asks for.
        more: headers beside those.
        params: the query.
    """

    async def probe(register: Probed) -> None:
        there = path.format(resource=register.resource)
        reply = await register.get(there, headers=headers, more=more, params=params)
        must(reply, status, code)

    return probe
