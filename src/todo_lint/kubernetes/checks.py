"""The functions that check what a schema cannot say, found by the type they check.

A module declares its functions with :func:`check`; it is imported when a kind of its group is first looked at.
A function gets a decoded value without null, the route to it and the report to which it adds problems.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.report import Report

Check = Callable[[dict[str, Any], Route, Report], None]

_MODULES: dict[str, tuple[str, ...]] = {
    "admissionregistration": ("admission",),
    "apiextensions": ("crds",),
    "apiregistration": ("registration",),
    "apps": ("workloads",),
    "autoscaling": ("autoscaling",),
    "batch": ("jobs",),
    "certificates": ("certificates",),
    "coordination": ("coordination",),
    "core": ("pods", "workloads", "containers", "volumes", "scheduling", "core", "services", "storage", "quotas"),
    "discovery": ("services",),
    "flowcontrol": ("flowcontrol",),
    "meta": ("selectors",),
    "networking": ("networking",),
    "node": ("core",),
    "policy": ("disruption",),
    "rbac": ("rbac",),
    "scheduling": ("scheduling",),
    "storage": ("storage",),
}
_found: dict[str, list[Check]] = {}
_loaded: set[str] = set()


def check(*types: str) -> Callable[[Check], Check]:
    """Declare a function as a check of types such as ``core.PodSpec``."""

    def declare(function: Check) -> Check:
        for name in types:
            _found.setdefault(name, []).append(function)
        return function

    return declare


def checks_of(type_name: str) -> list[Check]:
    """Return the functions that check a type such as ``core.PodSpec``."""
    group = type_name.partition(".")[0]
    for module in _MODULES.get(group, ()):
        if module not in _loaded:
            _loaded.add(module)
            importlib.import_module(f"todo_lint.kubernetes.{module}")
    return _found.get(type_name, [])
