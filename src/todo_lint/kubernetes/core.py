"""ConfigMaps, Secrets, Namespaces, Nodes and RuntimeClasses.

Source: https://kubernetes.io/docs/concepts/configuration/configmap/,
https://kubernetes.io/docs/concepts/configuration/secret/#secret-types and the reference of each kind.
"""

from __future__ import annotations

import json
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.formats import wrong_cidr, wrong_config_key
from todo_lint.kubernetes.metadata import check_labels
from todo_lint.kubernetes.names import length, wrong_qualified_name
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.resources import check_resources
from todo_lint.kubernetes.words import quoted

_LARGEST = 1024 * 1024
_SSH = "kubernetes.io/ssh-auth"
_TYPES: dict[str, tuple[str, ...]] = {
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    _SSH: ("ssh-privatekey",),
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
}
_JSON_KEYS = (".dockercfg", ".dockerconfigjson")


@check("core.ConfigMap")
def check_config_map(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the keys and the size of a ConfigMap."""
    data, binary = value.get("data", {}), value.get("binaryData", {})
    _keys(data, "data", report)
    _keys(binary, "binaryData", report)
    for key in data:
        if key in binary:
            report.add("duplicate-value", ("binaryData", MapKey(key)), f"the key {quoted(key)} is in data, too")
            report.blame(len(report.problems) - 1, ("data", MapKey(key)))
    size = sum(length(text) for text in data.values()) + sum(len(text) * 3 // 4 for text in binary.values())
    _size(size, report)


@check("core.Secret")
def check_secret(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the keys, the size and the type of a Secret. No message holds a value."""
    data, plain = value.get("data", {}), value.get("stringData", {})
    _keys({**data, **plain}, "data", report, inside=dict.fromkeys(plain, "stringData"))
    _size(sum(len(text) * 3 // 4 for text in data.values()) + sum(length(text) for text in plain.values()), report)
    kind = value.get("type", "")
    for key in _TYPES.get(kind, ()):
        if (key not in data and key not in plain) or (
            kind == _SSH and not (plain.get(key) if key in plain else data.get(key))
        ):
            report.missing(("data", MapKey(key)), f"a Secret of the type {kind} needs it")
        elif key in _JSON_KEYS and not _is_json(data.get(key), plain.get(key)):
            report.invalid(("data", MapKey(key)), f"{key} is no JSON object")
    if kind == "kubernetes.io/basic-auth" and not {"username", "password"} & (data.keys() | plain.keys()):
        # the server reports both; whichever is given mends it, so it is one finding
        report.missing(("data", MapKey("username")), f"a Secret of the type {kind} needs it, or password")
    if kind == "kubernetes.io/service-account-token":
        name = "kubernetes.io/service-account.name"
        if not (value.get("metadata") or {}).get("annotations", {}).get(name):
            report.missing(("metadata", "annotations", MapKey(name)), f"a Secret of the type {kind} needs it")


def _is_json(encoded: str | None, plain: str | None) -> bool:
    """Say whether the value of a key is a JSON object (or null, which stands for an empty one)."""
    import base64

    try:
        text = plain if plain is not None else base64.b64decode(encoded or "").decode("utf-8", "replace")
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return found is None or isinstance(found, dict)


def _refuse(constant: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(constant)


def _keys(data: dict[str, Any], name: str, report: Report, inside: dict[str, str] | None = None) -> None:
    for key in data:
        wrong = wrong_config_key(key)
        if wrong:
            where = (inside or {}).get(key, name)
            report.add("invalid-name", (where, MapKey(key)), f"the key {quoted(key)}: {wrong}")
            report.blame(len(report.problems) - 1, (name, MapKey(key)))


def _size(size: int, report: Report) -> None:
    if size > _LARGEST:
        report.add("too-large", ("data",), f"data has {size} bytes, at most {_LARGEST} are allowed")
        report.blame(len(report.problems) - 1, () if report.kind == "ConfigMap" else ("data",))


@check("core.NamespaceSpec")
def check_namespace(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the finalizers of a namespace."""
    for number, name in enumerate(value.get("finalizers", ())):
        wrong = wrong_qualified_name(name)
        if not wrong and "/" not in name and name != "kubernetes":
            wrong = "it is neither a standard finalizer nor has it a prefix"
        if wrong:
            report.name((*route, "finalizers", number), name, wrong)
            report.blame(len(report.problems) - 1, route, "finalizers")


@check("apps.ControllerRevision")
def check_revision(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a revision holds an object."""
    data = value.get("data")
    if not isinstance(data, dict):
        report.missing(("data",), "a mapping is needed")


@check("core.NodeSpec")
def check_node(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the blocks of pod addresses of a node."""
    first, cidrs = value.get("podCIDR"), value.get("podCIDRs", [])
    for number, cidr in enumerate([first, *cidrs[1:]] if first else cidrs):
        if wrong_cidr(cidr, strict=report.strict_addresses):
            report.invalid(
                (*route, "podCIDRs", number), f"{quoted(cidr)}: {wrong_cidr(cidr, strict=report.strict_addresses)}"
            )
    families = [":" in cidr for cidr in cidrs]
    if len(set(families)) < len(families) and not any(map(wrong_cidr, cidrs)):
        report.invalid((*route, "podCIDRs"), "podCIDRs may hold one block of addresses of each IP family")
    _taints(value.get("taints", []), route, report)


def _taints(taints: list[dict[str, Any]], route: Route, report: Report) -> None:
    """Check that no two taints have the same key and effect; a server blames them as if they were in the metadata."""
    seen = set()
    for number, taint in enumerate(taints):
        key = (taint.get("key"), taint.get("effect"))
        if key in seen:
            report.duplicate((*route, "taints", number), f"{key[0]}:{key[1]}")
            report.blame(len(report.problems) - 1, "metadata", "taints", number)
        seen.add(key)


@check("node.RuntimeClass")
def check_runtime_class(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the overhead and the node selector of a RuntimeClass."""
    amounts = (value.get("overhead") or {}).get("podFixed", {})
    count = len(report.problems)
    check_resources(amounts, ("overhead", "podFixed"), report)
    for number in range(count, len(report.problems)):
        report.blame_one(number, ("overhead", "limits", report.problems[number].route[-1]))
    scheduling = value.get("scheduling") or {}
    tolerations = scheduling.get("tolerations", [])
    for number, toleration in enumerate(tolerations):
        if toleration in tolerations[:number]:
            report.duplicate(("scheduling", "tolerations", number), toleration)
    if "nodeSelector" in scheduling:
        check_labels(scheduling["nodeSelector"], ("scheduling", "nodeSelector"), report)
