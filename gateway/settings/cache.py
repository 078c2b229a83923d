"""What is remembered of registers: how long, and how much."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0, le=30 * 24 * 3600, allow_inf_nan=False)]
Lifetime = Annotated[float, Field(ge=0.05, le=30 * 24 * 3600, allow_inf_nan=False)]


class CacheSettings(BaseModel):
    """How long answers of registers are good for, in seconds, and how many are kept.

    A lifetime cannot be 0: what came along in one answer is read by its own URL.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    types_seconds: Lifetime = Field(default=4 * 3600, description="Published types.")
    zaken_seconds: Lifetime = 60
    documenten_seconds: Lifetime = 60
    objecten_seconds: Lifetime = 60
    absent_seconds: Seconds = Field(default=10, description="That it is not there.")
    stale_seconds: Seconds = Field(
        default=3600, description="How much longer when the register fails."
    )
    max_entries: int = Field(default=50_000, ge=1_000)
    max_bytes: int = Field(default=100_000_000, ge=1_000_000)
