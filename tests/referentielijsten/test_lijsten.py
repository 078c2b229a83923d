"""The lists: all codes of ISO with a Dutch name, and what a municipality changes."""

import pytest

from gateway.recording.waarden.digitale_adressen import SOORTEN
from gateway.referentielijsten import kanalen, landen, talen
from gateway.referentielijsten.lijsten import Referentielijsten, Referentiewaarde, usual
from gateway.referentielijsten.namen import namen_van_landen, namen_van_talen
from gateway.settings.referentielijsten import ReferentielijstenSettings
from schema.enums import SoortDigitaalAdres


def made(**settings: object) -> Referentielijsten:
    return Referentielijsten.of(ReferentielijstenSettings.model_validate(settings))


def test_every_taal_of_iso_639_2_has_a_dutch_name_of_its_own() -> None:
    namen = namen_van_talen()
    # 486 of ISO 639-2, without those for local use, and Kantonees.
    assert len(talen.CODES) == 487
    assert namen.keys() == talen.CODES
    assert len(set(namen.values())) == 487


def test_twenty_talen_have_a_bibliographic_code_too() -> None:
    assert len(talen.BIBLIOGRAPHIC) == 20
    assert talen.CODES.isdisjoint(talen.BIBLIOGRAPHIC)
    assert talen.CODES.issuperset(talen.BIBLIOGRAPHIC.values())


def test_every_land_of_iso_3166_1_has_a_dutch_name_of_its_own() -> None:
    namen = namen_van_landen()
    assert len(landen.CODES) == 250  # Kosovo with them
    assert namen.keys() == landen.CODES
    assert len(set(namen.values())) == 250


@pytest.mark.parametrize(
    ("code", "naam"),
    [
        ("nld", "Nederlands"),
        ("dut", "Nederlands"),
        ("deu", "Duits"),
        ("ger", "Duits"),
        ("fra", "Frans"),
        ("fre", "Frans"),
        ("ber", "Berbertalen"),
        ("cnr", "Montenegrijns"),
        ("yue", "Kantonees"),
        ("nl", None),
        ("xxx", None),
        (None, None),
    ],
)
def test_a_taal_is_named_in_both_variants(code: str | None, naam: str | None) -> None:
    assert usual().talen.naam(code) == naam


def test_what_vng_suggests_can_be_chosen_by_name() -> None:
    waarden = usual().talen.waarden
    assert len(waarden) == 55
    assert [each.code for each in waarden[:3]] == ["sqi", "ara", "hye"]
    assert talen.SUGGESTED <= talen.CODES


def test_landen_are_in_the_order_of_their_names_accents_aside() -> None:
    waarden = usual().landen.waarden
    assert [each.naam for each in waarden[:4]] == [
        "Afghanistan",
        "Åland",
        "Albanië",
        "Algerije",
    ]


def test_a_municipality_has_its_own_kanalen_in_its_own_order() -> None:
    lijst = made(kanalen={"w": "Wijkteam", "b": "Balie"}).kanalen
    assert lijst.waarden == (
        Referentiewaarde("w", "Wijkteam"),
        Referentiewaarde("b", "Balie"),
    )
    assert (lijst.naam("w"), lijst.naam("telefoon")) == ("Wijkteam", None)


def test_a_kanaal_that_is_not_used_any_more_keeps_its_name() -> None:
    lijst = made(kanalen={"b": "Balie"}, vervallen_kanalen={"fax": "Fax"}).kanalen
    assert lijst.codes == {"b"}
    assert (lijst.naam("fax"), lijst.naam("b")) == ("Fax", "Balie")


def test_what_can_be_chosen_is_a_choice_and_all_keep_their_names() -> None:
    lijsten = made(talen=["dut", "eng"], landen=["DE", "BE"])
    assert [each.code for each in lijsten.talen.waarden] == ["nld", "eng"]
    assert [each.naam for each in lijsten.landen.waarden] == ["Duitsland", "België"]
    assert lijsten.talen.naam("ger") == "Duits"
    assert lijsten.landen.naam("FR") == "Frankrijk"


def test_a_soort_digitaal_adres_can_have_another_name() -> None:
    lijst = made(soorten_digitaal_adres={"email": "Mailadres"}).soorten_digitaal_adres
    assert [each.naam for each in lijst.waarden] == [
        "Mailadres",
        "Telefoonnummer",
        "Sociale media",
        "Overig",
    ]


def test_the_soorten_are_those_of_the_graph_and_of_what_is_recorded() -> None:
    codes = tuple(each.code for each in usual().soorten_digitaal_adres.waarden)
    assert codes == SOORTEN == tuple(SoortDigitaalAdres)


def test_there_is_a_kanaal_for_what_is_in_no_list() -> None:
    assert kanalen.USUAL["overig"] == "Overig"
