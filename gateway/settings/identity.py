"""Who may ask, how they are known, and what they may see."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)

from gateway.identity.levels import Betrouwbaarheidsniveau, is_enough
from gateway.identity.rechten import Recht
from gateway.settings.addresses import BaseUrl, is_trustworthy
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
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]

# OIDC NL GOV 1.0.1, sub_id_type.
_NL_GOV = "urn:nl-eid-gdi:1.0:id"
NL_GOV_TYPES: dict[str, SubjectKind] = {
    f"{_NL_GOV}:BSN": "bsn",
    f"{_NL_GOV}:RSIN": "rsin",
    f"{_NL_GOV}:KvKnr": "kvk_nummer",
}

SHORTEST_KEY = 32


def _checked_key(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SHORTEST_KEY:
        raise ValueError(f"must have at least {SHORTEST_KEY} characters")
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClaimNames(_Part):
    """How an issuer calls what a token says; a dot leads into an object.

    The defaults are those of OIDC NL GOV: `sub`, and `sub_id_type` that says what it is.
    """

    kind: str = Field(
        default="sub_id_type", description="Says of what kind the subject is."
    )
    bsn: str = "sub"
    rsin: str = "sub"
    kvk_nummer: str = "sub"
    vestigingsnummer: str = Field(
        default="vestigingsnummer", description="Beside a KVK-nummer; may be absent."
    )
    level: str = "acr"
    client: str = "azp"
    roles: str = "roles"
    scopes: str = "scope"
    represents: str = Field(
        default="represents",
        description="Holds whom the subject acts for, nested: the deepest is final.",
    )
    representative: str | None = Field(
        default=None,
        description="A broker's: holds who acts, where the subject is acted for.",
    )
    mandate_services: str = Field(
        default="mandate.services", description="Within `represents`."
    )
    mandate_until: str = Field(
        default="mandate.valid_until",
        description="Within `represents`: seconds since 1970, or ISO 8601 with offset.",
    )


class IssuerSettings(_Part):
    """Whose tokens are believed, and what they may say."""

    issuer: str = Field(min_length=1, description="Exactly as in `iss`.")
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


class ClientSettings(_Part):
    """An application, and what it may ask for."""

    client_id: str = Field(min_length=1)
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


class RoleSettings(GrantSettings):
    """A role of employees."""

    name: str = Field(min_length=1, description="As in the token.")


class ServiceSettings(_Part):
    """A service that somebody can be mandated for (DigiD Machtigen, eHerkenning)."""

    id: str = Field(min_length=1, description="As in the token.")
    zaaktypen: tuple[str, ...] | None = Field(
        default=None, description="Codes of what it covers; default: all."
    )


class KlantSettings(_Part):
    """What holds for residents and companies themselves."""

    activity: Name | None = Field(
        default=None, description="The processing activity of their own inspection."
    )
    level: Betrouwbaarheidsniveau = Field(
        default=Betrouwbaarheidsniveau.MIDDEN,
        description="What `voldoende zekerheid` is, unless an operation says more.",
    )
    max_vertrouwelijkheid: Vertrouwelijkheidaanduiding = (
        Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
    )
    objecttypen: tuple[str, ...] = Field(
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
    leeway_seconds: float = Field(default=30, ge=0, le=300)
    pseudonym_key: Annotated[SecretStr, AfterValidator(_checked_key)] | None = None
    activities: tuple[ActivitySettings, ...] = ()
    clients: tuple[ClientSettings, ...] = ()
    roles: tuple[RoleSettings, ...] = ()
    services: tuple[ServiceSettings, ...] = ()
    klant: KlantSettings = KlantSettings()
    systeem: GrantSettings = Field(
        default=GrantSettings(rechten=tuple(Recht)),
        description="What scopes can allow at most, and which zaken they mean.",
    )
    identiteitsvaststelling: VaststellingSettings = VaststellingSettings()
    minimum_levels: dict[str, Betrouwbaarheidsniveau] = Field(
        default={}, description="By root field: what it needs where that is more."
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = [
            *self._twice(),
            *self._unknown(),
            *self._untrustworthy(),
            *self._missing(),
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _twice(self) -> Iterable[str]:
        for what, names in (
            ("issuer", [each.issuer for each in self.issuers]),
            ("activity", [each.name for each in self.activities]),
            ("client", [each.client_id for each in self.clients]),
            ("role", [each.name for each in self.roles]),
            ("service", [each.id for each in self.services]),
        ):
            again = [name for name, number in Counter(names).items() if number > 1]
            if again:
                yield f"{what} given twice: {', '.join(sorted(again))}"

    def _unknown(self) -> Iterable[str]:
        known = {each.name for each in self.activities}
        named = {name for each in self.clients for name in each.activities}
        if self.klant.activity is not None:
            named.add(self.klant.activity)
        if named - known:
            yield f"no such activity: {', '.join(sorted(named - known))}"
        for name, level in self.minimum_levels.items():
            if not is_enough(level, self.klant.level):
                yield f"minimum_levels.{name} is lower than klant.level, which always holds"

    def _untrustworthy(self) -> Iterable[str]:
        for each in self.issuers:
            if not is_trustworthy(each.jwks_url or each.issuer):
                yield (
                    f"issuer {each.issuer}: keys are read over https, or http on"
                    " loopback: in jwks_url, or in issuer where that is left out"
                )

    def _missing(self) -> Iterable[str]:
        if not self.issuers:
            return
        if self.pseudonym_key is None:
            yield "issuers need pseudonym_key: who was shown what is written down"
        kinds = {kind for each in self.issuers for kind in each.kinds.values()}
        if kinds - {"medewerker", "systeem"} and self.klant.activity is None:
            yield "issuers of klanten need klant.activity: why they are shown their data"
        if kinds & {"medewerker", "systeem"} and not self.clients:
            yield "issuers of medewerkers and systemen need clients with activities"
