"""As whom callers are counted."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from gateway import identificatie
from gateway.identity.caller import ANONIEM, ONTWIKKELAAR, Caller
from gateway.identity.counted import Counted
from gateway.identity.pseudonyms import Pseudonyms
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.keys import KEY
from tests.municipality import BENCH_BSN

OTHER = identificatie.bsn("999991772")
PSEUDONYMS = Pseudonyms(KEY.encode())


class Heard:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.entered: list[str] = []
        self.looked_up: list[tuple[str, str]] = []

    @contextmanager
    def entering(self, key: str) -> Iterator[None]:
        self.entered.append(key)
        yield

    def look_up(self, key: str, person: str) -> None:
        self.looked_up.append((key, person))


def key(caller: Caller) -> str | None:
    heard = Heard()
    with Counted(heard, PSEUDONYMS).entering(caller):
        return heard.entered[0] if heard.entered else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (klant(), replace(klant(), client="ander-portaal")),
        (vertegenwoordiger(), vertegenwoordiger(OTHER)),
        (medewerker(), replace(medewerker(), client="ander-scherm")),
        (ANONIEM, ANONIEM),
    ],
)
def test_who_acts_is_one_caller_by_any_client_and_for_whomever(
    one: Caller, other: Caller
) -> None:
    assert key(one) == key(other)


def test_callers_who_differ_are_counted_apart() -> None:
    callers = (klant(), klant(OTHER), vertegenwoordiger(), medewerker(), systeem())
    keys = {key(caller) for caller in (*callers, ANONIEM)}
    assert len(keys - {None}) == 6


def test_the_same_name_of_another_issuer_is_another_caller() -> None:
    partner = "https://partner.example"
    for caller in (medewerker(), systeem()):
        assert key(replace(caller, issuer=partner)) != key(caller)
    parts = replace(medewerker(), issuer="a", subject="b c")
    assert key(parts) != key(replace(parts, issuer="a b", subject="c"))


def test_where_nobody_is_asked_who_they_are_nobody_is_counted() -> None:
    heard = Heard()
    counted = Counted(heard, PSEUDONYMS)
    with counted.entering(ONTWIKKELAAR):
        counted.look_up(ONTWIKKELAAR, OTHER)
    assert (heard.entered, heard.looked_up) == ([], [])


def test_whom_is_looked_up_is_a_pseudonym() -> None:
    heard = Heard()
    Counted(heard, PSEUDONYMS).look_up(klant(), OTHER)
    ((caller, person),) = heard.looked_up
    assert person == PSEUDONYMS.identificatie(OTHER).value
    assert BENCH_BSN not in caller + person
    assert OTHER.waarde not in caller + person
