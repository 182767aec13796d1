"""Fields under the names that a server gives them when it refuses an object, where these are not the object's own.

Messages of a server are made from its internal types, in which some fields are called otherwise or stand elsewhere.
Source: the behaviour of kube-apiserver 1.37.
"""

from __future__ import annotations

from typing import Any

from todo_lint.patterns import pattern

_NUMBER = r"\[\d+\]"
_RENAMED: dict[str, tuple[tuple[Any, str], ...]] = {
    "": (
        (pattern(rf"(\.projected)\.sources{_NUMBER}\.serviceAccountToken\.path$"), r"\1.path"),
        (pattern(rf"(\.downwardAPI)\.items{_NUMBER}"), r"\1"),
        (pattern(r"\.gcePersistentDisk\."), ".persistentDisk."),
        (pattern(rf"(\.volumeMounts){_NUMBER}\.(mountPropagation|recursiveReadOnly)$"), r"\1.\2"),
        (pattern(rf"(Affinity\.\w+{_NUMBER}(?:\.podAffinityTerm)?\.namespace)s{_NUMBER}$"), r"\1"),
    ),
    "Node": ((pattern(r"^spec\.taints"), "metadata.taints"),),
    "CustomResourceDefinition": (
        (pattern(r"^spec\.conversion\.webhook\.clientConfig"), "spec.conversion.webhookClientConfig"),
        (pattern(rf"(additionalPrinterColumns{_NUMBER})\.jsonPath"), r"\1.JSONPath"),
    ),
}
_SPOTS = ("projected", "downwardAPI", "gcePersistentDisk", "namespaces[", "volumeMounts[")
_SUB_PATH = pattern(rf"(\.volumeMounts){_NUMBER}\.(subPath|subPathExpr)$")
_VOLUME = pattern(r"^spec\.template\.spec\.volumes\[(\d+)\]")


def server_field(rule: str, field: str, root: dict[str, Any]) -> str:
    """Return the field that a server blames for what is wrong, by a rule, at a field of the object ``root``."""
    if rule == "unsupported-value" and field.endswith(".os.name"):
        field = field.removesuffix(".name")
    if rule == "invalid-path":
        field = _SUB_PATH.sub(r"\1.\2", field)
    kind = root.get("kind", "")
    renamed = _RENAMED.get(kind, ()) if isinstance(kind, str) else ()
    if any(spot in field for spot in _SPOTS):
        renamed = (*renamed, *_RENAMED[""])
    for old, new in renamed:
        field = old.sub(new, field)
    return _shifted(field, root) if kind == "StatefulSet" else field


def _shifted(field: str, root: dict[str, Any]) -> str:
    """A StatefulSet's own volumes come after those that its claim templates make."""
    found = _VOLUME.match(field)
    if found is None:
        return field
    templates = (root.get("spec") or {}).get("volumeClaimTemplates") or ()
    number = int(found[1]) + len(templates)
    return f"spec.template.spec.volumes[{number}]{field[found.end() :]}"
