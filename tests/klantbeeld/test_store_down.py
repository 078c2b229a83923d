"""The store itself may be down; that is told as any other register's outage."""

import pytest

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from tests.klantbeeld.conftest import Municipality, asked_in_process
from tests.municipality import BENCH_BSN, Network

pytestmark = pytest.mark.anyio


async def test_a_store_that_does_not_answer_is_unavailable_not_empty(
    network: Network,
) -> None:
    nowhere = "postgresql://klantbeeld@/klantbeeld?host=/nowhere"
    app = create_app(gateway_settings(nowhere, Addresses()), transport=network)
    async with asked_in_process(app) as client:
        query = """
          query ($b: BSN!) {
            klantbeeld(identificatie: {bsn: $b}) { partij { nummer } }
            klantcontacten { totalCount }
          }
        """
        result = await Municipality(client, network).ask(query, b=BENCH_BSN)
    assert result["data"] == {"klantbeeld": None, "klantcontacten": None}
    errors = result["errors"]
    assert isinstance(errors, list)
    unavailable = {
        "code": "REGISTER_UNAVAILABLE",
        "register": "klantbeeld",
        "retryable": True,
    }
    assert [error["extensions"] for error in errors] == [unavailable, unavailable]
    assert "nowhere" not in str(result)
    assert result["extensions"] == {"klantbeeld": {"complete": False}}
