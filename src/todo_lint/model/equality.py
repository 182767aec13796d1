"""When a stated value and a rendered one are the same."""

from __future__ import annotations

import re

from todo_lint.kubernetes.quantities import parse_quantity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.model.evidence import show
from todo_lint.patterns import pattern


def same_quantity(stated: str, found: Json) -> bool:
    """Compare as Kubernetes quantities: ``0.5`` is ``500m``, ``1Gi`` is ``1024Mi``; else as text."""
    if isinstance(found, (dict, list, bool)) or found is None:
        return False
    try:
        return parse_quantity(stated) == parse_quantity(str(found))
    except ValueError:
        return stated == show(found)


def same_shown(stated: str, found: Json) -> bool:
    """Compare with the value as it is shown, letter by letter."""
    return stated == show(found)


def same_value(stated: str, found: Json) -> bool:
    """Compare a field of any type: numbers as such (``1.0`` is ``1``), true and false in any case, else the text."""
    if stated == show(found):
        return True
    if isinstance(found, bool):
        return stated.lower() == show(found)
    if isinstance(found, (int, float)):
        return same_quantity(stated, found)
    if isinstance(found, (list, dict)):
        return _as_yaml(stated) == found
    return isinstance(found, str) and not found and stated == '""'


def _as_yaml(stated: str) -> Json:
    from todo_lint.kubernetes_yaml.document import YamlDocument
    from todo_lint.kubernetes_yaml.reader import read_document

    read = read_document(stated)
    return read.value if isinstance(read, YamlDocument) else None


def as_map(stated: str) -> dict[str, Json]:
    """A stated mapping, which need not have brackets: ``a: 1, b: 2``; empty where there is none."""
    found = next((read for read in (_as_yaml(stated), _as_yaml(f"{{{stated}}}")) if isinstance(read, dict)), {})
    return {} if None in found.values() else found


def same_list(stated: str, found: Json) -> bool:
    """Compare a list with the same words in any order, however they are separated: ``a, b`` is ``[b, a]``."""
    items = found if isinstance(found, list) else [found]
    wanted = [part for part in re.split(r"[\s,\[\]\"'|]+", stated) if part]
    return sorted(wanted) == sorted(map(show, items))


def same_words(stated: str, found: Json) -> bool:
    """Compare a command word by word, however it is stated: ``npm run x`` is ``["npm", "run", "x"]``."""
    said = re.sub(r"[\"',]", " ", stated).strip("[] ").split()
    return said == re.sub(r"[\"',]", " ", " ".join(map(show, found if isinstance(found, list) else [found]))).split()


def same_percent(stated: str, found: Json) -> bool:
    """Compare percentages and counts: ``70%`` is ``70`` where a percentage is meant, ``50%`` is ``50%``."""
    return stated.rstrip("% ") == show(found).rstrip("%") and bool(stated)


def same_text(stated: str, found: str) -> bool:
    """Compare letter by letter; ``""`` states an empty text, and nothing at all only that there is some value."""
    return not stated or stated == found or (stated == '""' and not found)


def same_default(key: str, stated: str, found: Json) -> bool:
    """Compare a stated default with the one in values.yaml.

    ``0.50`` is ``0.5`` where a number stands or the key speaks of an amount; the tags ``1.10`` and ``1.1`` differ.
    """
    if same_text(stated, show(found)) or (isinstance(found, (list, dict, bool)) and same_value(stated, found)):
        return True
    if isinstance(found, dict) and (part := as_map(stated)):
        return _has(key, part, found)
    if _is_empty(found) and (stated in ("{}", "[]") or (found in ("", None, {}, []) and is_empty_in_words(stated))):
        return True
    if isinstance(found, str) and "\n" in found and (part := as_map(stated)) and (inner := as_map(found)):
        return part == inner  # a mapping that values.yaml holds as a text, for `tpl`
    amount = not isinstance(found, str) or not (stated[-1:].isdigit() and found[-1:].isdigit())
    return (amount or _AMOUNT.search(key) is not None) and same_quantity(stated, found)


def _is_empty(value: Json) -> bool:
    """Whether a value holds nothing: empty, or nothing but what is empty."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in ("", None) or (isinstance(value, dict | list) and all(map(_is_empty, inner)))


def is_empty_in_words(stated: str) -> bool:
    """Whether a stated default is a way to write that there is none."""
    return stated in ('""', "''", "~") or stated.lower() in ("null", "nil", "none", "unset", "not set", "undefined")


def _has(key: str, stated: dict[str, Json], found: Json) -> bool:
    """Whether a mapping has all that is stated of it; what else it has is not spoken of."""
    if not isinstance(found, dict):
        return False
    return all(
        name in found
        and (
            _has(f"{key}.{name}", value, found[name])
            if isinstance(value, dict) and value
            else value == found[name] or same_default(f"{key}.{name}", show(value), found[name])
        )
        for name, value in stated.items()
    )


_AMOUNT = pattern(r"(?:cpu|memory|storage|size)[^.]*$", re.IGNORECASE)


def normalised_key(key: str) -> str:
    """A key without case and separators: ``database-url``, ``DATABASE_URL`` and ``databaseUrl`` are one."""
    return "".join(char for char in key.lower() if char.isalnum())
