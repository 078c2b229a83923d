from datetime import UTC, date, datetime
from uuid import UUID

import httpx
import pytest
import respx

from gateway.errors import GatewayError, MalformedAnswer
from gateway.registers.documenten import (
    Documenten,
    Documentstatus,
    EnkelvoudigInformatieObject,
)
from gateway.registers.records import Json
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.registers.builders import (
    CATALOGI,
    DOCUMENTEN,
    a_document,
    a_register,
    page,
    reads,
    uuid,
)

pytestmark = pytest.mark.anyio

URL = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten/{uuid(1)}"


@pytest.fixture
def documenten(transport: httpx.MockTransport) -> Documenten:
    return reads(transport, a_register("documenten")).documenten


async def read(
    router: respx.MockRouter, documenten: Documenten, answer: Json
) -> EnkelvoudigInformatieObject | GatewayError:
    zoek = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten/_zoek"
    router.post(zoek).mock(return_value=page([answer]))
    (result,) = await documenten.documenten_by_url([URL])
    return result


async def test_zoek_has_no_crs_headers(
    router: respx.MockRouter, documenten: Documenten
) -> None:
    await read(router, documenten, a_document(1))
    sent = router.calls.last.request.headers
    assert not {"Accept-Crs", "Content-Crs"} & set(sent)


async def test_a_document_is_read_as_it_is(
    router: respx.MockRouter, documenten: Documenten
) -> None:
    answer = a_document(
        1,
        vertrouwelijkheidaanduiding="openbaar",
        status="definitief",
        verzenddatum="2026-03-05",
        trefwoorden=["eik"],
    )
    document = await read(router, documenten, answer)
    assert document == EnkelvoudigInformatieObject(
        url=URL,
        identificatie="DOCUMENT-2026-0000000001",
        bronorganisatie="002564440",
        creatiedatum=date(2026, 3, 2),
        titel="Situatietekening",
        vertrouwelijkheidaanduiding=Vertrouwelijkheidaanduiding.OPENBAAR,
        auteur="S. de Boer",
        status=Documentstatus.DEFINITIEF,
        formaat="application/pdf",
        taal="nld",
        versie=2,
        begin_registratie=datetime(2026, 3, 2, 9, 31, tzinfo=UTC),
        bestandsnaam="tekening.pdf",
        bestandsomvang=1800,
        verzenddatum=date(2026, 3, 5),
        informatieobjecttype=f"{CATALOGI}/informatieobjecttypen/{uuid(903)}",
        trefwoorden=("eik",),
    )
    assert document.uuid == UUID(uuid(1))


async def test_what_is_not_filled_in_is_null(
    router: respx.MockRouter, documenten: Documenten
) -> None:
    document = await read(router, documenten, a_document(1))
    assert isinstance(document, EnkelvoudigInformatieObject)
    assert document.vertrouwelijkheidaanduiding is None
    assert document.status is None
    assert document.beschrijving is None


@pytest.mark.parametrize(
    "required",
    [
        "url",
        "bronorganisatie",
        "creatiedatum",
        "titel",
        "auteur",
        "taal",
        "versie",
        "beginRegistratie",
        "informatieobjecttype",
    ],
)
async def test_a_document_without_a_required_property_is_malformed(
    required: str, router: respx.MockRouter, documenten: Documenten
) -> None:
    document = a_document(1)
    del document[required]
    assert isinstance(await read(router, documenten, document), MalformedAnswer)


async def test_a_uuid_beside_another_url_is_malformed(
    router: respx.MockRouter, documenten: Documenten
) -> None:
    document = a_document(2, uuid=uuid(1))
    assert isinstance(await read(router, documenten, document), MalformedAnswer)


@pytest.mark.parametrize(
    ("name", "number"),
    [("versie", 2**31), ("bestandsomvang", 2**53 + 1), ("bestandsomvang", -1)],
)
async def test_a_number_that_the_graph_cannot_hold_is_malformed(
    name: str, number: int, router: respx.MockRouter, documenten: Documenten
) -> None:
    answer = await read(router, documenten, a_document(1) | {name: number})
    assert isinstance(answer, MalformedAnswer)


@pytest.mark.parametrize("shown", [True, False])
async def test_whether_the_initiator_may_see_it_is_what_a_newer_register_says(
    shown: bool, router: respx.MockRouter, documenten: Documenten
) -> None:
    answer = await read(router, documenten, a_document(1, tonenAanInitiator=shown))
    assert isinstance(answer, EnkelvoudigInformatieObject)
    assert answer.tonen_aan_initiator is shown


async def test_where_a_register_does_not_say_whether_the_initiator_may_see_it_is_unknown(
    router: respx.MockRouter, documenten: Documenten
) -> None:
    answer = await read(router, documenten, a_document(1))
    assert isinstance(answer, EnkelvoudigInformatieObject)
    assert answer.tonen_aan_initiator is None
