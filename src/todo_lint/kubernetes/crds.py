"""CustomResourceDefinitions.

Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/.

A server blames fields that all versions share at the level of the spec (``spec.validation``,
``spec.additionalPrinterColumns``), where they stood before versions had their own.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.admission import check_client, check_review_versions
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.crd_schemas import check_schema
from todo_lint.kubernetes.names import length, wrong_dns_1035_label, wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import quoted

_COLUMN_TYPES = ("integer", "number", "string", "boolean", "date")
_COLUMN_FORMATS = ("int32", "int64", "float", "double", "byte", "date", "date-time", "password")
_SELECTABLE_FIELDS = 31
"""The first version that has them switched on (feature gate CustomResourceFieldSelectors); older ones drop them."""


@check("apiextensions.CustomResourceDefinition")
def check_definition(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the name of a definition, which is made of plural and group."""
    spec = value.get("spec") or {}
    wanted = f"{(spec.get('names') or {}).get('plural', '')}.{spec.get('group', '')}"
    metadata = value.get("metadata") or {}
    name = metadata.get("name", "")
    if not name and metadata.get("generateName"):
        report.name(
            ("metadata", "generateName"), metadata["generateName"], f"plural and group make it {quoted(wanted)}"
        )
    if name and name != wanted:
        report.name(("metadata", "name"), name, f"plural and group make it {quoted(wanted)}")


@check("apiextensions.CustomResourceDefinitionSpec")
def check_spec(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check group, names, versions and conversion of a definition."""
    _group(value.get("group", ""), (*route, "group"), report)
    _names(value.get("names") or {}, (*route, "names"), report)
    versions = value.get("versions", [])
    _storage(versions, (*route, "versions"), report)
    names: set[str] = set()
    for number, version in enumerate(versions):
        at = (*route, "versions", number)
        name = version.get("name", "")
        wrong = wrong_dns_1035_label(name)
        if wrong:
            report.name((*at, "name"), name, wrong)
        if name in names:
            report.invalid((*route, "versions"), f"the version {quoted(name)} is there twice")
        names.add(name)
        _deprecation(version, (*at, "deprecationWarning"), report)
        _version(version, versions, at, report)
    _conversion(value.get("conversion"), (*route, "conversion"), report)
    if value.get("preserveUnknownFields"):
        report.invalid(
            (*route, "preserveUnknownFields"),
            "it must be false: give a schema with x-kubernetes-preserve-unknown-fields",
        )


def _deprecation(version: dict[str, Any], route: Route, report: Report) -> None:
    warning = version.get("deprecationWarning")
    if warning is None:
        return
    if not version.get("deprecated"):
        report.invalid(route, "deprecationWarning is for deprecated versions only")
    elif not warning:
        report.invalid(route, "deprecationWarning is empty")
    elif length(warning) > 256 or not warning.isprintable():
        report.invalid(route, "deprecationWarning may have 256 bytes, without control characters")


def _group(group: str, route: Route, report: Report) -> None:
    if not group:
        report.missing(route)
        return
    wrong = wrong_dns_subdomain(group)
    if wrong:
        report.name(route, group, wrong)
    elif "." not in group:
        report.invalid(route, f"group is {quoted(group)}, a domain of at least two parts is expected")


def _names(names: dict[str, Any], route: Route, report: Report) -> None:
    if not names.get("plural"):
        report.missing((*route, "plural"))
    for name in ("plural", "singular"):
        if names.get(name):
            report.check_name((*route, name), names[name], wrong_dns_1035_label)
    kind = names.get("kind", "")
    listed = names.get("listKind") or (f"{kind}List" if kind else "")
    for name, text in (("kind", kind), ("listKind", listed)):
        if text:
            report.check_name((*route, name), text, _wrong_kind)
        else:
            report.missing((*route, name))
    if kind and kind == listed:
        report.invalid((*route, "listKind"), "kind and listKind may not be the same")
    for name in ("shortNames", "categories"):
        for number, text in enumerate(names.get(name, ())):
            report.check_name((*route, name, number), text, wrong_dns_1035_label)


def _wrong_kind(text: str) -> str | None:
    return wrong_dns_1035_label(text.lower())


def _storage(versions: list[dict[str, Any]], route: Route, report: Report) -> None:
    count = sum(bool(version.get("storage")) for version in versions)
    if count != 1:
        report.invalid(route, f"{count} versions are marked as storage version, exactly one is needed")


def _version(version: dict[str, Any], versions: list[dict[str, Any]], route: Route, report: Report) -> None:
    count = len(report.problems)
    schema = (version.get("schema") or {}).get("openAPIV3Schema")
    at = (*route, "schema", "openAPIV3Schema")
    if schema is None:
        report.missing(at)
        return
    check_schema(schema, at, report)
    if _shared(versions, "schema"):
        report.replace_start(count, at, (*route[:-2], "validation", "openAPIV3Schema"))
    count = len(report.problems)
    columns = (*route, "additionalPrinterColumns")
    for number, column in enumerate(version.get("additionalPrinterColumns", ())):
        _column(column, (*columns, number), report)
    if _shared(versions, "additionalPrinterColumns"):
        report.replace_start(count, columns, (*route[:-2], "additionalPrinterColumns"))
        report.replace_end(count, "jsonPath", "JSONPath")
    count = len(report.problems)
    chosen = [selected.get("jsonPath", "") for selected in version.get("selectableFields", ())]
    for number, path in enumerate(chosen if chosen and report.minor >= _SELECTABLE_FIELDS else ()):
        at = (*route, "selectableFields", number, "jsonPath")
        if path in chosen[:number]:
            report.duplicate(at, path)
        _selectable(path, schema, at, report)
    if _shared(versions, "selectableFields"):
        report.replace_start(count, (*route, "selectableFields"), (*route[:-2], "selectableFields"))
    count = len(report.problems)
    _subresources(version.get("subresources") or {}, (*route, "subresources"), report)
    if _shared(versions, "subresources"):
        report.replace_start(count, (*route, "subresources"), (*route[:-2], "subresources"))


def _shared(versions: list[dict[str, Any]], name: str) -> bool:
    return all(version.get(name) == versions[0].get(name) for version in versions)


def _column(value: dict[str, Any], route: Route, report: Report) -> None:
    kind, form, path = value.get("type", ""), value.get("format", ""), value.get("jsonPath", "")
    if not value.get("name"):
        report.missing((*route, "name"))
    if not kind:
        report.missing((*route, "type"))
    elif kind not in _COLUMN_TYPES:
        report.unsupported((*route, "type"), kind, _COLUMN_TYPES)
    if form and form not in _COLUMN_FORMATS:
        report.unsupported((*route, "format"), form, _COLUMN_FORMATS)
    if not path:
        report.missing((*route, "jsonPath"))
    elif not path.startswith(".") or not _balanced(path):
        report.invalid(
            (*route, "jsonPath"), f"jsonPath is {quoted(path)}, a simple path like .spec.replicas is expected"
        )


def _balanced(path: str) -> bool:
    """Say whether a JSONPath can be read as far as this can be told without a full parser."""
    return path.count("[") == path.count("]") and path.count("(") == path.count(")")


def _selectable(path: str, schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a selectable field is a string, boolean or integer of the schema."""
    if not path:
        report.missing(route)
        return
    if not path.startswith(".") or path.startswith(".metadata"):
        report.invalid(route, f"jsonPath is {quoted(path)}, a simple path like .spec.color is expected")
        return
    found: Any = schema
    for step in path[1:].split("."):
        found = (found.get("properties") or {}).get(step) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        report.invalid(route, f"jsonPath is {quoted(path)}, which is no field of the schema")
    elif found.get("type") not in ("string", "boolean", "integer"):
        report.invalid(route, f"jsonPath is {quoted(path)}, which is no string, boolean or integer")


def _subresources(value: dict[str, Any], route: Route, report: Report) -> None:
    scale = value.get("scale")
    if scale is None:
        return
    for name, start in (("specReplicasPath", ".spec."), ("statusReplicasPath", ".status.")):
        path = scale.get(name, "")
        at = (*route, "scale", name)
        if not path:
            report.missing(at)
        elif not path.startswith(start) or "[" in path:
            report.invalid(at, f"{name} is {quoted(path)}, a simple path below {start.rstrip('.')} is expected")
    path = scale.get("labelSelectorPath")
    if path and (not path.startswith((".spec.", ".status.")) or "[" in path):
        at = (*route, "scale", "labelSelectorPath")
        report.invalid(at, f"labelSelectorPath is {quoted(path)}, a simple path below .spec or .status is expected")


def _conversion(value: dict[str, Any] | None, route: Route, report: Report) -> None:
    if value is None:
        return
    strategy, webhook = value.get("strategy", ""), value.get("webhook")
    if not strategy:
        report.missing((*route, "strategy"))
    elif strategy not in ("None", "Webhook"):
        report.unsupported((*route, "strategy"), strategy, ("None", "Webhook"))
    elif strategy == "None":
        if webhook is not None:
            report.forbidden((*route, "webhook"), "the strategy is None")
            report.blame(len(report.problems) - 1, route, "webhookClientConfig")
    elif webhook is None or webhook.get("clientConfig") is None:
        report.missing((*route, "webhookClientConfig"), "the strategy Webhook needs it")
    else:
        check_client(webhook["clientConfig"], (*route, "webhookClientConfig"), report)
        check_review_versions(
            webhook.get("conversionReviewVersions", []), (*route, "conversionReviewVersions"), report
        )
