from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from gateway.errors import MalformedAnswer
from gateway.registers.klanttaak import (
    Klanttaak,
    KlanttaakFormulier,
    KlanttaakIdentificatie,
    KlanttaakKoppeling,
    KlanttaakSoort,
    KlanttaakStatus,
    Ogonebetaling,
)
from gateway.registers.objecten import OBJECTS, Object, parse_klanttaak
from gateway.registers.records import Json
from tests.registers.builders import OBJECTEN, ZAKEN, Payload, an_object, encoded, uuid

ZAAK = f"{ZAKEN}/zaken/{uuid(2)}"
BSN: Json = {"type": "bsn", "value": "999990639"}


def as_object(data: Payload) -> Object:
    answer = encoded(an_object(1, data=data))
    url = f"{OBJECTEN}/objects/{uuid(1)}"
    return OBJECTS.read(answer, register="objecten", url=url).record


def parsed(data: Payload) -> Klanttaak | MalformedAnswer:
    return parse_klanttaak(as_object(data), register="objecten")


def tweede(**more: Json) -> Payload:
    return {
        "titel": "Vul uw gegevens aan",
        "status": "open",
        "soort": "portaalformulier",
        "portaalformulier": {
            "formulier": {"soort": "id", "value": "aanvulling"},
            "data": {"naam": "Jansen"},
            "verzonden_data": {},
        },
        "identificatie": BSN,
        "koppeling": {"registratie": "zaak", "uuid": uuid(2)},
        "verloopdatum": "2026-04-01T10:00:00+02:00",
        "eigenaar": "zaaksysteem",
        "verwerker_taak_id": uuid(3),
        **more,
    }


def eerste(**more: Json) -> Payload:
    return {
        "title": "Vul uw gegevens aan",
        "status": "ingediend",
        "formulier": {"formuliertype": "portalid", "value": "aanvulling"},
        "data": {},
        "verzonden_data": {},
        "identificatie": BSN,
        "zaak": ZAAK,
        "verwerker_taak_id": uuid(3),
        "verloopdatum": None,
        **more,
    }


def test_the_second_form_is_read() -> None:
    assert parsed(tweede()) == Klanttaak(
        titel="Vul uw gegevens aan",
        status=KlanttaakStatus.OPEN,
        soort=KlanttaakSoort.PORTAALFORMULIER,
        identificatie=KlanttaakIdentificatie("bsn", "999990639"),
        verwerker_taak_id=uuid(3),
        eigenaar="zaaksysteem",
        verloopdatum=datetime(2026, 4, 1, 10, tzinfo=timezone(timedelta(hours=2))),
        koppeling=KlanttaakKoppeling(registratie="zaak", uuid=uuid(2)),
        formulier=KlanttaakFormulier("id", "aanvulling"),
    )


def test_the_first_form_is_read() -> None:
    assert parsed(eerste()) == Klanttaak(
        titel="Vul uw gegevens aan",
        status=KlanttaakStatus.INGEDIEND,
        soort=KlanttaakSoort.PORTAALFORMULIER,
        identificatie=KlanttaakIdentificatie("bsn", "999990639"),
        verwerker_taak_id=uuid(3),
        koppeling=KlanttaakKoppeling(registratie="zaak", uuid=uuid(2), url=ZAAK),
        formulier=KlanttaakFormulier("id", "aanvulling"),
    )


def test_a_link_to_follow_is_read() -> None:
    link: Json = {"uri": "https://enquete.example/1"}
    taak = parsed(tweede(soort="url", url=link, portaalformulier=None))
    assert isinstance(taak, Klanttaak)
    assert (taak.soort, taak.url, taak.formulier) == (
        KlanttaakSoort.URL,
        "https://enquete.example/1",
        None,
    )


def test_a_payment_is_read() -> None:
    betaling: Json = {"bedrag": 12.1, "betaalkenmerk": "K-1", "pspid": "gemeente"}
    taak = parsed(tweede(soort="ogonebetaling", ogonebetaling=betaling))
    assert isinstance(taak, Klanttaak)
    assert taak.soort == KlanttaakSoort.OGONEBETALING
    assert taak.ogonebetaling == Ogonebetaling(Decimal("12.1"), "K-1", "gemeente")


@pytest.mark.parametrize(
    ("formulier", "soort", "url", "form"),
    [
        (
            {"formuliertype": "objecturl", "value": "https://x.example/1"},
            KlanttaakSoort.PORTAALFORMULIER,
            None,
            KlanttaakFormulier("url", "https://x.example/1"),
        ),
        (
            {"formuliertype": "externalurl", "value": "https://x.example/1"},
            KlanttaakSoort.URL,
            "https://x.example/1",
            None,
        ),
        (
            {"type": "id", "value": "aanvulling"},
            KlanttaakSoort.PORTAALFORMULIER,
            None,
            KlanttaakFormulier("id", "aanvulling"),
        ),
        (
            {"type": "url", "value": "https://x.example/1"},
            KlanttaakSoort.PORTAALFORMULIER,
            None,
            KlanttaakFormulier("url", "https://x.example/1"),
        ),
    ],
)
def test_the_first_form_has_several_words_for_a_form(
    formulier: Json,
    soort: KlanttaakSoort,
    url: str | None,
    form: KlanttaakFormulier | None,
) -> None:
    taak = parsed(eerste(formulier=formulier))
    assert isinstance(taak, Klanttaak)
    assert (taak.soort, taak.url, taak.formulier) == (soort, url, form)


@pytest.mark.parametrize(
    ("koppeling", "expected"),
    [
        (None, None),
        ({}, None),
        (
            {"registratie": "zaak", "value": uuid(2)},
            KlanttaakKoppeling(registratie="zaak", uuid=uuid(2)),
        ),
        ({"registratie": "product"}, KlanttaakKoppeling(registratie="product")),
    ],
)
def test_what_the_second_form_belongs_to_may_be_less(
    koppeling: Json, expected: KlanttaakKoppeling | None
) -> None:
    taak = parsed(tweede(koppeling=koppeling))
    assert isinstance(taak, Klanttaak)
    assert taak.koppeling == expected


@pytest.mark.parametrize(
    ("zaak", "expected"),
    [
        (None, None),
        ("", None),
        (
            "https://x.example/1",
            KlanttaakKoppeling(registratie="zaak", url="https://x.example/1"),
        ),
    ],
)
def test_what_the_first_form_belongs_to_may_be_less(
    zaak: Json, expected: KlanttaakKoppeling | None
) -> None:
    taak = parsed(eerste(zaak=zaak))
    assert isinstance(taak, Klanttaak)
    assert taak.koppeling == expected


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2023-09-20T18:25:43Z", datetime(2023, 9, 20, 18, 25, 43, tzinfo=UTC)),
        ("2023-09-20T18:25:43", datetime(2023, 9, 20, 18, 25, 43, tzinfo=UTC)),
        ("2023-09-20", datetime(2023, 9, 20, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_moment_has_an_offset(written: str, moment: datetime | None) -> None:
    for data in (tweede(verloopdatum=written), eerste(verloopdatum=written)):
        taak = parsed(data)
        assert isinstance(taak, Klanttaak)
        assert taak.verloopdatum == moment


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"boomId": "B-0001"},
        *(
            {name: value for name, value in form.items() if name != required}
            for form, all_required in (
                (
                    tweede(),
                    "titel status soort identificatie verwerker_taak_id eigenaar",
                ),
                (eerste(), "title status formulier identificatie verwerker_taak_id"),
            )
            for required in all_required.split()
        ),
        tweede(titel=""),
        tweede(status="klaar"),
        tweede(soort="formtaak"),
        tweede(verloopdatum="morgen"),
        tweede(url={}, portaalformulier={"formulier": "x"}),
        eerste(formulier={"formuliertype": "pdf", "value": "x"}),
        eerste(formulier={"value": "x"}),
    ],
)
def test_what_is_no_klanttaak_is_malformed(data: Payload) -> None:
    malformed = parsed(data)
    assert isinstance(malformed, MalformedAnswer)
    assert str(malformed) == "register objecten: the object's data is no klanttaak"
    assert malformed.__cause__ is not None


def test_an_object_is_read_as_a_klanttaak_once() -> None:
    found = as_object(tweede())
    taak = parse_klanttaak(found, register="objecten")
    assert isinstance(taak, Klanttaak)
    assert parse_klanttaak(found, register="objecten") is found.klanttaak is taak


def test_what_is_no_klanttaak_says_so_anew_each_time() -> None:
    """What is raised keeps hold of what it went through."""
    found = as_object({})
    first, again = (parse_klanttaak(found, register="objecten") for _ in range(2))
    assert found.klanttaak is None
    assert first is not again


@pytest.mark.parametrize("bedrag", ["NaN", "sNaN", "Infinity", "1e999", 10**13])
def test_a_payment_of_no_amount_is_malformed(bedrag: Json) -> None:
    betaling: Json = {"bedrag": bedrag, "betaalkenmerk": "K-1", "pspid": "gemeente"}
    taak = parsed(tweede(soort="ogonebetaling", ogonebetaling=betaling))
    assert isinstance(taak, MalformedAnswer)


@pytest.mark.parametrize("soort", ["url", "ogonebetaling"])
def test_what_is_to_be_done_must_be_there(soort: str) -> None:
    assert isinstance(parsed(tweede(soort=soort)), MalformedAnswer)
