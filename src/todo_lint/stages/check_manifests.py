"""Manifest files, or standard input: checked as one set of resources, or in batches where there are very many."""

from __future__ import annotations

from typing import Any

from todo_lint.config import Config
from todo_lint.kubernetes.versions import LATEST, parse_versions
from todo_lint.records import replace
from todo_lint.stages.check_batch import Orders
from todo_lint.stages.inputs import ManifestUnit, remark_on
from todo_lint.stages.request import Settings
from todo_lint.stages.unit_result import UnitResult


def check_manifests(unit: ManifestUnit, settings: Settings, config: Config) -> UnitResult:
    """Check manifest files as Kubernetes reads them.

    A file that cannot be read, or is no YAML, becomes a failure; the others are still checked.

    Raises:
        UserError: when there is no document in any of them, or the data model or a definition that the
            configuration names cannot be read.
    """
    asked = settings.kubernetes_version
    versions = parse_versions(LATEST if asked is None else asked)
    orders = Orders(
        versions,
        unit.named,
        config.severities,
        _definitions(config),
        config.pod_security,
        settings.namespace,
    )
    if not settings.has_document and not settings.together:
        from todo_lint.stages.check_many import MANY, MANY_ALONE, check_many

        if len(unit.files) >= (MANY_ALONE if settings.only_kubernetes else MANY):
            return _with_remarks(check_many(unit, orders), unit)
    from todo_lint.stages.check_together import check_together

    return _with_remarks(check_together(unit, settings, orders, config), unit)


def _with_remarks(result: UnitResult, unit: ManifestUnit) -> UnitResult:
    """The result, with what of a folder was passed over."""
    blank = remark_on("empty", result.blank) if not unit.named else ()
    remarks = [f"{unit.path}: {remark}" for remark in (*unit.remarks, *blank)]
    return replace(result, remarks=(*result.remarks, *remarks)) if remarks else result


def _definitions(config: Config) -> tuple[dict[str, Any], ...]:
    if not config.crds:
        return ()
    from todo_lint.stages.definitions import read_definitions

    return read_definitions(config.crds)
