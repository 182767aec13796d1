"""The fields of a manifest, or of a fragment of one, become facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from todo_lint.findings import Route, format_route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import pod_route_of
from todo_lint.model.reading.firmness import has_placeholder
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import image
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Prefix
from todo_lint.records import dataclass

_A = Attribute
_P = Prefix


@dataclass(frozen=True, slots=True)
class Field:
    """A fact of a manifest, and the route to where it is written."""

    attribute: str
    value: str
    route: Route
    part: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value of a manifest: its route in the whole resource, and in the text that is read."""

    kind: str
    route: Route
    written: Route
    value: Json
    part: str = ""

    def below(self, step: str | int, value: Json) -> _Spot:
        return _Spot(self.kind, (*self.route, step), (*self.written, step), value, self.part)


def show(value: Json) -> str:
    """A value as text; nothing for null, JSON for a list or mapping."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        import json

        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return str(value) if value != "" else '""'


def read_fields(kind: str, manifest: Mapping[str, Json]) -> Iterator[Field]:
    """Yield the facts of a manifest of a kind: whole, or a fragment whose keys stand at any level of it."""
    whole = any(key in manifest for key in ("metadata", "kind", "apiVersion")) or kind in (
        Kind.CONFIG_MAP,
        Kind.SECRET,
    )
    for key, value in manifest.items():
        base = () if whole or key in ("spec", "data", "stringData") else _base(kind, key)
        route = (*base, "metadata", "name") if key == "name" and not whole and not base else (*base, key)
        if key in ("name", "namespace", "labels", "annotations") and not whole:
            route = ("metadata", key)
        yield from _walk(_Spot(kind, route, (key,), value))


_POD_SPEC = ("containers", "volumes", "serviceAccountName", "restartPolicy", "initContainers", "nodeSelector",
             "imagePullSecrets", "dnsPolicy", "affinity", "tolerations")  # fmt: skip
_CONTAINER = ("image", "imagePullPolicy", "resources", "env", "envFrom", "livenessProbe", "readinessProbe",
              "startupProbe", "ports", "volumeMounts", "command", "args", "securityContext", "requests",
              "limits")  # fmt: skip


FRAGMENT_KEYS = frozenset((*_POD_SPEC, *_CONTAINER))
"""Keys by which a part of a workload is known."""
_OF_SPEC = frozenset((
    "metadata", "spec", "template", "selector", "replicas", "strategy", "updateStrategy", "minReadySeconds", "labels",
    "annotations", "revisionHistoryLimit", "progressDeadlineSeconds", "paused", "serviceName", "podManagementPolicy",
    "volumeClaimTemplates", "persistentVolumeClaimRetentionPolicy", "ordinals", "parallelism", "completions",
    "completionMode", "backoffLimit", "backoffLimitPerIndex", "maxFailedIndexes", "activeDeadlineSeconds",
    "ttlSecondsAfterFinished", "suspend", "podFailurePolicy", "successPolicy", "manualSelector", "managedBy",
    "podReplacementPolicy", "schedule", "timeZone", "jobTemplate", "concurrencyPolicy", "startingDeadlineSeconds",
    "successfulJobsHistoryLimit", "failedJobsHistoryLimit", "requests", "limits", "apiVersion", "rollingUpdate",
    "matchLabels", "name", "namespace",
))  # fmt: skip


def is_of_workload(kind: str, key: str) -> bool:
    """Whether a key at the top of a fragment is one that a workload has, as a field or as documents call it."""
    return key in _OF_SPEC or key in FRAGMENT_KEYS or phrase_for(kind, key) is not None


def _base(kind: str, key: str) -> Route:
    """Where in a resource a key of a fragment belongs."""
    if kind not in WORKLOADS:
        return ("spec",)
    pod = pod_route_of(kind) or ()
    if key in ("requests", "limits"):
        return (*pod, "spec", "containers", 0, "resources")
    if key in _CONTAINER:
        return (*pod, "spec", "containers", 0)
    if key in _POD_SPEC:
        return (*pod, "spec")
    return ("spec",)


def _walk(spot: _Spot) -> Iterator[Field]:
    reader = _reader(spot.kind, spot.route)
    if reader is not None:
        yield from reader(spot)
    elif isinstance(spot.value, dict) and spot.value:
        for key, value in spot.value.items():
            yield from _walk(spot.below(key, value))
    elif isinstance(spot.value, list) and spot.value:
        several = len(spot.value) > 1 and spot.route[-1] in ("containers", "initContainers", "ports")
        for number, value in enumerate(spot.value):
            name = value.get("name") if isinstance(value, dict) else None
            below = spot.below(number, value)
            part = str(name) if several and isinstance(name, str) else spot.part
            yield from _walk(_Spot(below.kind, below.route, below.written, below.value, part))
    elif spot.value is not None and not isinstance(spot.value, (dict, list)):
        yield Field(_generic(spot.route), show(spot.value), spot.written, spot.part)


def _generic(route: Route) -> str:
    return format_route(route)


_Reader = Callable[[_Spot], Iterator[Field]]


def _ignored(spot: _Spot) -> Iterator[Field]:
    """Fields that say what a manifest is, or name an item of a list."""
    yield from ()


def _as(attribute: str) -> _Reader:
    """A scalar under an attribute's own name."""

    def read(spot: _Spot) -> Iterator[Field]:
        if isinstance(spot.value, list):
            for number, value in enumerate(spot.value):
                if value is not None:
                    yield Field(attribute, show(value), (*spot.written, number), spot.part)
        elif spot.value is not None:
            yield Field(attribute, show(spot.value), spot.written, spot.part)

    return read


def _each(prefix: str) -> _Reader:
    """Each entry of a mapping; what is nested gets a dotted name."""

    def read(spot: _Spot) -> Iterator[Field]:
        for key, value in spot.value.items() if isinstance(spot.value, dict) else ():
            if isinstance(value, dict) and value:
                yield from _each(f"{prefix}{key}.")(spot.below(key, value))
            elif value is not None or prefix == _P.DATA:
                yield Field(f"{prefix}{key}", show(value), (*spot.written, key), spot.part)

    return read


def _secret_keys(spot: _Spot) -> Iterator[Field]:
    for key in spot.value if isinstance(spot.value, dict) else ():
        yield Field(_P.DATA + key, "", (*spot.written, key))


def _selector(spot: _Spot) -> Iterator[Field]:
    if isinstance(spot.value, dict) and spot.value:
        value = ",".join(f"{key}={show(label)}" for key, label in spot.value.items())
        yield Field(_A.SELECTOR, value, spot.written)


def _image(spot: _Spot) -> Iterator[Field]:
    text = show(spot.value)
    facts = image(text) if has_placeholder(text) else ((_A.IMAGE, text),)
    for attribute, value in facts or ((_A.IMAGE, text),):
        yield Field(attribute, value, spot.written, spot.part)


def _variable(spot: _Spot) -> Iterator[Field]:
    if not isinstance(spot.value, dict) or not isinstance(spot.value.get("name"), str):
        return
    name = spot.value["name"]
    value = spot.value.get("value")
    yield Field(f"{_P.ENV}{name}", show(value), (*spot.written, "name" if value is None else "value"), spot.part)
    source = spot.value.get("valueFrom")
    for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        found = source.get(field) if isinstance(source, dict) else None
        if isinstance(found, dict):
            key = f":{show(found['key'])}" if found.get("key") else ""
            where = f"{kind}/{show(found['name'])}{key}" if found.get("name") else kind
            yield Field(f"{_P.ENV_SOURCE}{name}", where, (*spot.written, "valueFrom"), spot.part)


def _sources(spot: _Spot) -> Iterator[Field]:
    found = []
    for source in spot.value if isinstance(spot.value, list) else ():
        for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            ref = source.get(field) if isinstance(source, dict) else None
            if isinstance(ref, dict):
                found.append(f"{kind}/{show(ref['name'])}" if ref.get("name") else kind)
            elif isinstance(ref, str):  # no manifest, and what it means is plain
                found.append(f"{kind}/{ref}")
    if found:
        yield Field(_A.ENV_FROM, ",".join(found), spot.written, spot.part)


def _probe(prefix: str) -> _Reader:
    def read(spot: _Spot) -> Iterator[Field]:
        for key, value in spot.value.items() if isinstance(spot.value, dict) else ():
            here = spot.below(key, value)
            if key in ("httpGet", "tcpSocket", "grpc") and isinstance(value, dict):
                for field, inner in value.items():
                    yield Field(prefix + field, show(inner), (*here.written, field), spot.part)
            elif key == "exec" and isinstance(value, dict):
                yield Field(f"{prefix}command", show(value.get("command")), here.written, spot.part)
            else:
                yield Field(prefix + key, show(value), here.written, spot.part)

    return read


def _volume(spot: _Spot) -> Iterator[Field]:
    if not isinstance(spot.value, dict) or not isinstance(spot.value.get("name"), str):
        return
    names = {"persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"), "configMap": ("ConfigMap", "name"),
             "secret": ("Secret", "secretName")}  # fmt: skip
    for key, value in spot.value.items():
        if key == "name":
            continue
        kind, field = names.get(key, (key, ""))
        name = value.get(field) if isinstance(value, dict) else None
        where = f"{kind}/{show(name)}" if name else kind
        yield Field(f"{_P.VOLUME}{spot.value['name']}", where, (*spot.written, key))


def _mount(spot: _Spot) -> Iterator[Field]:
    if isinstance(spot.value, dict) and spot.value.get("mountPath"):
        name = show(spot.value.get("name"))
        yield Field(f"{_P.MOUNT}{name}", show(spot.value["mountPath"]), (*spot.written, "mountPath"), spot.part)


def _target(spot: _Spot) -> Iterator[Field]:
    if isinstance(spot.value, dict) and spot.value.get("name"):
        kind = spot.value.get("kind")
        name = show(spot.value["name"])
        yield Field(_A.TARGET, f"{kind}/{name}" if kind else name, (*spot.written, "name"))


def _metric(spot: _Spot) -> Iterator[Field]:
    resource = spot.value.get("resource") if isinstance(spot.value, dict) else None
    target = resource.get("target") if isinstance(resource, dict) else None
    if not isinstance(resource, dict) or not isinstance(target, dict):
        return
    for field in ("averageUtilization", "averageValue", "value"):
        if field in target:
            route = (*spot.written, "resource", "target", field)
            yield Field(f"{_P.METRIC}{show(resource.get('name'))}", show(target[field]), route)


def _ingress_path(spot: _Spot) -> Iterator[Field]:
    if not isinstance(spot.value, dict):
        return
    path = show(spot.value.get("path")) if spot.value.get("path") else ""
    for key, attribute in (("path", _A.PATH), ("pathType", _A.PATH_TYPE)):
        if spot.value.get(key) is not None:
            part = path if attribute == _A.PATH_TYPE else ""
            yield Field(attribute, show(spot.value[key]), (*spot.written, key), part)
    backend = spot.value.get("backend")
    service = backend.get("service") if isinstance(backend, dict) else None
    if isinstance(service, dict):
        route = (*spot.written, "backend", "service")
        if service.get("name") is not None:
            yield Field(_A.BACKEND_SERVICE, show(service["name"]), (*route, "name"), path)
        port = service.get("port")
        for field, value in port.items() if isinstance(port, dict) else ():
            yield Field(_A.BACKEND_PORT, show(value), (*route, "port", field), path)


def _tls(spot: _Spot) -> Iterator[Field]:
    if isinstance(spot.value, dict) and spot.value.get("secretName"):
        yield Field(_A.TLS, show(spot.value["secretName"]), (*spot.written, "secretName"))


_EVERY: Mapping[Route, _Reader] = {
    ("apiVersion",): _ignored,
    ("kind",): _ignored,
    ("status",): _ignored,
    ("metadata", "name"): _as(_A.NAME),
    ("metadata", "namespace"): _as(_A.NAMESPACE),
    ("metadata", "labels"): _each(_P.LABEL),
    ("metadata", "annotations"): _each(_P.ANNOTATION),
}
_WORKLOAD: Mapping[Route, _Reader] = {
    ("spec", "replicas"): _as(_A.REPLICAS),
    ("spec", "selector", "matchLabels"): _selector,
    ("spec", "strategy"): lambda spot: _strategy(spot),
    ("spec", "serviceName"): _as(_A.SERVICE_NAME),
    ("spec", "schedule"): _as(_A.SCHEDULE),
}
_IN_POD: Mapping[Route, _Reader] = {
    ("metadata", "labels"): _each(_P.POD_LABEL),
    ("metadata", "name"): _ignored,
    ("spec", "serviceAccountName"): _as(_A.SERVICE_ACCOUNT),
    ("spec", "restartPolicy"): _as(_A.RESTART_POLICY),
    ("spec", "securityContext"): _each(_P.SECURITY_CONTEXT),
    ("spec", "volumes", "*"): _volume,
    ("spec", "containers", "*", "name"): _ignored,
    ("spec", "containers", "*", "image"): _image,
    ("spec", "containers", "*", "imagePullPolicy"): _as(_A.IMAGE_PULL_POLICY),
    ("spec", "containers", "*", "ports", "*", "containerPort"): _as(_A.CONTAINER_PORT),
    ("spec", "containers", "*", "ports", "*", "name"): _ignored,
    ("spec", "containers", "*", "ports", "*", "protocol"): _ignored,
    ("spec", "containers", "*", "env", "*"): _variable,
    ("spec", "containers", "*", "envFrom"): _sources,
    ("spec", "containers", "*", "resources"): _each("resources."),
    ("spec", "containers", "*", "livenessProbe"): _probe(_P.LIVENESS),
    ("spec", "containers", "*", "readinessProbe"): _probe(_P.READINESS),
    ("spec", "containers", "*", "startupProbe"): _probe(_P.STARTUP),
    ("spec", "containers", "*", "securityContext"): _each(_P.SECURITY_CONTEXT),
    ("spec", "containers", "*", "volumeMounts", "*"): _mount,
    ("spec", "containers", "*", "command"): lambda spot: iter(
        [Field(_A.COMMAND, show(spot.value), spot.written, spot.part)]
    ),
}
_STORAGE: Mapping[Route, _Reader] = {
    ("spec", "accessModes"): _as(_A.ACCESS_MODE),
    ("spec", "storageClassName"): _as(_A.STORAGE_CLASS),
}
_KINDS: Mapping[str, Mapping[Route, _Reader]] = {
    Kind.SERVICE: {
        ("spec", "type"): _as(_A.TYPE),
        ("spec", "selector"): _selector,
        ("spec", "clusterIP"): _as(_A.CLUSTER_IP),
        ("spec", "ports", "*", "port"): _as(_A.PORT),
        ("spec", "ports", "*", "targetPort"): _as(_A.TARGET_PORT),
        ("spec", "ports", "*", "nodePort"): _as(_A.NODE_PORT),
        ("spec", "ports", "*", "protocol"): _as(_A.PROTOCOL),
        ("spec", "ports", "*", "name"): _ignored,
    },
    Kind.CONFIG_MAP: {("data",): _each(_P.DATA)},
    Kind.SECRET: {("data",): _secret_keys, ("stringData",): _secret_keys, ("type",): _as(_A.TYPE)},
    Kind.PERSISTENT_VOLUME_CLAIM: {**_STORAGE, ("spec", "resources", "requests", "storage"): _as(_A.SIZE)},
    Kind.PERSISTENT_VOLUME: {**_STORAGE, ("spec", "capacity", "storage"): _as(_A.SIZE)},
    Kind.INGRESS: {
        ("spec", "ingressClassName"): _as(_A.INGRESS_CLASS),
        ("spec", "rules", "*", "host"): _as(_A.HOST),
        ("spec", "rules", "*", "http", "paths", "*"): _ingress_path,
        ("spec", "tls", "*"): _tls,
    },
    Kind.HORIZONTAL_POD_AUTOSCALER: {
        ("spec", "minReplicas"): _as(_A.MIN_REPLICAS),
        ("spec", "maxReplicas"): _as(_A.MAX_REPLICAS),
        ("spec", "scaleTargetRef"): _target,
        ("spec", "metrics", "*"): _metric,
        ("spec", "targetCPUUtilizationPercentage"): _as(f"{_P.METRIC}cpu"),
    },
    Kind.POD_DISRUPTION_BUDGET: {
        ("spec", "minAvailable"): _as(_A.MIN_AVAILABLE),
        ("spec", "maxUnavailable"): _as(_A.MAX_UNAVAILABLE),
        ("spec", "selector", "matchLabels"): _selector,
    },
}


def _strategy(spot: _Spot) -> Iterator[Field]:
    value = {"type": spot.value} if isinstance(spot.value, str) else spot.value
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key == "type":
            written = spot.written if isinstance(spot.value, str) else (*spot.written, key)
            yield Field(_A.STRATEGY, show(inner), written)
        else:
            for field in _each("")(spot.below(key, inner)):
                yield Field(f"spec.strategy.{key}.{field.attribute}", field.value, field.route)


def _reader(kind: str, route: Route) -> _Reader | None:
    """What reads the value at a route of a resource, if it is not just walked through."""
    if kind in WORKLOADS:
        pod = pod_route_of(kind) or ()
        if (pod and route[: len(pod)] == pod) or not pod:
            found = _matching(_IN_POD, route[len(pod) :])
            if found and not (kind == Kind.POD and route[0] == "metadata"):
                return found
        if found := _matching(_WORKLOAD, route):
            return found
    return _matching(_KINDS.get(kind, {}), route) or _matching(_EVERY, route)


def _matching(readers: Mapping[Route, _Reader], route: Route) -> _Reader | None:
    if route in readers:
        return readers[route]
    starred = tuple("*" if isinstance(step, int) else step for step in route)
    return readers.get(starred)
