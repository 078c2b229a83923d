"""The demo municipality in one process: the gateway, and stand-ins for the registers."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from gateway.demo.addresses import CANONICAL, StandinName
from gateway.demo.issuer import Issuer
from gateway.demo.standins.server import Asked, Standin

if TYPE_CHECKING:
    from tests.registers.builders import Gate

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
KLANTBEELD = (Path(__file__).parent / "klantbeeld.graphql").read_text()
MIJN_KLANTBEELD = KLANTBEELD.replace(
    "$identificatie: IdentificatieInput!, ", ""
).replace("klantbeeld(identificatie: $identificatie)", "mijnKlantbeeld")
"""The same page, asked by whom it is about."""

BENCH_BSN = "999993653"
"""Whose page the benchmarks use."""


class Network(httpx.AsyncBaseTransport):
    """Takes each request to the stand-in at its host; others do not exist.

    An issuer is no register: what it is asked is remembered by its own stand-in only.

    Attributes:
        standins: by name.
        stopped: those that do not answer now.
        refused: how often these were tried.
        strangers: hosts that were asked and are no register.
        rewrite: changes the body of an answer, to play another server.
        gate: keeps requests back until the test opens it.
    """

    def __init__(
        self, standins: Mapping[StandinName, Standin], issuer: Issuer | None = None
    ) -> None:
        self.standins = standins
        self.stopped: set[StandinName] = set()
        self.refused: Counter[StandinName] = Counter()
        self.strangers: list[str] = []
        self.rewrite: Callable[[bytes], bytes] | None = None
        self.gate: Gate | None = None
        hosts = {httpx.URL(CANONICAL[name]).host: name for name in standins}
        self._hosts = hosts
        self._transports = {
            name: httpx.ASGITransport(app) for name, app in standins.items()
        }
        self._issuers = (
            {httpx.URL(issuer.url).host: httpx.ASGITransport(issuer.standin)}
            if issuer is not None
            else {}
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the stand-in.

        Raises:
            httpx.ConnectError: it was stopped, or there is none.
        """
        if request.url.host in self._issuers:
            return await self._issuers[request.url.host].handle_async_request(request)
        name = self._hosts.get(request.url.host)
        if name is None:
            self.strangers.append(request.url.host)
        if name in self.stopped:
            self.refused[name] += 1
        if name is None or name in self.stopped:
            raise httpx.ConnectError("connection refused")
        if self.gate is not None:
            await self.gate.passed()
        answer = await self._transports[name].handle_async_request(request)
        if self.rewrite is None:
            return answer
        body = self.rewrite(await answer.aread())
        headers = {"content-type": answer.headers["content-type"]}
        return httpx.Response(answer.status_code, headers=headers, content=body)

    def asked(self) -> list[Asked]:
        """Every request since the last `forget`, stand-in by stand-in."""
        return [each for standin in self.standins.values() for each in standin.asked]

    def counted(self) -> Counter[str]:
        """How often each resource was asked; a uuid is left out of its path."""
        return Counter(f"{each.method} {_resource(each.path)}" for each in self.asked())

    def forget(self) -> None:
        """Start counting anew."""
        for standin in self.standins.values():
            standin.asked.clear()


def _resource(path: str) -> str:
    path = path.partition("?")[0]
    head, _, last = path.rpartition("/")
    return path if last == "_zoek" else f"{head}/…"
