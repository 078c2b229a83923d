"""What one request to a register costs in CPU, by what carries it.

    python -m tests.benchmarks.clients

The same requests through httpx's own pool and through aiohttp below httpx's API, in
turn, one at a time and 25 at once.
"""

import asyncio
import sys
from functools import partial

import httpx

from gateway.demo.run import gateway_settings
from gateway.registers.wire.http import RegisterClient
from gateway.settings import RegisterSettings
from tests.benchmarks.measuring import Measured
from tests.benchmarks.registers import urls
from tests.benchmarks.standins import Running, running

REQUESTS = 100
ROUNDS = 15


async def ask(client: RegisterClient, path: str, at_once: int) -> None:
    for _ in range(REQUESTS // at_once):
        await asyncio.gather(*(client.get(path) for _ in range(at_once)))


def pool(settings: RegisterSettings) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(
        trust_env=False,
        limits=httpx.Limits(
            max_connections=settings.concurrency,
            max_keepalive_connections=settings.concurrency,
        ),
    )


async def main(standins: Running) -> None:
    settings = gateway_settings("postgresql://unused/unused", standins.addresses)
    (objecten,) = (each for each in settings.registers if each.kind == "objecten")
    url = urls(standins, "objecten/objects", 1)[0]
    path = url.removeprefix(objecten.base_url)
    clients = {
        "httpx's pool": RegisterClient(objecten, pool(objecten)),
        "aiohttp": RegisterClient(objecten),
    }
    for at_once in (1, 25):
        shown = {name: Measured() for name in clients}
        for round_ in range(ROUNDS + 1):
            for name, client in clients.items():
                measured = shown[name] if round_ else Measured()
                await measured.run(partial(ask, client, path, at_once))
        pooled, carried = (each.cpu_ms(REQUESTS) for each in shown.values())
        sys.stdout.write(
            f"{at_once:3} at once: httpx's pool {pooled:.2f} ms CPU a request,"
            f" aiohttp {carried:.2f}: {pooled / carried:.1f} times less\n"
        )
    for client in clients.values():
        await client.aclose()


if __name__ == "__main__":
    with running() as them:
        asyncio.run(main(them))
