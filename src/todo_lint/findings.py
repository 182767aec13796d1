"""What a run says: findings, the places they point at, and the report that collects them.

Everything here is a value. Reporters read nothing else.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from todo_lint.records import dataclass, field, replace

Route = tuple[str | int, ...]
"""The way into plain data: ``("spec", "ports", 0, "port")``."""


class Severity(enum.IntEnum):
    """How much a finding matters; ordered, so that ``--fail-on`` can compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word used in every output: ``error``, ``warning`` or ``note``."""
        return self.name.lower()


class Layer(enum.StrEnum):
    """Which kind of text a location is in."""

    VALUES = "values"
    TEMPLATE = "template"
    MANIFEST = "manifest"
    DOCUMENT = "document"
    RENDERED = "rendered"


class Exactness(enum.StrEnum):
    """How far the line of a template can be trusted.

    EXACT: a marked rendering is the same text. LINES: it has the same lines, and texts that differ with each
    rendering. FILE: only the file is known.
    """

    EXACT = "exact"
    LINES = "lines"
    FILE = "file"


class Verdict(enum.StrEnum):
    """How a statement of the data model ended."""

    HOLDS = "holds"
    VIOLATED = "violated"
    MISSING = "missing"
    RENAMED = "renamed"
    OVERRIDDEN = "overridden"
    LATER = "later"
    NOT_CHECKABLE = "not_checkable"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file. Lines and columns count from 1; None where only the file is known.

    ``layer`` says what kind of text it is, so that a line of rendered text, which exists in no file,
    is never mistaken for a line of the template of that name. ``exactness`` is set where the place of a template was
    worked out from one in rendered text; it is no part of what makes two locations equal.
    """

    file: str
    line: int | None
    column: int | None
    layer: Layer
    exactness: Exactness | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Related:
    """A further place that helps to understand a finding. ``excerpt`` is its line, where that may be shown."""

    message: str
    location: Location
    excerpt: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StatementRef:
    """The sentence of the data model that is at stake. Lines count from 1."""

    file: str
    line: int
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ResourceRef:
    """A Kubernetes resource by its identity."""

    api_version: str
    kind: str
    name: str
    namespace: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}" if self.name else self.kind


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of one stretch of text in a file; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a finding."""

    file: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class VersionRange:
    """The Kubernetes minor versions (such as ``1.25``) for which a finding holds; None: unbounded."""

    since: str | None = None
    until: str | None = None

    def __str__(self) -> str:
        if self.since and self.until:
            return self.since if self.since == self.until else f"{self.since} to {self.until}"
        return f"since {self.since}" if self.since else f"until {self.until}" if self.until else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``rule`` is the defect in kebab-case. ``path`` is the field inside ``resource`` in the notation
    ``spec.ports[0].port``. ``profiles`` lists the profiles in which it was seen. ``excerpt`` is the line of
    text that the location points at, for text output; it never holds the value of a Secret.
    """

    rule: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    resource: ResourceRef | None = None
    path: str | None = None
    related: tuple[Related, ...] = ()
    statements: tuple[StatementRef, ...] = ()
    kubernetes: VersionRange = VersionRange()
    profiles: tuple[str, ...] = ()
    fix: Fix | None = None
    excerpt: str | None = None

    @property
    def shared(self) -> Finding:
        """What findings of several profiles and versions have in common: those of which this is the same are one.

        The API version is not: a chart may choose it by the version of the cluster.
        """
        place = replace(self.location, column=None)
        resource = replace(self.resource, api_version="") if self.resource else None
        bare = replace(self, profiles=(), related=(), excerpt=None, location=place, kubernetes=VersionRange())
        return replace(bare, severity=Severity.ERROR, resource=resource)


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was not checked, and why."""

    resource: str
    reason: str


class FailureKind(enum.StrEnum):
    """Whether the user's input or todo-lint itself kept a run from finishing."""

    INPUT = "input"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be checked. Kind ``input`` ends in exit code 2, ``internal`` in 3."""

    kind: FailureKind
    message: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at. rendered documents = checked + skipped, always.

    ``kubernetes`` are the oldest and the newest version that was checked for, ``versions`` all of them, oldest first.
    """

    charts: int = 0
    profiles: int = 0
    documents: int = 0
    resources: int = 0
    checked: int = 0
    skipped: tuple[Skip, ...] = ()
    suppressed: int = 0
    remarks: tuple[str, ...] = ()
    kubernetes: VersionRange = VersionRange()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run, complete and sorted. ``secrets`` are texts that no output may hold."""

    findings: tuple[Finding, ...] = ()
    statements: Mapping[Verdict, int] = field(default_factory=dict)
    summary: Summary = Summary()
    failures: tuple[Failure, ...] = ()
    fail_on: Severity = Severity.WARNING
    secrets: frozenset[str] = field(default_factory=frozenset, repr=False)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings at or above ``fail_on``, 2 wrong input, 3 could not finish. 3 wins over 2, 2 over 1."""
        kinds = {failure.kind for failure in self.failures}
        if FailureKind.INTERNAL in kinds:
            return 3
        if FailureKind.INPUT in kinds:
            return 2
        return int(any(finding.severity >= self.fail_on for finding in self.findings))


def format_route(route: Route) -> str:
    """Write a route as Kubernetes does in its messages: ``spec.ports[0].port``, ``data[a.b]``."""
    text = ""
    for step in route:
        if isinstance(step, int) or not step or any(char in step for char in ".[]/"):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
