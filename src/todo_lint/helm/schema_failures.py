"""What Helm says when values do not fit values.schema.json, without the values.

Helm hands on the messages of the library santhosh-tekuri/jsonschema, some of which quote the value. A value may
be a password, so only the key and the rule are kept.
"""

from __future__ import annotations

import re

HEADER = "values don't meet the specifications of the schema(s) in the following chart(s):\n"
AT = re.compile(r"^(?P<indent> *)- at '(?P<pointer>(?:[^'\\]|\\.)*)': (?P<text>.*)$")
CHART = re.compile(r"^(?P<name>\S+):$")
UNREACHABLE = re.compile(r'failing loading "(?P<url>[^"]+)"')
NOT_READ = "which is not read: todo-lint reads nothing but the chart"
QUOTING = (
    (re.compile(r"^.* does not match pattern (?P<rule>.*)$"), "does not match the pattern {rule}"),
    (re.compile(r"^.* is not valid (?P<rule>[\w-]+)(?::.*)?$"), "is no valid {rule}"),
    (
        re.compile(
            r"^(?P<name>minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf): got .*, want (?P<rule>.*)$"
        ),
        "{name}: want {rule}",
    ),
    (re.compile(r"^invalid propertyName .*$"), "has a key with a name that is not allowed"),
)


def explain_schema_failure(text: str, chart_name: str) -> tuple[str, ...] | None:
    """One line for each thing that a schema refuses: ``backend.port: got string, want integer``.

    Keys of a subchart begin with its name. Sorted, since Helm's order is random. None if ``text`` is about
    something else.
    """
    if not text.startswith(HEADER):
        return None
    lines = text.removeprefix(HEADER).rstrip("\n").split("\n")
    prefix = ""
    parts: set[str] = set()
    for number, line in enumerate(lines):
        chart = CHART.match(line)
        if chart:
            prefix = "" if chart["name"] == chart_name else f"{chart['name']}."
            continue
        part = _explain_line(line, prefix, lines[number + 1 : number + 2])
        if part:
            parts.add(part)
    return tuple(sorted(parts))


def _explain_line(line: str, prefix: str, following: list[str]) -> str | None:
    match = AT.match(line)
    if match is None:
        return _explain_schema_itself(line)
    below = AT.match(following[0]) if following else None
    if below and len(below["indent"]) > len(match["indent"]):
        return None  # a group such as anyOf: what lies below says more
    key = f"{prefix}{_key(match['pointer'])}".rstrip(".")
    text = without_value(match["text"])
    return f"{key}: {text}" if key else text


def _explain_schema_itself(line: str) -> str | None:
    """A line about the schema, not the values: it cannot be read, or refers to one that is not here."""
    unreachable = UNREACHABLE.search(line)
    if unreachable:
        return f"the schema refers to {unreachable['url']}, {NOT_READ}"
    if "is not valid against metaschema" in line:
        return "the schema itself is no valid JSON Schema"
    return f"the schema cannot be used: {line.strip()}" if line.strip() else None


def without_value(text: str) -> str:
    """A message of the schema library with the value, where it quotes one, left out."""
    for pattern, replacement in QUOTING:
        match = pattern.match(text)
        if match:
            return replacement.format(**match.groupdict())
    return text


def _key(pointer: str) -> str:
    """A JSON pointer as a key path: ``/hosts/0/name`` as ``hosts[0].name``."""
    path = ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        path += f"[{name}]" if name.isdigit() else (f".{name}" if path else name)
    return path
