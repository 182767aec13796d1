"""The objects that Helm gives to templates beside the values, with their fields.

They are those of Helm 4: ToRenderValues in pkg/chart/common/util/values.go for Release, Metadata in pkg/chart/v2 for
Chart (a mapping in Helm 4, with IsRoot), Capabilities and KubeVersion in pkg/chart/common/capabilities.go, and the
engine for Template.
"""

from __future__ import annotations

from collections.abc import Mapping

_FIELDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("Release",): ("Name", "Namespace", "Revision", "Service", "IsInstall", "IsUpgrade"),
    ("Chart",): (
        *("Name", "Version", "AppVersion", "Type", "Description", "Home", "Icon", "Sources", "Keywords"),
        *("Maintainers", "Annotations", "Dependencies", "KubeVersion", "APIVersion", "Condition", "Tags"),
        *("Deprecated", "IsRoot"),
    ),
    ("Template",): ("Name", "BasePath"),
    ("Capabilities",): ("KubeVersion", "APIVersions", "HelmVersion"),
    ("Capabilities", "KubeVersion"): ("Version", "Major", "Minor", "GitVersion", "String"),
    ("Capabilities", "HelmVersion"): ("Version", "GitCommit", "GitTreeState", "GoVersion", "KubeClientVersion"),
    ("Capabilities", "APIVersions"): ("Has",),
}
OBJECTS = frozenset(route[0] for route in _FIELDS)


def unknown_field(path: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The part of a path up to the field that Helm does not know, and the fields that it knows there; None: all are.

    ``path`` is such as ``("Release", "Name")``.
    """
    for end in range(1, len(path)):
        known = _FIELDS.get(path[:end])
        if known is None:
            return None
        if path[end] not in known:
            return path[:end], known
    return None
