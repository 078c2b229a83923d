"""Who may ask for something, in words: what the directives of the SDL say.

Source: Apollo Federation 2.6, @authenticated, @requiresScopes and @policy: alternatives,
each of which needs all that it names; beside one another the directives hold together.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType

from graphql import (
    DirectiveNode,
    FieldDefinitionNode,
    TypeDefinitionNode,
    value_from_ast_untyped,
)

from gateway.documenting.markdown import code

EIGEN = "eigen"
_CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "identiteitsvaststelling": "na identiteitsvaststelling",
        "interactie": "bij het klantcontact zelf of de interne taak daarvan",
    }
)
EVERYBODY = "iedereen"
KNOWN = "iedereen die zich bekendmaakt"
KLANT = "een klant, van zichzelf"


def who_may(node: FieldDefinitionNode | TypeDefinitionNode | None) -> str | None:
    """Say who may, or None when nothing is said of it.

    Args:
        node: of a field or a type, in the SDL.
    """
    directives = (node and node.directives) or ()
    found = {each.name.value: each for each in directives}
    needed = [
        _alternatives(found[name])
        for name in ("requiresScopes", "policy")
        if name in found
    ]
    if not needed:
        return KNOWN if "authenticated" in found else None
    together = (
        [word for group in groups for word in group] for groups in product(*needed)
    )
    return "; of ".join(_in_words(group) for group in together)


def _alternatives(directive: DirectiveNode) -> list[list[str]]:
    (argument,) = directive.arguments or ()
    value = value_from_ast_untyped(argument.value)
    return [[str(word) for word in group] for group in value]


def _in_words(group: Iterable[str]) -> str:
    words = list(group)
    if words == [EIGEN]:
        return KLANT
    rights = [code(word) for word in words if word not in _CONDITIONS]
    besides = [_CONDITIONS[word] for word in words if word in _CONDITIONS]
    with_right = f" met recht {' en '.join(rights)}" if rights else ""
    return ", ".join([f"een medewerker of systeem{with_right}", *besides])
