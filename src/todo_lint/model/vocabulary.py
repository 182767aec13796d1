"""The words of a data model: which headings name a kind, and which keys name an attribute of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from todo_lint.model import phrases
from todo_lint.model.phrases import Phrase
from todo_lint.model.statements import Attribute, Kind

_HEADINGS: tuple[tuple[str, Kind], ...] = (
    (r"\bimages?\b", Kind.IMAGE),
    (r"\bdeployments?\b", Kind.DEPLOYMENT),
    (r"\bservices?\b", Kind.SERVICE),
    (r"\bnetwork polic(y|ies)\b|\bnetworkpolic(y|ies)\b", Kind.NETWORK_POLICY),
    (r"\bconfig ?maps?\b", Kind.CONFIG_MAP),
    (r"\bsecrets?\b", Kind.SECRET),
    (r"\bpersistent\b|\bpvc\b|\bvolumes?\b|\bstorage\b", Kind.PERSISTENT_VOLUME_CLAIM),
    (r"\bhelm\b|\bchart\b", Kind.CHART),
    (r"\bnetwork(ing)?\b", Kind.NETWORK),
    (r"\bsecurity\b", Kind.SECURITY),
)

_SUFFIXES: Mapping[str, Kind] = {
    "image": Kind.IMAGE,
    "deployment": Kind.DEPLOYMENT,
    "service": Kind.SERVICE,
    "configmap": Kind.CONFIG_MAP,
    "secret": Kind.SECRET,
    "pvc": Kind.PERSISTENT_VOLUME_CLAIM,
    "persistentvolumeclaim": Kind.PERSISTENT_VOLUME_CLAIM,
    "networkpolicy": Kind.NETWORK_POLICY,
}

_FILES: Mapping[str, Kind] = {"chart.yaml": Kind.CHART, "values.yaml": Kind.VALUES}

ATTRIBUTES: Mapping[str, Mapping[str, Phrase]] = {
    Kind.IMAGE: {
        "base": phrases.plain(Attribute.BASE),
        "base image": phrases.plain(Attribute.BASE),
        "runtime": phrases.plain(Attribute.RUNTIME),
        "framework": phrases.plain(Attribute.RUNTIME),
        "dependencies": phrases.plain(Attribute.DEPENDENCIES),
        "port": phrases.container_port,
        "container port": phrases.container_port,
    },
    Kind.DEPLOYMENT: {
        "replica count": phrases.replicas,
        "replicas": phrases.replicas,
        "container image": phrases.image,
        "image": phrases.image,
        "port": phrases.container_port,
        "container port": phrases.container_port,
        "resource requests": phrases.requests,
        "requests": phrases.requests,
        "resource limits": phrases.limits,
        "limits": phrases.limits,
        "environment": phrases.env_sources,
        "environment variables": phrases.env_sources,
    },
    Kind.SERVICE: {
        "type": phrases.service_type,
        "port": phrases.service_ports,
        "ports": phrases.service_ports,
        "target port": phrases.target_port,
        "node port": phrases.node_port,
        "selector": phrases.selector,
    },
    Kind.PERSISTENT_VOLUME_CLAIM: {
        "type": phrases.plain(Attribute.TYPE),
        "size": phrases.plain(Attribute.SIZE),
        "access mode": phrases.plain(Attribute.ACCESS_MODE),
    },
    Kind.CHART: {
        "name": phrases.word(Attribute.NAME),
        "version": phrases.word(Attribute.VERSION),
        "app version": phrases.word(Attribute.APP_VERSION),
    },
}

_PROSE_KEYS: Mapping[str | None, frozenset[str]] = {
    None: frozenset({"purpose", "description", "note", "notes", "rationale"}),
    Kind.IMAGE: frozenset({"type"}),
}


def key_words(key: str) -> str:
    """A key as the vocabulary spells it: ``AppVersion`` and ``app-version`` are ``app version``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key)
    return " ".join(re.split(r"[\s_-]+", spaced.strip().lower()))


def kind_of_heading(text: str) -> Kind | None:
    """The kind that a heading announces, or None."""
    lowered = text.lower()
    return next((kind for pattern, kind in _HEADINGS if re.search(pattern, lowered)), None)


def entity_of_label(label: str, section: Kind | None) -> tuple[Kind, str] | None:
    """The entity that a bold label names: ``app-config ConfigMap``, ``Chart.yaml``, or a name in its section.

    Returns None when the label is no name that a Kubernetes resource or an image could have.
    """
    if label.lower() in _FILES:
        return _FILES[label.lower()], label
    words = label.split()
    if len(words) == 2 and words[1].lower() in _SUFFIXES and is_name(words[0]):
        return _SUFFIXES[words[1].lower()], words[0]
    entity_kinds = (*ATTRIBUTES, Kind.CONFIG_MAP, Kind.SECRET, Kind.NETWORK_POLICY)
    if section in entity_kinds and section is not Kind.CHART and len(words) == 1 and is_name(label):
        return section, label
    return None


def is_name(text: str) -> bool:
    """Whether a text could be the name of a resource or the repository of an image (RFC 1123 subdomain)."""
    return re.fullmatch(r"[a-z0-9]([-a-z0-9./]*[a-z0-9])?", text) is not None


def is_prose_key(kind: str, key: str) -> bool:
    """Whether a key only explains: ``Purpose``, or ``Type`` of an image."""
    return key_words(key) in _PROSE_KEYS[None] | _PROSE_KEYS.get(kind, frozenset())


def nearest_key(kind: str, key: str) -> str:
    """A hint that names the nearest key that would be understood for this kind."""
    import difflib

    known = list(ATTRIBUTES.get(kind, ()))
    near = difflib.get_close_matches(key_words(key), known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"for a {kind} these keys are read: {', '.join(known)}" if known else ""
