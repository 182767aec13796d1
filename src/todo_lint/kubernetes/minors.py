"""A minor version of Kubernetes that remembers which comparisons decided a verdict."""

from __future__ import annotations

from todo_lint.kubernetes.changes import OLDEST


class Minor(int):
    """A minor version such as 30. It compares as the number does, and keeps in ``low`` how far down all comparisons
    made so far would have come out the same.

    So one check tells for which older versions it need not be done again.
    """

    low: int

    def __new__(cls, value: int) -> Minor:  # noqa: D102 - described by the class
        minor = super().__new__(cls, value)
        minor.low = OLDEST
        return minor

    def _differs_below(self, threshold: object) -> None:
        """Note that versions below ``threshold`` compare otherwise, if this one is not below it itself."""
        if isinstance(threshold, int) and self.low < threshold <= int.__index__(self):
            self.low = int(threshold)

    def __ge__(self, other: int) -> bool:
        self._differs_below(other)
        return int.__ge__(self, other)

    def __lt__(self, other: int) -> bool:
        self._differs_below(other)
        return int.__lt__(self, other)

    def __gt__(self, other: int) -> bool:
        self._differs_below(other + 1)
        return int.__gt__(self, other)

    def __le__(self, other: int) -> bool:
        self._differs_below(other + 1)
        return int.__le__(self, other)

    def __eq__(self, other: object) -> bool:
        self._note_equality(other)
        return int.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        self._note_equality(other)
        return int.__ne__(self, other)

    def __hash__(self) -> int:
        return int.__hash__(self)

    def _note_equality(self, other: object) -> None:
        self._differs_below(other)
        if isinstance(other, int):
            self._differs_below(other + 1)
