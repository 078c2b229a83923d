"""Onderwerpen and inhoud of klantcontacten, by hand; see `by_hand`."""

import asyncio
from collections.abc import Sequence
from datetime import UTC

from gateway.errors import Denied, Forbidden, GatewayError
from gateway.identity.policy import rules
from gateway.identity.sight.elsewhere import is_of
from gateway.identity.sight.sight import absent
from gateway.registers.documenten import Documentstatus, EnkelvoudigInformatieObject
from gateway.registers.klanttaak import Klanttaak
from gateway.registers.objecten import Object, parse_klanttaak
from gateway.store import delen
from gateway.store.klantcontacten import Klantcontact
from gateway.store.partijen import Named
from schema.verwijzing import DOCUMENT, OBJECT, ZAAK, Target, Verwijzing, unmapped
from tests.benchmarks.by_hand_zaken import (
    ByZaak,
    Json,
    Known,
    Path,
    moment,
    not_shown,
    sure,
)

_FINISHED = frozenset({Documentstatus.DEFINITIEF, Documentstatus.GEARCHIVEERD})


class Delen(ByZaak):
    """For one klant, once."""

    async def onderwerpen(
        self,
        whose: Named,
        found: Sequence[Sequence[delen.Onderwerp]],
        paths: Sequence[Path],
    ) -> list[list[Json]]:
        """Build the onderwerpen of each klantcontact."""
        self.may(rules.ZAAK, rules.OBJECT)
        flat = [each for some in found for each in some]
        zaken, objecten, contacten = await asyncio.gather(
            self.zaken(
                self._urls(
                    [x for x in flat if isinstance(x, delen.ZaakOnderwerp)], ZAAK
                )
            ),
            self._objecten(
                [
                    x
                    for x in flat
                    if isinstance(x, delen.KlanttaakOnderwerp | delen.ObjectOnderwerp)
                ]
            ),
            self._contacten(
                whose, [x for x in flat if isinstance(x, delen.KlantcontactOnderwerp)]
            ),
        )
        taak = self.refused(rules.INTERNE_TAAK)
        return [
            [
                self._onderwerp(
                    each,
                    (*path, "onderwerpen", index),
                    zaken=zaken,
                    objecten=objecten,
                    contacten=contacten,
                    taak=taak,
                )
                for index, each in enumerate(some)
            ]
            for some, path in zip(found, paths, strict=True)
        ]

    def _onderwerp(  # noqa: PLR0911 - one for each form
        self,
        each: delen.Onderwerp,
        path: Path,
        *,
        zaken: Known,
        objecten: dict[str, Object | GatewayError],
        contacten: dict[object, Klantcontact],
        taak: Denied,
    ) -> Json:
        kind = type(each).__name__
        if isinstance(each, delen.TekstOnderwerp):
            return {"__typename": kind, "tekst": each.tekst}
        if isinstance(each, delen.InterneTaakOnderwerp):
            self.fails(taak, (*path, "interneTaak"))
            return {"__typename": kind, "interneTaak": None}
        if isinstance(each, delen.KlantcontactOnderwerp):
            seen = contacten.get(each.onderwerp_klantcontact_id)
            if seen is None:
                self.fails(absent(), (*path, "klantcontact"))
            shown = None if seen is None else _when(seen)
            return {"__typename": kind, "klantcontact": shown}
        if isinstance(each, delen.ZaakOnderwerp):
            url = self._url(each, ZAAK)
            zaak = self._shown(zaken, url, (*path, "zaak"))
            bron = None if url is None else self.context.registers.bron(url)
            return {"__typename": kind, "url": url, "bron": bron, "zaak": zaak}
        url = self._url(each, OBJECT)
        found = objecten[url] if url else unmapped()
        if isinstance(each, delen.KlanttaakOnderwerp):
            told = self._taak(found, (*path, "klanttaak"))
            return {"__typename": kind, "url": url, "klanttaak": told}
        told = self._object(found, (*path, "object"))
        return {"__typename": kind, "url": url, "object": told}

    async def inhoud(
        self,
        found: Sequence[Sequence[delen.Inhoudsdeel]],
        paths: Sequence[Path],
    ) -> list[list[Json]]:
        """Build the inhoud of each klantcontact."""
        self.may(rules.DOCUMENT)
        flat = [each for some in found for each in some]
        documenten, (objecten, typen) = await asyncio.gather(
            self._documenten([x for x in flat if isinstance(x, delen.DocumentInhoud)]),
            self._with_types([x for x in flat if isinstance(x, delen.ObjectInhoud)]),
        )
        return [
            [
                self._inhoudsdeel(
                    each,
                    (*path, "inhoud", index),
                    documenten=documenten,
                    objecten=objecten,
                    typen=typen,
                )
                for index, each in enumerate(some)
            ]
            for some, path in zip(found, paths, strict=True)
        ]

    def _inhoudsdeel(
        self,
        each: delen.Inhoudsdeel,
        path: Path,
        *,
        documenten: Known,
        objecten: dict[str, Object | GatewayError],
        typen: dict[str, str],
    ) -> Json:
        kind = type(each).__name__
        if isinstance(each, delen.TekstInhoud):
            return {"__typename": kind, "tekst": each.tekst}
        made: Json = {"__typename": kind, "onderdeel": each.onderdeel}
        if isinstance(each, delen.DocumentInhoud):
            made["url"] = url = self._url(each, DOCUMENT)
            made["document"] = self._shown(documenten, url, (*path, "document"))
            return made
        made["url"] = url = self._url(each, OBJECT)
        found = objecten[url] if url else unmapped()
        if isinstance(found, GatewayError):
            self.fails(found, (*path, "object"))
            made["object"] = None
        else:
            type_ = {"name": typen[found.url]}
            made["object"] = {"data": found.record.data, "type": type_}
        return made

    def _url(self, each: Verwijzing, target: Target) -> str | None:
        if each.identificator is None:
            return each.url
        directory = self.context.registers.directory
        return directory.url_of(each.identificator, target.kind, target.resource)

    def _urls(self, some: Sequence[Verwijzing], target: Target) -> list[str]:
        return [url for each in some if (url := self._url(each, target)) is not None]

    def _shown(self, known: Known, url: str | None, path: Path) -> Json | None:
        found = known[url] if url else unmapped()
        if isinstance(found, GatewayError):
            self.fails(found, path)
            return None
        return found

    async def _documenten(self, some: Sequence[delen.DocumentInhoud]) -> Known:
        urls = self._urls(some, DOCUMENT)
        found = await self.context.registers.documenten.documenten_by_url(urls)
        return {
            url: each if isinstance(each, GatewayError) else self._document(each)
            for url, each in zip(urls, found, strict=True)
        }

    def _document(self, each: EnkelvoudigInformatieObject) -> Json | GatewayError:
        level, size = each.vertrouwelijkheidaanduiding, each.bestandsomvang
        if not any(grant.shows_document(level) for grant in self.grants):
            return Forbidden("this document is more confidential than may be shown")
        if each.status not in _FINISHED or each.tonen_aan_initiator is False:
            return Forbidden("this document is not shown to klanten")
        return {
            "titel": each.titel,
            "formaat": each.formaat,
            "bestandsomvang": None if size is None else float(size),
            "status": each.status,
        }

    async def _objecten(
        self, some: Sequence[Verwijzing]
    ) -> dict[str, Object | GatewayError]:
        urls = self._urls(some, OBJECT)
        found = await self.context.registers.objecten.objecten_by_url(urls)
        return dict(zip(urls, found, strict=True))

    async def _with_types(
        self, some: Sequence[delen.ObjectInhoud]
    ) -> tuple[dict[str, Object | GatewayError], dict[str, str]]:
        known = await self._objecten(some)
        there = [each for each in known.values() if isinstance(each, Object)]
        typen = await self.context.registers.objecten.objecttypen_by_object(there)
        return known, {
            each.url: kind.name for each, kind in zip(there, sure(typen), strict=True)
        }

    def _taak(self, found: Object | GatewayError, path: Path) -> Json | None:
        taak = (
            found
            if isinstance(found, GatewayError)
            else parse_klanttaak(found, register="objecten")
        )
        if not isinstance(taak, GatewayError) and not is_of(taak, self.klant):
            taak = not_shown()
        if isinstance(taak, GatewayError):
            self.fails(taak, path)
            return None
        return {
            "titel": taak.titel,
            "status": taak.status,
            "verloopdatum": taak.verloopdatum
            and moment(taak.verloopdatum.astimezone(UTC)),
        }

    def _object(self, found: Object | GatewayError, path: Path) -> Json | None:
        """A klant sees of these only klanttaken of their own."""
        if isinstance(found, Object):
            taak = parse_klanttaak(found, register="objecten")
            if isinstance(taak, Klanttaak) and is_of(taak, self.klant):
                return {"data": found.record.data}
            found = not_shown()
        self.fails(found, path)
        return None

    async def _contacten(
        self, whose: Named, some: Sequence[delen.KlantcontactOnderwerp]
    ) -> dict[object, Klantcontact]:
        store, ids = self.context.store, [x.onderwerp_klantcontact_id for x in some]
        found, shown = await asyncio.gather(
            store.klantcontacten.klantcontacten_by_id(ids),
            store.betrokkenen.klantcontacten_of(ids, whose.everyone),
        )
        return {each.id: each for each in found if each and each.id in shown}


def _when(record: Klantcontact) -> Json:
    return {
        "nummer": str(record.nummer),
        "plaatsgevondenOp": moment(record.plaatsgevonden_op),
    }
