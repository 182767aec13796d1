"""What is made outside of a chart: declared in the configuration, or in every cluster anyway."""

from __future__ import annotations

from collections.abc import Iterable

_EVERYWHERE = frozenset(
    (
        ("ServiceAccount", "default"),
        ("ConfigMap", "kube-root-ca.crt"),
        ("Service", "kubernetes"),
        ("Role", "extension-apiserver-authentication-reader"),
        ("ConfigMap", "extension-apiserver-authentication"),
    )
)
_CLUSTER_ROLES = frozenset(("admin", "edit", "view", "cluster-admin"))


class Outside:
    """Answers whether a resource is made outside. ``declared``: ``Kind/name``, where ``*`` stands for anything."""

    def __init__(self, declared: Iterable[str] = ()) -> None:
        self._exact: set[str] = set()
        self._patterns: list[str] = []
        for entry in declared:
            if "*" in entry:
                self._patterns.append(entry)
            else:
                self._exact.add(entry)

    def declared(self, kind: str, name: str) -> bool:
        """Whether the configuration says that the resource is made outside."""
        text = f"{kind}/{name}"
        if text in self._exact:
            return True
        if not self._patterns:
            return False
        from fnmatch import fnmatchcase

        return any(fnmatchcase(text, entry) for entry in self._patterns)

    def has(self, kind: str, name: str) -> bool:
        """Whether the resource is declared, or one that every cluster has."""
        if (kind, name) in _EVERYWHERE or (
            kind == "ClusterRole" and (name in _CLUSTER_ROLES or name.startswith("system:"))
        ):
            return True
        return self.declared(kind, name)
