"""Addresses in the settings, and what they may not hold."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _checked_base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an absolute http(s) address")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must have no query, fragment or credentials")
    if not all(0 < len(label) < 64 for label in parts.hostname.split(".")):
        raise ValueError("must have a host whose name can be one")
    _check_port(value)
    return value.rstrip("/")


def _checked_database_url(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// address")
    _check_port(value.get_secret_value())
    return value


def is_trustworthy(address: str) -> bool:
    """Whether nobody on the way can change what is read there: TLS, or this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "http":
        return parts.hostname in LOOPBACK
    return parts.scheme == "https" and bool(parts.hostname)


def _check_port(address: str) -> None:
    try:
        _ = urlsplit(address).port
    except ValueError:
        raise ValueError("must have a port from 0 to 65535, or none") from None


BaseUrl = Annotated[str, AfterValidator(_checked_base_url)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_checked_database_url)]
