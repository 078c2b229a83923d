"""How far answers overrun their deadline while a register flaps.

    python -m tests.benchmarks.deadlines

The soak's questions, 2,000 of them, 16 at a time, each with a deadline of a second.
"""

import asyncio
import sys

from gateway.app import create_app
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.measuring import a_folder
from tests.faults.flapping import Registers, registers
from tests.faults.soak import Soak, klantcontacten, soaked
from tests.klantbeeld.conftest import asked_in_process

OPERATIONS = 2_000
CONCURRENCY = 16


async def main(postgres: EmbeddedPostgres, flapping: Registers) -> None:
    owner, runtime = postgres.url(SUPERUSER, "soak"), postgres.url("klantbeeld", "soak")
    await ensure_database(owner)
    await migrate(owner, runtime_url=runtime)
    ids = await klantcontacten(runtime, flapping.addresses, 200)
    app = create_app(soaked(runtime, flapping.addresses))
    async with asked_in_process(app) as client:
        run = Soak(client, ids)
        await run.learn()
        flapping.flap()
        sys.stdout.write(str(await run.run(OPERATIONS, CONCURRENCY)))


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "soak", durable=False) as server,
        registers() as them,
    ):
        asyncio.run(main(server, them))
