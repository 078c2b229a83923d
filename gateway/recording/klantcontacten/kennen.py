"""As whom betrokkenen are gekend, and what of them may be recorded (seed V6898).

Each betrokkene who is, or becomes, a partij is a case of its own; without any, the
contact is.
"""

from collections.abc import Iterator
from uuid import UUID

from gateway.identity.policy.seed import Klantsoort
from gateway.recording.fouten import Fout, FoutCode
from gateway.recording.klantcontacten.gegevens import (
    BetrokkeneGegevens,
    KlantcontactGegevens,
)
from gateway.recording.partijen.gekend import (
    gekende_partij,
    heeft_toestemming,
    vind,
    wait_for,
)
from gateway.recording.recorder import Recording
from gateway.recording.vastlegging import (
    Gevraagd,
    Rij1,
    Situatie,
    Vastlegging,
    check_vastlegging,
    decide,
    may_register,
)
from gateway.recording.waarden.paden import below
from gateway.store.writing.partijen import lock as lock_partij


class Kennen:
    """Of one klantcontact.

    Attributes:
        serves_no_purpose: whether it is not recorded, but counted.
    """

    def __init__(
        self, asked: KlantcontactGegevens, recording: Recording, pad: str
    ) -> None:
        """Take it, looked at but for this."""
        self.serves_no_purpose = False
        self._asked = asked
        self._recording = recording
        self._pad = pad
        stated, needed = asked.identiteitsvaststelling, recording.settings.level
        niveau = None if stated is None else stated.niveau
        self._is_certain = niveau is not None and may_register(
            Klantsoort.AANGEHAAKT, niveau, needed
        )

    async def decide(self) -> tuple[Fout, ...]:
        """Find out which cases it is, and note what they do not allow.

        Returns:
            Warnings with which it is recorded all the same.
        """
        known = [*self._known()]
        for pad, each in known:
            await self._decide_on(each, pad)
        return () if known else self._decide_without()

    async def wait(self) -> None:
        """Have all who are gekend stay as they are, before anything else is kept.

        In one order: else two wait for each other.
        """
        everyone = [each for _, each in self._known()]
        named = [each.partij for each in everyone if each.partij is not None]
        await wait_for(named, self._recording)
        keys = {each.partij_id for each in everyone if each.partij_id is not None}
        for key in sorted(keys):
            await lock_partij(self._recording.tx, key)

    async def partijen(self, klantcontact: UUID) -> dict[int, UUID]:
        """Find or make the partijen; may note mistakes in what they are made of.

        Args:
            klantcontact: at which it happens.

        Returns:
            Their keys, by the index of their betrokkene.
        """
        found: dict[int, UUID] = {}
        for index, each in enumerate(self._asked.betrokkenen):
            if each.partij_id is not None:
                found[index] = each.partij_id
            elif each.partij is not None:
                found[index] = await gekende_partij(
                    each.partij,
                    self._recording,
                    below(self._at(index), "partij"),
                    toestemming=each.toestemming_hergebruik,
                    klantcontact=klantcontact,
                )
        return found

    def _at(self, index: int) -> str:
        return below(below(self._pad, "betrokkenen"), index)

    def _known(self) -> Iterator[tuple[str, BetrokkeneGegevens]]:
        for index, each in enumerate(self._asked.betrokkenen):
            if each.is_gekend:
                yield self._at(index), each

    async def _decide_on(self, each: BetrokkeneGegevens, pad: str) -> None:
        key = each.partij_id
        if key is not None:
            await self._check_key(key, each, pad)
        elif each.partij is not None:
            key = await vind(each.partij, self._recording)
        given = each.partij
        where = below(pad, "partij")
        situatie = Situatie(
            geauthenticeerd=self._is_certain,
            gekend=True,
            opvolging=bool(self._asked.interne_taken),
            toestemming=each.toestemming_hergebruik,
            eerdere_toestemming=key is not None
            and await heeft_toestemming(self._recording, key),
        )
        gevraagd = self._gevraagd(
            identificaties=(below(where, "identificatie"),) if given else (),
            partijgegevens=given.contactgegevens(where) if given else (),
        )
        check_vastlegging(gevraagd, decide(situatie), self._pad, self._recording.fouten)

    async def _check_key(self, key: UUID, each: BetrokkeneGegevens, pad: str) -> None:
        """Refuse a partij that is not there, or who said so themselves (R3.8, R5.1)."""
        fouten, where = self._recording.fouten, below(pad, "partij_id")
        if await lock_partij(self._recording.tx, key) is None:
            fouten.add(FoutCode.NIET_GEVONDEN, where, "Deze partij is er niet.")
        if each.initiator and not self._is_certain:
            melding = (
                "Wie zelf contact zoekt, is pas als partij gekend als met voldoende"
                " zekerheid is vastgesteld wie het is."
            )
            fouten.add(FoutCode.IDENTITEIT_NIET_VASTGESTELD, where, melding)
        if each.toestemming_hergebruik:
            where = below(pad, "toestemming_hergebruik")
            melding = "Van een partij die er al is, wordt toestemming apart vastgelegd."
            fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)

    def _decide_without(self) -> tuple[Fout, ...]:
        """Decide on a contact of nobody who is gekend; who they are, matters not."""
        if any(each.interne_taak_id for each in self._asked.onderwerpen):
            return ()  # it is the follow-up of one that was recorded
        situatie = Situatie(
            geauthenticeerd=False,
            gekend=False,
            opvolging=bool(self._asked.interne_taken),
            toestemming=False,
            eerdere_toestemming=False,
        )
        settings = self._recording.settings
        rij1 = Rij1.WARNING if settings.without_purpose else Rij1.REFUSED
        uitkomst = decide(situatie)
        warning = check_vastlegging(
            self._gevraagd(), uitkomst, self._pad, self._recording.fouten, rij1=rij1
        )
        self.serves_no_purpose = (
            uitkomst is Vastlegging.NIET_VASTLEGGEN and warning is None
        )
        if warning is None:
            return ()
        return (Fout(FoutCode.DIENT_GEEN_DOEL, self._pad, warning),)

    def _gevraagd(
        self,
        identificaties: tuple[str, ...] = (),
        partijgegevens: tuple[str, ...] = (),
    ) -> Gevraagd:
        asked = self._asked
        return Gevraagd(
            met_contactgegevens=sum(each.is_bereikbaar for each in asked.betrokkenen),
            interne_taken=len(asked.interne_taken),
            identificaties=identificaties,
            partijgegevens=partijgegevens,
        )
