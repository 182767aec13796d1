"""The words by which documents call the parts of a system: *frontend*, *api*, *dependencies*."""

from __future__ import annotations

from todo_lint.model.parts import ROLES

DEPENDENCIES = frozenset(
    ("dependencies", "chart dependencies", "helm dependencies", "helm chart dependencies", "subcharts", "sub charts",
     "dependency charts")
)  # fmt: skip
"""The words of headings and keys below which such charts are listed."""


def is_other_part(words: str, name: str) -> bool:
    """Whether the words of a heading are those of a part of the system that is not in a name.

    ``Frontend`` below the Service ``shop-api`` is about something else; ``Ports`` is not.
    """
    said = words.removeprefix("the ").split()
    return bool(said) and ROLES.issuperset(said) and not set(said) & set(name.split("-"))


def is_part(words: str) -> bool:
    """Whether words are those of a part of the system, and nothing else: ``Frontend``, ``API server``."""
    return bool(words) and ROLES.issuperset(words.lower().split())


def part_of(words: str) -> str:
    """The part of the system of which a heading speaks, by its words; empty where of none, or of several."""
    found = [word for word in words.split() if word in ROLES]
    return found[0] if len(found) == 1 and len(words.split()) <= _MOST_WORDS else ""


_MOST_WORDS = 4

__all__ = ["DEPENDENCIES", "ROLES", "is_other_part", "is_part", "part_of"]
