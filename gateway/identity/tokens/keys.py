"""The keys that an issuer publishes: which are used, and which one a token means.

Source: RFC 7517 4 and 5; RFC 7518 6; RFC 8037 2.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Self, TypeAlias

import msgspec
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

Key: TypeAlias = RSAKey | ECKey | OKPKey

_KINDS: Mapping[str, type[Key]] = MappingProxyType(
    {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
)
# RFC 8037 3.2: for agreeing on a key, not for signatures.
_NOT_FOR_SIGNING = frozenset({"X25519", "X448"})


class _Stated(msgspec.Struct):
    """What a key says of itself."""

    kty: str
    kid: str | None = None
    use: str | None = None
    key_ops: list[str] | None = None
    crv: str | None = None
    d: object = msgspec.UNSET


class _Published(msgspec.Struct):
    keys: list[dict[str, object]]


class Keys:
    """The keys of one issuer that signatures can be checked with."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = tuple(keys)

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read a JWK Set; a key that is of no use here is passed over.

        Raises:
            msgspec.DecodeError: it is none.
        """
        published = msgspec.json.decode(body, type=_Published)
        return cls(_usable(published.keys))

    def has(self, kid: str) -> bool:
        """Whether there is one of this name."""
        return any(key.kid == kid for key in self._keys)

    def algorithms(self, accepted: Iterable[str]) -> list[str]:
        """Say for which of these algorithms there is a key, in their order."""
        return [
            name for name in accepted if any(_is_for(key, name) for key in self._keys)
        ]

    def one(self, kid: str | None, algorithm: str) -> Key | None:
        """Give the only key that can be meant.

        Args:
            kid: its name; None when the token does not say.
            algorithm: that the key must be for.
        """
        meant = [
            key
            for key in self._keys
            if kid in {None, key.kid} and _is_for(key, algorithm)
        ]
        return meant[0] if len(meant) == 1 else None


def _usable(published: Iterable[dict[str, object]]) -> Iterator[Key]:
    for each in published:
        try:
            stated = msgspec.convert(each, _Stated)
            if _verifies(stated):
                yield _imported(_KINDS[stated.kty], each)
        # KeyError: joserfc 1.8 looks up an unknown `crv` without asking.
        except (JoseError, SecurityWarning, TypeError, ValueError, KeyError):
            continue


def _verifies(stated: _Stated) -> bool:
    """Whether it is the public half of a pair that signs."""
    return (
        stated.kty in _KINDS
        and stated.d is msgspec.UNSET
        and stated.use in {None, "sig"}
        and (stated.key_ops is None or "verify" in stated.key_ops)
        and stated.crv not in _NOT_FOR_SIGNING
    )


def _imported(kind: type[Key], published: Mapping[str, object]) -> Key:
    # What is no text is of no use here (x5c), or was looked at (key_ops).
    stated: dict[str, str | list[str]] = {
        name: value for name, value in published.items() if isinstance(value, str)
    }
    with warnings.catch_warnings():
        # joserfc warns of an RSA key shorter than 2048 bits.
        warnings.simplefilter("error", SecurityWarning)
        return kind.import_key(stated)


def _is_for(key: Key, algorithm: str) -> bool:
    """Whether kind, curve and the key's own `alg` allow this algorithm."""
    try:
        JWSRegistry.algorithms[algorithm].check_key(key)
    except JoseError:
        return False
    return True
