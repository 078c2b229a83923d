"""Seed V6898, case by case: what is recorded of a contact, and what that asks."""

from itertools import product

import pytest

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy.seed import Klantsoort
from gateway.recording.fouten import Fout, FoutCode, Fouten
from gateway.recording.vastlegging import (
    CONTACTGEGEVENS_NODIG,
    GEEN_DOEL,
    GEEN_TOESTEMMING,
    INTERNE_TAAK_NODIG,
    NIET_VASTGESTELD,
    RIJEN,
    TOCH_VASTGELEGD,
    Gevraagd,
    Rij1,
    Situatie,
    Vastlegging,
    check_vastlegging,
    decide,
    may_register,
)

# authenticated, gekend, follow-up, consent now, consent before; + is so, - is not
SITUATIONS = """
- - - - -  NIET_VASTLEGGEN
- - - - +  NIET_VASTLEGGEN
- - - + -  NIET_VASTLEGGEN
- - - + +  NIET_VASTLEGGEN
- - + - -  BETROKKENE_MET_CONTACTGEGEVENS
- - + - +  BETROKKENE_MET_CONTACTGEGEVENS
- - + + -  BETROKKENE_MET_CONTACTGEGEVENS
- - + + +  BETROKKENE_MET_CONTACTGEGEVENS
- + - - -  GEKENDE_PARTIJ
- + - - +  GEKENDE_PARTIJ
- + - + -  GEKENDE_PARTIJ
- + - + +  GEKENDE_PARTIJ
- + + - -  GEKENDE_PARTIJ
- + + - +  GEKENDE_PARTIJ
- + + + -  GEKENDE_PARTIJ
- + + + +  GEKENDE_PARTIJ
+ - - - -  LEGE_PARTIJ
+ - - - +  PARTIJ_MET_CONTACTGEGEVENS
+ - - + -  PARTIJ_MET_CONTACTGEGEVENS
+ - - + +  PARTIJ_MET_CONTACTGEGEVENS
+ - + - -  LEGE_PARTIJ
+ - + - +  PARTIJ_MET_CONTACTGEGEVENS
+ - + + -  PARTIJ_MET_CONTACTGEGEVENS
+ - + + +  PARTIJ_MET_CONTACTGEGEVENS
+ + - - -  LEGE_PARTIJ
+ + - - +  PARTIJ_MET_CONTACTGEGEVENS
+ + - + -  PARTIJ_MET_CONTACTGEGEVENS
+ + - + +  PARTIJ_MET_CONTACTGEGEVENS
+ + + - -  LEGE_PARTIJ
+ + + - +  PARTIJ_MET_CONTACTGEGEVENS
+ + + + -  PARTIJ_MET_CONTACTGEGEVENS
+ + + + +  PARTIJ_MET_CONTACTGEGEVENS
"""
LINES = SITUATIONS.strip().splitlines()

LAAG, MIDDEN, HOOG = (
    Betrouwbaarheidsniveau.LAAG,
    Betrouwbaarheidsniveau.MIDDEN,
    Betrouwbaarheidsniveau.HOOG,
)
NOTHING = Gevraagd(met_contactgegevens=0, interne_taken=0)
ALL = Gevraagd(
    met_contactgegevens=1,
    interne_taken=1,
    identificaties=("invoer.betrokkenen.1.partij.identificatie",),
    partijgegevens=("invoer.betrokkenen.1.partij.naam",),
)


def situation(line: str) -> Situatie:
    found = [word == "+" for word in line.split()[:5]]
    return Situatie(
        geauthenticeerd=found[0],
        gekend=found[1],
        opvolging=found[2],
        toestemming=found[3],
        eerdere_toestemming=found[4],
    )


def told(gevraagd: Gevraagd, uitkomst: Vastlegging) -> list[Fout]:
    fouten = Fouten()
    assert check_vastlegging(gevraagd, uitkomst, "invoer", fouten) is None
    return list(fouten)


def unknown(pad: str) -> Fout:
    return Fout(FoutCode.IDENTITEIT_NIET_VASTGESTELD, pad, NIET_VASTGESTELD)


UNKNOWN = [
    unknown("invoer.betrokkenen.1.partij.identificatie"),
    unknown("invoer.betrokkenen.1.partij.naam"),
]


@pytest.mark.parametrize("line", LINES)
def test_a_situation_is_recorded_as_the_seed_says(line: str) -> None:
    assert decide(situation(line)) is Vastlegging[line.split()[5]]


def test_every_situation_is_there_once() -> None:
    assert [tuple(line.split()[:5]) for line in LINES] == list(product("-+", repeat=5))


@pytest.mark.parametrize("line", LINES)
def test_a_situation_is_one_of_the_cases_and_no_other(line: str) -> None:
    assert [rij.matches(situation(line)) for rij in RIJEN].count(True) == 1


def test_a_contact_without_a_purpose_is_refused_and_why() -> None:
    refused = Fout(FoutCode.DIENT_GEEN_DOEL, "invoer", GEEN_DOEL)
    assert told(NOTHING, Vastlegging.NIET_VASTLEGGEN) == [refused]


def test_a_municipality_may_record_it_with_a_warning() -> None:
    fouten = Fouten()
    warned = check_vastlegging(
        NOTHING, Vastlegging.NIET_VASTLEGGEN, "invoer", fouten, rij1=Rij1.WARNING
    )
    assert (warned, list(fouten)) == (TOCH_VASTGELEGD, [])


def test_recorded_with_a_warning_it_is_still_of_no_partij() -> None:
    fouten = Fouten()
    check_vastlegging(
        ALL, Vastlegging.NIET_VASTLEGGEN, "invoer", fouten, rij1=Rij1.WARNING
    )
    assert list(fouten) == UNKNOWN


def test_follow_up_without_a_known_partij_needs_an_address_and_a_taak() -> None:
    found = told(NOTHING, Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS)
    assert found == [
        Fout(FoutCode.VERPLICHT, "invoer.betrokkenen", CONTACTGEGEVENS_NODIG),
        Fout(FoutCode.VERPLICHT, "invoer.interneTaken", INTERNE_TAAK_NODIG),
    ]


def test_follow_up_with_both_is_recorded() -> None:
    asked = Gevraagd(met_contactgegevens=1, interne_taken=1)
    assert told(asked, Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS) == []


@pytest.mark.parametrize(
    "uitkomst",
    [Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS, Vastlegging.GEKENDE_PARTIJ],
)
def test_nothing_is_recorded_of_a_partij_without_authentication(
    uitkomst: Vastlegging,
) -> None:
    assert told(ALL, uitkomst) == UNKNOWN


def test_whom_the_municipality_called_itself_needs_no_authentication() -> None:
    assert told(NOTHING, Vastlegging.GEKENDE_PARTIJ) == []


def test_without_consent_a_partij_holds_number_and_identificatie_only() -> None:
    pad = "invoer.betrokkenen.1.partij.naam"
    refused = Fout(FoutCode.GEEN_TOESTEMMING, pad, GEEN_TOESTEMMING)
    assert told(ALL, Vastlegging.LEGE_PARTIJ) == [refused]


def test_with_consent_a_partij_holds_contact_data() -> None:
    assert told(ALL, Vastlegging.PARTIJ_MET_CONTACTGEGEVENS) == []


@pytest.mark.parametrize(
    ("klantsoort", "may"),
    [(Klantsoort.AANGEHAAKT, "--++"), (Klantsoort.ZELFSTANDIG, "++++")],
)
def test_only_aangehaakte_klanten_need_authentication_at_the_level(
    klantsoort: Klantsoort, may: str
) -> None:
    levels = (None, LAAG, MIDDEN, HOOG)
    found = [may_register(klantsoort, niveau, MIDDEN) for niveau in levels]
    assert "".join("-+"[each] for each in found) == may
