"""What an expression of a Go template stands for: a path from the root, or a mapping that the template makes."""

from __future__ import annotations

from todo_lint.records import dataclass

STRING = r'"(?:\\.|[^"\\])*"|`[^`]*`'
"""A text in an action, as an expression."""
PATH = r"(?:\$\w*)?(?:\.\w+)+|\.|\$\w*"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping that a template makes with ``dict``: what each of its keys stands for.

    ``rest`` is the path of a mapping that it is merged with: every other key is looked up there.
    """

    entries: tuple[tuple[str, Meaning], ...]
    rest: tuple[str, ...] | None = None

    def get(self, key: str) -> Meaning:
        """What a key stands for; None where that is not known, or there is no such key."""
        for name, meaning in self.entries:
            if name == key:
                return meaning
        return None if self.rest is None else (*self.rest, key)


Meaning = tuple[str, ...] | Fields | None
"""What an expression stands for: the steps of a path from the root, or a mapping; None: it is not known."""
ROOT: Meaning = ()


def below(meaning: Meaning, steps: list[str]) -> Meaning:
    """What stands at the end of some steps."""
    for step in steps:
        if isinstance(meaning, Fields):
            meaning = meaning.get(step)
        elif meaning is not None:
            meaning = (*meaning, step)
    return meaning


def merged(parts: list[Meaning]) -> Meaning:
    """What ``merge`` makes of several mappings, the strongest first; None where that is not known.

    Of two paths nobody can tell from the text which of them has a key.
    """
    entries: dict[str, Meaning] = {}
    rest: tuple[str, ...] | None = None
    for part in parts:
        further = part.rest if isinstance(part, Fields) else part
        if part is None or (further is not None and rest is not None):
            return None
        rest = further if rest is None else rest
        for name, meaning in part.entries if isinstance(part, Fields) else ():
            entries.setdefault(name, meaning)
    return Fields(tuple(entries.items()), rest) if entries else rest
