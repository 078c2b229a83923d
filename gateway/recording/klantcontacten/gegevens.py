"""What a klantcontact is recorded with."""

from datetime import datetime
from uuid import UUID

import msgspec

from gateway.identity.vaststelling import Vaststelling
from gateway.recording.interne_taken import TaakGegevens
from gateway.recording.partijen.gegevens import PartijGegevens
from gateway.recording.waarden.adressen import Adres
from gateway.recording.waarden.delen import Inhoudsdeel, Onderwerp
from gateway.recording.waarden.digitale_adressen import DigitaalAdres
from gateway.recording.waarden.namen import Contactnaam


class BetrokkeneGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """One who took part, other than the municipality.

    Attributes:
        rol: `belanghebbende` or `vertegenwoordiger`.
        initiator: whether the contact began with them.
        contactnaam: for this contact only, as all that follows until `partij_id`.
        partij_id: as whom they are gekend; or
        partij: as whom they are, or become, gekend.
        toestemming_hergebruik: whether `partij` may hold more than who it is.
    """

    rol: str
    initiator: bool
    contactnaam: Contactnaam | None = None
    organisatienaam: str | None = None
    adressen: tuple[Adres, ...] = ()
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    partij_id: UUID | None = None
    partij: PartijGegevens | None = None
    toestemming_hergebruik: bool = False

    @property
    def is_gekend(self) -> bool:
        """Whether they are a partij, or become one now."""
        return self.partij_id is not None or self.partij is not None

    @property
    def is_bereikbaar(self) -> bool:
        """Whether it is said where to reach them about this contact."""
        return bool(self.adressen or self.digitale_adressen)


class KlantcontactGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, at once.

    Attributes:
        plaatsgevonden_op: None of one that begins now.
        vastgesteld_door: who established the identity; None of the first of the actoren.
    """

    betrokkenen: tuple[BetrokkeneGegevens, ...]
    actoren: tuple[UUID, ...]
    onderwerpen: tuple[Onderwerp, ...] = ()
    inhoud: tuple[Inhoudsdeel, ...] = ()
    interne_taken: tuple[TaakGegevens, ...] = ()
    plaatsgevonden_op: datetime | None = None
    beeindigd_op: datetime | None = None
    kanaal: str | None = None
    taal: str | None = None
    vertrouwelijk: bool = False
    indicatie_contact_gelukt: bool | None = None
    identiteitsvaststelling: Vaststelling | None = None
    vastgesteld_door: UUID | None = None
