"""Writes all kinds of statements in the dialects of Markdown: in bullets, and in tables."""

from __future__ import annotations

from collections.abc import Callable

from tests.model.printing import REMARKS, Fact, Paper, Thing, key_rows, name_of, plural


def names_of(thing: Thing) -> tuple[Fact, ...]:
    """The statement that a heading with a name makes; the chart's name is a fact like others."""
    return () if thing.kind in (*NAMELESS, *TITLES) or not thing.name else (name_of(thing),)


NAMELESS = ("Network", "Security")
"""Parts of a document that are no entities."""
TITLES = {"Chart": "Chart.yaml"}
"""The headings of what is called by its file."""
SAID = ("externalAccess", "dns", "loadBalancing", "sensitiveData")
"""Attributes whose value is said in a sentence."""


WORDS = {
    "namespace": "Namespace", "replicas": "Replica Count", "image": "Container Image", "image.tag": "Image Tag",
    "image.repository": "Image Repository", "imagePullPolicy": "Image Pull Policy", "containerPort": "Container Port",
    "resources.limits.cpu": "CPU Limit", "resources.limits.memory": "Memory Limit",
    "resources.requests.cpu": "CPU Request", "resources.requests.memory": "Memory Request", "env.from": "Environment",
    "serviceAccountName": "Service Account", "restartPolicy": "Restart Policy", "strategy": "Strategy",
    "command": "Command", "serviceName": "Service Name", "schedule": "Schedule", "type": "Type", "port": "Port",
    "targetPort": "Target Port", "nodePort": "Node Port", "protocol": "Protocol", "selector": "Selector",
    "clusterIP": "Cluster IP", "size": "Size", "accessMode": "Access Mode", "storageClassName": "Storage Class",
    "host": "Host", "path": "Path", "pathType": "Path Type", "backend.service": "Backend Service",
    "backend.port": "Backend Port", "ingressClassName": "Ingress Class", "tls": "TLS Secret",
    "minReplicas": "Min Replicas", "maxReplicas": "Max Replicas", "target": "Target", "minAvailable": "Min Available",
    "maxUnavailable": "Max Unavailable", "version": "Version", "kubeVersion": "Kube Version",
    "appVersion": "App Version", "description": "Description", "apiVersion": "API Version", "name": "Name",
    "base": "Base", "runtime": "Runtime", "dependencies": "Dependencies", "externalAccess": "External Access",
    "dns": "DNS Resolution", "loadBalancing": "Load Balancing",
    "sensitiveData": "Secrets Management",
    "livenessProbe.path": "Liveness Path", "readinessProbe.periodSeconds": "Readiness Period Seconds",
    "startupProbe.failureThreshold": "Startup Failure Threshold", "metrics.cpu": "Target CPU",
    "probe.path": "Health Check Path",
    "securityContext.runAsNonRoot": "Run As Non Root",
    "spec.template.spec.terminationGracePeriodSeconds": "Termination Grace Period",
}  # fmt: skip
"""The keys of bullets and tables, by attribute."""
LISTS = {
    "labels.": "Labels", "podLabels.": "Pod Labels", "annotations.": "Annotations", "env.": "Environment Variables",
    "envSource.": "Environment Variables", "volumes.": "Volumes", "volumeMounts.": "Volume Mounts",
}  # fmt: skip
"""The keys below which what has a name of its own is listed, by how its attributes begin."""
VARIABLES = ("env.", "envSource.")
PAIRS = ("labels.", "podLabels.", "annotations.")
"""What is written on the line of its key: ``tier=front``."""
SENTENCES = {
    "cluster DNS": "Kubernetes internal DNS", "Service": "Built-in Kubernetes service load balancing",
    "Secret": "Kubernetes native secrets for sensitive data", "NodePort": "NodePort service",
}  # fmt: skip
"""How a line on networking or security says its value."""
SECTIONS = {
    "Network": "Networking Model",
    "Security": "Security Model",
    "Values": "Helm Chart",
    "Chart": "Helm Chart",
}
"""The headings of the parts of a document that are no kinds of resources."""


KINDS = {"Component": "Dapr Component"}
"""What headings call kinds whose names alone speak of anything."""


def prefix_of(fact: Fact) -> str:
    """How the attribute begins, where it is one of a list of things with names of their own."""
    if fact.attribute == "env.from":
        return ""
    return next((prefix for prefix in LISTS if fact.attribute.startswith(prefix)), "")


def named_in(fact: Fact) -> str:
    """What of a list a fact is about: the label, the variable, the volume."""
    return fact.attribute.removeprefix(prefix_of(fact))


def value_in_words(fact: Fact) -> str:
    """A value with what is said of it, as a bullet or cell holds it."""
    if fact.modality == "one-of":
        return " or ".join(fact.value.split("|"))
    value = f"`{fact.value}`" if fact.attribute.startswith("data.") else _phrase(fact)
    return value + REMARKS.get(fact.modality, "")


def _phrase(fact: Fact) -> str:
    if fact.attribute == "env.from":
        return "From " + " and ".join(fact.value.replace("/", " ").split(","))
    if fact.attribute.startswith("envSource."):
        return "from " + _with_marks(fact.value)
    if fact.attribute.startswith("volumes."):
        return _with_marks(fact.value)
    if fact.attribute.startswith("volumeMounts."):
        return f"mounted at {fact.value}"
    if fact.attribute == "metrics.cpu":
        return f"{fact.value}%"
    if fact.attribute.startswith(PAIRS):
        return f"{named_in(fact)}={fact.value}"
    return SENTENCES.get(fact.value, fact.value) if fact.attribute in SAID else fact.value


def _with_marks(reference: str) -> str:
    kind, _, name = reference.partition("/")
    return f"{kind} `{name}`" if name else kind


def _bullet(fact: Fact, bold: bool) -> str:
    if fact.attribute.startswith("data."):
        key = f"`{fact.attribute.removeprefix('data.')}`"
    elif fact.attribute in SAID:
        key = f"**{WORDS[fact.attribute]}**"
    else:
        key = _column(fact)
        key = f"**{key}**" if bold else key
    return f"{key}: {value_in_words(fact)}" if fact.value else key


def _bullets(paper: Paper, thing: Thing, lead: str, *, bold: bool) -> None:
    """The facts of an entity, each a bullet; those of a list below the key of that list."""
    for fact in thing.facts:
        if not prefix_of(fact) or fact.attribute.startswith(PAIRS):
            paper.write(f"{lead}- {_bullet(fact, bold)}", thing, fact)
    nested = [fact for fact in thing.facts if not fact.attribute.startswith(PAIRS)]
    for key in dict.fromkeys(LISTS.values()):
        listed = [fact for fact in nested if LISTS.get(prefix_of(fact)) == key]
        if listed:
            paper.write(f"{lead}- {f'**{key}**' if bold else key}:")
        for fact in listed:
            paper.write(f"{lead}  - `{named_in(fact)}`: {value_in_words(fact)}", thing, fact)


def seed_bullets(things: list[Thing]) -> Paper:
    """A heading for each kind, a bold bullet for each entity, its facts below."""
    paper = Paper(["# The app", ""])
    for kind in dict.fromkeys(thing.kind for thing in things):
        paper.write(f"## {SECTIONS.get(kind, plural(KINDS.get(kind, kind)))}")
        for thing in things:
            if thing.kind == kind and kind in NAMELESS:
                _bullets(paper, thing, "", bold=True)
            elif thing.kind == kind:
                paper.write(f"- **{TITLES.get(kind, thing.name)}**", thing, *names_of(thing))
                _bullets(paper, thing, "  ", bold=False)
        paper.write("")
    return paper


def labelled_bullets(things: list[Thing]) -> Paper:
    """A heading for each entity, with bullets."""
    paper = Paper(["# The app", ""])
    for thing in things:
        title = (
            SECTIONS.get(thing.kind, "")
            if thing.kind in NAMELESS
            else f"{KINDS.get(thing.kind, thing.kind)}: `{thing.name}`"
        )
        paper.write(f"### {TITLES.get(thing.kind, title)}", thing, *names_of(thing))
        _bullets(paper, thing, "", bold=True)
        paper.write("")
    return paper


def attribute_tables(things: list[Thing]) -> Paper:
    """A table for each entity, and one for the variables of its containers."""
    paper = Paper()
    for thing in things:
        _attribute_table(paper, thing)
    return paper


def _attribute_table(paper: Paper, thing: Thing) -> None:
    title = (
        SECTIONS.get(thing.kind, "")
        if thing.kind in NAMELESS
        else f"{thing.name} ({KINDS.get(thing.kind, thing.kind)})"
    )
    paper.write(f"## {TITLES.get(thing.kind, title)}", thing, *names_of(thing))
    paper.write("")
    paper.write("| Attribute | Value |")
    paper.write("|---|---|")
    for fact in thing.facts:
        if prefix_of(fact) not in VARIABLES:
            paper.write(f"| {_column(fact)} | {_cell(fact)} |", thing, fact)
    paper.write("")
    _variables(paper, thing)


def _variables(paper: Paper, thing: Thing) -> None:
    """A table of the variables of an entity, with values or sources."""
    listed = [fact for fact in thing.facts if prefix_of(fact) in VARIABLES]
    if not listed:
        return
    paper.write(f"**{LISTS['env.']}**:")
    paper.write("")
    paper.write("| Variable | Value | Source |")
    paper.write("|---|---|---|")
    for fact in listed:
        cells = (fact.value, "-") if prefix_of(fact) == "env." else ("-", _with_marks(fact.value))
        paper.write(f"| `{named_in(fact)}` | {cells[0]} | {cells[1]} |", thing, fact)
    paper.write("")


def entity_tables(things: list[Thing]) -> Paper:
    """A table for each kind; keys of data in rows of their own, with a blank name after the first."""
    paper = Paper()
    for kind in dict.fromkeys(thing.kind for thing in things):
        ours = [thing for thing in things if thing.kind == kind]
        if kind in (*NAMELESS, *TITLES):
            for thing in ours:
                _attribute_table(paper, thing)
            continue
        paper.write(f"## {plural(KINDS.get(kind, kind))}")
        paper.write("")
        if kind in ("ConfigMap", "Secret"):
            key_rows(paper, kind, ours, value_in_words)
        else:
            _entity_rows(paper, ours)
        paper.write("")
        for thing in ours:
            if any(prefix_of(fact) in VARIABLES for fact in thing.facts):
                paper.write(f"### `{thing.name}` {thing.kind}")
                paper.write("")
                _variables(paper, thing)
    return paper


def _entity_rows(paper: Paper, things: list[Thing]) -> None:
    columns = list(dict.fromkeys(_column(fact) for thing in things for fact in _in_cells(thing)))
    paper.write("| " + " | ".join(["Name", *columns]) + " |")
    paper.write("|---|" + "---|" * len(columns))
    for thing in things:
        values: dict[str, str] = {}
        for fact in _in_cells(thing):
            before = f"{values[_column(fact)]}, " if _column(fact) in values else ""
            values[_column(fact)] = before + _cell(fact)
        cells = [values.get(column, "-") for column in columns]
        paper.write("| " + " | ".join([thing.name, *cells]) + " |", thing, name_of(thing), *_in_cells(thing))


def _in_cells(thing: Thing) -> tuple[Fact, ...]:
    return tuple(fact for fact in thing.facts if prefix_of(fact) not in VARIABLES)


def _column(fact: Fact) -> str:
    return LISTS[prefix_of(fact)] if prefix_of(fact) else WORDS.get(fact.attribute, fact.attribute)


def _cell(fact: Fact) -> str:
    if not prefix_of(fact):
        return value_in_words(fact)
    if fact.attribute.startswith("volumes."):
        return f"{named_in(fact)} ({fact.value.replace('/', ' ')})"
    if fact.attribute.startswith("volumeMounts."):
        return f"{named_in(fact)} at {fact.value}"
    return f"{named_in(fact)}={fact.value}"


PRINTERS: dict[str, Callable[[list[Thing]], Paper]] = {
    "seed bullets": seed_bullets, "labelled bullets": labelled_bullets, "attribute tables": attribute_tables,
    "entity tables": entity_tables,
}  # fmt: skip
