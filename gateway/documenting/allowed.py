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


Node = FieldDefinitionNode | TypeDefinitionNode | None


def who_may(node: Node, within: Node = None) -> str | None:
    """Say who may, or None when nothing is said of it.

    Args:
        node: of a field or a type, in the SDL.
        within: of the type that has the field; who never gets one, is not named.
    """
    groups = _groups(node)
    if not groups:
        return KNOWN if "authenticated" in _directives(node) else None
    around = _groups(within)
    if around and [EIGEN] not in around:
        groups = [group for group in groups if group != [EIGEN]]
    return "; of ".join(_in_words(group) for group in groups)


def _groups(node: Node) -> list[list[str]]:
    """Alternatives, each with all that it needs; none where nothing is said."""
    found = _directives(node)
    needed = [
        _alternatives(found[name])
        for name in ("requiresScopes", "policy")
        if name in found
    ]
    together = product(*needed) if needed else ()
    return [[word for group in groups for word in group] for groups in together]


def _directives(node: Node) -> dict[str, DirectiveNode]:
    directives = (node and node.directives) or ()
    return {each.name.value: each for each in directives}


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
