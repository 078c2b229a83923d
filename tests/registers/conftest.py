import httpx
import pytest
import respx

from tests.registers.builders import Clock


@pytest.fixture
def router() -> respx.MockRouter:
    """The registers: they answer what a test gives them and remember what was asked."""
    return respx.MockRouter(assert_all_called=False)


@pytest.fixture
def transport(router: respx.MockRouter) -> httpx.MockTransport:
    return httpx.MockTransport(router.async_handler)


@pytest.fixture
def clock() -> Clock:
    return Clock()
