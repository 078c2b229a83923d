import signal
from collections.abc import Iterator

import pytest

from gateway.demo.stopping import Stopped, Stopping


@pytest.fixture
def stopping() -> Iterator[Stopping]:
    made = Stopping()
    made.listen()
    yield made
    made.restore()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_waits_until_it_suits(stopping: Stopping, number: int) -> None:
    stopping.check()
    signal.raise_signal(number)
    with pytest.raises(Stopped):
        stopping.check()


def test_a_second_signal_does_not_wait(stopping: Stopping) -> None:
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGINT)
    assert stopping.asked


def test_a_signal_acts_at_once_when_there_is_something_to_do(
    stopping: Stopping,
) -> None:
    done: list[str] = []
    stopping.from_now(lambda: done.append("ended"))
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    assert done == ["ended", "ended"]


def test_a_signal_from_before_is_not_forgotten(stopping: Stopping) -> None:
    done: list[str] = []
    signal.raise_signal(signal.SIGINT)
    stopping.from_now(lambda: done.append("ended"))
    assert done == ["ended"]


def test_what_ends_is_not_disturbed(stopping: Stopping) -> None:
    stopping.ignore()
    signal.raise_signal(signal.SIGTERM)
    assert not stopping.asked


def test_signals_are_left_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM)
    stopping = Stopping()
    stopping.listen()
    assert signal.getsignal(signal.SIGTERM) != before
    stopping.restore()
    assert signal.getsignal(signal.SIGTERM) == before
