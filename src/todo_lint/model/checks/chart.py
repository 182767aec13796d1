"""The chart's metadata and the keys of its values.yaml."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.helm.semver import satisfies
from todo_lint.helm.set_values import merge
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import at, items_at, mapping_at
from todo_lint.model.deciding import Found, Same, Spot, decide, expected, matches
from todo_lint.model.equality import as_map, is_empty_in_words, normalised_key, same_default, same_shown
from todo_lint.model.evidence import Evidence, holds, missing, not_checkable, renamed, show, violated
from todo_lint.model.naming import words
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Attribute, Kind, Modality, Prefix, Statement
from todo_lint.patterns import pattern


def _same_metadata(stated: str, found: Json) -> bool:
    """As shown, but for the letter that versions may begin with: ``v1.2.0`` is ``1.2.0``."""
    return same_shown(stated, found) or same_shown(_LETTER.sub("", stated), _LETTER.sub("", show(found)))


_LETTER = pattern(r"\Av(?=\d+\.\d)")


def metadata(statement: Statement, evidence: Evidence, same: Same = _same_metadata) -> Outcome:
    """A field of Chart.yaml; ``same`` compares what is stated with what stands there."""
    if evidence.chart is None:
        return not_checkable(statement)
    if _is_of_another(statement, evidence):
        return not_checkable(statement, f"it is about the chart {statement.name}")
    key = str(statement.attribute)
    actual = evidence.chart.get(key)
    place = Target((key,) if actual is not None else (), chart_file="Chart.yaml")
    spots = () if actual is None else (Spot(actual, place),)
    return decide(statement, Found(spots, f"Chart.yaml has the {key} {{}}", f"Chart.yaml has no {key}", place), same)


def _is_of_another(statement: Statement, evidence: Evidence) -> bool:
    """Whether a document that names several charts, this one among them, says something of another one."""
    names = {s.value for s in evidence.model.stated(Kind.CHART, Attribute.NAME)}
    own = (evidence.chart or {}).get("name")
    return own in names and statement.name in names and statement.name != own


def kube_version(statement: Statement, evidence: Evidence) -> Outcome:
    """The constraint of Chart.yaml on the version of Kubernetes, whatever white space it is written with.

    Where the document asks for a range of versions (``1.24+``), the constraint must admit those and no others.
    """
    if statement.modality is Modality.RANGE and evidence.chart is not None:
        return _admitted(statement, evidence.chart.get("kubeVersion"))
    return metadata(statement, evidence, _same_constraint)


_NEWEST = 60
"""Minor versions of Kubernetes above this one are none that a chart speaks of."""


def _admitted(statement: Statement, constraint: Json) -> Outcome:
    """The oldest version that Chart.yaml admits is the one that is asked for; so is the newest, if one is named."""
    if not isinstance(constraint, str) or not constraint:
        return not_checkable(
            statement, "Chart.yaml has no kubeVersion: Helm installs the chart in clusters of any version"
        )
    target = Target(("kubeVersion",), chart_file="Chart.yaml")
    minors = [minor for minor in range(_NEWEST) if satisfies(f"v1.{minor}.{_LATE_PATCH}", constraint)]
    if not minors:
        return not_checkable(statement, f"the kubeVersion {constraint} admits no version")
    oldest, newest = (int(end.partition(".")[2]) if end else None for end in statement.bounds)
    if oldest in (None, minors[0]) and newest in (None, minors[-1]):
        return holds(statement, target)
    message = f"Chart.yaml has the kubeVersion {constraint}; the document says {statement.value}"
    return violated(statement, message, constraint, target)


_LATE_PATCH = 99
"""A patch of a minor version that is admitted where any is: constraints name the first patches."""


def _same_constraint(stated: str, found: Json) -> bool:
    return "".join(stated.split()).lower() == "".join(show(found).split()).lower()


def dependency(statement: Statement, evidence: Evidence) -> Outcome:
    """A dependency in Chart.yaml, with its version, its repository or its condition where one is stated."""
    if evidence.chart is None:
        return not_checkable(statement)
    name, _, field = statement.attribute.removeprefix(Prefix.DEPENDENCY).partition(".")
    field = field or "version"
    place = Target(("dependencies",), chart_file="Chart.yaml")
    for number, entry in enumerate(items_at(dict(evidence.chart), ("dependencies",))):
        if name in (at(entry, ("name",)), at(entry, ("alias",))):
            actual = at(entry, (field,))
            if actual is None and field != "version":
                own = Target(("dependencies", number), chart_file="Chart.yaml")
                return missing(statement, f"the dependency {name} of Chart.yaml has no {field}", own)
            spot = Spot(actual, Target(("dependencies", number, field), chart_file="Chart.yaml"))
            return decide(statement, Found((spot,), f"Chart.yaml takes {name} with the {field} {{}}", "", place))
    return missing(statement, f"Chart.yaml has no dependency {name}", place)


def values_key(statement: Statement, evidence: Evidence) -> Outcome:
    """A default in values.yaml, or for one environment what its profile sets; quantities are compared as such."""
    if evidence.default_values is None:
        return not_checkable(statement)
    defaults = dict(evidence.default_values)
    own = at(dict(evidence.own_values), route_of(statement.attribute, defaults)) if statement.environment else None
    if own is not None:
        defaults = merge(defaults, dict(evidence.own_values))
    route, key = route_of(statement.attribute, defaults), statement.attribute
    actual = at(defaults, route)
    target = Target(route, chart_file="values.yaml")
    if actual is None and (section := _section_of(statement, defaults, route)):
        route = (*section, *route)
        actual, target = at(defaults, route), Target(route, chart_file="values.yaml")
    if actual is None:
        return _absent(statement, defaults, route)

    def same(stated: str, found: Json) -> bool:
        return same_default(key, stated, found)

    meant = _referred(actual, defaults)
    if statement.modality is Modality.EXAMPLE or matches(statement, actual, same) or matches(statement, meant, same):
        return holds(statement, target)
    if isinstance(meant, str) and "{{" in meant:
        return not_checkable(
            statement, "a default that is a template in values.yaml, and known only once it is rendered"
        )
    if isinstance(meant, (dict, list)) and _is_words(statement.value):
        return not_checkable(
            statement, f"values.yaml sets {key} to a map or a list, and the document says it in words"
        )
    if own is not None:  # a text that somebody gives may be secret
        shown = "another text" if isinstance(own, str) else show(own)
        message = f"the values of the profile set {key} to {shown}; the document says {expected(statement)}"
        return violated(statement, message, "" if isinstance(own, str) else own, target)
    shown = show(actual) if actual != "" else '""'
    message = f"values.yaml sets {key} to {shown}; the document says {expected(statement)}"
    return violated(statement, message, actual, target)


def _is_words(value: str) -> bool:
    """Whether a stated value tells in words what a map or a list holds."""
    return " " in value and not value.startswith(("{", "[")) and not as_map(value)


_REFERS = pattern(r"\s*\{\{-?\s*\$?\.Values\.([\w.]+)(?:\s*\|\s*(?:quote|squote|toString))?\s*-?\}\}\s*")
_DEEPEST = 5


def _referred(actual: Json, defaults: dict[str, Json]) -> Json:
    """The value that a default leads to which is nothing but a reference: ``{{ .Values.global.host }}``."""
    for _ in range(_DEEPEST):
        match = _REFERS.fullmatch(actual) if isinstance(actual, str) else None
        if match is None or (found := at(defaults, tuple(match[1].split(".")))) is None:
            break
        actual = found
    return actual


def route_of(key: str, defaults: Json) -> Route:
    """The route that a dotted key means; ``hosts[0].host`` and ``hosts.0.host`` step into a list.

    A key that has dots in itself, as ``"log.level"``, is one step where there is one.
    """
    route: list[str | int] = []
    value = defaults
    steps = key.replace("[", ".").replace("]", "").split(".")
    while steps:
        found: str | int = int(steps[0]) if isinstance(value, list) and steps[0].isdigit() else steps[0]
        taken = 1
        if isinstance(value, dict) and found not in value:
            taken = next((n for n in range(len(steps), 1, -1) if ".".join(steps[:n]) in value), 1)
            found = ".".join(steps[:taken])
        route.append(found)
        steps = steps[taken:]
        value = at(value, (found,))
    return tuple(route)


def _section_of(statement: Statement, defaults: dict[str, Json], route: Route) -> Route:
    """The section of values.yaml that the heading above a key names, where the key is there and not at the top.

    Below *Global Configuration*, ``imageRegistry`` is ``global.imageRegistry``.
    """
    heading = words(statement.section)[:1]
    inside = defaults.get(heading[0]) if heading and route and route[0] not in defaults else None
    found = isinstance(inside, dict) and route[-1] in mapping_at(inside, route[:-1])
    return heading if found else ()


def _is_nothing(statement: Statement) -> bool:
    return statement.value in ("{}", "[]", "") or is_empty_in_words(statement.value)


def _absent(statement: Statement, defaults: dict[str, Json], route: Route) -> Outcome:
    """A key that values.yaml lacks, or sets to nothing."""
    parent = at(defaults, route[:-1])
    if isinstance(parent, dict) and route[-1] in parent:
        place = Target(route, chart_file="values.yaml")
        if _is_nothing(statement) or statement.modality is Modality.EXAMPLE:
            return holds(statement, place)
        message = f"values.yaml sets {statement.attribute} to nothing; the document says {expected(statement)}"
        return violated(statement, message, None, place)
    says = f"says {expected(statement)}" if statement.value else "names it"
    near = _near(parent, route[-1])
    if near is not None:
        message = f"values.yaml spells the key {statement.attribute} with {near}"
        return renamed(statement, message, near, Target((*route[:-1], near), chart_file="values.yaml", on_key=True))
    if statement.modality is Modality.EXAMPLE:
        return not_checkable(statement, "an example, of a key that values.yaml does not have")
    by_default = statement.modality is Modality.DEFAULT and statement.value and _is_nothing(statement)
    if by_default or statement.value.lower() == "none":
        return not_checkable(
            statement, "its default is stated to be empty, as what values.yaml lacks is to templates"
        )
    while route and at(defaults, route) is None:
        route = route[:-1]
    if route and at(defaults, route) == {} and not statement.value:
        return not_checkable(
            statement, f"values.yaml leaves {route[-1]} empty, and the document says what it may hold"
        )
    message = f"values.yaml has no {statement.attribute}; the document {says}"
    return missing(statement, message, Target(route, chart_file="values.yaml", on_key=True))


def _near(parent: Json, step: str | int) -> str | None:
    """A key beside the missing one that differs from it in case and separators only."""
    keys = parent if isinstance(parent, dict) else {}
    return next((key for key in keys if normalised_key(key) == normalised_key(str(step))), None)
