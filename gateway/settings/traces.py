"""Where processing records go: Logboek Dataverwerkingen."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from gateway.settings.addresses import BaseUrl


class TraceSettings(BaseModel):
    """A file of this machine, unless a collector is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path = Field(
        default=Path("klantbeeld-verwerkingen.jsonl"),
        description="One record a line; made when it is not there, only added to.",
    )
    otlp_endpoint: BaseUrl | None = Field(
        default=None,
        description="Instead of the file: where a collector takes traces by OTLP/HTTP,"
        " path included (…/v1/traces). Needs the package's extra `otlp`.",
    )
    otlp_headers: dict[str, SecretStr] = Field(
        default={}, description="Sent along, such as Authorization."
    )
    otlp_ca_bundle: Path | None = Field(
        default=None, description="Who may vouch for it; default: certifi's list."
    )
    service_name: str = Field(
        default="klantbeeld", min_length=1, description="What records call this system."
    )
    oin: Annotated[str, Field(pattern=r"^[0-9]{20}$")] | None = Field(
        default=None, description="Of the organisation that is responsible."
    )
