"""Over real sockets, as an operator probes: what no transport in memory can get wrong."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.servers import Background, bound, port_of
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.zaken import create_zaken
from gateway.traps.report import Verdict, probe_all

pytestmark = pytest.mark.anyio


async def test_all_traps_hold_over_sockets(many: Path) -> None:
    listening = {name: bound(0) for name in StandinName}
    # A name with letters, so that it can be written in capitals.
    where = Addresses(
        {name: f"http://localhost:{port_of(each)}" for name, each in listening.items()}
    )
    servers = {
        StandinName.ZAKEN: create_zaken(many, where),
        StandinName.DOCUMENTEN: create_documenten(many, where),
        StandinName.OBJECTEN: create_objecten(many, where),
    }
    with ExitStack() as stack:
        for name, server in servers.items():
            stack.enter_context(Background(server, listening[name]))
        rows = await probe_all(gateway_settings("postgresql://x@127.0.0.1:1/x", where))
    assert [row for row in rows if row.verdict is not Verdict.HOLDS] == []
    assert len(rows) == 281
