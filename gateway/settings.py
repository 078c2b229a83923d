"""Every setting, its default and its meaning: from the environment or TOML.

The environment (`KLANTBEELD_…`) wins over the TOML file that `KLANTBEELD_CONFIG`
names (default: `klantbeeld.toml` in the current folder). Nothing else in the gateway
reads the environment.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gateway.errors import InvalidSettings

PREFIX = "KLANTBEELD_"

RegisterKind = Literal["zaken", "catalogi", "documenten", "objecten"]


def _checked_base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an absolute http(s) address")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must have no query, fragment or credentials")
    return value.rstrip("/")


def _checked_database_url(value: SecretStr) -> SecretStr:
    if urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
        raise ValueError("must be a postgresql:// address")
    return value


BaseUrl = Annotated[str, AfterValidator(_checked_base_url)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_checked_database_url)]


class RegisterSettings(BaseModel):
    """One register: where it is, what it speaks, how it knows us.

    Zaken, Catalogi and Documenten take `client_id` and `secret` (ZGW JWT, HS256);
    Objecten takes `token`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    kind: RegisterKind
    base_url: BaseUrl
    client_id: str = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aliases: tuple[str, ...] = Field(
        default=(),
        description="Values of codeRegister that mean this register, any case.",
    )
    page_size: int = Field(default=100, ge=1, le=500)
    concurrency: int = Field(default=32, ge=1, le=1000)
    connect_timeout: float = Field(default=2.0, gt=0, le=60, description="seconds")
    read_timeout: float = Field(default=5.0, gt=0, le=60, description="seconds")
    max_answer_bytes: int = Field(default=20_000_000, ge=1_000)

    @model_validator(mode="after")
    def _credentials_fit_the_kind(self) -> Self:
        if self.kind == "objecten":
            if not self.token.get_secret_value():
                raise ValueError("a register of kind objecten needs token")
        elif not (self.client_id and self.secret.get_secret_value()):
            raise ValueError(
                f"a register of kind {self.kind} needs client_id and secret"
            )
        return self


class Settings(BaseSettings):
    """All of them; see the README's table for their meaning."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    database_url: DatabaseUrl = Field(description="The runtime role's database.")
    migration_url: DatabaseUrl | None = Field(
        default=None, description="The owner's, for `migrate`; default: database_url."
    )
    registers: tuple[RegisterSettings, ...] = ()
    max_page_size: int = Field(default=100, ge=1, le=1000)
    max_body_bytes: int = Field(default=1_000_000, ge=1_000)
    database_pool_size: int = Field(default=10, ge=1, le=200)

    @model_validator(mode="after")
    def _registers_are_distinct(self) -> Self:
        for what in ("name", "base_url"):
            values = [getattr(register, what) for register in self.registers]
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise ValueError(f"registers: {what} used twice: {', '.join(twice)}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over TOML."""
        toml = os.environ.get(f"{PREFIX}CONFIG", "klantbeeld.toml")
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, Path(toml)),
        )


class DemoSettings(BaseSettings):
    """What `klantbeeld demo` needs; it makes the rest itself."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    data_dir: Path | None = Field(
        default=None,
        description="Where the demo keeps its data; default: /var/lib/klantbeeld "
        "as root, else ~/.local/share/klantbeeld.",
    )


def load_settings() -> Settings:
    """Read the settings from the environment and TOML.

    Raises:
        InvalidSettings: with every problem found, one sentence each.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InvalidSettings(
            [
                f"{_name_of(problem['loc'])}: {problem['msg']}"
                for problem in error.errors(include_input=False, include_url=False)
            ]
        ) from None
    except ValueError as error:  # TOML or JSON that cannot be read
        raise InvalidSettings([f"the configuration cannot be read: {error}"]) from None


def _name_of(location: tuple[int | str, ...]) -> str:
    if not location:
        return "settings"
    first, *rest = location
    path = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest
    )
    return f"{PREFIX}{str(first).upper()}{path}"
