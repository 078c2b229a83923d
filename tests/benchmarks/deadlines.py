"""How far answers overrun their deadline while a register flaps.

    python -m tests.benchmarks.deadlines

The soak's questions, 2,000 of them, 16 at a time, each with a deadline of a second.
By an employee, with rules, audit trail and processing records; and, bare, by who is not
asked who they are.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from gateway.app import create_app
from gateway.settings import IdentitySettings
from gateway.settings.limits import LimitSettings
from gateway.settings.traces import TraceSettings
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.measuring import a_folder
from tests.faults.flapping import Registers, registers
from tests.faults.soak import Soak, klantcontacten, soaked
from tests.identity.callers import OneDoor, medewerker
from tests.keys import KEY
from tests.klantbeeld.conftest import asked_in_process

OPERATIONS = 2_000
CONCURRENCY = 16


async def main(postgres: EmbeddedPostgres, flapping: Registers, folder: Path) -> None:
    owner, runtime = postgres.url(SUPERUSER, "soak"), postgres.url("klantbeeld", "soak")
    await ensure_database(owner)
    await migrate(owner, runtime_url=runtime)
    ids = await klantcontacten(runtime, flapping.addresses, 200)
    settings = soaked(runtime, flapping.addresses)
    written = settings.model_copy(
        update={
            "identity": IdentitySettings(pseudonym_key=SecretStr(KEY)),
            "traces": TraceSettings(file=folder / "records.jsonl"),
            "limits": LimitSettings(requests_per_minute=10**6, requests_at_once=10**6),
        }
    )
    apps = {
        "employee": create_app(written, door=OneDoor(medewerker())),
        "bare": create_app(settings),
    }
    async with AsyncExitStack() as stack:
        runs: dict[str, Soak] = {}
        for who, app in apps.items():
            client = await stack.enter_async_context(asked_in_process(app))
            runs[who] = Soak(client, ids)
            await runs[who].learn()
        flapping.flap()
        for who, run in runs.items():
            report = await run.run(OPERATIONS, CONCURRENCY)
            sys.stdout.write(f"{who}: {report}\n")


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "soak", durable=False) as server,
        registers() as them,
    ):
        asyncio.run(main(server, them, folder))
