"""CEL expressions in admission policies, webhooks and custom resource definitions, compiled and not evaluated.

Source: https://kubernetes.io/docs/reference/using-api/cel/. The compiler is the CEL project's own; it is imported
only when an object holds an expression. Functions that Kubernetes adds to CEL are known by name: an expression
that it cannot judge for the sake of one of them is taken as right.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from todo_lint.patterns import pattern
from todo_lint.records import dataclass

Fields = Mapping[str, Any]
"""The fields of a typed variable, nested; None where anything may follow."""

_KUBERNETES_NAMES = frozenset(
    [
        "quantity",
        "isQuantity",
        "sign",
        "isInteger",
        "asInteger",
        "asApproximateFloat",
        "add",
        "sub",
        "isLessThan",
        "isGreaterThan",
        "compareTo",
        "url",
        "isURL",
        "getScheme",
        "getHost",
        "getHostname",
        "getPort",
        "getEscapedPath",
        "getQuery",
        "ip",
        "isIP",
        "isCanonical",
        "family",
        "isUnspecified",
        "isLoopback",
        "isLinkLocalMulticast",
        "isLinkLocalUnicast",
        "isGlobalUnicast",
        "cidr",
        "isCIDR",
        "containsIP",
        "containsCIDR",
        "masked",
        "prefixLength",
        "find",
        "findAll",
        "isSorted",
        "sum",
        "min",
        "max",
        "indexOf",
        "lastIndexOf",
        "path",
        "group",
        "serviceAccount",
        "resource",
        "subresource",
        "namespace",
        "name",
        "check",
        "allowed",
        "reason",
        "errored",
        "error",
        "fieldSelector",
        "labelSelector",
        "requestResource",
        "format",
        "named",
        "validate",
        "sets",
        "contains",
        "equivalent",
        "intersects",
        "semver",
        "isSemver",
        "major",
        "minor",
        "patch",
        "lists",
        "range",
        "slice",
        "flatten",
        "distinct",
        "reverse",
        "sort",
        "sortBy",
        "first",
        "last",
        "strings",
        "quote",
        "transformList",
        "transformMap",
        "transformMapEntry",
        "existsOne",
        "optional",
        "Object",
        "JSONPatch",
        "jsonpatch",
        "escapeKey",
    ]
)
_OWN_VARIABLES = frozenset({"transformList", "transformMap", "transformMapEntry", "sortBy", "existsOne"})
_ERROR = pattern(r"^(?:[A-Z_]+: )?ERROR: (.*)$", re.MULTILINE)
_UNDECLARED = pattern(r"undeclared reference to '([^']*)'")
_KEYWORD = pattern(
    r"__(true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return)__"
)
"""A property whose name is a word of CEL's own."""
_STRING = pattern(r"""[rR]?("(\\.|[^"\\])*"|'(\\.|[^'\\])*')""")
_HAS = pattern(r"\bhas\(\s*[A-Za-z_]\w*(?:\.\w+)+\s*\)")
_TWO_VARIABLES = pattern(r"\.(all|exists|exists_one|existsOne)\(\s*\w+\s*,\s*\w+\s*,")

_USER: Fields = {"username": None, "uid": None, "groups": None, "extra": None}
_KIND: Fields = {"group": None, "version": None, "kind": None}
_RESOURCE: Fields = {"group": None, "version": None, "resource": None}
REQUEST: Fields = {
    "kind": _KIND,
    "resource": _RESOURCE,
    "subResource": None,
    "requestKind": _KIND,
    "requestResource": _RESOURCE,
    "requestSubResource": None,
    "name": None,
    "namespace": None,
    "operation": None,
    "userInfo": _USER,
    "dryRun": None,
    "options": None,
}
_META: Fields = dict.fromkeys(
    (
        "name", "generateName", "namespace", "labels", "annotations", "UID", "uid", "creationTimestamp",
        "deletionGracePeriodSeconds",
        "deletionTimestamp", "generation", "resourceVersion", "finalizers", "ownerReferences",
    )
)  # fmt: skip
NAMESPACE: Fields = {"metadata": _META, "spec": {"finalizers": None}, "status": {"phase": None}}


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of an expression: what is wrong with it, or its type (None where that is not known)."""

    wrong: str | None = None
    type_name: str | None = None


def compile_expression(
    text: str, variables: Mapping[str, str], known: Mapping[str, Fields] | None = None
) -> Compiled:
    """Compile an expression.

    ``variables`` maps the names of variables to CEL types (``dyn``, ``int``, ``list(string)``; a name may be a
    path such as ``self.replicas``). ``known`` holds the fields of those whose fields are all known.
    """
    checked = _without_has(text) if any("." in name for name in variables) else text
    outcome = _compiled(checked, tuple(sorted(variables.items())))
    if outcome.wrong is None and known:
        wrong = _unknown_field(text, known)
        if wrong is not None:
            return Compiled(wrong=wrong)
    return outcome


def _without_has(text: str) -> str:
    """Put a boolean of the same length in place of each ``has(path)``.

    The compiler takes a path that is declared as a variable for that variable also inside ``has``, and so the test
    for a value of its type.
    """
    return _HAS.sub(lambda found: "true".ljust(len(found[0])), text)


def holds(text: str, values: Mapping[str, Any]) -> bool | None:
    """Evaluate a boolean expression; None where it cannot be told (it fails, or uses functions unknown here)."""
    result = _value(text, values)
    return result if isinstance(result, bool) else None


def _value(text: str, values: Mapping[str, Any]) -> Any:
    variables = tuple((name, "dyn") for name in sorted(values))
    try:
        environment = _environment(variables)
    except ModuleNotFoundError:
        return None
    try:
        return environment.compile(text).eval(data=dict(values)).plain_value()
    except (RuntimeError, TypeError, ValueError):
        return None


def text_of(text: str, values: Mapping[str, Any]) -> str | None:
    """Evaluate an expression that yields a text; None where it does not, or where that cannot be told."""
    result = _value(text, values)
    return result if isinstance(result, str) else None


@functools.lru_cache(maxsize=256)
def wrong_regular_expression(text: str) -> str | None:
    """Say what is wrong with a regular expression in the syntax of RE2, which Go and CEL share, or None."""
    try:
        environment = _environment((("pattern", "string"),))
    except ModuleNotFoundError:
        return None
    try:
        result = environment.compile("''.matches(pattern)").eval(data={"pattern": text}).plain_value()
    except TypeError:  # half of a pair of surrogates
        return "it holds a character that does not exist"
    except RuntimeError as error:
        return _reason(str(error))
    return None if isinstance(result, bool) else _reason(str(result))


def _reason(message: str) -> str:
    """The last part of an error of the regular expression engine."""
    return " ".join(message.split()).rpartition("regex: ")[2][:100]


@functools.lru_cache(maxsize=256)
def _compiled(text: str, variables: tuple[tuple[str, str], ...]) -> Compiled:
    try:
        environment = _environment(variables)
    except ModuleNotFoundError:  # there are platforms without the compiler
        return Compiled()
    try:
        expression = environment.compile(text)
    except TypeError:  # half of a pair of surrogates
        return Compiled(wrong="it holds a character that does not exist")
    except RuntimeError as error:
        return _judged(text, str(error), variables)
    return Compiled(type_name=type_name(expression.return_type()))


@functools.lru_cache(maxsize=64)
def _environment(variables: tuple[tuple[str, str], ...]) -> Any:
    ext = "cel_expr_python.ext."
    extensions = [
        importlib.import_module(ext + "ext_strings").ExtStrings(),
        importlib.import_module(ext + "ext_optional").ExtOptional(),
        importlib.import_module(ext + "ext_bindings").ExtBindings(),
    ]
    return _cel().NewEnv(variables={name: _type(kind) for name, kind in variables}, extensions=extensions)


def _cel() -> Any:
    return importlib.import_module("cel_expr_python.cel")


def _type(text: str) -> Any:
    cel = _cel()
    simple = getattr(cel.Type, text.upper(), None) if text.isalpha() else None
    if simple is not None and text not in ("list", "map"):
        return simple
    if text.startswith("list("):
        return cel.Type.List(_type(text[5:-1]))
    return cel.Type.Map(cel.Type.STRING, _type(text[12:-1])) if text.startswith("map(string, ") else cel.Type.DYN


def type_name(kind: Any) -> str:
    """Return the name of a type as Kubernetes writes it: ``bool``, ``int``, ``dyn``."""
    return str(kind.name()).lower()


def _judged(text: str, message: str, variables: tuple[tuple[str, str], ...]) -> Compiled:
    """Return the first error that is one for Kubernetes, too."""
    bare = _STRING.sub("''", text)
    lenient = _TWO_VARIABLES.search(bare) or any(re.search(rf"\b{name}\(", bare) for name in _OWN_VARIABLES)
    errors = _ERROR.findall(message) or [message.splitlines()[0]]
    for error in errors:
        if "Syntax error" in error:
            return Compiled(wrong=_short(error))
        if lenient or _is_kubernetes_name(error, bare):
            continue
        return Compiled(wrong=_short(error))
    return Compiled()


def _is_kubernetes_name(error: str, text: str) -> bool:
    name = _UNDECLARED.search(error)
    if name is None:
        return "found no matching overload" in error and any(f".{own}(" in text for own in _KUBERNETES_NAMES)
    first = name[1].partition(".")[0]
    after = ".({" if first[0].isupper() else ".("  # types begin with a capital letter, and can be made
    return first in _KUBERNETES_NAMES and re.search(rf"\b{first}\s*[{after}]", text) is not None


def _short(error: str) -> str:
    """Return an error without the name of the input: ``line 1, column 3: Syntax error: ...``."""
    match = re.match(r"<input>:(\d+):(\d+): (.*)", error)
    return f"column {match[2]}: {match[3]}" if match and match[1] == "1" else error.removeprefix("<input>:")


def _unknown_field(text: str, known: Mapping[str, Fields]) -> str | None:
    """Return what is wrong with a path through variables whose fields are known, or None."""
    for path in _paths(_STRING.sub("''", text), known):
        fields: Any = known[path[0]]
        for step in path[1:]:
            if fields is None:
                break
            name = step if step in fields else _unescaped(step)
            if name not in fields:
                return f"undefined field '{step}'"
            fields = fields[name]
    return None


def _unescaped(step: str) -> str:
    """The property that a step names: those that CEL could not write are escaped in rules of definitions.

    Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-names
    """
    keyword = _KEYWORD.fullmatch(step)
    if keyword:
        return keyword[1]
    for escape, meant in (("__dot__", "."), ("__dash__", "-"), ("__slash__", "/"), ("__underscores__", "__")):
        step = step.replace(escape, meant)
    return step


def _paths(text: str, known: Mapping[str, Fields]) -> Iterator[list[str]]:
    for name in known:
        for match in re.finditer(rf"(?<![\w.]){name}((?:\.\??\w+\b(?!\s*\())+)", text):
            yield [name, *(step.lstrip("?") for step in match[1].split(".")[1:])]
