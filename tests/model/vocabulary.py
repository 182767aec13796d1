"""All kinds and attributes that models are printed with: how words call each, where manifests have it, and values."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

Route = tuple[str | int, ...]
Values = st.SearchStrategy[str]

NAMES = st.from_regex(r"[a-z]{2,6}-[a-z0-9]{1,5}(-[a-z]{2,4})?", fullmatch=True).filter(
    lambda name: name not in ("config-map", "cron-job", "daemon-set", "stateful-set", "helm-chart")
)
PORT = st.integers(1, 65535).map(str)
COUNT = st.integers(1, 99).map(str)
CPU = st.sampled_from(["100m", "0.5", "2", "250m"])
MEMORY = st.sampled_from(["64Mi", "1Gi", "512M", "2Gi"])
LABEL = st.from_regex(r"[a-z]{1,6}=[a-z0-9]{1,6}", fullmatch=True)
WORD = st.from_regex(r"[a-z]{2,6}x[0-9]?", fullmatch=True)
"""No word for nothing (*na*), a type, or what the cluster chooses (*auto*)."""
TRUTH = st.sampled_from(["true", "false"])
PATH = st.from_regex(r"/[a-z]{1,6}", fullmatch=True)
LABELS = st.lists(LABEL, min_size=1, max_size=2, unique_by=lambda pair: pair.split("=")[0]).map(",".join)


@dataclass(frozen=True)
class Known:
    """An attribute: what words call it (empty: by itself), where a manifest has it (None: nowhere), its values.

    A route through a pod begins with ``pod``. ``leaf`` is what stands there in YAML, with ``{}`` for the value,
    ``said`` how words write the value.
    """

    word: str
    route: Route | None
    values: Values
    leaf: str = "{}"
    said: str = "{}"


_C: Route = ("pod", "spec", "containers", 0)


def _probe(name: str, probe: str) -> dict[str, Known]:
    field, here = f"{probe}Probe.", (*_C, f"{probe}Probe")
    get: Route = (*here, "httpGet")
    return {
        f"{field}path": Known(f"{name} Path", (*get, "path"), PATH),
        f"{field}port": Known(f"{name} Port", (*get, "port"), PORT),
        f"{field}initialDelaySeconds": Known(f"{name} Initial Delay", (*here, "initialDelaySeconds"), COUNT),
        f"{field}periodSeconds": Known(f"{name} Period", (*here, "periodSeconds"), COUNT),
        f"{field}timeoutSeconds": Known(f"{name} Timeout", (*here, "timeoutSeconds"), COUNT),
        f"{field}failureThreshold": Known(f"{name} Failure Threshold", (*here, "failureThreshold"), COUNT),
        f"{field}command": Known(f"{name} Command", None, WORD, said="`{}`"),
    }


def _any_probe() -> dict[str, Known]:
    """Of some probe: no manifest says that."""
    return {
        "probe.path": Known("Health Check Path", None, PATH),
        "probe.port": Known("Health Check Port", None, PORT),
    }


def _security(words: str, field: str, values: Values, place: Route = _C) -> dict[str, Known]:
    return {f"securityContext.{field}": Known(words, (*place, "securityContext", field), values)}


def _budget(which: str, words: str) -> dict[str, Known]:
    return {
        f"resources.{which}.{what}": Known(f"{name} {words}", (*_C, "resources", which, what), values)
        for what, name, values in (("cpu", "CPU", CPU), ("memory", "Memory", MEMORY))
    }


NAMESPACE = {"namespace": Known("Namespace", ("metadata", "namespace"), NAMES)}
METADATA = {
    **NAMESPACE,
    "labels.app": Known("", ("metadata", "labels", "app"), WORD),
    "annotations.team": Known("", ("metadata", "annotations", "team"), WORD),
}
CONTAINER = {
    **METADATA,
    "image": Known(
        "Container Image",
        (*_C, "image"),
        st.from_regex(r"[a-z]{2,6}(/[a-z]{2,6})?:[a-z0-9.]{0,4}[a-z0-9]", fullmatch=True),
    ),
    "imagePullPolicy": Known(
        "Image Pull Policy", (*_C, "imagePullPolicy"), st.sampled_from(["Always", "IfNotPresent", "Never"])
    ),
    "containerPort": Known("Container Port", (*_C, "ports", 0, "containerPort"), PORT),
    "command": Known("Command", None, WORD, said="`{}`"),
    **_budget("requests", "Request"),
    **_budget("limits", "Limit"),
    **_probe("Liveness", "liveness"),
    **_probe("Readiness", "readiness"),
    **_probe("Startup", "startup"),
    **_any_probe(),
    "env.LOG_LEVEL": Known("", (*_C, "env", 0, "value"), WORD),
    "envSource.API_KEY": Known("", None, st.sampled_from(["Secret/shop-keys", "ConfigMap/shop-config:api_key"])),
    "env.from": Known("Env From", None, st.sampled_from(["ConfigMap/shop-config", "Secret/shop-keys", "Secret"])),
    "volumes.data": Known(
        "",
        ("pod", "spec", "volumes", 0, "persistentVolumeClaim"),
        NAMES.map("PersistentVolumeClaim/{}".format),
        leaf="{{claimName: {}}}",
    ),
    "volumeMounts.data": Known("", (*_C, "volumeMounts", 0, "mountPath"), PATH),
    "serviceAccountName": Known("Service Account", ("pod", "spec", "serviceAccountName"), NAMES),
    "podLabels.tier": Known("", ("pod", "metadata", "labels", "tier"), WORD),
    **_security("Run As User", "runAsUser", COUNT),
    **_security("Run As Non Root", "runAsNonRoot", TRUTH),
    **_security("Read Only Root Filesystem", "readOnlyRootFilesystem", TRUTH),
    **_security("FS Group", "fsGroup", COUNT, ("pod", "spec")),
}
SELECTOR = {"selector": Known("Selector", ("spec", "selector", "matchLabels"), LABELS)}
STANDING = {**CONTAINER, **SELECTOR, "replicas": Known("Replica Count", ("spec", "replicas"), COUNT)}
RESTART = {
    "restartPolicy": Known(
        "Restart Policy", ("pod", "spec", "restartPolicy"), st.sampled_from(["OnFailure", "Never"])
    ),
}
STORAGE = {
    "accessMode": Known(
        "Access Mode", ("spec", "accessModes", 0), st.sampled_from(["ReadWriteOnce", "ReadWriteMany"])
    ),
    "storageClassName": Known("Storage Class", ("spec", "storageClassName"), NAMES),
}
_INGRESS: Route = ("spec", "rules", 0, "http", "paths", 0)

VOCABULARY: dict[str, dict[str, Known]] = {
    "Deployment": {
        **STANDING,
        "strategy": Known("Strategy", ("spec", "strategy", "type"), st.sampled_from(["Recreate", "RollingUpdate"])),
        "spec.template.spec.hostNetwork": Known("", ("spec", "template", "spec", "hostNetwork"), TRUTH),
    },
    "StatefulSet": {**STANDING, "serviceName": Known("Service Name", ("spec", "serviceName"), NAMES)},
    "DaemonSet": {**CONTAINER, **SELECTOR},
    "Job": {**CONTAINER, **RESTART},
    "CronJob": {
        **CONTAINER,
        **RESTART,
        "schedule": Known(
            "Schedule", ("spec", "schedule"), st.sampled_from(["*/5 * * * *", "@daily", "0 3 * * 1-5"]), leaf='"{}"'
        ),
    },
    "Service": {
        **METADATA,
        "type": Known("Type", ("spec", "type"), st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer"])),
        "port": Known("Port", ("spec", "ports", 0, "port"), PORT),
        "targetPort": Known("Target Port", ("spec", "ports", 0, "targetPort"), PORT),
        "nodePort": Known("Node Port", ("spec", "ports", 0, "nodePort"), st.integers(30000, 32767).map(str)),
        "protocol": Known("Protocol", ("spec", "ports", 0, "protocol"), st.sampled_from(["TCP", "UDP", "SCTP"])),
        "selector": Known("Selector", ("spec", "selector"), LABELS),
        "clusterIP": Known("Cluster IP", ("spec", "clusterIP"), st.sampled_from(["None", "10.0.0.7"])),
    },
    "Ingress": {
        **METADATA,
        "host": Known(
            "Host",
            ("spec", "rules", 0, "host"),
            st.from_regex(r"[a-z]{2,6}\.example\.(com|org)", fullmatch=True),
        ),
        "path": Known("Path", (*_INGRESS, "path"), PATH),
        "pathType": Known("Path Type", (*_INGRESS, "pathType"), st.sampled_from(["Prefix", "Exact"])),
        "backend.service": Known("Backend Service", (*_INGRESS, "backend", "service", "name"), NAMES),
        "backend.port": Known("Backend Port", (*_INGRESS, "backend", "service", "port", "number"), PORT),
        "ingressClassName": Known(
            "Ingress Class", ("spec", "ingressClassName"), st.sampled_from(["nginx", "traefik"])
        ),
        "tls": Known("TLS Secret", ("spec", "tls", 0, "secretName"), NAMES),
    },
    "HorizontalPodAutoscaler": {
        **NAMESPACE,
        "minReplicas": Known("Min Replicas", ("spec", "minReplicas"), COUNT),
        "maxReplicas": Known("Max Replicas", ("spec", "maxReplicas"), COUNT),
        "target": Known("Target", ("spec", "scaleTargetRef", "name"), NAMES),
        "metrics.cpu": Known(
            "Target CPU",
            ("spec", "metrics", 0),
            COUNT,
            leaf="{{type: Resource, resource: {{name: cpu, target: {{type: Utilization, averageUtilization: {}}}}}}}",
        ),
    },
    "PodDisruptionBudget": {
        **SELECTOR,
        "minAvailable": Known("Min Available", ("spec", "minAvailable"), COUNT),
        "maxUnavailable": Known("Max Unavailable", ("spec", "maxUnavailable"), st.sampled_from(["1", "50%"])),
    },
    "PersistentVolumeClaim": {
        **NAMESPACE,
        **STORAGE,
        "size": Known("Size", ("spec", "resources", "requests", "storage"), MEMORY),
    },
    "PersistentVolume": {**STORAGE, "size": Known("Capacity", ("spec", "capacity", "storage"), MEMORY)},
    "ConfigMap": {},
    "Secret": {},
    "Namespace": {},
    "ServiceAccount": METADATA,
    "NetworkPolicy": METADATA,
    "Role": NAMESPACE,
    "RoleBinding": NAMESPACE,
    "ClusterRole": {},
    "ClusterRoleBinding": {},
    "ResourceQuota": NAMESPACE,
    "LimitRange": NAMESPACE,
    "ServiceMonitor": METADATA,
    "HTTPRoute": METADATA,
}
"""The attributes of each kind of resource; keys of ConfigMaps and Secrets are made as they come."""
