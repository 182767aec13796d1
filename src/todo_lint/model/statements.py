"""The data model as todo-lint understands it: statements, and the lines that state nothing.

Every line of the document that is not blank ends up in exactly one of the two, so that nothing is silently
dropped. Lines and columns count from 1.
"""

from __future__ import annotations

import enum

from todo_lint.records import dataclass


class Modality(enum.StrEnum):
    """How firmly a statement is meant."""

    REQUIRED = "required"
    CONFIGURABLE = "configurable"
    LATER = "later"


class Kind(enum.StrEnum):
    """What a statement is about: a Kubernetes kind, or a part of the document that is none."""

    IMAGE = "Image"
    DEPLOYMENT = "Deployment"
    SERVICE = "Service"
    CONFIG_MAP = "ConfigMap"
    SECRET = "Secret"  # noqa: S105 - the name of a Kubernetes kind
    PERSISTENT_VOLUME_CLAIM = "PersistentVolumeClaim"
    NETWORK_POLICY = "NetworkPolicy"
    CHART = "Chart"
    VALUES = "Values"
    NETWORK = "Network"
    SECURITY = "Security"
    UNKNOWN = ""


class Attribute(enum.StrEnum):
    """What of its subject a statement fixes. Keys of data and values are ``data.KEY`` and the dotted key itself."""

    NAME = "name"
    REPLICAS = "replicas"
    IMAGE = "image"
    CONTAINER_PORT = "containerPort"
    REQUESTS_CPU = "resources.requests.cpu"
    REQUESTS_MEMORY = "resources.requests.memory"
    LIMITS_CPU = "resources.limits.cpu"
    LIMITS_MEMORY = "resources.limits.memory"
    ENV_FROM = "env.from"
    TYPE = "type"
    PORT = "port"
    TARGET_PORT = "targetPort"
    NODE_PORT = "nodePort"
    SELECTOR = "selector"
    NAMESPACE = "namespace"
    SIZE = "size"
    ACCESS_MODE = "accessMode"
    VERSION = "version"
    APP_VERSION = "appVersion"
    BASE = "base"
    RUNTIME = "runtime"
    DEPENDENCIES = "dependencies"
    EXTERNAL_ACCESS = "externalAccess"
    DNS = "dns"
    LOAD_BALANCING = "loadBalancing"
    SENSITIVE_DATA = "sensitiveData"
    EXISTS = "exists"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact that the document states.

    ``attribute`` is one of Attribute, ``data.KEY`` or a dotted values key. ``value`` is the stated value as text,
    without quotes or code marks; empty where only existence is stated (a text stated to be empty is ``""``).
    ``text`` is the line as written. ``hint`` is set for a statement that was not understood:
    the nearest thing that would be.
    """

    kind: Kind
    name: str
    attribute: str
    value: str
    modality: Modality
    line: int
    text: str
    understood: bool = True
    hint: str = ""
    column: int = 1

    @property
    def subject(self) -> str:
        """The subject in words, such as ``Service backend-service``."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Prose:
    """A line that states no fact about the deployment, and why it is taken so.

    ``text`` is empty in a data model that comes from the cache.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DataModel:
    """A document, read whole."""

    file: str
    statements: tuple[Statement, ...]
    prose: tuple[Prose, ...]

    @property
    def lines(self) -> int:
        """How many lines of the document were read: all that are not blank."""
        return len({s.line for s in self.statements} | {p.line for p in self.prose})

    def stated(self, kind: Kind, attribute: str, name: str | None = None) -> tuple[Statement, ...]:
        """The understood, present-day statements on an attribute of a kind (of one entity, if named)."""
        return tuple(
            s
            for s in self.statements
            if s.kind == kind
            and s.attribute == attribute
            and s.understood
            and s.modality is not Modality.LATER
            and (name is None or s.name == name)
        )

    def chart_name(self) -> str | None:
        """The chart's name that the document states, if it states one."""
        names = self.stated(Kind.CHART, Attribute.NAME)
        return names[0].value if names else None
