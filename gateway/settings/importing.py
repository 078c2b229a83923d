"""Where what another store has is imported from, and what its codes mean here."""

from collections.abc import Sequence
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from gateway.settings.addresses import BaseUrl
from gateway.settings.registers import ExistingFile, Headers, RegisterSettings

Vorm = Literal["zaak", "klanttaak", "object", "informatieobject"]


class AliasSettings(BaseModel):
    """What a reference of four parts means, when its codes are among these.

    Codes are compared in any case; an empty list means any code.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code_register: tuple[str, ...] = ()
    code_objecttype: tuple[str, ...] = ()
    code_soort_object_id: tuple[str, ...] = ("uuid",)
    url: str = Field(
        pattern=r"^https?://[^{}\s]+\{id\}[^{}\s]*$",
        max_length=800,
        description="With `{id}` where objectId comes.",
    )
    vorm: Vorm

    def means(self, codes: Sequence[str]) -> bool:
        """Whether these are it: of register, objecttype and soort object ID."""
        listed = (self.code_register, self.code_objecttype, self.code_soort_object_id)
        return all(
            not some or code.casefold() in {each.casefold() for each in some}
            for some, code in zip(listed, codes, strict=True)
        )


class OpenKlantSettings(BaseModel):
    """An Open Klant 2 whose data are taken over."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: BaseUrl = Field(description="Ends with /klantinteracties/api/v1.")
    token: SecretStr
    another: bool = Field(
        default=False,
        description="Whether it is not the one that was imported from before.",
    )
    page_size: int = Field(default=100, ge=1, le=500)
    read_timeout: float = Field(default=60.0, gt=0, le=60, description="seconds")
    ca_bundle: ExistingFile | None = None
    client_certificate: ExistingFile | None = None
    client_key: ExistingFile | None = None
    headers: Headers = {}
    aliases: tuple[AliasSettings, ...] = ()

    @field_validator("base_url")
    @classmethod
    def _in_one_form(cls, value: str) -> str:
        """Spell it as RFC 3986 (6.2.2.1, 6.2.3) does: keys of imports go by it."""
        parts = urlsplit(value)
        port = {"https": ":443", "http": ":80"}[parts.scheme]
        netloc = parts.netloc.lower().removesuffix(port)
        return parts._replace(netloc=netloc).geturl()

    @field_validator("token")
    @classmethod
    def _one_word(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if not text or not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError("must be printable ASCII, no spaces")
        return value

    @model_validator(mode="after")
    def _key_with_its_certificate(self) -> Self:
        if self.client_key and not self.client_certificate:
            raise ValueError("client_key needs client_certificate")
        return self

    def register_settings(self) -> RegisterSettings:
        """Say how it is reached: by a fixed token, as Objecten is."""
        return RegisterSettings(
            name="open-klant",
            kind="objecten",
            base_url=self.base_url,
            token=self.token,
            read_timeout=self.read_timeout,
            ca_bundle=self.ca_bundle,
            client_certificate=self.client_certificate,
            client_key=self.client_key,
            headers=self.headers,
        )
