"""What breaks the schema of plain data models, in words that name the nearest thing that is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import at
from todo_lint.model.statements import Kind, kind_named

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_SHOWN = 12  # names of attributes in a hint


def problem_of(error: ValidationError, schema: Mapping[str, Any], document: Json) -> tuple[Route, str]:
    """Where a document breaks its schema, and what is wrong there.

    Args:
        error: the error of the validator.
        schema: the whole schema, whose definitions say what they describe.
        document: the document; no value of a Secret is ever in the message.
    """
    route: Route = tuple(error.instance_path)
    of = [str(step) for step in error.schema_path[:2]]
    definition = schema["$defs"].get(of[1], {}) if of[:1] == ["$defs"] and len(of) == 2 else {}
    unexpected = getattr(error.kind, "unexpected", None)
    kind = at(document, (*route[:2], "kind"))
    if unexpected and "patternProperties" in definition:
        name = str(unexpected[0])
        return (*route, name), f"a {kind} has no attribute {name}; {_nearest(name, definition)}"
    if what := definition.get("description", ""):
        if "anyOf" in definition and len(route) > 3:
            return route, f"{route[3]} must be {what}{_choices(schema, of[1])}{_found(document, route, kind)}"
    elif route[-1:] == ("kind",):
        known = kind_named(str(at(document, route)))
        near = f"; did you mean {known}?" if isinstance(known, Kind) and known else ""
        return route, f"a kind begins with a capital letter, as Kubernetes writes it{near}"
    return route, str(error.message)


def _nearest(name: str, definition: Mapping[str, Any]) -> str:
    exact = list(definition["properties"])
    # A name that may have anything behind a dot is compared up to that dot.
    open_ = [re.sub(r"\\(.)", r"\1", known[1:]).removesuffix(".+$") for known in definition["patternProperties"]]
    begins, dot, rest = name.partition(".")
    known = [*exact, *(prefix + (rest or "...") for prefix in open_ if prefix.endswith("."))]
    near = difflib.get_close_matches(name, known, n=1) or difflib.get_close_matches(
        f"{begins}{dot}{rest}", known, n=1
    )
    lowered = {one.lower().replace(".", ""): one for one in known}
    spelled = lowered.get(re.sub(r"[-_ .]", "", name.lower()))
    if spelled or near:
        return f"did you mean {spelled or near[0]}?"
    shown = [one for one in exact if not re.match(r"(?:liveness|readiness|startup)Probe|securityContext", one)]
    return f"it has {', '.join(shown[:_SHOWN])}" + (" and more" if len(shown) > _SHOWN else "")


def _choices(schema: Mapping[str, Any], name: str) -> str:
    """The words of which one must be taken, if there are any."""
    parts = schema["$defs"].get(f"one-{name}", {}).get("anyOf", ())
    words = [str(word) for part in parts for word in part.get("enum", ())]
    return f": {', '.join(words)}" if words and name not in ("truth", "tls", "chartAPI") else ""


def _found(document: Json, route: Route, kind: Json) -> str:
    """The value that was found, where it can be no secret."""
    value = at(document, route)
    if kind == Kind.SECRET or isinstance(value, (dict, list)):
        return ""
    return ", and there is none" if value is None else f", not {str(value)[:40]!r}"


__all__ = ["problem_of"]
