"""Writes schemas/data-model.json: which attributes each kind has in a plain data model, and what their values are.

    python docs/generate_data_model_schema.py [--check]

With --check nothing is written: the exit code is 1 when the file is missing or stale.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Modality, Prefix

TARGET = Path(__file__).resolve().parent.parent / "schemas/data-model.json"
Schema = dict[str, Any]
WIDTH = 110
A, P = Attribute, Prefix

FILLED_IN = {"type": "string", "pattern": r"\{[A-Za-z{][^}]*\}|<[A-Za-z][^>]*>|\[[a-z][^\]]*\]|\.\.\."}
"""Parts of a value may be placeholders."""


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _one_of(*words: str) -> Schema:
    return {"enum": list(words)}


_COUNT = ({"type": "integer", "minimum": 0}, _text("[0-9]+"))
_PORT = (
    {"type": "integer", "minimum": 1, "maximum": 65535},
    _text("[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"),
)
_PORT_NAME = _text("[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")
_QUANTITY = ({"type": "number", "minimum": 0}, _text("[0-9]+(?:[.][0-9]+)?(?:m|k|[KMGTPE]i|[MGTPE]|[eE][0-9]+)?"))
_NAME = "[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?"
_IMAGE = "[a-z0-9][a-zA-Z0-9_./:@-]*"
_MODES = ("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod", "RWO", "ROX", "RWX", "RWOP")
_SOURCE = f"(?:ConfigMap|Secret)(?:/{_NAME}(?::[a-zA-Z0-9._-]+)?)?"

TYPES: dict[str, tuple[str, tuple[Schema, ...]]] = {
    "text": ("a text or a number", ({"type": ["string", "number", "boolean"]},)),
    "textOrNothing": ("a text or a number, or nothing", ({"type": ["string", "number", "boolean", "null"]},)),
    "nothing": ("nothing", ({"type": "null"}, {"const": ""})),
    "name": ("a name as Kubernetes has them: small letters, digits, '-' and '.'", (_text(_NAME),)),
    "count": ("a whole number", _COUNT),
    "countOrPercent": ("a whole number or a percentage", (*_COUNT, _text("[0-9]{1,3}%"))),
    "port": ("a port: 1 to 65535", _PORT),
    "portOrName": ("a port: 1 to 65535, or the name of one", (_PORT[0], _PORT_NAME)),
    "quantity": ("a quantity such as 500m or 1Gi", _QUANTITY),
    "metric": ("a utilisation in percent, or a quantity", (*_QUANTITY, _text("[0-9]{1,3} ?%"))),
    "truth": ("true or false", ({"type": "boolean"}, _one_of("true", "false"))),
    "path": ("a path that begins with /", (_text(r"/\S*"),)),
    "image": ("an image such as shop/web:1.4", (_text(_IMAGE),)),
    "selector": ("labels such as app=web,tier=front", (_text(r"[^=,\s]+=[^=,]*(?:,[^=,\s]+=[^=,]*)*"),)),
    "source": ("ConfigMap or Secret, with /NAME or /NAME:KEY", (_text(_SOURCE),)),
    "sources": ("ConfigMap or Secret, each with /NAME, separated by commas", (_text(f"{_SOURCE}(?:,{_SOURCE})*"),)),
    "host": ("the name of a host", (_text(r"(?:\*\.)?[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?"),)),
    "tls": ("true, false or the name of a Secret", ({"type": "boolean"}, _text(_NAME))),
    "target": ("a name, or KIND/NAME", (_text(f"(?:[A-Z][a-zA-Z]+/)?{_NAME}"),)),
    "schedule": ("a schedule: five fields, or such as @daily", (_text(r"@\w+(?: \S+)?|(?:TZ=\S+ )?\S+(?: \S+){4}"),)),
    "clusterIP": ("None, or an IP address", (_text("None|[0-9]+(?:[.][0-9]+){3}|[0-9a-f:]*:[0-9a-f:]*"),)),
    "serviceType": ("a type of Service", (_one_of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),)),
    "protocol": ("a protocol", (_one_of("TCP", "UDP", "SCTP"),)),
    "pullPolicy": ("a policy for pulling images", (_one_of("Always", "IfNotPresent", "Never"),)),
    "restartPolicy": ("a restart policy", (_one_of("Always", "OnFailure", "Never"),)),
    "strategy": ("a strategy", (_one_of("RollingUpdate", "Recreate", "OnDelete"),)),
    "pathType": ("a type of path", (_one_of("Prefix", "Exact", "ImplementationSpecific"),)),
    "accessMode": ("an access mode", (_one_of(*_MODES),)),
    "chartType": ("a type of chart", (_one_of("application", "library"),)),
    "chartVersion": ("a semantic version", (_text(r"v?[0-9]+[.][0-9]+[.][0-9]+\S*"),)),
    "chartAPI": ("v1 or v2", (_one_of("v1", "v2"),)),
}
"""The types of values: what is said of one that does not have it, and the schemas of which one must fit."""

_ANY_KEY = r".+"
_PROBE = {
    "path": "path", "port": "portOrName", "host": "text", "scheme": "text", "type": "text", "command": "text",
    "service": "text", "exists": "nothing", "httpHeaders.*": "text", "initialDelaySeconds": "count",
    "periodSeconds": "count", "timeoutSeconds": "count", "failureThreshold": "count", "successThreshold": "count",
    "terminationGracePeriodSeconds": "count",
}  # fmt: skip
_SECURITY = {
    "runAsUser": "count", "runAsGroup": "count", "fsGroup": "count", "runAsNonRoot": "truth", "privileged": "truth",
    "readOnlyRootFilesystem": "truth", "allowPrivilegeEscalation": "truth", "capabilities.*": "text",
    "seccompProfile.*": "text", "seLinuxOptions.*": "text", "appArmorProfile.*": "text", "windowsOptions.*": "text",
    "fsGroupChangePolicy": "text", "supplementalGroups": "text", "supplementalGroupsPolicy": "text",
    "sysctls": "text", "procMount": "text", "seLinuxChangePolicy": "text",
}  # fmt: skip
_COMMON = {
    A.NAME: "name", A.EXISTS: "nothing", A.NAMESPACE: "name", A.API_VERSION: "text", f"{P.LABEL}*": "text",
    f"{P.ANNOTATION}*": "text", f"{P.SPEC}*": "text", "metadata.*": "text",
}  # fmt: skip
_WORKLOAD = {
    A.REPLICAS: "count", A.IMAGE: "image", A.IMAGE_REPOSITORY: "image", A.IMAGE_TAG: "text",
    A.IMAGE_PULL_POLICY: "pullPolicy", A.CONTAINER_PORT: "port", "resources.requests.*": "quantity",
    "resources.limits.*": "quantity", A.ENV_FROM: "sources", A.SERVICE_ACCOUNT: "name",
    A.RESTART_POLICY: "restartPolicy", A.STRATEGY: "strategy", A.COMMAND: "text", A.SERVICE_NAME: "name",
    A.SCHEDULE: "schedule", A.SELECTOR: "selector", f"{P.ENV}*": "textOrNothing", f"{P.ENV_SOURCE}*": "source",
    f"{P.POD_LABEL}*": "text", f"{P.VOLUME}*": "text", f"{P.MOUNT}*": "path", P.MOUNT: "path", P.VOLUME: "text",
    **{f"{p}{field}": of for p in (P.LIVENESS, P.READINESS, P.STARTUP, P.PROBE) for field, of in _PROBE.items()},
    **{f"{P.SECURITY_CONTEXT}{field}": of for field, of in _SECURITY.items()},
    A.SIZE: "quantity", A.ACCESS_MODE: "accessMode", A.STORAGE_CLASS: "name",
}  # fmt: skip
_STORAGE = {A.SIZE: "quantity", A.ACCESS_MODE: "accessMode", A.STORAGE_CLASS: "name", A.TYPE: "text"}


def _parts(*fields: str) -> dict[str, str]:
    """Fields that a kind has beside its spec, and what is below them."""
    return {name: "text" for field in fields for name in (field, f"{field}.*", f"{field}[*")}


_CHART = {
    A.NAME: "name", A.EXISTS: "nothing", A.VERSION: "chartVersion", A.APP_VERSION: "text", A.KUBE_VERSION: "text",
    A.API_VERSION: "chartAPI",
    A.TYPE: "chartType", A.DESCRIPTION: "text", f"{P.DEPENDENCY}*": "textOrNothing",
}  # fmt: skip
WORKLOAD = "workload"
"""What all kinds that run containers have."""
KINDS: dict[str, dict[str, str]] = {
    Kind.IMAGE: {
        A.NAME: "image", A.EXISTS: "nothing", A.BASE: "text", A.RUNTIME: "text", A.DEPENDENCIES: "text",
        A.CONTAINER_PORT: "port", A.IMAGE_TAG: "text", A.IMAGE_PULL_POLICY: "pullPolicy",
    },
    WORKLOAD: _COMMON | _WORKLOAD,
    Kind.SERVICE: _COMMON | {
        A.TYPE: "serviceType", A.PORT: "port", A.TARGET_PORT: "portOrName", A.NODE_PORT: "port",
        A.PROTOCOL: "protocol", A.SELECTOR: "selector", A.CLUSTER_IP: "clusterIP",
    },
    Kind.INGRESS: _COMMON | {
        A.HOST: "host", A.PATH: "path", A.PATH_TYPE: "pathType", A.BACKEND_SERVICE: "name",
        A.BACKEND_PORT: "portOrName", A.INGRESS_CLASS: "name", A.TLS: "tls",
    },
    Kind.CONFIG_MAP: _COMMON | {f"{P.DATA}*": "textOrNothing"} | _parts("binaryData", "immutable"),
    Kind.SECRET: _COMMON | {f"{P.DATA}*": "textOrNothing", A.TYPE: "text"} | _parts("immutable"),
    Kind.PERSISTENT_VOLUME_CLAIM: _COMMON | _STORAGE,
    Kind.PERSISTENT_VOLUME: _COMMON | _STORAGE,
    Kind.STORAGE_CLASS: _COMMON | _parts(
        "provisioner", "parameters", "reclaimPolicy", "volumeBindingMode", "allowVolumeExpansion", "mountOptions",
        "allowedTopologies",
    ),
    Kind.HORIZONTAL_POD_AUTOSCALER: _COMMON | {
        A.MIN_REPLICAS: "count", A.MAX_REPLICAS: "count", A.TARGET: "target", f"{P.METRIC}*": "metric",
    },
    Kind.POD_DISRUPTION_BUDGET: _COMMON | {
        A.MIN_AVAILABLE: "countOrPercent", A.MAX_UNAVAILABLE: "countOrPercent", A.SELECTOR: "selector",
    },
    Kind.NETWORK_POLICY: _COMMON | {A.SELECTOR: "selector"},
    Kind.NAMESPACE: _COMMON,
    Kind.SERVICE_ACCOUNT: _COMMON | _parts("secrets", "imagePullSecrets", "automountServiceAccountToken"),
    Kind.ROLE: _COMMON | _parts("rules"),
    Kind.CLUSTER_ROLE: _COMMON | _parts("rules", "aggregationRule"),
    Kind.ROLE_BINDING: _COMMON | _parts("subjects", "roleRef"),
    Kind.CLUSTER_ROLE_BINDING: _COMMON | _parts("subjects", "roleRef"),
    Kind.RESOURCE_QUOTA: _COMMON,
    Kind.LIMIT_RANGE: _COMMON,
    Kind.CHART: _CHART,
    Kind.NETWORK: {
        A.EXISTS: "nothing", A.EXTERNAL_ACCESS: "serviceType", A.DNS: "text", A.LOAD_BALANCING: "text",
    },
    Kind.SECURITY: {A.EXISTS: "nothing", A.SENSITIVE_DATA: "text"},
}  # fmt: skip
"""The attributes of each kind, ``*`` for whatever follows. Values have any key, and kinds that are not here any
attribute."""


def _facts(attributes: dict[str, str]) -> Schema:
    exact = {str(name): _of(of) for name, of in attributes.items() if not name.endswith("*")}
    open_ = {
        f"^{re.escape(name.removesuffix('*'))}{_ANY_KEY}$": _of(of)
        for name, of in attributes.items()
        if name.endswith("*")
    }
    return {"type": "object", "properties": exact, "patternProperties": open_, "additionalProperties": False}


def _of(of: str) -> Schema:
    return {"$ref": f"#/$defs/{of}"}


def _typed(name: str, what: str, schemas: tuple[Schema, ...]) -> Iterator[tuple[str, Schema]]:
    """A value of a type: alone, with what is said about it, or several of them."""
    alone = {"$ref": f"#/$defs/one-{name}"}
    parts = {"value": alone, "oneOf": {"items": alone}, "atLeast": alone, "atMost": alone}
    said = {"type": "object", "properties": parts}
    yield name, {"description": what, "anyOf": [alone, said, {"type": "array", "items": {"anyOf": [alone, said]}}]}
    yield f"one-{name}", {"anyOf": [*schemas, FILLED_IN]}


def _entity() -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind"],
        "properties": {
            "kind": {
                "type": "string",
                "pattern": "^[A-Z][A-Za-z0-9]*$",
                "description": "A kind of Kubernetes, or Image, Chart, Values, Network or Security.",
            },
            "name": {
                "type": "string",
                "description": "Its metadata.name; the repository of an image; a file of values.",
            },
            "modality": {"$ref": "#/$defs/modality"},
            "environment": {
                "type": "string",
                "description": "Where it exists, if not everywhere: production, say.",
            },
            "facts": {
                "type": "object",
                "description": "Attributes as todo-lint model prints them, or dotted keys of the values.",
                "propertyNames": {"minLength": 1},
                "additionalProperties": {
                    "if": {"type": "array"},
                    "then": {"minItems": 1, "items": {"$ref": "#/$defs/fact"}},
                    "else": {"$ref": "#/$defs/fact"},
                },
            },
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"enum": list(map(str, WORKLOADS if kind == WORKLOAD else [kind]))}}},
                "then": {"properties": {"facts": {"$ref": f"#/$defs/{kind}"}}},
            }
            for kind in KINDS
        ],
    }


def _fact() -> Schema:
    scalar = {"$ref": "#/$defs/scalar"}
    return {
        "description": "A value; or a value with what is said about it.",
        "type": ["string", "number", "boolean", "null", "object"],
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "value": scalar,
            "oneOf": {"type": "array", "minItems": 2, "items": scalar},
            "atLeast": scalar,
            "atMost": scalar,
            "modality": {"$ref": "#/$defs/modality"},
            "environment": {"type": "string"},
            "part": {"type": "string", "description": "The container, port or path that is meant."},
        },
    }


def schema() -> Schema:
    """The whole schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A data model of todo-lint without prose",
        "description": "What a team states of its application on Kubernetes. It may be written in YAML or JSON.",
        "type": "object",
        "additionalProperties": False,
        "required": ["entities"],
        "properties": {
            "$schema": {"type": "string"},
            "version": {"const": 1, "description": "The version of this format."},
            "entities": {"type": "array", "items": {"$ref": "#/$defs/entity"}},
        },
        "$defs": {
            "entity": _entity(),
            "fact": _fact(),
            "scalar": {"type": ["string", "number", "boolean", "null"]},
            "modality": {"enum": [modality.value for modality in reversed(Modality)]},
            **{str(kind): _facts(attributes) for kind, attributes in KINDS.items()},
            **dict(part for name, (what, schemas) in TYPES.items() for part in _typed(name, what, schemas)),
        },
    }


def _written(value: object, indent: str = "") -> str:
    """JSON in which what fits on a line stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) < WIDTH or not isinstance(value, (dict, list)):
        return line
    inner = f"{indent}  "
    if isinstance(value, list):
        parts, edges = [_written(part, inner) for part in value], "[]"
    else:
        parts, edges = [f"{json.dumps(key)}: {_written(part, inner)}" for key, part in value.items()], "{}"
    return f"{edges[0]}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{edges[1]}"


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` compare it; return the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    text = _written(schema()) + "\n"
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'stale' if check else 'written'}: schemas/{TARGET.name}")
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    return int(check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
