import pytest

from gateway.registers.wire.breaker import Breaker


class Timer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def after(history: str) -> bool:
    """Whether a request may go out after a history, of three outages and five seconds.

    `+` a request goes out and is answered, `-` goes out and is not, `?` goes out and is
    given up, `>` goes out and is under way; `a` and `f` tell of one that went out before
    all this: answered, failed; `d` was given up after a second. Numbers are seconds that pass.
    """
    timer = Timer()
    breaker = Breaker(failures=3, seconds=5, timer=timer)
    tell = {
        "+": breaker.answered,
        "a": breaker.answered,
        "-": breaker.failed,
        "f": breaker.failed,
        "d": lambda: breaker.doubted(timer.now - 1),
        "?": breaker.unknown,
    }
    for step in history.split():
        if step in "+-?>":
            assert breaker.admits(), f"{step} in {history}"
        if step in tell:
            tell[step]()
        elif step != ">":
            timer.now += float(step)
    return breaker.admits()


@pytest.mark.parametrize(
    ("case", "history", "admitted"),
    [
        ("it begins closed", "", True),
        ("two outages are not three", "- -", True),
        ("three open it", "- - -", False),
        ("an answer starts the count anew", "- - + - -", True),
        ("what is given up says nothing", "- - ? -", False),
        ("many under way at once are fine", "> > > >", True),
        ("many outages at once are as many", "> > > f f f", False),
        ("what is doubted counts", "d 2 d 2 d", False),
        ("but many at the same time as one", "d d d d", True),
        ("also beside a certain one", "- - d d", True),
        ("doubted once open, it stays so", "- - - 5 > d", False),
        ("it stays open for its time", "- - - 4.9", False),
        ("then one may try", "- - - 5", True),
        ("and one only", "- - - 5 >", False),
        ("answered, it is closed", "- - - 5 +", True),
        ("and stays so", "- - - 5 + + > >", True),
        ("and counts from nothing", "- - - 5 + - -", True),
        ("to three again", "- - - 5 + - - -", False),
        ("not answered, it is open anew", "- - - 5 -", False),
        ("for its whole time", "- - - 5 - 4.9", False),
        ("until another may try", "- - - 5 - 5", True),
        ("given up, the next may try", "- - - 5 ?", True),
        ("a late answer closes it", "- - - a", True),
        ("a late outage holds it open for longer", "- - - 4 f 4.9", False),
        ("but not for ever", "- - - 4 f 5", True),
        ("a late outage ends the try", "- - - 5 > f", False),
        ("a late answer ends the try too", "- - - 5 > a", True),
    ],
)
def test_a_register_that_is_down_is_left_alone(
    case: str, history: str, admitted: bool
) -> None:
    assert after(history) is admitted, case


def test_one_outage_may_be_enough() -> None:
    breaker = Breaker(failures=1, seconds=5, timer=Timer())
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()
