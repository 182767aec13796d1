"""What a rule file is made of.

A rule is one module in a folder of ``todo_lint.rules``. Its file name, with dashes, is its id: the defect in
kebab-case. It holds

- a docstring with the sections *What it finds*, *Why it matters*, *Bad* and *Good*; the examples are run by the
  tests: Bad gives exactly this rule at the line marked ``# <-- here`` (``<!-- here -->`` in Markdown), Good
  gives no finding at all;
- ``SUBJECT``, what the rule is handed: see Subject;
- ``SIGN``, where the subject is the graph, and one of manifests/signs.py tells whether the rule is needed at all;
- ``SEVERITY``, how much a finding of it matters, unless the defect itself says otherwise;
  These two are read from the text of the file, so each stands on a line of its own as a plain name;
- ``check``, a generator that takes the subject and the Context, and yields Defects about that subject only.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from todo_lint.findings import Layer, Location, Route, Severity, StatementRef, VersionRange
from todo_lint.helm.chart import Chart
from todo_lint.helm.failures import RenderFailure
from todo_lint.kubernetes.problems import Problem
from todo_lint.kubernetes_yaml.document import DuplicateKey, YamlDocument
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.resources import Resource, ResourceSet, Source
from todo_lint.model.outcomes import Target
from todo_lint.records import dataclass

__all__ = [
    "Context",
    "Defect",
    "FailedProfile",
    "LongName",
    "Place",
    "Repair",
    "Rule",
    "SourceDocument",
    "Subject",
    "Target",
]


class Subject(enum.Enum):
    """What a rule looks at, one at a time."""

    RESOURCE = "a rendered resource"
    OBJECTION = "a resource that Kubernetes objects to"
    DOCUMENT = "a YAML document, readable or not"
    CHART = "what Helm says of a chart before it renders"
    RENDERING = "a profile that does not render"
    POD = "the pods of a resource, under a level of the Pod Security Standards"
    LONG_NAME = "a name that is too long under the longest release name"
    GRAPH = "the resources of a profile, and who refers to whom"
    DIVERGENCE = "a divergence of chart and data model"
    DEFAULT = "a default that the data model states and values.yaml does not give"
    VALUES = "the values of a chart"
    FIXED = "what is stated as configurable, and no key of the values changes"
    AHEAD = "what is stated for later, is rendered already and differs"
    STATEMENT = "a statement of the data model that was not understood"
    CONTRADICTION = "a contradiction inside the data model"
    UNDOCUMENTED = "what a chart renders and its data model does not state"
    UNREAD = "lines of the data model that name what a chart renders and state nothing"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A YAML document of a chart's rendering, of a manifest file or of the chart's own files.

    ``problem`` is set where it could not be read; ``document`` is None then.
    """

    source: Source
    document: YamlDocument | None
    problem: str = ""
    line: int = 1
    column: int = 1

    @property
    def duplicates(self) -> tuple[DuplicateKey, ...]:
        """The keys that stand twice in one mapping."""
        return self.document.duplicates if self.document else ()


@dataclass(frozen=True, slots=True)
class FailedProfile:
    """A profile that does not render. ``others_render``: another profile of the chart does.

    ``refused`` are the places of the values that values.schema.json refuses, in the order of ``failure.details``;
    None where an option gives the value, or none is given.
    """

    profile: str
    failure: RenderFailure
    chart: Chart
    others_render: bool
    refused: tuple[Location | None, ...] = ()

    @property
    def place(self) -> Location:
        """Where Helm stopped: a line of a template, or the chart."""
        where = self.failure.place
        if where is None:
            return Location(self.chart.path, None, None, Layer.TEMPLATE)
        layer = Layer.VALUES if where.file.startswith("values") else Layer.TEMPLATE
        return Location(self.chart.place(where.file), where.line, where.column, layer)


@dataclass(frozen=True, slots=True)
class LongName:
    """A name or label that exceeds its limit under the longest release name that Helm allows.

    ``limit`` is in characters; 0 where it is not known. ``rule`` and ``field`` are those of the objection that a
    server has; ``by_pods``: it takes the resource, and refuses the pods that are made of it. ``first`` is the
    shortest length of the release's name for which it is too long; 0 where it is not known.
    """

    resource: Resource
    route: Route
    text: str
    limit: int
    rule: str
    field: str
    by_pods: bool = False
    first: int = 0


Place = Target | Location
"""Where a defect is: a field of a resource or of a chart's file, made concrete late, or a place in a text."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A field, or a key in a file of the chart, and the one right value of it, as text. Never of a Secret."""

    target: Target
    text: str


@dataclass(frozen=True, slots=True)
class Defect:
    """What a rule yields: a finding whose place is still abstract.

    ``message`` says what is wrong, with the offending value and the expected one; ``hint`` what to do. ``severity``
    overrides the rule's. ``excerpt`` is False where the line pointed at may show a value that must stay hidden.
    ``repairs`` say what would be right, where that is one value; any one of them mends the defect.
    ``kubernetes`` are the first and the last version for which it holds; unset: all that the rendering is for.
    """

    message: str
    place: Place
    hint: str = ""
    severity: Severity | None = None
    related: tuple[tuple[str, Place], ...] = ()
    statements: tuple[StatementRef, ...] = ()
    profiles: tuple[str, ...] = ()
    excerpt: bool = True
    repairs: tuple[Repair, ...] = ()
    kubernetes: VersionRange = VersionRange()


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides its subject: the rendering of one profile.

    ``problems`` are the objections of Kubernetes' schemas to each resource, by the resource's ``id()``.
    ``data_model`` is the file name of the document, where there is one; ``chart`` the chart, where one is rendered.
    ``versions`` are the Kubernetes versions that the rendering is for, oldest first, and ``rendering`` is what tells
    it from the profile's others. ``rendered_at`` gives the resources that the profile has in another version; None:
    they cannot be had. ``notices`` tells whether the pods that refer to a ConfigMap change with what they read of it;
    it is told whether they change with each version of the chart. None, as its answer or in its place: unknown.
    """

    profile: str
    resources: ResourceSet
    kubernetes_version: str
    problems: Mapping[int, tuple[Problem, ...]]
    data_model: str = ""
    chart: Chart | None = None
    versions: tuple[str, ...] = ()
    rendering: str = ""
    rendered_at: Callable[[str], ResourceSet | None] | None = None
    notices: Callable[[Reference, Resource, bool], bool | None] | None = None

    @property
    def kubernetes(self) -> VersionRange:
        """The first and the last version that the rendering is for."""
        return VersionRange(self.versions[0], self.versions[-1]) if self.versions else VersionRange()

    def problems_of(self, resource: Resource) -> tuple[Problem, ...]:
        """What Kubernetes' schemas object to in a resource of this profile."""
        return self.problems.get(id(resource), ())


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, as the registry reads it from its file.

    ``sign`` is what a graph must show for the rule to have anything to say (see manifests/signs.py); empty: anything.
    """

    id: str
    family: str
    severity: Severity
    subject: Subject
    documentation: str
    check: Callable[[Any, Context], Iterator[Defect]]
    sign: str = ""
