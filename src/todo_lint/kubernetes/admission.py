"""Webhooks and policies of admission.

Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ and
https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.expressions import NAMESPACE, REQUEST, Fields, compile_expression
from todo_lint.kubernetes.formats import wrong_path_segment
from todo_lint.kubernetes.names import wrong_dns_1035_label, wrong_dns_subdomain, wrong_qualified_name
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import described, quoted
from todo_lint.patterns import pattern

_REVIEWS = ("v1", "v1beta1")
_OBJECTS = {"object": "dyn", "oldObject": "dyn", "request": "dyn", "authorizer": "dyn"}
_IDENTIFIER = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset(
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "null",
        "package",
        "namespace",
        "return",
        "true",
        "var",
        "void",
        "while",
    ]
)


@check("admissionregistration.ValidatingWebhookConfiguration", "admissionregistration.MutatingWebhookConfiguration")
def check_webhooks(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the webhooks of a configuration."""
    names: set[str] = set()
    for number, hook in enumerate(value.get("webhooks", ())):
        at = ("webhooks", number)
        name = hook.get("name", "")
        if name and name in names:
            report.duplicate((*at, "name"), name)
        names.add(name)
        _webhook(hook, at, report)


def _webhook(hook: dict[str, Any], route: Route, report: Report) -> None:
    effects = hook.get("sideEffects")
    if effects is None:
        report.missing((*route, "sideEffects"), "None or NoneOnDryRun is expected")
    elif effects not in ("None", "NoneOnDryRun"):
        report.unsupported((*route, "sideEffects"), effects, ("None", "NoneOnDryRun"))
    check_review_versions(hook.get("admissionReviewVersions", []), (*route, "admissionReviewVersions"), report)
    check_client(hook.get("clientConfig") or {}, (*route, "clientConfig"), report)
    for number, rule in enumerate(hook.get("rules", ())):
        check_rule(rule, (*route, "rules", number), report)
    check_conditions(hook.get("matchConditions", []), (*route, "matchConditions"), report, _OBJECTS)


def check_review_versions(versions: list[str], route: Route, report: Report) -> None:
    """Check the versions of review objects that a webhook understands."""
    if not versions:
        report.missing(route, "v1 or v1beta1 is expected")
        return
    for number, version in enumerate(versions):
        wrong = wrong_dns_1035_label(version)
        if version in versions[:number]:
            report.duplicate((*route, number), version)
        elif wrong:
            report.name((*route, number), version, wrong)
    if not set(versions) & set(_REVIEWS) and not any(wrong_dns_1035_label(version) for version in versions):
        report.invalid(route, "at least one of v1 and v1beta1 is expected")


def check_client(value: dict[str, Any], route: Route, report: Report, *, what: str = "url or service") -> None:
    """Check how a webhook is reached: by exactly one of a URL and a Service."""
    url, service = value.get("url"), value.get("service")
    if (url is None) == (service is None):
        report.add("not-one-of", route, f"exactly one of {what} is expected")
        return
    if url is not None:
        _url(url, (*route, "url"), report)
        return
    path = (service or {}).get("path")
    if path:
        _service_path(path, (*route, "service", "path"), report)


def _url(url: str, route: Route, report: Report) -> None:
    wrong = wrong_url(url)
    if wrong:
        report.invalid(route, f"url is {described(url)}: {wrong}", "write it like https://host/path")


def wrong_url(text: str) -> str | None:
    """Say what is wrong with the URL of a webhook: it must be https with a host, without user, query, fragment."""
    import urllib.parse

    if any(ord(char) < 32 or ord(char) == 127 for char in text) or re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return "it is no URL"
    try:
        parts = urllib.parse.urlsplit(text)
        host = parts.netloc
    except ValueError:
        return "it is no URL"
    if any(char in host for char in ' <>"{}'):
        return "it is no URL"
    if parts.scheme != "https":
        return "the scheme must be https"
    if not host:
        return "a host is needed"
    if "@" in host:
        return "it may name no user"
    if parts.fragment or parts.query:
        return "it may have neither a query nor a fragment"
    return None


def _service_path(path: str, route: Route, report: Report) -> None:
    if not path.startswith("/"):
        report.add("invalid-path", route, f"path is {described(path)}, it must begin with /")
        return
    steps = path[1:].removesuffix("/").split("/") if path != "/" else []
    for step in steps:
        wrong = wrong_dns_subdomain(step) if step else "an empty step"
        if wrong:
            report.add("invalid-path", route, f"path is {described(path)}, the step {quoted(step)}: {wrong}")


def check_rule(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that * stands alone in the lists of a rule, and that these hold no empty names."""
    for name in ("operations", "apiGroups", "apiVersions"):
        items = value.get(name, [])
        if "*" in items and len(items) > 1:
            report.invalid((*route, name), f"{name} holds *, which stands alone")
    for name in ("apiVersions", "resources"):
        for number, item in enumerate(value.get(name, ())):
            if not item:
                report.missing((*route, name, number))
    _resources(value.get("resources", []), (*route, "resources"), report)
    names = value.get("resourceNames", [])
    for number, name in enumerate(names):
        at = (*route, "resourceNames", number)
        if name in names[:number]:
            report.duplicate(at, name)
        elif wrong_path_segment(name):
            report.name(at, name, wrong_path_segment(name) or "")


def _resources(items: list[str], route: Route, report: Report) -> None:
    """Check that no resource is covered by a wildcard; a server compares each only with those before it."""
    whole: set[str] = set()
    subs: set[str] = set()
    ends_with_name = False
    for number, item in enumerate(items):
        resource, slash, sub = item.partition("/")
        if not slash:
            ends_with_name = item not in ("*", "")
            continue
        if resource in whole:
            report.invalid((*route, number), f"{quoted(item)} is covered by {resource}/*")
        if sub in subs:
            report.invalid((*route, number), f"{quoted(item)} is covered by */{sub}")
        whole |= {resource} if sub == "*" else set()
        subs |= {sub} if resource == "*" else set()
    if "*/*" in items and len(items) > 1:
        report.invalid(route, "resources holds */*, which stands alone")
    if "*" in items and ends_with_name:
        report.invalid(route, "resources holds *, which covers all others without a subresource")


def check_conditions(items: list[dict[str, Any]], route: Route, report: Report, variables: Mapping[str, str]) -> None:
    """Check that the expressions of match conditions are boolean."""
    for number, item in enumerate(items):
        text = item.get("expression", "")
        if text.strip():
            check_expression(text, (*route, number, "expression"), report, variables, ("bool",))
        elif text:
            report.missing((*route, number, "expression"))


def check_expression(
    text: str,
    route: Route,
    report: Report,
    variables: Mapping[str, str],
    types: tuple[str, ...] | None,
    known: Mapping[str, Fields] | None = None,
) -> str | None:
    """Check a CEL expression and its type (any where ``types`` is None); return the type where it is known."""
    fields: dict[str, Fields] = {"request": REQUEST}
    if "namespaceObject" in variables:
        fields["namespaceObject"] = NAMESPACE
    outcome = compile_expression(text, variables, {**fields, **(known or {})})
    if outcome.wrong is not None:
        report.add("invalid-expression", route, f"{route[-1]} is no valid CEL: {outcome.wrong}")
    elif types is not None and outcome.type_name is not None and outcome.type_name not in types:
        report.add(
            "invalid-expression", route, f"{route[-1]} yields {outcome.type_name}, {' or '.join(types)} is expected"
        )
    return outcome.type_name


@check("admissionregistration.ValidatingAdmissionPolicySpec", "admissionregistration.MutatingAdmissionPolicySpec")
def check_policy(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check what a policy matches and the expressions it holds."""
    constraints = value.get("matchConstraints")
    at = (*route, "matchConstraints")
    if constraints is None:
        report.missing(at)
    elif not constraints.get("resourceRules"):
        report.missing((*at, "resourceRules"))
    for name in ("resourceRules", "excludeResourceRules"):
        for number, rule in enumerate((constraints or {}).get(name, ())):
            check_rule(rule, (*at, name, number), report)
    variables = {**_OBJECTS, "namespaceObject": "dyn"}
    if "paramKind" in value:
        variables["params"] = "dyn"
        _param_kind(value["paramKind"], (*route, "paramKind"), report)
    matching = {name: kind for name, kind in variables.items() if name != "namespaceObject"}
    check_conditions(
        value.get("matchConditions", []), (*route, "matchConditions"), report, {**matching, "namespaceObject": "dyn"}
    )
    variables = _variables(value.get("variables", []), variables, (*route, "variables"), report)
    _validations(value, variables, route, report)


def _param_kind(value: dict[str, Any], route: Route, report: Report) -> None:
    text, kind = value.get("apiVersion", ""), value.get("kind", "")
    group, _, version = text.rpartition("/")
    if text and (wrong_dns_1035_label(version) or (group and wrong_dns_subdomain(group))):
        message = f"apiVersion is {described(text)}, a group and version like apps/v1 is expected"
        report.invalid((*route, "apiVersion"), message)
    wrong = wrong_dns_1035_label(kind.lower()) if kind else None
    if wrong:
        report.name((*route, "kind"), kind, wrong)


def _variables(
    items: list[dict[str, Any]], variables: Mapping[str, str], route: Route, report: Report
) -> dict[str, str]:
    """Check the variables of a policy, each of which knows those before it, and return all with their types."""
    known = dict(variables)
    for number, item in enumerate(items):
        name, text = item.get("name", ""), item.get("expression", "")
        at = (*route, number)
        if name and (not _IDENTIFIER.fullmatch(name) or name in _RESERVED):
            report.name((*at, "name"), name, "an identifier of CEL is expected")
        kind = None
        if text.strip():
            kind = check_expression(text, (*at, "expression"), report, known, None)
        elif text:
            report.missing((*at, "expression"))
        if _IDENTIFIER.fullmatch(name):
            known[f"variables.{name}"] = (
                kind if kind in ("bool", "int", "uint", "double", "string", "bytes") else "dyn"
            )
    return known


def _validations(value: dict[str, Any], variables: Mapping[str, str], route: Route, report: Report) -> None:
    if (
        report.kind == "ValidatingAdmissionPolicy"
        and not value.get("validations")
        and not value.get("auditAnnotations")
    ):
        for name in ("validations", "auditAnnotations"):
            report.missing((*route, name), "a policy needs validations or auditAnnotations")
    for number, item in enumerate(value.get("validations", ())):
        at = (*route, "validations", number)
        text = item.get("expression", "")
        if text.strip():
            check_expression(text, (*at, "expression"), report, variables, ("bool",))
        elif text:
            report.missing((*at, "expression"))
        _message(item, variables, at, report)
    keys = [item.get("key", "") for item in value.get("auditAnnotations", ())]
    for number, item in enumerate(value.get("auditAnnotations", ())):
        if keys[number] in keys[:number]:
            report.duplicate((*route, "auditAnnotations", number, "key"), keys[number])
        text, key = item.get("valueExpression", ""), item.get("key", "")
        name = (report.root.get("metadata") or {}).get("name", "")
        wrong = wrong_qualified_name(f"{name}/{key}") if key and name and not wrong_dns_subdomain(name) else None
        if wrong:
            report.name((*route, "auditAnnotations", number, "key"), key, wrong)
        if text.strip():
            at = (*route, "auditAnnotations", number, "valueExpression")
            check_expression(text, at, report, variables, ("string", "null_type", "null"))


def check_message(message: str, route: Route, report: Report) -> None:
    """Check that a message is neither blank nor of several lines."""
    if message and not message.strip():
        report.invalid(route, "message is blank")
    elif "\n" in message:
        report.invalid(route, "message has line breaks")


def _message(item: dict[str, Any], variables: Mapping[str, str], route: Route, report: Report) -> None:
    text = item.get("messageExpression", "")
    check_message(item.get("message", ""), (*route, "message"), report)
    if text and not text.strip():
        report.invalid((*route, "messageExpression"), "messageExpression is blank")
    elif text:
        check_expression(text, (*route, "messageExpression"), report, variables, ("string",))


@check("admissionregistration.MutatingAdmissionPolicySpec")
def check_mutations(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that each mutation holds the expression of its type; types of objects are not followed."""
    kinds = {"ApplyConfiguration": "applyConfiguration", "JSONPatch": "jsonPatch"}
    for number, item in enumerate(value.get("mutations", ())):
        at = (*route, "mutations", number)
        wanted = kinds.get(item.get("patchType", ""))
        for name in kinds.values():
            if name == wanted and name not in item:
                report.missing((*at, name), f"the type {item['patchType']} needs it")
            elif name != wanted and name in item and wanted is not None:
                report.forbidden((*at, name), f"the type is {item['patchType']}")
        if wanted is not None and wanted in item:
            _mutation(item[wanted].get("expression", ""), wanted, value, (*at, wanted, "expression"), report)


def _mutation(text: str, kind: str, policy: dict[str, Any], route: Route, report: Report) -> None:
    if not text.strip():
        report.missing(route)
        return
    variables = {**_OBJECTS, "namespaceObject": "dyn"}
    if "paramKind" in policy:
        variables["params"] = "dyn"
    variables.update((f"variables.{item.get('name', '')}", "dyn") for item in policy.get("variables", ()))
    types = None if "Object" in text or "JSONPatch" in text else ("list(dyn)",) if kind == "jsonPatch" else ()
    outcome = compile_expression(text, variables, {"request": REQUEST})
    if outcome.wrong is not None:
        report.add("invalid-expression", route, f"expression is no valid CEL: {outcome.wrong}")
    elif outcome.type_name in ("bool", "int", "uint", "double", "string", "bytes", "null_type") and types is not None:
        report.add("invalid-expression", route, f"expression yields {outcome.type_name}, no {kind}")


@check("admissionregistration.ValidatingAdmissionPolicyBindingSpec")
def check_actions(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the actions of a binding and how it finds its parameters."""
    actions = value.get("validationActions", [])
    if "Deny" in actions and "Warn" in actions:
        report.invalid((*route, "validationActions"), "Deny and Warn exclude each other")


@check(
    "admissionregistration.ValidatingAdmissionPolicyBindingSpec",
    "admissionregistration.MutatingAdmissionPolicyBindingSpec",
)
def check_parameters(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the reference to the parameters of a policy."""
    for name in ("resourceRules", "excludeResourceRules"):
        for number, rule in enumerate((value.get("matchResources") or {}).get(name, ())):
            check_rule(rule, (*route, "matchResources", name, number), report)
    reference = value.get("paramRef")
    if reference is None:
        return
    at = (*route, "paramRef")
    name, selector = reference.get("name", ""), reference.get("selector")
    if name and selector is not None:
        report.forbidden((*at, "name"), "name and selector exclude each other")
    elif not name and selector is None:
        report.missing(at, "one of name and selector is needed")
    elif name:
        report.check_name((*at, "name"), name, wrong_path_segment)
    action = reference.get("parameterNotFoundAction")
    if action is None:
        report.missing((*at, "parameterNotFoundAction"))
    elif action not in ("Allow", "Deny"):
        report.unsupported((*at, "parameterNotFoundAction"), action, ("Allow", "Deny"))
