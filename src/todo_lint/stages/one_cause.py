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
from todo_lint.records import replace
from todo_lint.stages.consequences import SELECTS_NONE

UNDEFINED = "undefined-value"
DEAD = frozenset({"dead-value", "documented-value-dead"})
NAME = "invalid-name"
BUILT_IN = "unknown-built-in-field"
IN_CLEAR = "secret-in-clear"
FOR_LATER = "documented-for-later-differs"
LITERAL = "literal-beside-value"
DOCUMENTED = "documented-"
CAUSES = frozenset({IN_CLEAR, NAME, UNDEFINED, BUILT_IN, SELECTS_NONE})
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
    kept = _without_plans(list(findings))
    for follows in _FOLLOWING:
        for cause in [finding for finding in kept if finding.rule in CAUSES or finding.rule.startswith(DOCUMENTED)]:
            kept = _without_followers(kept, cause, follows, configured)
    return kept


def _without_plans(findings: list[Finding]) -> list[Finding]:
    """The findings, of which those on what is stated for later are told with what is wrong in the same field."""
    for plan in [finding for finding in findings if finding.rule == FOR_LATER]:
        wrong = [one for one in findings if one.severity > plan.severity and _is_inside(one, plan)]
        if wrong:
            joined = _joined(wrong[0], [plan])
            findings = [joined if one is wrong[0] else one for one in findings if one is not plan]
    return findings


def _is_inside(one: Finding, plan: Finding) -> bool:
    same = one.resource == plan.resource and set(plan.profiles) <= set(one.profiles)
    path, outer = one.path or "", plan.path or ""
    return same and bool(outer) and (path == outer or path.startswith((f"{outer}.", f"{outer}[")))


def _without_followers(
    kept: list[Finding],
    cause: Finding,
    follows: Callable[[Finding, Finding], bool],
    configured: Mapping[str, Severity | None],
) -> list[Finding]:
    if not any(one is cause for one in kept):
        return kept
    following = [other for other in kept if other is not cause and follows(other, cause)]
    if not any(other.rule in DEAD for other in following):  # nothing proves that the key is misspelt
        following = [other for other in following if not any(r.message.startswith(PART) for r in other.related)]
    worst = max((other.severity for other in following), default=cause.severity)
    if not following or (cause.rule in configured and worst > cause.severity):
        return kept
    joined = _joined(cause, following)
    return [joined if one is cause else one for one in kept if not any(one is other for other in following)]


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
    if cause.rule != UNDEFINED or other.rule == UNDEFINED:
        return False
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
    if not cause.rule.startswith(DOCUMENTED) or cause.rule in DEAD:
        return False
    if other.rule == LITERAL:
        return replace(other.location, column=None) == replace(cause.location, column=None)
    return other.rule in DEAD and _is_meant_for(other, cause)


def _from_secret(other: Finding, cause: Finding) -> bool:
    """Whether a field differs because it shows a secret."""
    same = replace(other.location, column=None) == replace(cause.location, column=None)
    shows = cause.rule == IN_CLEAR and cause.path == other.path and set(other.profiles) <= set(cause.profiles)
    return same and shows and other.rule.startswith(DOCUMENTED)


def _from_built_in(other: Finding, cause: Finding) -> bool:
    """Whether what is wrong with a field is written by the line that reads what Helm does not have."""
    same = (other.location.file, other.location.line) == (cause.location.file, cause.location.line)
    return cause.rule == BUILT_IN and other.rule != BUILT_IN and same and other.resource is not None


def _from_port_name(other: Finding, cause: Finding) -> bool:
    """Whether probes name a port by the name that the only named port of their container should have."""
    container, ports, _ = (cause.path or "").partition(".ports[")
    if cause.rule != NAME or not ports or other.rule != "probe-port-unknown" or other.resource != cause.resource:
        return False
    wrong = re.search(r'is the string "([^"]*)"', cause.message)
    inside = (other.path or "").startswith(f"{container}.")
    return wrong is not None and inside and other.message.endswith(f" declares {wrong[1]}")


def _from_one_value(other: Finding, cause: Finding) -> bool:
    """Whether the same change of one value mends both: it is behind both fields."""
    both = cause.rule.startswith(DOCUMENTED) and other.rule.startswith(DOCUMENTED)
    return both and cause.fix is not None and cause.fix == other.fix and cause.profiles == other.profiles


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
    name = _missing_workload(other, cause)
    steps = _key_in(other).split(".")[:-1] or [_key_in(other)]
    return bool(name) and any(set(words(step)) & set(stem(name)) for step in steps)


def _from_missing_workload(other: Finding, cause: Finding) -> bool:
    """Whether an unread key is one that workloads read, and a workload is not there."""
    steps = {normalised_key(step) for step in _key_in(other).split(".")}
    return bool(_missing_workload(other, cause)) and bool(steps & _OF_WORKLOADS)


def _missing_workload(other: Finding, cause: Finding) -> str:
    """The name of the workload that a finding misses, where another one is about an unread key; else empty."""
    found = _NO_WORKLOAD.search(cause.message) if cause.rule == MISSING and other.rule in UNREAD else None
    return found[1] if found else ""


def _from_labels(other: Finding, cause: Finding) -> bool:
    """Whether a policy or budget selects no pods by the labels by which a Service selects none either."""
    if cause.rule != SELECTS_NONE or not other.rule.endswith("-selects-no-pods") or other.rule == cause.rule:
        return False
    return cause.message.partition(" selects ")[2] == other.message.partition(" selects ")[2]


_FOLLOWING = (
    *(_from_secret, _from_port_name, _from_built_in, _from_labels, _from_misspelt, _from_unread),
    *(_from_missing_name, _from_missing_workload),
    _from_one_value,
)
"""What may follow from a cause, in the order in which it is looked for."""
