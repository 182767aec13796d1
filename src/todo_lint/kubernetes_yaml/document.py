"""What the YAML reader returns: plain data, and where each part of it stands in the text."""

from __future__ import annotations

from collections.abc import Callable

from todo_lint.findings import Route
from todo_lint.records import dataclass, field

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""Plain data, as JSON knows it. Keys are always strings."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text. Lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key that a mapping holds twice: Kubernetes and Helm silently keep the last one."""

    route: Route
    span: Span
    first: Span


@dataclass(frozen=True, slots=True)
class SpanIndex:
    """Where keys and values stand. A key exists for mapping entries only."""

    keys: dict[Route, Span]
    values: dict[Route, Span]


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One document of a YAML stream.

    ``line`` is the line of the whole text on which it starts, counted from 1. ``value`` is None for an empty
    document. Spans count lines in the whole text. They are worked out when first asked for, by reading the
    text again, since only a finding needs them.
    """

    value: Json
    line: int
    duplicates: tuple[DuplicateKey, ...] = ()
    locate: Callable[[], SpanIndex] | None = field(default=None, compare=False, repr=False)

    def key_span(self, route: Route) -> Span | None:
        """The span of the key at ``route``, or None (a list item has no key; a merged key stands elsewhere)."""
        return self.locate().keys.get(route) if self.locate else None

    def value_span(self, route: Route) -> Span | None:
        """The span of the value at ``route``, or None where it is not written in the text."""
        return self.locate().values.get(route) if self.locate else None


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """A document that Kubernetes cannot read. ``line`` and ``column`` count from 1 in the whole text."""

    message: str
    line: int
    column: int
