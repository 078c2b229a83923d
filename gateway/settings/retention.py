"""How long what is recorded stays; VNG gives no terms, so most have no default."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=0, le=36_500)]


class RetentionSettings(BaseModel):
    """Terms of `klantbeeld purge`, in days; one that is not set never ends.

    Source: seed uitgangspunten, the last section; decision A3337 leaves terms open.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    zelfstandig_days: Days | None = Field(
        default=None,
        description="Zelfstandige gegevens without a zaak: after the last verwerkte"
        " interne taak, or the contact where there never was one.",
    )
    klantcontact_days: Days | None = Field(
        default=None,
        description="Klantcontacten of aangehaakte klanten: likewise; a zaak that it was"
        " about may keep it longer.",
    )
    partij_days: Days | None = Field(
        default=None, description="Partijen: after the last contact."
    )
    retry_days: Days = Field(
        default=30, description="What mutations came to, for who asks again."
    )
    trail_days: Days | None = Field(
        default=None,
        description="Old values and reasons in the trail of changes; never longer than"
        " the record that they are of.",
    )
    batch_size: int = Field(
        default=200,
        ge=1,
        le=5_000,
        description="How many klantcontacten or partijen are looked at, and destroyed,"
        " in one transaction; threads are not split.",
    )
