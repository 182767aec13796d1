"""What the headings and labels above a line say of it: the kind, the entity, whether it holds today, and where."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.firmness import environment_of, later_of, modality_at_start, modality_of
from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.outside import called_so
from todo_lint.model.reading.parts import DEPENDENCIES, is_other_part, part_of
from todo_lint.model.reading.text import last_remark, words_of
from todo_lint.model.secrecy import redacted
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Kind, Modality
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a line.

    ``kind`` is what the headings announce (empty: nothing), ``entity`` what they describe, ``topic`` the words of a
    heading below it that its keys need (``environment variables``), ``about`` those of any other
    heading. ``silent`` is set where lines are prose, and says why. ``label`` is that of the item in which a line is
    nested, where it names no resource, and ``component`` the part of the system that such labels speak of. ``part``
    is the part of the system that the headings speak of: *backend*. ``outside``: what is described is made outside.
    """

    kind: str = ""
    entity: Entity | None = None
    topic: str = ""
    about: str = ""
    modality: Modality = Modality.REQUIRED
    environment: str = ""
    silent: str = ""
    section: str = ""
    label: str = ""
    component: str = ""
    part: str = ""
    outside: bool = False

    def with_entity(self, entity: Entity) -> Scope:
        """The scope of what stands below the label of an entity."""
        return replace(self, entity=entity, kind=entity.kind, topic="", modality=entity.modality, silent="")


TOPICS = frozenset({
    "environment variables", "environment", "env", "env vars", "env variables", "variables", "resources", "limits",
    "resource limits", "resource requests", "requests", "liveness probe", "readiness probe", "startup probe",
    "labels", "pod labels", "annotations", "security context", "ports", "selector", "metadata", "spec",
    "volumes", "volume mounts", "mounted volumes", "mounts",
})  # fmt: skip
"""The headings whose words belong to the keys below them: *Requests*, and below it ``CPU``."""

_ROUTES = {
    **dict.fromkeys(
        ("container spec", "container specification", "main container"), "spec.template.spec.containers[0]"
    ),
    **dict.fromkeys(("pod template", "pod template spec", "pod template specification"), "spec.template"),
    **dict.fromkeys(("pod spec", "pod specification"), "spec.template.spec"),
    **dict.fromkeys(("pod security context", "container security context"), "security context"),
}
"""Headings below a workload that name a part of its manifest, and the route to that part."""
_SILENT = pattern(
    r".*\b(?:relationships?|validation(?: rules?)?|business rules?|state transitions?|lifecycle|states|"
    r"constraints|references|troubleshooting|testing|migration|commands?|how to .*|"
    r"installation|install|usage|creation|next steps|"
    r"rationale|decisions|\w+ decision|assumptions|summary|topology|(?<!values )hierarchy|diagrams?|"
    r"flow|workflow|consumed by|guarantees|"
    r"upgrad(?:e|ing)|(?:upgrade|release) notes|change ?log|breaking changes|what's new|"
    r"best practices|considerations|checklist|glossary|naming conventions?|deployment order|rollback.*)",
    re.IGNORECASE,
)
_ELSEWHERE = pattern(
    r".*\b(?:docker[- ]?compose|compose (?:file|stack|setup)|local development|development setup|without kubernetes)",
    re.IGNORECASE,
)
"""Headings of what runs somewhere else than the chart does: nothing below them is about its resources."""
_PROCEDURE = pattern(r"[A-Z][a-z]+ing (?:the|a|an|your|our|this) ")
"""*Customising the Deployment* tells what to do with one, and describes none: its lines are no keys of it."""
_APPLICATION = pattern(
    r"\b(?:authentication|authori[sz]ation|jwts?|oauth2?|oidc|sso|saml|tokens?|sessions?|cookies?|passwords?|log-?ins?|"
    r"sign-?(?:in|up|ing)|api keys?|csrf|mfa|2fa|rate limit(?:ing|s)?)\b",
    re.IGNORECASE,
)
"""Headings below *Security* of what the application does itself, and no resource shows."""
_BEFORE = pattern(r"(?:pre-?requisites?|(?:system|cluster) requirements?|before you (?:begin|start))", re.IGNORECASE)
"""Headings of what has to be there before anything is installed: nothing of it is a resource of the chart."""
_API = pattern(r"`?/[\w/{}.:*-]*`?")
"""The path of an API: ``Document Service (`/api/documents`)`` describes what it answers."""
_FUTURE = pattern(r"\b(?:future|not yet|planned|later|roadmap|out of scope|post-mvp)\b", re.IGNORECASE)
_MARKED_EXAMPLE = pattern(r"\((?:examples?|e\.\s?g\.|samples?)\)[\s:*]*$", re.IGNORECASE)
_EXAMPLE = pattern(r"(?:\W*\d*\W*)?examples?(?:\W.*)?", re.IGNORECASE)


def below(above: Scope, text: str, line: int, source: str, *, level: int = 2) -> tuple[Scope, Label]:
    """The scope below a heading or bold label, and what that names.

    Args:
        above: the scope in which the heading stands.
        text: the heading, with marks around code.
        line: its line.
        source: its line as messages show it.
        level: the level of the heading; a document's title (1) puts nothing off.
    """
    label = read_label(text, _section_of(above, text))
    remarked = modality_at_start(label.remark) or Modality.REQUIRED  # of ``data (PVC, optional)``, what is behind
    modality = later_of(above.modality, _modality(text, level), remarked)
    if (
        above.modality is Modality.EXAMPLE
        or (_EXAMPLE.fullmatch(text) and not label.kind)
        or _MARKED_EXAMPLE.search(text)
    ):
        modality = Modality.EXAMPLE if modality is Modality.REQUIRED else modality
    environment = environment_of(text) or above.environment
    base = Scope(
        *(above.kind, above.entity, "", "", modality, environment, above.silent, _section(text)),
        part=part_of(words_of(_bare(text))) or above.part,
        outside=above.outside or (called_so(text) and not label.is_entity),
    )
    if _is_elsewhere(above.silent, text, label):
        return replace(base, kind="", entity=None, silent=above.silent or f"below '{_bare(text)}'"), Label()
    if level == 1 and not label.name:
        return replace(base, entity=None, kind=label.kind if label.plural else "", silent=""), label
    if label.is_entity and not label.name and _PROCEDURE.match(_bare(text)):
        return replace(base, kind=label.kind, entity=None, silent=""), Label(label.kind, remark=label.remark)
    if _APPLICATION.search(_bare(text)) and not label.kind and above.kind in (Kind.NETWORK, Kind.SECURITY):
        return replace(base, kind="", entity=None), label
    if label.is_entity:
        return replace(base, kind=label.kind, entity=_entity(label, base, line, source), silent=""), label
    if label.kind:
        return replace(base, kind=label.kind, entity=None, silent=""), label
    if _BEFORE.fullmatch(_bare(text)) and not label.kind:
        return replace(base, kind="", entity=None, silent="", about=words_of(_bare(text))), label
    if _SILENT.fullmatch(_bare(text)):
        return replace(base, silent=f"below '{_bare(text)}'"), label
    return _by_words(above, base, words_of(_bare(text)), line, source), label


def _by_words(above: Scope, base: Scope, words: str, line: int, source: str) -> Scope:
    """The scope below a heading that names no kind: of the entity above, of a chart's dependencies, of neither."""
    if words in DEPENDENCIES and "chart" in words and base.entity is None:
        chart = _entity(Label(Kind.CHART, "Chart.yaml"), base, line, source)
        return replace(base, kind=Kind.CHART, entity=chart, topic=words, about=words)
    if above.entity is not None and is_other_part(words, above.entity.known_as):
        kind = "" if above.entity.known_as else above.entity.kind
        return replace(base, kind=kind, entity=None, about=words)
    of_chart = words in DEPENDENCIES and base.entity is not None and base.entity.kind == Kind.CHART
    topic = words if words in TOPICS or of_chart else ""
    if base.entity is not None and base.entity.kind in WORKLOADS:
        topic = _ROUTES.get(words, topic)
    return replace(base, topic=topic, about=words)


def _is_elsewhere(silent: str, text: str, label: Label) -> bool:
    """Whether what a heading is about is no part of the cluster, or the heading is below one that is."""
    if silent:
        return _ELSEWHERE.search(silent) is not None
    return _ELSEWHERE.fullmatch(_bare(text)) is not None or (
        label.kind == Kind.SERVICE and _API.fullmatch(label.remark) is not None
    )


def _section_of(above: Scope, text: str) -> str | None:
    """The kind that a name alone is of: what the headings announce, or describe without a name so far."""
    if above.entity is None:
        return above.kind
    nameless = not above.entity.known_as and describes_resource(above.entity.kind)
    return above.entity.kind if nameless and re.search(r"`|\w-\w", text) else None


def _entity(label: Label, scope: Scope, line: int, source: str) -> Entity:
    return Entity(
        label.kind, label.name, label.role, line, source, scope.modality, scope.environment, scope.section,
    )  # fmt: skip


def _modality(text: str, level: int) -> Modality:
    if level == 1:
        return Modality.REQUIRED
    return Modality.FUTURE if _FUTURE.search(_bare(text)) else modality_of(text)


def _bare(text: str) -> str:
    found = last_remark(text.replace("*", ""))
    return (found[0] if found and found[0] else text).replace("`", "").strip(" :*")


def _section(text: str) -> str:
    found = last_remark(text)
    if found and re.search(r"[:=]", found[1]) and re.search("secret", text, re.IGNORECASE):
        text = found[0]  # what it says of a key may be its value
    text = redacted(text)
    return " ".join(text.replace("`", "").replace("*", "").split()).removesuffix(":")


def describes_resource(kind: str) -> bool:
    """Whether a kind is one of Kubernetes' own or a custom one, rather than a part of the document."""
    return kind not in NO_RESOURCES


NO_ENTITY = Entity(Kind.UNKNOWN)
"""The subject of a statement whose subject is not known."""
