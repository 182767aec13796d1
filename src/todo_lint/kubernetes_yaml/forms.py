"""Documents of one form, which differ in their values only, are put together by one function for all of them.

The form of a document is that of its lines: indentation, dashes, keys, and whether there is a value. Thousands of
manifests, each for another application, have a few forms among them. Once a form has been met a few times it is read
for the last time, with marks in place of the values; what comes out is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["Forms", "Mark"]

Build = Callable[[Sequence[tuple[Any, ...]]], Any]
"""Takes the lines of a document, taken apart, and gives the value of the document."""

VALUE = 3
"""Where the value stands in a line that is taken apart."""
_WORTH_COMPILING = 20
"""How often a form is met before it is compiled, which takes as long as reading a dozen documents."""
_MOST = 2000
_LONGEST = 500
"""Lines of a document; there are few longer ones, and hardly ever two of one form."""


class Mark:
    """Stands for the value of line ``number`` of a document; ``copied`` if each document needs a copy of it."""

    __slots__ = ("copied", "number")

    def __init__(self, number: int, *, copied: bool) -> None:
        self.number = number
        self.copied = copied


class Forms:
    """The forms met so far, each with how often, or with its function."""

    def __init__(self, read: Callable[[tuple[int, ...]], Any], copy: Callable[[Any], Any]) -> None:
        """``read`` gives the value of a document of a form, with marks in it; ``copy`` copies a list or mapping."""
        self._read = read
        self._copy = copy
        self._met: dict[tuple[int, ...], int] = {}
        self._builds: dict[tuple[int, ...], Build] = {}

    def get(self, form: tuple[int, ...]) -> Build | None:
        """Return the function of a form; None where it is not worth having yet."""
        return self._builds.get(form) or self._note(form)

    def clear(self) -> None:
        """Forget all forms."""
        self._met.clear()
        self._builds.clear()

    def _note(self, form: tuple[int, ...]) -> Build | None:
        if len(form) > _LONGEST:
            return None
        if len(self._met) >= _MOST:
            self.clear()
        met = self._met[form] = self._met.get(form, 0) + 1
        if met < _WORTH_COMPILING:
            return None
        build: Build = eval(f"lambda lines: {_source(self._read(form))}", {"copy": self._copy})  # noqa: S307 - of our text
        self._builds[form] = build
        return build


def _source(value: Any) -> str:
    """Return a Python expression for a value with marks in it; ``lines`` hold the values that these stand for."""
    if value.__class__ is Mark:
        written = f"lines[{value.number}][{VALUE}]"
        return f"copy({written})" if value.copied else written
    if value.__class__ is dict:
        return f"{{{', '.join(f'{key!r}: {_source(item)}' for key, item in value.items())}}}"
    if value.__class__ is list:
        return f"[{', '.join(map(_source, value))}]"
    return repr(value)
