"""Finds, among names, the one that another name was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from todo_lint.patterns import pattern

_SEPARATOR = pattern(r"[-._]")
_SAY_NOTHING = frozenset(
    ("service", "svc", "config", "configmap", "cm", "secret", "secrets", "sa", "app", "account", "serviceaccount")
)
MOST_COMPARED = 40
"""How many names are compared letter by letter; beyond that a name is found by its words only."""


class SimilarNames:
    """Names that can be asked for one like another. ``common`` are names whose words say nothing: the release's."""

    def __init__(self, names: Iterable[str], common: Iterable[str] = ()) -> None:
        self._names = tuple(names)
        self._common = frozenset(word for name in common for word in _SEPARATOR.split(name))
        self._plain = {_plain(name): name for name in self._names}
        self._beginnings: dict[str, str] = {}
        self._ends: dict[str, str] = {}
        self._cores: dict[frozenset[str], str] = {}
        for name in self._names:
            words = _SEPARATOR.split(name)
            self._cores.setdefault(self._core(words), name)
            for count in range(1, len(words)):
                self._beginnings.setdefault("-".join(words[:count]), name)
                self._ends.setdefault("-".join(words[count:]), name)

    def like(self, name: str) -> str | None:
        """A name that differs in separators, in a letter or two, or in what stands before or behind it."""
        words = _SEPARATOR.split(name)
        found = self._plain.get(_plain(name))
        if found is None and any(word not in self._common for word in words):
            found = self._longer("-".join(words)) or self._shorter(words)
        core = self._core(words)
        if found is None and core:
            found = self._cores.get(core)
        return found or self.misspelt(name)

    def _core(self, words: list[str]) -> frozenset[str]:
        """The words that tell a name from others."""
        return frozenset(word for word in words if word not in self._common and word not in _SAY_NOTHING)

    def _longer(self, name: str) -> str | None:
        """A name of which this one is the beginning or the end."""
        return self._ends.get(name) or self._beginnings.get(name)

    def _shorter(self, words: list[str]) -> str | None:
        """A name that is the beginning or the end of this one, and more than the release's name."""
        for count in range(len(words) - 1, 0, -1):
            for part in (words[-count:], words[:count]):
                found = self._plain.get("".join(part))
                if found is not None and any(word not in self._common for word in part):
                    return found
        return None

    def misspelt(self, name: str) -> str | None:
        """A name that differs in a letter or two."""
        return self._nearly(name) or self._with_release_misspelt(_SEPARATOR.split(name))

    def _nearly(self, name: str) -> str | None:
        own = self._telling(name)
        for candidate in self._names[:MOST_COMPARED]:
            other = self._telling(candidate)
            if abs(len(other) - len(own)) <= 2 and _distance(own, other) <= (2 if len(own) > 7 else 1):
                return candidate if own[:1] == other[:1] or len(own) > 3 else None
        return None

    def _with_release_misspelt(self, words: list[str]) -> str | None:
        """A name that differs in one word only, in a letter or two of what is the release's: ``tod-backend``."""
        for candidate in self._names[:MOST_COMPARED]:
            others = _SEPARATOR.split(candidate)
            pairs = [(own, other) for own, other in zip(words, others, strict=False) if own != other]
            if len(others) == len(words) > 1 and len(pairs) == 1:
                (own, other) = pairs[0]
                if other in self._common and len(other) > 3 and own not in self._names and _distance(own, other) <= 1:
                    return candidate
        return None

    def _telling(self, name: str) -> str:
        """A name without the release's words; all of it where nothing is left."""
        words = _SEPARATOR.split(name)
        return "-".join(word for word in words if word not in self._common) or name


def _plain(name: str) -> str:
    return _SEPARATOR.sub("", name.lower())


def _distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to make one text of the other; 3 means three or more.

    Two neighbours in each other's place are one change. What the two begin and end with alike is taken off first;
    what is left is compared only where it is short.
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if max(len(one), len(other)) > 6:
        return 3
    if len(one) == 2 and one == other[::-1]:
        return 1
    row = list(range(len(other) + 1))
    for position, letter in enumerate(one, 1):
        before, row[0] = row[0], position
        for column, against in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != against))
    return row[-1]
