"""How one statement fares against one rendering."""

from __future__ import annotations

from todo_lint.findings import Location, Route, Verdict
from todo_lint.manifests.resources import Resource
from todo_lint.model.statements import Statement
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What a finding points at: a field of a resource, a key in a file of the chart, or a line of another file.

    Exactly one of ``resource``, ``chart_file`` (``values.yaml``, ``Chart.yaml``) and ``place`` (a line of a
    Dockerfile) is set. ``on_key`` asks for the key at the end of the route rather than its value; ``below`` is how
    many lines below its first the place is, where the value is a text that is written as a block.
    """

    route: Route = ()
    resource: Resource | None = None
    chart_file: str | None = None
    on_key: bool = False
    place: Location | None = None
    below: int = 0

    @property
    def identity(self) -> tuple[str, str, Route, Location | None]:
        """What makes two targets the same place in a rendering."""
        return (str(self.resource.ref) if self.resource else "", self.chart_file or "", self.route, self.place)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A statement's verdict in one profile.

    ``message`` says what is wrong, with the found and the stated value; empty where it holds. ``actual`` is what
    the rendering has instead, as text that can be compared between profiles; never the value of a Secret.
    ``entity`` names the missing or renamed entity that explains this outcome, where one does. ``unreachable``: the
    value is the stated one, but it is an address that leads nowhere in this rendering. ``fixed``: the value is the
    stated one, but it is said to be configurable, and no key of the values changes it.
    """

    statement: Statement
    verdict: Verdict
    message: str = ""
    actual: str = ""
    target: Target | None = None
    entity: str = ""
    unreachable: bool = False
    fixed: bool = False

    @property
    def ahead(self) -> bool:
        """Whether something is rendered that the document puts off or leaves open, and is not as stated."""
        return self.verdict is Verdict.LATER and self.target is not None

    @property
    def diverges(self) -> bool:
        """Whether the rendering and the statement differ."""
        return self.verdict in (Verdict.VIOLATED, Verdict.MISSING, Verdict.RENAMED)
