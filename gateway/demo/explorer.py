"""The explorer in the demo: with a token of everybody at hand."""

from gateway.demo.callers import CALLERS
from gateway.demo.issuer import Issuer
from gateway.edge.page import Bearer, Page


def explorer(issuer: Issuer) -> Page:
    """Make the page; each time it is loaded, its tokens are new.

    Args:
        issuer: makes the tokens.
    """

    def callers() -> list[Bearer]:
        return [
            Bearer(each.name, each.described, issuer.mint(each.claims), each.purpose)
            for each in CALLERS
        ]

    return Page(callers)
