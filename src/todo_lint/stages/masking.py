"""Passwords that stand in the clear, outside of Secrets, are not shown in excerpts: their lines are pointed at.

That they stand there may be wrong, and may be what a finding is about; a report that shows them spreads them further.
"""

from __future__ import annotations

import re

from todo_lint.findings import Route
from todo_lint.helm.secrets import BLOT, CREDENTIALS, SECRET_NAME, SENSITIVE_WORDS
from todo_lint.manifests.resources import Resource
from todo_lint.patterns import pattern

_IGNORE_CASE = 2
_NAMED = rf"""(?<![\w])["']?[\w.-]*{SENSITIVE_WORDS}["']?"""
_LITERAL = r"""(?:"(?:\\.|[^"\\])+"|'[^']+'|[^\s"'{}\[\],#&*|>!][^,}#]*?)(?=\s*(?:[,}#]|$))"""
_OF_KEY = pattern(rf"({_NAMED}\s*:\s+)({_LITERAL})", _IGNORE_CASE)
"""A key that names a secret, and its value: ``password: hunter2``, in block and flow style."""
_OF_VARIABLE = pattern(rf"(\bname:\s*{_NAMED},\s*value:\s*)({_LITERAL})", _IGNORE_CASE)
_OF_OPTION = pattern(rf"""({_NAMED}=)([^\s"'{{}},;&]+)""", _IGNORE_CASE)
"""An option or a line of a properties file: ``--password=hunter2``."""
_NO_SECRET = frozenset(("true", "false", "null", "~", "yes", "no"))
_VALUE = pattern(r"(:\s+|=|^\s*-\s+)(\S.*)$")
_SHORTEST = 3


def masked(line: str, *, secret: bool = False) -> str:
    """A line without the passwords in it.

    ``secret``: the value at its end is one, which the line itself does not tell. What a template writes by an action
    is none.
    """
    if secret and "{{" not in line:
        line = _VALUE.sub(rf"\1{BLOT}", line)
    for found in (_OF_KEY, _OF_VARIABLE, _OF_OPTION):
        line = found.sub(_blotted, line)
    return CREDENTIALS.sub(_password_blotted, line)


def _blotted(match: re.Match[str]) -> str:
    before, value = match[1], match[2]
    known = value.strip("\"'").lower() in _NO_SECRET or "{{" in value
    return f"{before}{value if known else BLOT}"


def _password_blotted(match: re.Match[str]) -> str:
    before, value = match[1], match[2]
    return f"{before}{value if '{{' in value or value[:1] in '$%' else BLOT}"


def secret_value(resource: Resource, route: Route) -> str:
    """The value of a field whose name, or whose variable's name, says that it is secret; empty where it does not."""
    value = resource.get(*route)
    if not route or isinstance(value, bool | dict | list) or value is None:
        return ""
    name = resource.get(*route[:-1], "name") if route[-1] == "value" else route[-1]
    return str(value) if isinstance(name, str) and SECRET_NAME.search(name) else ""


def without(text: str, secret: str) -> str:
    """A message without the value of a field that is secret."""
    return text.replace(secret, BLOT) if len(secret) >= _SHORTEST else text
