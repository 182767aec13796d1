"""The keys of a data model: which words name which attribute of which kind, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from todo_lint.model.reading.text import plain, words_of
from todo_lint.model.reading.vocabulary import phrases as p
from todo_lint.model.reading.vocabulary.own_fields import own_fields
from todo_lint.model.reading.vocabulary.phrases import Facts, Phrase
from todo_lint.model.reading.vocabulary.volumes import mounts, paths, volumes
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Attribute, Kind, Prefix

_A = Attribute
_P = Prefix
_WORD = r"\S+"
_NAMESPACE = p.single(_A.NAMESPACE, p.TEMPLATED)

API_VERSION = r"(?:[a-z0-9.-]+/)?v\d+(?:(?:alpha|beta)\d+)?"
"""A version of an API of Kubernetes, with its group where it has one."""
_COMMON: Mapping[str, Phrase] = {
    "name": p.name,
    "namespace": _NAMESPACE,
    "labels": p.labels(_P.LABEL),
    "label": p.labels(_P.LABEL),
    "annotations": p.labels(_P.ANNOTATION),
    "api version": p.single(_A.API_VERSION, API_VERSION),
}

_ASKED = p.single("path", r"/[\w./-]*")


def _path(text: str) -> Facts:
    """``/healthz``, ``GET /healthz``: the path that a probe asks."""
    return _ASKED(re.sub(r"^(?:HTTP )?GET (?=/)", "", text.replace("`", "").strip()))


_PROBE_FIELDS: Mapping[str, Phrase] = {
    "path": _path,
    "endpoint": _path,
    "http get path": _path,
    "http path": _path,
    "port": p.single("port", r"\d{1,5}|[a-z][-a-z0-9]{0,14}"),
    "initial delay": p.seconds("initialDelaySeconds"),
    "initial delay seconds": p.seconds("initialDelaySeconds"),
    "delay": p.seconds("initialDelaySeconds"),
    "period": p.seconds("periodSeconds"),
    "period seconds": p.seconds("periodSeconds"),
    "interval": p.seconds("periodSeconds"),
    "timeout": p.seconds("timeoutSeconds"),
    "timeout seconds": p.seconds("timeoutSeconds"),
    "failure threshold": p.seconds("failureThreshold"),
    "command": p.command("command"),
    "success threshold": p.seconds("successThreshold"),
}


def _within(prefix: str, phrase: Phrase) -> Phrase:
    def parse(text: str) -> Facts:
        return tuple((prefix + attribute, value) for attribute, value in phrase(text))

    return parse


def _probes() -> Iterator[tuple[str, Phrase]]:
    for word, prefix in (("liveness", _P.LIVENESS), ("readiness", _P.READINESS), ("startup", _P.STARTUP)):
        yield word, p.probe(prefix)
        yield f"{word} probe", p.probe(prefix)
        for field, phrase in _PROBE_FIELDS.items():
            yield f"{word} {field}", _within(prefix, phrase)
            yield f"{word} probe {field}", _within(prefix, phrase)
            yield f"{word} probe http get {field}", _within(prefix, phrase)
    for word in _OF_SOME:
        yield word, p.some_probe
        for field, phrase in _PROBE_FIELDS.items():
            yield f"{word} {field}", _within(_P.PROBE, phrase)


_OF_SOME = (
    *("health check", "healthcheck", "health checks", "health probe", "health probes", "probe", "probes"),
    *("health endpoint", "health url", "health"),
)
"""Words for a probe that leave open which it is: some probe is meant."""


_WORKLOAD: Mapping[str, Phrase] = {
    **_COMMON,
    "replica count": p.replicas,
    "replicas": p.replicas,
    "initial replicas": p.replicas,
    "pods": p.replicas,
    "pod count": p.replicas,
    "number of replicas": p.replicas,
    "default replicas": p.replicas,
    "container image": p.image,
    "docker image": p.image,
    "image": p.image,
    "image name": p.image,
    "image repository": p.single(_A.IMAGE_REPOSITORY, r"[a-z0-9][\w./-]*"),
    "image tag": p.single(_A.IMAGE_TAG, r"[\w][\w.-]*"),
    "image pull policy": p.chosen(_A.IMAGE_PULL_POLICY, "Always", "IfNotPresent", "Never"),
    "pull policy": p.chosen(_A.IMAGE_PULL_POLICY, "Always", "IfNotPresent", "Never"),
    "port": p.ports_of_container,
    "ports": p.ports_of_container,
    "container port": p.ports_of_container,
    "container ports": p.ports_of_container,
    "exposed port": p.ports_of_container,
    "resource requests": p.requests,
    "resources requests": p.requests,
    "requests": p.requests,
    "request": p.requests,
    "resource limits": p.limits,
    "resources limits": p.limits,
    "limits": p.limits,
    "limit": p.limits,
    "resources": p.resources,
    "cpu": p.both_amounts(_A.REQUESTS_CPU, _A.LIMITS_CPU),
    "memory": p.both_amounts(_A.REQUESTS_MEMORY, _A.LIMITS_MEMORY),
    "cpu request": p.amount(_A.REQUESTS_CPU),
    "cpu requests": p.amount(_A.REQUESTS_CPU),
    "cpu limit": p.amount(_A.LIMITS_CPU),
    "cpu limits": p.amount(_A.LIMITS_CPU),
    "memory request": p.amount(_A.REQUESTS_MEMORY),
    "memory requests": p.amount(_A.REQUESTS_MEMORY),
    "memory limit": p.amount(_A.LIMITS_MEMORY),
    "memory limits": p.amount(_A.LIMITS_MEMORY),
    "requests cpu": p.amount(_A.REQUESTS_CPU),
    "requests memory": p.amount(_A.REQUESTS_MEMORY),
    "limits cpu": p.amount(_A.LIMITS_CPU),
    "limits memory": p.amount(_A.LIMITS_MEMORY),
    "environment": p.environment,
    "env": p.environment,
    "env from": p.env_sources,
    "env vars": p.environment,
    "environment variables": p.environment,
    "env config map": p.variables_from("ConfigMap"),
    "env secret": p.variables_from("Secret"),
    "environment config map": p.variables_from("ConfigMap"),
    "environment secret": p.variables_from("Secret"),
    **dict.fromkeys(("command", "args", "entrypoint", "start command", "startup command", "runs"), p.runs),
    "service account": p.single(_A.SERVICE_ACCOUNT, p.TEMPLATED),
    "service account name": p.single(_A.SERVICE_ACCOUNT, p.TEMPLATED),
    "restart policy": p.chosen(_A.RESTART_POLICY, "Always", "OnFailure", "Never"),
    "strategy": p.strategy,
    "strategy type": p.strategy,
    "update strategy": p.strategy,
    "deployment strategy": p.strategy,
    **dict.fromkeys(("pod template labels", "template labels"), p.labels(_P.POD_LABEL)),
    "selector": p.selector,
    "selector match labels": p.selector,
    "match labels": p.selector,
    "pod labels": p.labels(_P.POD_LABEL),
    "run as user": p.single(_P.SECURITY_CONTEXT + "runAsUser", r"\d+"),
    "run as group": p.single(_P.SECURITY_CONTEXT + "runAsGroup", r"\d+"),
    "fs group": p.single(_P.SECURITY_CONTEXT + "fsGroup", r"\d+"),
    "run as non root": p.truth(_P.SECURITY_CONTEXT + "runAsNonRoot"),
    "read only root filesystem": p.truth(_P.SECURITY_CONTEXT + "readOnlyRootFilesystem"),
    "allow privilege escalation": p.truth(_P.SECURITY_CONTEXT + "allowPrivilegeEscalation"),
    "privilege escalation": p.truth(_P.SECURITY_CONTEXT + "allowPrivilegeEscalation"),
    "privileged": p.truth(_P.SECURITY_CONTEXT + "privileged"),
    "capabilities": p.capabilities,
    **dict.fromkeys(
        ("capabilities drop", "drop capabilities", "dropped capabilities", "capabilities dropped"),
        p.listed_capabilities("drop"),
    ),
    **dict.fromkeys(("capabilities add", "added capabilities"), p.listed_capabilities("add")),
    "mount path": p.single(_P.MOUNT, r"/\S*"),
    **dict.fromkeys(("volume", "volumes"), volumes),
    **dict.fromkeys(("volume mount", "volume mounts", "mounts", "mounted volumes"), mounts),
    **dict.fromkeys(("writable paths", "mount paths", "mounted at"), paths),
    **dict.fromkeys(
        ("seccomp profile", "seccomp", "seccomp profile type"),
        p.chosen(_P.SECURITY_CONTEXT + "seccompProfile.type", "RuntimeDefault", "Unconfined", "Localhost"),
    ),
    **dict(_probes()),
}


_SCHEDULE: Mapping[str, Phrase] = {"schedule": p.single(_A.SCHEDULE, r"@\w+|\S+( \S+){4}")}
_SERVICE_NAME: Mapping[str, Phrase] = {"service name": p.single(_A.SERVICE_NAME, p.TEMPLATED)}
_DATA: Mapping[str, Phrase] = {
    **_COMMON,
    "keys": p.keys,
    "data": p.keys,
    "required keys": p.keys,
    "data keys": p.keys,
}

_STORAGE: Mapping[str, Phrase] = {
    **_COMMON,
    **dict.fromkeys(("size", "storage", "storage size", "storage request", "capacity"), p.amount(_A.SIZE)),
    **dict.fromkeys(("access mode", "access modes"), p.access_mode),
    **dict.fromkeys(("storage class", "storage class name"), p.single(_A.STORAGE_CLASS, p.TEMPLATED)),
}

OF_DAPR = (
    r"(?:state|pubsub|bindings|secretstores|configuration|lock|middleware|conversation|crypto|nameresolution)"
    r"(?:\.[a-z0-9-]+)+"
)
"""The types of components of Dapr, https://docs.dapr.io/reference/components-reference/: only these look so."""
_KEYS: Mapping[str, Mapping[str, Phrase]] = {
    Kind.IMAGE: {
        **dict.fromkeys(("name", "image name", "image"), p.image_name),
        "base": p.base,
        "base image": p.base,
        "runtime": p.free(_A.RUNTIME),
        "framework": p.free(_A.RUNTIME),
        "dependencies": p.free(_A.DEPENDENCIES),
        "port": p.ports_of_container,
        "ports": p.ports_of_container,
        "exposed port": p.ports_of_container,
        "exposed ports": p.ports_of_container,
        "container port": p.ports_of_container,
        "tag": p.single(_A.IMAGE_TAG, r"[\w][\w.-]*"),
        "pull policy": p.chosen(_A.IMAGE_PULL_POLICY, "Always", "IfNotPresent", "Never"),
        "image pull policy": p.chosen(_A.IMAGE_PULL_POLICY, "Always", "IfNotPresent", "Never"),
    },
    **dict.fromkeys(WORKLOADS, _WORKLOAD),
    Kind.STATEFUL_SET: {**_WORKLOAD, **_SERVICE_NAME},
    Kind.CRON_JOB: {**_WORKLOAD, **_SCHEDULE},
    Kind.SERVICE: {
        **_COMMON,
        "type": p.service_type,
        "service type": p.service_type,
        "port": p.service_ports,
        "ports": p.service_ports,
        "service port": p.service_ports,
        "port mapping": p.service_ports,
        "port mappings": p.service_ports,
        "external port": p.service_ports,
        "target port": p.target_port,
        "container port": p.target_port,
        "node port": p.node_port,
        "protocol": p.chosen(_A.PROTOCOL, "TCP", "UDP", "SCTP"),
        "selector": p.selector,
        "selectors": p.selector,
        "selects": p.selector,
        **dict.fromkeys(
            ("internal dns", "dns", "dns name", "internal", "internal url", "url", "cluster url", "endpoint"),
            p.address,
        ),
        "cluster ip": p.cluster_ip,
        "headless": p.is_headless,
    },
    Kind.INGRESS: {
        **_COMMON,
        **dict.fromkeys(
            ("host", "hosts"),
            p.single(_A.HOST, r"(?!.*\s(?:or|and)\s)[\w*{}<>$. -]*\.[\w{}<>.-]+|localhost"),
        ),
        "class": p.single(_A.INGRESS_CLASS, p.TEMPLATED),
        "ingress class": p.single(_A.INGRESS_CLASS, p.TEMPLATED),
        "ingress class name": p.single(_A.INGRESS_CLASS, p.TEMPLATED),
        "path": p.single(_A.PATH, r"/\S*"),
        "paths": p.single(_A.PATH, r"/\S*"),
        "path type": p.chosen(_A.PATH_TYPE, "Prefix", "Exact", "ImplementationSpecific"),
        "backend": p.backend,
        "backend service": p.backend,
        "service": p.backend,
        "backend port": p.single(_A.BACKEND_PORT, r"\d{1,5}"),
        "service port": p.single(_A.BACKEND_PORT, r"\d{1,5}"),
        "tls": p.truth(_A.TLS),
        "tls secret": p.single(_A.TLS, p.TEMPLATED),
    },
    Kind.HORIZONTAL_POD_AUTOSCALER: {
        **_COMMON,
        "min replicas": p.single(_A.MIN_REPLICAS, r"\d+"),
        "minimum replicas": p.single(_A.MIN_REPLICAS, r"\d+"),
        "min": p.single(_A.MIN_REPLICAS, r"\d+"),
        "max replicas": p.single(_A.MAX_REPLICAS, r"\d+"),
        "maximum replicas": p.single(_A.MAX_REPLICAS, r"\d+"),
        "max": p.single(_A.MAX_REPLICAS, r"\d+"),
        "replicas": p.replica_range,
        **dict.fromkeys(
            ("min max replicas", "min max", "replicas min max", "min and max replicas", "minimum maximum replicas",
             "min max pods"),
            p.least_and_most,
        ),
        "target": p.single(_A.TARGET, r"(?:\w+/)?[a-z][-a-z0-9]*"),
        "scale target": p.single(_A.TARGET, r"(?:\w+/)?[a-z][-a-z0-9]*"),
        "scale target ref": p.single(_A.TARGET, r"(?:\w+/)?[a-z][-a-z0-9]*"),
        **dict.fromkeys(
            ("target cpu", "cpu", "cpu target", "cpu utilization", "target cpu utilization", "metrics cpu",
             "target cpu utilization percentage"),
            p.utilisation(_P.METRIC + "cpu"),
        ),
        **dict.fromkeys(
            ("target memory", "memory", "memory target", "memory utilization", "target memory utilization",
             "metrics memory"),
            p.utilisation(_P.METRIC + "memory"),
        ),
    },
    Kind.POD_DISRUPTION_BUDGET: {
        **_COMMON,
        "min available": p.single(_A.MIN_AVAILABLE, r"\d+%?"),
        "max unavailable": p.single(_A.MAX_UNAVAILABLE, r"\d+%?"),
        "selector": p.selector,
    },
    Kind.CONFIG_MAP: _DATA,
    Kind.SECRET: {**_DATA, "type": p.single(_A.TYPE, r"Opaque|[\w.-]+/[\w.-]+")},
    Kind.PERSISTENT_VOLUME_CLAIM: {**_STORAGE, "type": p.free(_A.TYPE)},
    Kind.PERSISTENT_VOLUME: _STORAGE,
    "Component": {
        **_COMMON,
        **dict.fromkeys(("type", "component type"), p.single(_P.SPEC + "type", OF_DAPR)),
        **dict.fromkeys(("version", "component version"), p.single(_P.SPEC + "version", r"v\d+")),
    },
    Kind.CHART: {
        "name": p.single(_A.NAME, _WORD),
        "chart name": p.single(_A.NAME, _WORD),
        "version": p.single(_A.VERSION, _WORD),
        "chart version": p.single(_A.VERSION, _WORD),
        "app version": p.single(_A.APP_VERSION, _WORD),
        "application version": p.single(_A.APP_VERSION, _WORD),
        "api version": p.single(_A.API_VERSION, r"v[12]"),
        "kube version": p.single(_A.KUBE_VERSION, r"[<>=^~]*\s?v?\d[\w.* <>=|^~,-]*"),
        "kubernetes version": p.single(_A.KUBE_VERSION, r"[<>=^~]+\s?v?\d[\w.* <>=|^~,-]*"),
        "type": p.single(_A.TYPE, r"application|library"),
    },
}  # fmt: skip
KEYS = {kind: {**keys, **own_fields(kind)} for kind, keys in _KEYS.items()}
"""The keys that are understood below each kind, in the spelling of ``words_of``."""

_PROSE_KEYS: Mapping[str | None, frozenset[str]] = {
    None: frozenset({
        "purpose", "description", "note", "notes", "rationale", "usage", "used by", "consumed by", "relationships",
        "technology", "tech stack", "stack", "language",
        "referenced by", "definition", "details", "kind", "api version", "status", "depends on", "managed by",
        "targeted by", "created by", "scope", "responsibility", "lifecycle", "source", "validation", "example",
        "examples", "access", "external", "external access", "documentation", "owner", "immutable",
        "comment", "reason", "why", "entity", "entity name", "entity type", "exit code", "exit codes", "assertion",
        "assertions", "expected result", "expected output",
    }),
    Kind.IMAGE: frozenset({
        "type", "dockerfile", "context", "build context", "build output", "entry command", "entrypoint", "size",
        "expected size", "target size", "build strategy", "stages", "entry point", "dockerfile path", "registry",
        "layers", "dependencies source", "working directory", "package manager", "user",
    }),
    Kind.CHART: frozenset({"keywords", "maintainers", "templates", "values", "icon", "home", "sources", "location"}),
}  # fmt: skip

_DOTTED: Mapping[str, str] = {
    "labels": Prefix.LABEL, "label": Prefix.LABEL, "metadata.labels": Prefix.LABEL, "annotations": Prefix.ANNOTATION,
    "metadata.annotations": Prefix.ANNOTATION, "data": Prefix.DATA, "stringData": Prefix.DATA, "env": Prefix.ENV,
    "template.metadata.labels": Prefix.POD_LABEL, "podLabels": Prefix.POD_LABEL,
    "securityContext": Prefix.SECURITY_CONTEXT, "livenessProbe": Prefix.LIVENESS, "readinessProbe": Prefix.READINESS,
    "startupProbe": Prefix.STARTUP, "envSource": Prefix.ENV_SOURCE, "volumes": Prefix.VOLUME,
    "volumeMounts": Prefix.MOUNT,
}  # fmt: skip
_SELECTORS = ("selector", "selector.matchLabels", "spec.selector", "matchLabels")


def phrase_for(kind: str, key: str) -> Phrase | None:
    """The parser of the values of a key below a kind, or None where the key is not known.

    ``key`` can be words (``Container Port``), a field (``containerPort``, ``resources.requests.cpu``) or a prefix
    with what it is about (``labels.app``, ``selector.app``).
    """
    key = key.strip().strip("`").removesuffix(":")
    known = KEYS.get(kind, {} if kind in NO_RESOURCES else _COMMON)
    words = words_of(re.sub(r"[.()\[\]]|\d+\]", " ", key))
    own = words.removeprefix(f"{words_of(kind)} ").removeprefix(f"{_SHORT_KINDS.get(kind, '-')} ")
    for candidate in (words, *_shorter(words), own):
        if candidate in known:
            return known[candidate]
    return _dotted(kind, key)


_SHORT_KINDS: Mapping[str, str] = {
    Kind.HORIZONTAL_POD_AUTOSCALER: "hpa", Kind.PERSISTENT_VOLUME_CLAIM: "pvc", Kind.POD_DISRUPTION_BUDGET: "pdb",
}  # fmt: skip
_LEADING = ("resources ", "resource ", "container ", "containers ", "spec ", "pod ", "template ", "default ",
            "metadata ",
            "k8s ", "kubernetes ", "http ", "http get ", "storage ", "ports ")  # fmt: skip


def _shorter(words: str) -> Iterator[str]:
    """The words without those in front that add nothing; the words with those at the end taken off."""
    shorter = words
    while leading := next((lead for lead in _LEADING if shorter.startswith(lead)), None):
        shorter = shorter.removeprefix(leading)
        yield shorter
    if words.endswith((" name", " value", " count", " number")):
        yield words.rpartition(" ")[0]


def _dotted(kind: str, key: str) -> Phrase | None:
    if kind in NO_RESOURCES:
        return None
    for prefix in _SELECTORS:
        if key.startswith(f"{prefix}.") and kind in (*WORKLOADS, Kind.SERVICE, Kind.POD_DISRUPTION_BUDGET):
            label = key.removeprefix(f"{prefix}.")
            if not label.startswith("matchLabels"):
                return lambda text: ((Attribute.SELECTOR, f"{label}={plain(text)}"),) if plain(text) else ()
    for prefix, attribute in _DOTTED.items():
        if key.startswith(f"{prefix}."):
            return p.free(attribute + key.removeprefix(f"{prefix}.").strip("\"'"))
    return None


def is_prose_key(kind: str, key: str) -> bool:
    """Whether a key only explains: ``Purpose``, or ``Type`` of an image."""
    words = words_of(key)
    return words in _PROSE_KEYS.get(kind, frozenset()) or (
        words in _PROSE_KEYS[None] and words not in KEYS.get(kind, {} if kind in NO_RESOURCES else _COMMON)
    )


@cache
def nearest_key(kind: str, key: str) -> str:
    """A hint that names the nearest key that would be understood for this kind."""
    import difflib

    if kind in WORKLOADS and re.match(r"health|probes?$", words_of(key)):
        return "say which it is: 'Liveness Probe' or 'Readiness Probe'"
    if kind == Kind.PERSISTENT_VOLUME_CLAIM and words_of(key).startswith("mount"):
        return "it is read below the workload that mounts it, as 'Mount Path: /data'"
    known = list(KEYS.get(kind, _COMMON))
    near = difflib.get_close_matches(words_of(key), known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    shown = [word for word in known if not word.startswith(("liveness", "readiness", "startup"))]
    return f"for a {kind} these keys are read: {', '.join(shown[:16])}" if kind else ""
