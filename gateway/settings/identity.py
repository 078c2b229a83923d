"""Who may ask, how they are known, and what they may see."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    model_validator,
)

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from gateway.settings.addresses import BaseUrl
from gateway.settings.agreement import USUAL_LEVEL, disagreements
from gateway.settings.problems import with_problems
from gateway.settings.registers import ExistingFile
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding

SubjectKind = Literal[
    "bsn", "rsin", "kvk_nummer", "vestigingsnummer", "medewerker", "systeem"
]
Algorithm = Literal[
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
]
ClaimName = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]

# OIDC NL GOV 1.0.1, sub_id_type.
_NL_GOV = "urn:nl-eid-gdi:1.0:id"
NL_GOV_TYPES: dict[str, SubjectKind] = {
    f"{_NL_GOV}:BSN": "bsn",
    f"{_NL_GOV}:RSIN": "rsin",
    f"{_NL_GOV}:KvKnr": "kvk_nummer",
}

SHORTEST_KEY = 32
FEWEST_DIFFERENT = 8


def _checked_key(value: SecretStr) -> SecretStr:
    key = value.get_secret_value()
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"must have at least {SHORTEST_KEY} characters")
    # Who can guess it, has the BSN of every pseudonym: there are 10^9 to try.
    if len(set(key)) < FEWEST_DIFFERENT:
        raise ValueError(
            f"must have at least {FEWEST_DIFFERENT} different characters: make it"
            " at random"
        )
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClaimNames(_Part):
    """How an issuer calls what a token says; a dot leads into an object.

    The defaults are those of OIDC NL GOV: `sub`, and `sub_id_type` that says what it is.
    """

    kind: ClaimName = Field(
        default="sub_id_type", description="Says of what kind the subject is."
    )
    name: ClaimName = Field(
        default="sub", description="Names an employee or application, for the trail."
    )
    bsn: ClaimName = "sub"
    rsin: ClaimName = "sub"
    kvk_nummer: ClaimName = "sub"
    vestigingsnummer: ClaimName = Field(
        default="vestigingsnummer", description="Beside a KVK-nummer; may be absent."
    )
    level: ClaimName = "acr"
    client: ClaimName = "azp"
    roles: ClaimName = "roles"
    scopes: ClaimName = "scope"
    represents: ClaimName = Field(
        default="represents",
        description="Holds whom the subject acts for, nested: the deepest is final.",
    )
    representative: ClaimName | None = Field(
        default=None,
        description="A broker's: holds who acts, where the subject is acted for.",
    )
    mandate_services: ClaimName = Field(
        default="mandate.services", description="Within `represents`."
    )
    mandate_until: ClaimName = Field(
        default="mandate.valid_until",
        description="Within `represents`: seconds since 1970, or ISO 8601 with offset.",
    )


class IssuerSettings(_Part):
    """Whose tokens are believed, and what they may say."""

    issuer: str = Field(
        min_length=1, max_length=255, description="Exactly as in `iss`."
    )
    audience: str = Field(min_length=1, description="One of those in `aud`.")
    jwks_url: BaseUrl | None = Field(
        default=None, description="Default: what the issuer's discovery document says."
    )
    ca_bundle: ExistingFile | None = Field(
        default=None, description="PEM; who may vouch for it, instead of certifi's."
    )
    algorithms: tuple[Algorithm, ...] = Field(
        default=("RS256", "PS256", "ES256", "EdDSA"), min_length=1
    )
    kinds: dict[str, SubjectKind] = Field(
        default=NL_GOV_TYPES,
        min_length=1,
        description="What values of the claim `kind` mean; others are refused.",
    )
    levels: dict[str, Betrouwbaarheidsniveau] = Field(
        default={}, description="Names of levels beside the standard URIs."
    )
    claims: ClaimNames = ClaimNames()


class ActivitySettings(_Part):
    """A processing activity (verwerkingsactiviteit): why personal data are shown."""

    name: Name = Field(description="What the header Klantbeeld-Purpose says.")
    uri: str = Field(
        pattern=r"^(https?|urn):\S+$",
        description="Of its entry in the register of processing activities.",
    )


Whose = Annotated[
    str | None,
    Field(
        description="Whose tokens may name it, as in `iss`; needed where more than one"
        " issuer speaks of medewerkers or systemen."
    ),
]


class ClientSettings(_Part):
    """An application, and what it may ask for."""

    client_id: str = Field(min_length=1)
    issuer: Whose = None
    activities: tuple[Name, ...] = Field(min_length=1)


class GrantSettings(_Part):
    """What a role allows."""

    rechten: tuple[Recht, ...] = Field(min_length=1)
    zaaktypen: tuple[str, ...] | None = Field(
        default=None, description="Codes (identificatie) of zaaktypen; default: all."
    )
    max_vertrouwelijkheid: Vertrouwelijkheidaanduiding = (
        Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
    )


class SystemSettings(GrantSettings):
    """What scopes can allow at most."""

    rechten: tuple[Recht, ...] = Field(default=tuple(Recht), min_length=1)


class RoleSettings(GrantSettings):
    """A role of employees."""

    name: str = Field(min_length=1, description="As in the token.")
    issuer: Whose = None


class ServiceSettings(_Part):
    """A service that somebody can be mandated for (DigiD Machtigen, eHerkenning)."""

    id: str = Field(min_length=1, description="As in the token.")
    zaaktypen: tuple[str, ...] | None = Field(
        default=None, description="Codes of what it covers; default: all."
    )
    klantbeeld: bool | None = Field(
        default=None,
        description="Whether it opens the klantbeeld: partijgegevens, klantcontacten"
        " and their inhoud; default: only when no zaaktypen narrow it.",
    )

    @property
    def opens_klantbeeld(self) -> bool:
        """Whether it does, as said or by default."""
        return self.zaaktypen is None if self.klantbeeld is None else self.klantbeeld


class KlantSettings(_Part):
    """What holds for residents and companies themselves."""

    activity: Name | None = Field(
        default=None, description="The processing activity of their own inspection."
    )
    level: Betrouwbaarheidsniveau = Field(
        default=USUAL_LEVEL,
        description="What `voldoende zekerheid` is, unless an operation says more.",
    )
    max_vertrouwelijkheid: Vertrouwelijkheidaanduiding = (
        Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
    )
    objecttypen: tuple[UUID, ...] = Field(
        default=(),
        description="Uuids of objecttypen that may be shown as onderwerp, whoever's.",
    )


class VaststellingSettings(_Part):
    """The person on the phone: what an employee must state about who calls."""

    required: bool = Field(
        default=True, description="Before partijgegevens are shown to an employee."
    )
    level: Betrouwbaarheidsniveau = Betrouwbaarheidsniveau.LAAG


class IdentitySettings(_Part):
    """All of it; without issuers nobody is asked, and the gateway stays on loopback."""

    issuers: tuple[IssuerSettings, ...] = ()
    development: bool = Field(
        default=False,
        description="Without issuers: ask nobody who they are, and show everything, on"
        " this machine only.",
    )
    leeway_seconds: float = Field(default=30, ge=0, le=300)
    pseudonym_key: Annotated[SecretStr, AfterValidator(_checked_key)] | None = None
    activities: tuple[ActivitySettings, ...] = ()
    clients: tuple[ClientSettings, ...] = ()
    roles: tuple[RoleSettings, ...] = ()
    services: tuple[ServiceSettings, ...] = ()
    klant: KlantSettings = KlantSettings()
    systeem: SystemSettings = Field(
        default=SystemSettings(),
        description="What scopes can allow at most, and which zaken they mean.",
    )
    identiteitsvaststelling: VaststellingSettings = VaststellingSettings()
    minimum_levels: dict[str, Betrouwbaarheidsniveau] = Field(
        default={}, description="By root field: what it needs where that is more."
    )

    @model_validator(mode="wrap")
    @classmethod
    def _holds_together(
        cls, given: object, handler: ModelWrapValidatorHandler[Self]
    ) -> Self:
        """Look at all of it beside the fields: all problems are told at once."""
        problems = disagreements(given)
        return with_problems(cls.__name__, problems, lambda: handler(given))
