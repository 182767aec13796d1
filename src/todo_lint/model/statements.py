"""The data model as todo-lint understands it: statements, and the lines that state nothing.

Every line of the document that is not blank ends up in exactly one of the two, so that nothing is silently
dropped. Lines and columns count from 1.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence, Set

from todo_lint.records import dataclass, field


class Modality(enum.StrEnum):
    """How firmly a statement is meant. Where several would fit, the first of this list is taken."""

    FUTURE = "future"
    """Not yet: ``(Future)``, ``Phase 2``, ``TODO``."""
    OPTIONAL = "optional"
    """May be there: ``(Optional)``, ``Required: no``."""
    OUTSIDE = "outside"
    """``Secret: keys (created manually)``: it is used, and the chart does not make it."""
    EXAMPLE = "example"
    """``e.g. 3000``: one value of many."""
    AUTO_ASSIGNED = "auto-assigned"
    """``30080 (auto-assigned)``: the cluster chooses, this is what it chose once."""
    PLACEHOLDER = "placeholder"
    """``{{ .Release.Name }}-web``, ``<release>-web``, ``web:{tag}``: parts are filled in later."""
    ONE_OF = "one-of"
    """``NodePort or LoadBalancer``; ``alternatives`` holds them all."""
    RANGE = "range"
    """``>= 2``, ``2-5``, ``up to 1Gi``; ``bounds`` holds the ends."""
    CONFIGURABLE = "configurable"
    """``1 (configurable)``: the stated value is the default, and some key of the values moves it."""
    DEFAULT = "default"
    """``port: integer  # default: 80``: the default of a values key."""
    REQUIRED = "required"


LATER = (Modality.FUTURE, Modality.OPTIONAL)
"""What need not be there today."""


class Kind(enum.StrEnum):
    """What a statement is about: a Kubernetes kind, or a part of the document that is none.

    A statement's kind can also be any other text: the name of a kind that is not listed here, such as that of a
    custom resource (``Component``, ``ServiceMonitor``).
    """

    IMAGE = "Image"
    DEPLOYMENT = "Deployment"
    STATEFUL_SET = "StatefulSet"
    DAEMON_SET = "DaemonSet"
    JOB = "Job"
    CRON_JOB = "CronJob"
    POD = "Pod"
    SERVICE = "Service"
    INGRESS = "Ingress"
    CONFIG_MAP = "ConfigMap"
    SECRET = "Secret"  # noqa: S105 - the name of a Kubernetes kind
    PERSISTENT_VOLUME_CLAIM = "PersistentVolumeClaim"
    PERSISTENT_VOLUME = "PersistentVolume"
    STORAGE_CLASS = "StorageClass"
    HORIZONTAL_POD_AUTOSCALER = "HorizontalPodAutoscaler"
    POD_DISRUPTION_BUDGET = "PodDisruptionBudget"
    NETWORK_POLICY = "NetworkPolicy"
    NAMESPACE = "Namespace"
    SERVICE_ACCOUNT = "ServiceAccount"
    ROLE = "Role"
    ROLE_BINDING = "RoleBinding"
    CLUSTER_ROLE = "ClusterRole"
    CLUSTER_ROLE_BINDING = "ClusterRoleBinding"
    RESOURCE_QUOTA = "ResourceQuota"
    LIMIT_RANGE = "LimitRange"
    CHART = "Chart"
    VALUES = "Values"
    NETWORK = "Network"
    SECURITY = "Security"
    UNKNOWN = ""


NO_RESOURCES = (Kind.IMAGE, Kind.CHART, Kind.VALUES, Kind.NETWORK, Kind.SECURITY, Kind.UNKNOWN)
"""The kinds that are no kinds of Kubernetes resources."""

WORKLOADS = (Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.JOB, Kind.CRON_JOB, Kind.POD)
"""The kinds that run containers."""


class Attribute(enum.StrEnum):
    """What of its subject a statement fixes, where that has a name of its own.

    Open-ended attributes are a prefix (see Prefix) and what it is about: ``env.LOG_LEVEL``. Keys of values are the
    dotted key itself.
    """

    NAME = "name"
    EXISTS = "exists"
    NAMESPACE = "namespace"

    REPLICAS = "replicas"
    IMAGE = "image"
    IMAGE_REPOSITORY = "image.repository"
    IMAGE_TAG = "image.tag"
    IMAGE_PULL_POLICY = "imagePullPolicy"
    CONTAINER_PORT = "containerPort"
    REQUESTS_CPU = "resources.requests.cpu"
    REQUESTS_MEMORY = "resources.requests.memory"
    LIMITS_CPU = "resources.limits.cpu"
    LIMITS_MEMORY = "resources.limits.memory"
    ENV_FROM = "env.from"
    """The kinds or resources whose keys become environment variables: ``ConfigMap,Secret``, ``ConfigMap/a``."""
    SERVICE_ACCOUNT = "serviceAccountName"
    RESTART_POLICY = "restartPolicy"
    STRATEGY = "strategy"
    COMMAND = "command"
    SERVICE_NAME = "serviceName"
    """The governing Service of a StatefulSet."""
    SCHEDULE = "schedule"

    TYPE = "type"
    PORT = "port"
    TARGET_PORT = "targetPort"
    NODE_PORT = "nodePort"
    PROTOCOL = "protocol"
    SELECTOR = "selector"
    """``key=value,...``: of a Service, or ``matchLabels`` of a workload."""
    CLUSTER_IP = "clusterIP"
    """``None`` makes a Service headless."""

    SIZE = "size"
    ACCESS_MODE = "accessMode"
    STORAGE_CLASS = "storageClassName"

    HOST = "host"
    """A host of an Ingress."""
    PATH = "path"
    """A path of an Ingress; ``part`` is its host where that is stated."""
    PATH_TYPE = "pathType"
    BACKEND_SERVICE = "backend.service"
    """The Service to which an Ingress sends a path; ``part`` is the path where that is stated."""
    BACKEND_PORT = "backend.port"
    INGRESS_CLASS = "ingressClassName"
    TLS = "tls"
    """``true``/``false``, or the name of the Secret with the certificate."""

    MIN_REPLICAS = "minReplicas"
    MAX_REPLICAS = "maxReplicas"
    TARGET = "target"
    """What an autoscaler scales: ``Deployment/web``, or a name alone."""
    MIN_AVAILABLE = "minAvailable"
    MAX_UNAVAILABLE = "maxUnavailable"

    VERSION = "version"
    KUBE_VERSION = "kubeVersion"
    APP_VERSION = "appVersion"
    DESCRIPTION = "description"
    API_VERSION = "apiVersion"
    BASE = "base"
    RUNTIME = "runtime"
    DEPENDENCIES = "dependencies"
    EXTERNAL_ACCESS = "externalAccess"
    DNS = "dns"
    LOAD_BALANCING = "loadBalancing"
    SENSITIVE_DATA = "sensitiveData"
    UNKNOWN = "unknown"


class Prefix(enum.StrEnum):
    """How open-ended attributes begin."""

    DATA = "data."
    """A key of a ConfigMap or Secret; of a Secret the value is never kept."""
    ENV = "env."
    """An environment variable of a container; the value, or empty where only its existence or source is stated."""
    ENV_SOURCE = "envSource."
    """Where a variable comes from: ``ConfigMap``, ``Secret/app-secrets``, ``Secret/app-secrets:jwt_secret``."""
    LABEL = "labels."
    """A label in the metadata of the resource."""
    POD_LABEL = "podLabels."
    """A label of the pods of a workload."""
    ANNOTATION = "annotations."
    LIVENESS = "livenessProbe."
    READINESS = "readinessProbe."
    STARTUP = "startupProbe."
    """Of probes: ``path``, ``port``, ``command`` and the fields of Kubernetes' Probe (``periodSeconds`` ...);
    ``exists`` where no more is stated."""
    PROBE = "probe."
    """Of some probe of the container, where the document does not say of which: *Health endpoint: /health*."""
    SECURITY_CONTEXT = "securityContext."
    """A field of the pod's or the container's security context: ``runAsNonRoot``, ``capabilities.drop``."""
    VOLUME = "volumes."
    """A volume of the pod by name; the value is its source: ``emptyDir``, ``PersistentVolumeClaim/data``."""
    MOUNT = "volumeMounts."
    """A mounted volume by name; the value is the path. ``volumeMounts.`` alone: a path without a volume's name."""
    METRIC = "metrics."
    """A metric of an autoscaler: ``metrics.cpu`` is the target utilisation in percent, or an average value."""
    DEPENDENCY = "dependencies."
    """A dependency of the chart; the value is its version."""
    SPEC = "spec."
    """Any other field, by its route from the top of the resource: ``spec.template.spec.hostNetwork``. A step
    through a list is ``[name]`` (the item with that name) or ``[0]``."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact that the document states.

    ``kind`` is a Kind or the name of another Kubernetes kind; ``attribute`` an Attribute, a Prefix with what follows
    it, or a dotted values key. ``value`` is the stated value as text, without quotes or code marks; empty where only
    existence is stated (a text stated to be empty is ``""``). ``text`` is the line as written. ``hint`` is set for a
    statement that was not understood: the nearest thing that would be.

    ``alternatives`` are all values of a *one-of*, ``bounds`` the lower and upper end of a *range* (empty: open).
    ``environment`` is set where the statement holds in one environment only (``production``). ``part`` names the
    container, port or path that is meant where an entity has several. ``section`` is the heading above.
    """

    kind: str
    name: str
    attribute: str
    value: str
    modality: Modality
    line: int
    text: str
    understood: bool = True
    hint: str = ""
    column: int = 1
    alternatives: tuple[str, ...] = ()
    bounds: tuple[str, str] = ("", "")
    environment: str = ""
    part: str = ""
    section: str = ""

    @property
    def subject(self) -> str:
        """The subject in words, such as ``Service backend-service``."""
        return f"{self.kind} {self.name}".strip()

    @property
    def later(self) -> bool:
        """Whether what is stated need not be there today."""
        return self.modality in LATER


@dataclass(frozen=True, slots=True)
class Prose:
    """A line that states no fact about the deployment, and why it is taken so.

    ``text`` is empty in a data model that comes from the cache. ``mentions`` is what the line names, where it holds
    a value that no statement has; QUANTITY stands among them for an amount of memory.
    """

    line: int
    text: str
    reason: str
    mentions: tuple[str, ...] = ()


QUANTITY = "an amount of memory"


@dataclass(frozen=True, slots=True)
class DataModel:
    """A document, read whole."""

    file: str
    statements: tuple[Statement, ...]
    prose: tuple[Prose, ...]
    _about: dict[tuple[str, str], list[Statement]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _attributes: set[tuple[str, str, str]] = field(default_factory=set, init=False, repr=False, compare=False)
    _namespaces: dict[str, set[tuple[str, str]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def lines(self) -> int:
        """How many lines of the document were read: all that are not blank."""
        return len({s.line for s in self.statements} | {p.line for p in self.prose})

    @property
    def in_words(self) -> str:
        """What became of the lines, in the words of all reports: a line that is not understood states nothing."""
        unclear = len({s.line for s in self.statements if not s.understood})
        made = sum(s.understood for s in self.statements)
        stated = self.lines - len(self.prose) - unclear
        missed = f"{unclear} {'is' if unclear == 1 else 'are'} not understood, " if unclear else ""
        makes = f"{stated} {'makes' if stated == 1 else 'make'} {made} {'statement' if made == 1 else 'statements'}"
        rest = f"{len(self.prose)} {'is a heading or prose' if len(self.prose) == 1 else 'are headings and prose'}"
        return f"of its {self.lines} lines that are not blank {makes}, {missed}{rest}"

    def about(self, kind: str, name: str) -> Sequence[Statement]:
        """All statements on one entity, in their order."""
        if not self._about:
            for statement in self.statements:
                self._about.setdefault((statement.kind, statement.name), []).append(statement)
        return self._about.get((kind, name), ())

    def has(self, kind: str, name: str, attribute: str) -> bool:
        """Whether any line speaks of an attribute of one entity, however firmly."""
        if not self._attributes:
            self._attributes.update((s.kind, s.name, s.attribute) for s in self.statements)
        return (kind, name, attribute) in self._attributes

    def namespaces(self) -> Mapping[str, Set[tuple[str, str]]]:
        """The namespaces that are stated, each with the kinds and names of the entities in it; ``""`` has none."""
        if not self._namespaces:
            self._namespaces[""] = set()  # so that a document without any is looked through once
            for s in self.statements:
                if s.attribute == Attribute.NAMESPACE:
                    self._namespaces.setdefault(s.value, set()).add((s.kind, s.name))
        return self._namespaces

    def stated(self, kind: str, attribute: str, name: str | None = None) -> tuple[Statement, ...]:
        """The understood, present-day statements on an attribute of a kind (of one entity, if named)."""
        return tuple(
            s
            for s in (self.statements if name is None else self.about(kind, name))
            if s.kind == kind and s.attribute == attribute and s.understood and not s.later
        )

    def chart_name(self) -> str | None:
        """The chart's name that the document states, if it states one."""
        names = self.stated(Kind.CHART, Attribute.NAME)
        return names[0].value if names else None


_KINDS = {kind.value.lower(): kind for kind in Kind}


def kind_named(text: str) -> str:
    """The Kind of that name in any case, or the text itself: the name of a kind that is not listed."""
    return _KINDS.get(text.lower(), text)
