"""How much may be asked: of one operation, and by one caller."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class LimitSettings(BaseModel):
    """What is refused as too much; beside max_page_size and max_body_bytes.

    What counts callers counts in one process; with several, each allows this much.

    Source: OWASP GraphQL Cheat Sheet (depth, amount, cost, rate, batching by aliases,
    introspection); the figures are measured on the page of 100 klantcontacten.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_characters: int = Field(
        default=100_000,
        ge=1_000,
        description="Of a document; the page has 2,168. Bounds what counting tokens"
        " takes: 10 ms at most.",
    )
    max_tokens: int = Field(
        default=1_000,
        ge=50,
        description="Of a document; the page has 252. At 1,000 validation takes 0.3 s"
        " at most, and that grows with the square. GraphQL Armor has the same.",
    )
    max_depth: int = Field(
        default=15,
        ge=1,
        description="Fields within fields; the page has 8, and the graph has cycles.",
    )
    max_cost: int = Field(
        default=10_000,
        ge=1,
        description="Objects in the answer at most: the page has 6,113, a list of 100"
        " in each of a list of 100 has 10,201.",
    )
    max_aliases: int = Field(
        default=30,
        ge=0,
        description="In a document; the page has none, GraphQL Armor allows 15.",
    )
    max_same_fields: int = Field(
        default=50,
        ge=1,
        description="Of one name in a document; the page has 7. Validation compares each"
        " with each.",
    )
    max_root_fields: int = Field(
        default=10,
        ge=1,
        description="Of an operation; the page has 1. Many guesses in one request are"
        " OWASP's batching attack.",
    )
    in_flight_per_caller: int = Field(
        default=20,
        ge=1,
        description="Operations at once; twice the connections to the database.",
    )
    requests_per_minute: int = Field(
        default=600,
        ge=1,
        description="By one caller, in the long run; a page is one request.",
    )
    requests_at_once: int = Field(
        default=60,
        ge=1,
        description="By one caller who was silent before: the burst.",
    )
    anonymous_per_minute: int = Field(
        default=60,
        ge=1,
        description="By all who are anonymous together: there is little for them.",
    )
    anonymous_at_once: int = Field(default=20, ge=1, description="Their burst.")
    distinct_persons_per_hour: int = Field(
        default=250,
        ge=1,
        description="Looked up by one caller: 20 times the 12 that an employee helps"
        " in an hour of calls of five minutes.",
    )
    introspection: bool | None = Field(
        default=None,
        description="Whether the graph may be asked for itself; default: only where"
        " no issuer is configured.",
    )
    explorer: bool | None = Field(
        default=None, description="Whether a browser gets a page; default: likewise."
    )
    cost_report: bool | None = Field(
        default=None,
        description="Whether an answer says what it cost, to who asks for that; default:"
        " likewise. It tells whether somebody else asked for the same just before.",
    )
    trusted_documents: Path | None = Field(
        default=None, description="A manifest that a client's tools have written."
    )
    trusted_documents_required: bool = Field(
        default=False, description="Refuse every other document."
    )

    @model_validator(mode="after")
    def _required_documents_are_known(self) -> Self:
        if self.trusted_documents_required and self.trusted_documents is None:
            raise ValueError("trusted_documents_required needs trusted_documents")
        return self

    def for_strangers(self) -> Self:
        """Give what holds for those who are anonymous."""
        return self.model_copy(
            update={
                "requests_per_minute": self.anonymous_per_minute,
                "requests_at_once": self.anonymous_at_once,
            }
        )

    def is_open(self, asked: bool | None, *, has_issuers: bool) -> bool:
        """Whether introspection, the explorer or what answers cost is on.

        Args:
            asked: the setting of one of them.
            has_issuers: whether it is asked who asks.
        """
        return not has_issuers if asked is None else asked
