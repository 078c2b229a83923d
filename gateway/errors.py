"""Every error the gateway tells a caller about, and nothing else.

    GatewayError            code, extensions; a message written for the caller
    ├─ BadInput             BAD_INPUT              the caller's mistake
    │   └─ LimitExceeded    LIMIT_EXCEEDED         too many, too large, too deep
    ├─ Denied               the rules do not allow it to who asks
    │   ├─ Unauthenticated  UNAUTHENTICATED        nobody said who asks
    │   ├─ StepUpRequired   STEP_UP_REQUIRED       said, but not surely enough; + level
    │   └─ Forbidden        FORBIDDEN              + needs
    ├─ Missing              NOT_FOUND              absent; returned, never raised
    ├─ UnknownRegister      UNKNOWN_REGISTER       no configured register owns it
    ├─ RegisterError        + register, retryable  the other side's fault
    │   ├─ RegisterUnavailable  REGISTER_UNAVAILABLE   retrying may help
    │   ├─ RegisterRefused      REGISTER_REFUSED       an operator must act
    │   └─ MalformedAnswer      REGISTER_MALFORMED     outside its contract
    ├─ DeadlineExceeded     DEADLINE_EXCEEDED      the operation's time was up
    └─ InvalidSettings      start-up only; all problems in one message

Anything else is a bug: it is masked as INTERNAL and logged with its traceback.
Messages never hold personal data. graphql-core copies `extensions` of the original
exception into the answer, so nothing here needs to know GraphQL.
"""

from collections.abc import Sequence
from typing import ClassVar


class GatewayError(Exception):
    """The root of the tree; only its leaves are raised or returned.

    Attributes:
        code: the stable, English code a client can act on.
        extensions: what stands in the answer's `errors[].extensions`.
    """

    code: ClassVar[str]

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.extensions: dict[str, object] = {"code": self.code}


class BadInput(GatewayError):
    """The caller's mistake; the message names the argument and the rule."""

    code = "BAD_INPUT"

    def __init__(self, argument: str, rule: str) -> None:
        """Say what is wrong.

        Args:
            argument: the argument's name, or its path (`filter.periode.van`).
            rule: what holds for it, never the value given.
        """
        super().__init__(f"{argument}: {rule}")
        self.extensions["argument"] = argument


class InvalidValue(Exception):
    """A scalar refuses a value; the message is the rule, never the value.

    Becomes a BadInput once it is known for which argument.
    """


class LimitExceeded(BadInput):
    """More was asked than this gateway gives in one answer."""

    code = "LIMIT_EXCEEDED"


class Denied(GatewayError):
    """The rules do not allow it to the one who asks; returned for its field."""


class Unauthenticated(Denied):
    """It needs to be known who asks, and nobody said so."""

    code = "UNAUTHENTICATED"


class StepUpRequired(Denied):
    """Who asks is known, but not surely enough for this."""

    code = "STEP_UP_REQUIRED"

    def __init__(self, level: str) -> None:
        """Say what would do.

        Args:
            level: the lowest betrouwbaarheidsniveau that is enough.
        """
        super().__init__(f"this needs betrouwbaarheidsniveau {level} or higher")
        self.extensions["level"] = level


class Forbidden(Denied):
    """Not for the one who asks."""

    code = "FORBIDDEN"

    def __init__(self, message: str, *, needs: str | None = None) -> None:
        """Say what is missing.

        Args:
            message: for the caller; without personal data.
            needs: what a client can do something about: `purpose`,
                `identiteitsvaststelling`, or the name of a right.
        """
        super().__init__(message)
        if needs is not None:
            self.extensions["needs"] = needs


class Missing(GatewayError):
    """Absent, or not to be told apart from absent.

    A value inside the gateway: returned for its key, never raised.
    """

    code = "NOT_FOUND"


class UnknownRegister(GatewayError):
    """No configured register owns this reference; nothing was sent."""

    code = "UNKNOWN_REGISTER"


class RegisterError(GatewayError):
    """A register did not do its part.

    Attributes:
        register: the configured name of the register.
        retryable: whether the same question may succeed later.
        status: of the HTTP answer, when that is what was wrong.
    """

    retryable: ClassVar[bool]

    def __init__(
        self, register: str, message: str, *, status: int | None = None
    ) -> None:
        super().__init__(f"register {register}: {message}")
        self.register = register
        self.status = status
        self.extensions |= {"register": register, "retryable": self.retryable}


class RegisterUnavailable(RegisterError):
    """No connection, no answer in time, 408, 429 or 5xx."""

    code = "REGISTER_UNAVAILABLE"
    retryable = True


class RegisterRefused(RegisterError):
    """The register refuses us (401, 403, 412 …): an operator must act."""

    code = "REGISTER_REFUSED"
    retryable = False


class MalformedAnswer(RegisterError):
    """The answer is outside the register's published contract."""

    code = "REGISTER_MALFORMED"
    retryable = False


class DeadlineExceeded(GatewayError):
    """The operation's time was up before this was there."""

    code = "DEADLINE_EXCEEDED"


class InvalidSettings(Exception):
    """The configuration cannot be used; all problems stand in one message.

    Attributes:
        problems: one sentence for each, without the values of secrets.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
