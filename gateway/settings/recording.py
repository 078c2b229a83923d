"""What the municipality chooses about what is recorded."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.settings.agreement import USUAL_LEVEL


class RecordingSettings(BaseModel):
    """See the README's table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pool_size: int = Field(
        default=5,
        ge=1,
        le=200,
        description="How many mutations are written at once; the next one waits.",
    )
    level: Betrouwbaarheidsniveau = Field(
        default=USUAL_LEVEL,
        description="How sure it must be who somebody is, before they are a partij.",
    )
    without_purpose: bool = Field(
        default=False,
        description="Whether a contact without a known partij or follow-up is recorded"
        " all the same, with a warning; otherwise it is only counted (seed V6898).",
    )
    unknown_registers: bool = Field(
        default=True,
        description="Whether a reference that no configured register owns may be"
        " recorded.",
    )
    code_seconds: int = Field(
        default=600,
        ge=30,
        le=86_400,
        description="How long a code is good that verifies a digital address.",
    )
    code_tries: int = Field(
        default=5, ge=1, le=20, description="How often one may be wrong."
    )
    code_sendings: int = Field(
        default=5,
        ge=1,
        le=20,
        description="How many codes are sent to one address of a partij, before the"
        " last one has expired.",
    )
    outbox: Path | None = Field(
        default=None,
        description="A file that codes are written to instead of being sent: for a"
        " demonstration. Without it, and without a way to send them, none is made.",
    )
