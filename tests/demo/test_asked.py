"""Who asks the demo: what it shows of that, and whether it is so."""

import json
import subprocess
from base64 import urlsafe_b64decode
from urllib.error import HTTPError

import pytest

from gateway.demo.callers import (
    BEDRIJF,
    CALLERS,
    KLANT,
    MEDEWERKER,
    SYSTEEM,
    VERTEGENWOORDIGER,
    DemoCaller,
)
from gateway.demo.issuer import Issuer
from gateway.demo.welcome import FIRST_QUERY
from tests.demo.contracts import within
from tests.demo.running import ENVIRONMENT, ROOT, Shown, ask

WHO = "{ ik { soort } }"


@pytest.mark.parametrize(
    ("who", "soort"),
    [
        (KLANT, "klant"),
        (BEDRIJF, "klant"),
        (VERTEGENWOORDIGER, "vertegenwoordiger"),
        (MEDEWERKER, "medewerker"),
        (SYSTEEM, "systeem"),
        (None, "anoniem"),
    ],
    ids=[*(each.name for each in CALLERS), "nobody"],
)
def test_each_token_is_of_whom_it_says(
    shown: Shown, who: DemoCaller | None, soort: str
) -> None:
    answer = ask(shown, WHO, who=who)
    assert answer["data"] == {"ik": {"soort": soort}}


@pytest.mark.parametrize(
    ("who", "nummer"),
    [(KLANT, "1001"), (BEDRIJF, "1021"), (VERTEGENWOORDIGER, "1016")],
    ids=["klant", "bedrijf", "vertegenwoordiger"],
)
def test_the_klantbeeld_is_that_of_who_asks_or_is_represented(
    shown: Shown, who: DemoCaller, nummer: str
) -> None:
    answer = ask(shown, "{ mijnKlantbeeld { partij { nummer } } }", who=who)
    assert answer["data"] == {"mijnKlantbeeld": {"partij": {"nummer": nummer}}}


def test_without_a_token_nothing_is_shown(shown: Shown) -> None:
    answer = ask(shown, who=None)
    assert answer["data"] == {"mijnKlantbeeld": None}
    errors = answer["errors"]
    assert isinstance(errors, list)
    assert [within(each, "extensions") for each in errors] == [
        {"code": "UNAUTHENTICATED"}
    ]


def test_a_token_of_another_run_is_not_believed(shown: Shown) -> None:
    payload = shown.tokens["klant"].split(".")[1]
    same_place = json.loads(urlsafe_b64decode(f"{payload}=="))["iss"]
    other = {"klant": Issuer(same_place).mint(KLANT.claims)}
    with pytest.raises(HTTPError) as caught:
        ask(shown._replace(tokens=other), WHO)
    with caught.value as refusal:
        assert refusal.code == 401
        assert refusal.headers["WWW-Authenticate"] == (
            'Bearer error="invalid_token",'
            ' error_description="the token is signed with a key that is not known"'
        )


@pytest.mark.parametrize(
    ("number", "field"), [(0, "mijnKlantbeeld"), (1, "klantbeeld")]
)
def test_a_command_works_when_it_is_pasted(
    shown: Shown, number: int, field: str
) -> None:
    done = subprocess.run(  # noqa: S603 - what the demo shows
        ["/bin/sh", "-c", shown.commands[number]],
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(done.stdout)
    name = within(answer, "data", field, "partij", "contactnaam")["volledigeNaam"]
    assert (name, len(shown.commands)) == ("Sanne van der Veldt", 2)
    assert "errors" not in answer


def looked_back(shown: Shown, number: int) -> str:
    """What a command says that the demo shows for afterwards."""
    done = subprocess.run(  # noqa: S603 - what the demo shows
        ["/bin/sh", "-c", shown.looking_back[number]],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def test_what_was_shown_can_be_looked_back_at(shown: Shown) -> None:
    ask(shown, WHO, who=KLANT)
    ask(shown, FIRST_QUERY, who=KLANT)
    lines = [line.split("\t") for line in looked_back(shown, 0).splitlines()]
    assert [line[1:3] for line in lines if line[5] == "mijnKlantbeeld"][-1:] == [
        ["klant", "zelf"]
    ]


def test_all_that_is_held_of_somebody_can_be_asked(shown: Shown) -> None:
    (partij,) = json.loads(looked_back(shown, 1))["partijen"]
    assert partij["nummer"] == 1001


def test_what_is_due_is_listed_with_what_its_zaken_say(shown: Shown) -> None:
    lines = [line.split("\t") for line in looked_back(shown, 2).splitlines()]
    grounds = {line[4].split(" van zaak ")[0] for line in lines}
    assert grounds >= {"archiefactiedatum", "zaak wordt blijvend bewaard"}
    assert "zakenregister geeft geen antwoord" not in grounds
    assert len(shown.looking_back) == 3
