from collections.abc import Callable
from uuid import UUID

import pytest

from gateway.errors import MalformedAnswer
from gateway.registers.catalogi import (
    INFORMATIEOBJECTTYPEN,
    RESULTAATTYPEN,
    STATUSTYPEN,
    ZAAKTYPEN,
    IndicatieInternOfExtern,
    InformatieObjectType,
    ResultaatType,
    StatusType,
    ZaakType,
)
from gateway.registers.records import R, Resource
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.registers.builders import (
    CATALOGI,
    Payload,
    a_resultaattype,
    a_statustype,
    a_zaaktype,
    an_informatieobjecttype,
    encoded,
    uuid,
)

UUID_1 = UUID(uuid(1))


def parsed(resource: Resource[R], payload: Payload) -> R:
    return resource.read(
        encoded(payload),
        register="catalogi",
        url=f"{CATALOGI}/{resource.path}/{uuid(1)}",
    ).record


def test_a_zaaktype_is_read_as_it_is() -> None:
    assert parsed(ZAAKTYPEN, a_zaaktype(1)) == ZaakType(
        url=f"{CATALOGI}/zaaktypen/{uuid(1)}",
        identificatie="ZAAKTYPE-2026-0000000001",
        omschrijving="Kapvergunning behandelen",
        vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
        doel="Besluiten over het kappen van een boom",
        indicatie_intern_of_extern=IndicatieInternOfExtern.EXTERN,
        onderwerp="Kapvergunning",
        doorlooptijd="P56D",
    )


def test_a_statustype_is_read_as_it_is() -> None:
    assert parsed(STATUSTYPEN, a_statustype(1)) == StatusType(
        url=f"{CATALOGI}/statustypen/{uuid(1)}",
        omschrijving="Ontvangen",
        statustekst="We hebben uw aanvraag ontvangen.",
        volgnummer=1,
        is_eindstatus=False,
        informeren=True,
    )


def test_a_resultaattype_is_read_as_it_is() -> None:
    assert parsed(RESULTAATTYPEN, a_resultaattype(1)) == ResultaatType(
        url=f"{CATALOGI}/resultaattypen/{uuid(1)}",
        omschrijving="Verleend",
        omschrijving_generiek="Verleend",
    )


def test_an_informatieobjecttype_is_read_as_it_is() -> None:
    read = parsed(INFORMATIEOBJECTTYPEN, an_informatieobjecttype(1))
    assert read == InformatieObjectType(
        url=f"{CATALOGI}/informatieobjecttypen/{uuid(1)}",
        omschrijving="Tekening",
        vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.OPENBAAR,
        informatieobjectcategorie="Overig",
    )


@pytest.mark.parametrize(
    ("resource", "builder", "required"),
    [
        (resource, builder, required)
        for resource, builder, all_required in (
            (ZAAKTYPEN, a_zaaktype, "url omschrijving doel onderwerp"),
            (ZAAKTYPEN, a_zaaktype, "vertrouwelijkheidaanduiding doorlooptijd"),
            (ZAAKTYPEN, a_zaaktype, "indicatieInternOfExtern"),
            (STATUSTYPEN, a_statustype, "url omschrijving volgnummer isEindstatus"),
            (RESULTAATTYPEN, a_resultaattype, "url omschrijving omschrijvingGeneriek"),
            (INFORMATIEOBJECTTYPEN, an_informatieobjecttype, "url omschrijving"),
            (
                INFORMATIEOBJECTTYPEN,
                an_informatieobjecttype,
                "vertrouwelijkheidaanduiding informatieobjectcategorie",
            ),
        )
        for required in all_required.split()
    ],
)
def test_a_type_without_a_required_property_is_malformed(
    resource: Resource[R], builder: Callable[[int], Payload], required: str
) -> None:
    payload = builder(1)
    del payload[required]
    with pytest.raises(MalformedAnswer):
        parsed(resource, payload)
