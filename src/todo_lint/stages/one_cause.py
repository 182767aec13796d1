"""Findings that have one value behind them, or follow from a key that is misspelt or not read where it should be.

A template that reads a key which no file of values has, and the key beside it of nearly that name which nobody reads,
are one mistake; and so is whatever the missing value leads to in the rendering. A field that differs from the
document because the template writes something else there leaves the key unread that is meant for it. A line that
reads a field which Helm's objects do not have writes something wrong for that reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from todo_lint.findings import Finding, Layer, Location, Related, Severity
from todo_lint.kubernetes.words import nearest
from todo_lint.model.equality import normalised_key
from todo_lint.model.naming import stem, words
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace
from todo_lint.stages.consequences import SELECTS_NONE

UNDEFINED = "undefined-value"
DEAD = frozenset({"dead-value", "documented-value-dead"})
NAME = "invalid-name"
BUILT_IN = "unknown-built-in-field"
IN_CLEAR = "secret-in-clear"
FOR_LATER = "documented-for-later-differs"
LITERAL = "literal-beside-value"
DOCUMENTED = "documented-"
UNREAD = DEAD | {"schema-key-unread"}
MISSING = "documented-entity-missing"
_OF_DATA = frozenset({"documented-key-missing", "documented-entity-missing"})
PART = "part of the value "
SHORT = 3
"""So many letters, all at the start of another key, can be its short form: ``repo`` of ``repository``."""
_MEANT_FOR = {
    "replicacount": "replicas",
    "pullpolicy": "imagePullPolicy",
    "storageclass": "storageClassName",
    "repository": "image",
    "tag": "image",
}
"""Last keys of values by convention, and the fields that they are meant for; else both have the same name."""


def one_cause(findings: Sequence[Finding], configured: Mapping[str, Severity | None]) -> list[Finding]:
    """The findings, of which those that follow from another one are among what that one relates.

    ``findings`` are of one chart, each once, with the values keys behind them; ``configured`` are the severities that
    the configuration sets: a finding of such a rule takes up nothing that matters more.
    """
    kept = dict(enumerate(_without_plans(list(findings))))
    for relation in _FOLLOWING:
        _take_up(kept, relation, configured)
    return list(kept.values())


def _without_plans(findings: list[Finding]) -> list[Finding]:
    """The findings, of which those on what is stated for later are told with what is wrong in the same field."""
    plans = [number for number, finding in enumerate(findings) if finding.rule == FOR_LATER]
    of_resource: dict[object, list[int]] = {}
    for number, finding in enumerate(findings) if plans else ():
        of_resource.setdefault(finding.resource, []).append(number)
    kept = dict(enumerate(findings))
    for number in plans:
        plan = kept[number]
        beside = (at for at in of_resource[plan.resource] if at in kept)
        wrong = next((at for at in beside if kept[at].severity > plan.severity and _is_inside(kept[at], plan)), None)
        if wrong is not None:
            kept[wrong] = _joined(kept[wrong], [plan])
            del kept[number]
    return list(kept.values())


def _is_inside(one: Finding, plan: Finding) -> bool:
    same = set(plan.profiles) <= set(one.profiles)
    path, outer = one.path or "", plan.path or ""
    return same and bool(outer) and (path == outer or path.startswith((f"{outer}.", f"{outer}[")))


@dataclass(frozen=True, slots=True)
class _Relation:
    """What may follow from what: ``follows`` is asked of others and causes that have the same in ``common``."""

    causes: Callable[[Finding], bool]
    others: Callable[[Finding], bool]
    follows: Callable[[Finding, Finding], bool]
    common: Callable[[Finding], object]


def _take_up(kept: dict[int, Finding], relation: _Relation, configured: Mapping[str, Severity | None]) -> None:
    """Join to each cause among the numbered findings what follows from it by one relation, and take that out."""
    others: dict[object, list[int]] = {}
    for number, finding in kept.items():
        if relation.others(finding):
            others.setdefault(relation.common(finding), []).append(number)
    for number in [at for at, finding in kept.items() if others and relation.causes(finding)]:
        if number not in kept:
            continue  # it follows from another cause itself
        cause = kept[number]
        beside = [at for at in others.get(relation.common(cause), ()) if at in kept and at != number]
        following = [at for at in beside if relation.follows(kept[at], cause)]
        if not any(kept[at].rule in DEAD for at in following):  # nothing proves that the key is misspelt
            following = [at for at in following if not any(r.message.startswith(PART) for r in kept[at].related)]
        worst = max((kept[at].severity for at in following), default=cause.severity)
        if following and not (cause.rule in configured and worst > cause.severity):
            kept[number] = _joined(cause, [kept.pop(at) for at in following])


def _joined(cause: Finding, following: list[Finding]) -> Finding:
    """The cause with what follows from it, as serious as the worst of it."""
    told: dict[Related, None] = {}
    for other in following:
        further = [r for r in other.related if r.location.layer is not Layer.RENDERED and r.location.line]
        fresh = [related for related in further if related not in cause.related]
        told.update(dict.fromkeys((Related(other.message, other.location), *fresh)))
    refs = {(ref.file, ref.line): ref for one in (cause, *following) for ref in one.statements}
    return replace(
        cause,
        severity=max(cause.severity, *(other.severity for other in following)),
        related=(*told, *cause.related),
        statements=tuple(refs[place] for place in sorted(refs)),
    )


def _key_in(finding: Finding) -> str:
    """The values key of which a finding speaks."""
    found = re.search(r"\bthe values key (\S+?)(?:,| moves| and the)", finding.message)
    return found[1] if found else ""


def _from_misspelt(other: Finding, cause: Finding) -> bool:
    """Whether a finding comes of a key that is read and not there."""
    key = _key_in(cause)
    if other.rule in DEAD:
        return _is_near(key, _key_in(other))
    of_values = [related for related in other.related if related.location.layer is Layer.VALUES]
    nowhere = f"the values key {key}, which no file of values has"
    if any(_same_line(related.location, cause.location) for related in other.related):
        return True  # it is about something else, and says that this field is not what it should be
    # What differs in values.yaml as well is wrong for that reason, too.
    return any(nowhere in related.message for related in of_values) and not any(
        related.message.startswith("values.yaml ") for related in of_values
    )


def _same_line(one: Location, other: Location) -> bool:
    return one.line is not None and (one.file, one.line, one.layer) == (other.file, other.line, other.layer)


def _is_near(read: str, there: str) -> bool:
    """Whether one key can be a misspelt form of another beside it."""
    (parent, _, wrong), (other, _, right) = read.rpartition("."), there.rpartition(".")
    if parent != other or not right:
        return False
    short, long = sorted((wrong.lower(), right.lower()), key=len)
    return nearest(wrong, (right,)) is not None or (len(short) >= SHORT and long.startswith(short))


def _from_unread(other: Finding, cause: Finding) -> bool:
    """Whether a key is unread because the field that it is meant for, and that differs, does not read it."""
    return _line_of(other) == _line_of(cause) if other.rule == LITERAL else _is_meant_for(other, cause)


def _from_secret(other: Finding, cause: Finding) -> bool:
    """Whether a field differs because it shows a secret."""
    return cause.path == other.path and set(other.profiles) <= set(cause.profiles)


def _from_built_in(other: Finding, cause: Finding) -> bool:
    """Whether what is wrong with a field is written by the line that reads what Helm does not have."""
    return other.resource is not None


def _from_port_name(other: Finding, cause: Finding) -> bool:
    """Whether probes name a port by the name that the only named port of their container should have."""
    container, ports, _ = (cause.path or "").partition(".ports[")
    wrong = re.search(r'is the string "([^"]*)"', cause.message) if ports else None
    inside = (other.path or "").startswith(f"{container}.")
    return wrong is not None and inside and other.message.endswith(f" declares {wrong[1]}")


def _from_one_value(other: Finding, cause: Finding) -> bool:
    """Whether the same change of one value mends both: it is behind both fields."""
    return cause.profiles == other.profiles


def _is_meant_for(other: Finding, cause: Finding) -> bool:
    """Whether an unread key is the one that a field should read, by what both are called."""
    key = _key_in(other)
    if key and cause.rule in _OF_DATA:
        return _is_of_data(key, cause)
    if not key or cause.resource is None or not cause.path:
        return False
    steps = key.split(".")
    field = re.split(r"[.\[\]]+", cause.path.rstrip("]"))[-1]
    if cause.path.endswith(f".{key}"):
        return True
    if normalised_key(field) == normalised_key("".join(steps)):
        return True
    meant = _MEANT_FOR.get(steps[-1].lower(), steps[-1])
    return normalised_key(field) == normalised_key(meant) and steps[0].lower() in cause.resource.name.lower()


def _is_of_data(key: str, cause: Finding) -> bool:
    """Whether a values key is for a key of data that is missing, alone or with all of its ConfigMap or Secret."""
    labels = {normalised_key(part) for ref in cause.statements for part in re.split(r"[:|]", ref.text)}
    steps = key.split(".")
    return bool(labels & {normalised_key("".join(steps)), normalised_key(steps[-1])})


_NO_WORKLOAD = pattern(r"renders no (?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod) (\S+)")
_OF_WORKLOADS = frozenset((
    "image", "imagepullsecrets", "replicacount", "replicas", "resources", "securitycontext", "podsecuritycontext",
    "probes", "livenessprobe", "readinessprobe", "startupprobe", "terminationgraceperiodseconds", "mountpath",
    "nodeselector", "tolerations", "affinity", "podannotations", "podlabels", "env", "envfrom", "extraenv",
    "strategy", "containerport",
))  # fmt: skip
"""Steps of values keys that by convention are for workloads, as ``normalised_key`` spells them."""


def _from_missing_name(other: Finding, cause: Finding) -> bool:
    """Whether an unread key has the name of a workload that is not there to read it."""
    name = _missing_workload(cause)
    steps = _key_in(other).split(".")[:-1] or [_key_in(other)]
    return bool(name) and any(set(words(step)) & set(stem(name)) for step in steps)


def _from_missing_workload(other: Finding, cause: Finding) -> bool:
    """Whether an unread key is one that workloads read, and a workload is not there."""
    steps = {normalised_key(step) for step in _key_in(other).split(".")}
    return bool(_missing_workload(cause)) and bool(steps & _OF_WORKLOADS)


def _missing_workload(cause: Finding) -> str:
    """The name of the workload that a finding misses; else empty."""
    found = _NO_WORKLOAD.search(cause.message)
    return found[1] if found else ""


def _from_labels(other: Finding, cause: Finding) -> bool:
    """Whether a policy or budget selects no pods by the labels by which a Service selects none either."""
    return cause.rule != other.rule


def _is(*rules: str) -> Callable[[Finding], bool]:
    return lambda finding: finding.rule in rules


def _is_documented(finding: Finding) -> bool:
    return finding.rule.startswith(DOCUMENTED)


def _differs(finding: Finding) -> bool:
    return _is_documented(finding) and finding.rule not in DEAD


def _has_fix(finding: Finding) -> bool:
    return _is_documented(finding) and finding.fix is not None


def _line_of(finding: Finding) -> object:
    return replace(finding.location, column=None)


def _file_line(finding: Finding) -> object:
    return finding.location.file, finding.location.line


def _nothing(finding: Finding) -> object:
    return None


_FOLLOWING = (
    _Relation(_is(IN_CLEAR), _is_documented, _from_secret, _line_of),
    _Relation(_is(NAME), _is("probe-port-unknown"), _from_port_name, lambda finding: finding.resource),
    _Relation(_is(BUILT_IN), lambda finding: finding.rule != BUILT_IN, _from_built_in, _file_line),
    _Relation(
        _is(SELECTS_NONE),
        lambda finding: finding.rule.endswith("-selects-no-pods"),
        *(_from_labels, lambda finding: finding.message.partition(" selects ")[2]),
    ),
    _Relation(_is(UNDEFINED), lambda finding: finding.rule != UNDEFINED, _from_misspelt, _nothing),
    _Relation(_differs, _is(LITERAL, *DEAD), _from_unread, _nothing),
    _Relation(_is(MISSING), _is(*UNREAD), _from_missing_name, _nothing),
    _Relation(_is(MISSING), _is(*UNREAD), _from_missing_workload, _nothing),
    _Relation(_has_fix, _has_fix, _from_one_value, lambda finding: finding.fix),
)
"""What may follow from a cause, in the order in which it is looked for."""
