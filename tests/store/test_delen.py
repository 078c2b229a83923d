from uuid import uuid4

import pytest

from gateway.identificator import Identificator
from gateway.store import delen, tables
from gateway.store.store import Store
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

URL = "https://ergens.example/x/1"
PARTS = {
    "code_register": "openzaak",
    "code_objecttype": "zaak",
    "code_soort_object_id": "uuid",
    "object_id": "1",
}


async def test_onderwerpen_come_in_their_order_each_as_its_own_form(
    rows: Rows, store: Store
) -> None:
    contact, earlier = await rows.klantcontact(1), await rows.klantcontact(0)
    taak = await rows.interne_taak(earlier)
    forms: list[tuple[str, dict[str, object], type]] = [
        (
            "klantcontact",
            {"onderwerp_klantcontact_id": earlier},
            delen.KlantcontactOnderwerp,
        ),
        ("interne_taak", {"interne_taak_id": taak}, delen.InterneTaakOnderwerp),
        ("object", {"url": URL}, delen.ObjectOnderwerp),
        ("klanttaak", {"url": URL}, delen.KlanttaakOnderwerp),
        ("zaak", dict(PARTS), delen.ZaakOnderwerp),
        ("tekst", {"tekst": "Paspoort"}, delen.TekstOnderwerp),
    ]
    for volgorde, (vorm, values, _) in reversed(list(enumerate(forms, start=1))):
        await rows.onderwerp(contact, vorm, volgorde, **values)
    none, found = await store.delen.onderwerpen_by_klantcontact([uuid4(), contact])
    assert none == []
    assert [type(part) for part in found] == [kind for _, _, kind in forms]
    zaak, tekst = found[4], found[5]
    assert isinstance(zaak, delen.ZaakOnderwerp)
    assert (zaak.url, zaak.identificator) == (None, Identificator(**PARTS))
    assert isinstance(tekst, delen.TekstOnderwerp)
    assert tekst.tekst == "Paspoort"


async def test_inhoud_comes_in_its_order_each_as_its_own_form(
    rows: Rows, store: Store
) -> None:
    contact = await rows.klantcontact(1)
    forms: list[tuple[str, dict[str, object]]] = [
        ("tekst", {"tekst": "Hallo", "onderdeel": "bericht"}),
        ("informatieobject", {"url": URL, "onderdeel": "formulier"}),
        ("object", {"onderdeel": "formulier", **PARTS}),
    ]
    for volgorde, (vorm, values) in reversed(list(enumerate(forms, start=1))):
        await rows.insert(
            tables.inhoudsdelen,
            klantcontact_id=contact,
            volgorde=volgorde,
            vorm=vorm,
            **values,
        )
    (found,) = await store.delen.inhoud_by_klantcontact([contact])
    tekst, document, data = found
    assert isinstance(tekst, delen.TekstInhoud)
    assert (tekst.tekst, tekst.onderdeel) == ("Hallo", "bericht")
    assert isinstance(document, delen.DocumentInhoud)
    assert document.url == URL
    assert isinstance(data, delen.ObjectInhoud)
    assert data.onderdeel == document.onderdeel == "formulier"
    assert data.identificator == Identificator(**PARTS)
