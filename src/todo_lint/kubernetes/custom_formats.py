"""The formats that definitions of custom kinds may ask of texts and numbers, as a server checks them.

A server knows the formats below and overlooks all others. They are those of OpenAPI as the library go-openapi/strfmt
takes them, which is more lenient than RFC 3339 in fractions of a second, takes ``2 days`` for a duration, and is
stricter than DNS with host names (``my-db`` is none). Sources:
https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation and
https://github.com/go-openapi/strfmt; tried out on kube-apiserver 1.37.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.formats import wrong_ip
from todo_lint.kubernetes.names import wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.report import Report, label
from todo_lint.kubernetes.words import described, quoted
from todo_lint.patterns import pattern

_INT32 = (-(2**31), 2**31 - 1)
_INT64 = (-(2**63), 2**63 - 1)
_FLOAT = 3.4028234663852886e38
_NAMES_KNOWN = _SIZES_CHECKED = 37
"""The first version that was seen to check ``k8s-short-name`` and ``k8s-long-name``, and numbers against the sizes
``int32`` and ``float``; 1.30 does not.
"""

_DATE = pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = pattern(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|[-+][0-9]{2}:[0-9]{2})")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_GO_DURATION = pattern(r"[-+]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+|[-+]?0")
_GO_PART = pattern(r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)")
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,
    "\u03bcs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_AMOUNT = pattern(r"([0-9]+)[\t\n\f\r ]*([A-Za-z\u00b5]+)")
_UNITS = {
    "nano": ("ns",),
    "micro": ("us", "\u00b5s"),
    "milli": ("ms",),
    "sec": ("s",),
    "min": ("m",),
    "hour": ("h", "hr"),
    "day": ("d",),
    "week": ("w", "wk"),
}
"""What a unit begins with, and its short forms."""

_SCHEME = pattern(r"([A-Za-z][-A-Za-z0-9+.]*):(.*)", re.DOTALL)
_HOST = r"[^\[\]:@/?#%\\ <>\"]*"
_AUTHORITY = pattern(rf"(?:[^@/?#\\ ]*@)?(?:\[[0-9A-Fa-f:.]+\](?::[0-9]*)?|{_HOST}|(?:{_HOST}:)+[0-9]*)")
"""Someone's name, a host and a port; older servers take several colons."""
_BAD_ESCAPE = pattern(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = pattern(r"[\x00-\x1f\x7f]")
_ATOM = r"[^\x00-\x20\x7f()<>\[\]:;@\\,.\"]+"
_MAIL = pattern(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_ATOM}(?:\.{_ATOM})*|\[[^\[\]]*\])")

_COLOUR = r" *(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]) *"
_MAC_OCTETS = (6, 8, 20)
_HEX = r"[0-9A-Fa-f]"


def check_formats(value: Any, schema: Mapping[str, Any], route: Route, report: Report) -> None:
    """Check texts and numbers of an object against the formats that the schema of its kind names."""
    for at, found, wanted in _formatted(value, schema, route, sized=report.minor >= _SIZES_CHECKED):
        if isinstance(found, str):
            wrong = wrong_text(wanted, found, report.minor)
            if wrong:
                report.invalid(at, f"{label(at)} is {described(found)}: {wrong}")
        else:
            _number(at, found, wanted, report)


def _formatted(
    value: Any, schema: Mapping[str, Any], route: Route, *, sized: bool
) -> Iterator[tuple[Route, Any, str]]:
    """The texts and numbers of a value whose schema names a format or type, with the format that counts.

    ``sized``: numbers are held against the size that their format names.
    """
    wanted = schema.get("format")
    kind = schema.get("type")
    if isinstance(value, str) and isinstance(wanted, str):
        yield route, value, wanted
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if kind == "integer":
            yield route, value, "int32" if wanted == "int32" and sized else "int64"
        elif kind == "number" and wanted == "float" and sized:
            yield route, value, "float"
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(value):
            yield from _formatted(item, schema["items"], (*route, number), sized=sized)
    elif isinstance(value, dict):
        extra = schema.get("additionalProperties")
        for key, item in value.items():
            child = schema.get("properties", {}).get(key, extra if isinstance(extra, dict) else None)
            if child:
                yield from _formatted(item, child, (*route, key), sized=sized)


def _number(route: Route, value: float, wanted: str, report: Report) -> None:
    low, high = {"int32": _INT32, "int64": _INT64}.get(wanted, (-_FLOAT, _FLOAT))
    if not low <= value <= high:
        limits = f"{low} to {high} is allowed" if wanted != "float" else "it does not fit a float of 32 bits"
        report.add("out-of-range", route, f"{label(route)} is {quoted(value)}, {limits}")


def wrong_text(wanted: str, text: str, minor: int) -> str | None:
    """Say what is wrong with a text that shall have a format, or None, also where it is one that nobody checks."""
    if wanted in _KUBERNETES_NAMES:
        return _KUBERNETES_NAMES[wanted](text) if minor >= _NAMES_KNOWN else None
    known = _KNOWN.get("date-time" if wanted == "datetime" else wanted)
    if known is None or known[0](text):
        return None
    return f"{known[1]} is expected (format {wanted})"


_KUBERNETES_NAMES: dict[str, Callable[[str], str | None]] = {
    "k8s-short-name": wrong_dns_label,
    "k8s-long-name": wrong_dns_subdomain,
}


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (month, day) != (2, 29) or is_leap


def _is_date_time(text: str) -> bool:
    date, _, rest = text.lower().partition("t")
    found = _TIME.fullmatch(rest)
    if found is None or not _is_date(date):
        return False
    return int(found[1]) <= 23 and int(found[2]) <= 59 and int(found[3]) <= 59


def _is_duration(text: str) -> bool:
    if _GO_DURATION.fullmatch(text):
        parts = _GO_PART.findall(text)
        if sum(int(f"0{number.partition('.')[0]}") * _NANOSECONDS[unit] for number, unit in parts) <= _INT64[1]:
            return True
    amounts = _AMOUNT.findall(text)
    if any(int(number) > _INT64[1] for number, _ in amounts):
        return False
    return any(_is_unit(unit.lower()) for _, unit in amounts)


def _is_unit(unit: str) -> bool:
    return any(unit in short or unit.startswith(start) for start, short in _UNITS.items())


def _is_ip(text: str, mark: str) -> bool:
    return mark in text and "%" not in text and wrong_ip(text) is None


def _is_block(text: str) -> bool:
    address, _, bits = text.partition("/")
    if not (bits.isascii() and bits.isdigit()) or "%" in address or wrong_ip(address) is not None:
        return False
    return int(bits) <= (128 if ":" in address else 32)


def _is_mac(text: str) -> bool:
    for mark, size in ((":", 2), ("-", 2), (".", 4)):
        parts = text.split(mark)
        if len(parts) > 1:
            octets = len(parts) * size // 2
            return octets in _MAC_OCTETS and all(re.fullmatch(f"{_HEX}{{{size}}}", part) for part in parts)
    return re.fullmatch(f"{_HEX}{{12}}|{_HEX}{{16}}|{_HEX}{{40}}", text) is not None


def _is_host(text: str) -> bool:
    """One label, with a hyphen at most behind its first character, or several, of which the last is of letters."""
    if len(text.encode("utf-8", "surrogatepass")) > 255:
        return False
    kinds = "".join(map(_kind, text))
    if any(len(part) > 63 for part in text.split(".")):
        return False
    single = re.fullmatch(r"[lds]-?[lds]{0,62}", kinds)
    return single is not None or re.fullmatch(r"(?:[lds](?:[lds-]{0,61}[lds])?\.)+l{2,63}", kinds) is not None


def _kind(char: str) -> str:
    """``l`` for a letter, ``d`` for a digit, ``s`` for a symbol; a dot, a hyphen and all else as they are."""
    if char in "0123456789":
        return "d"
    category = unicodedata.category(char)
    return {"L": "l", "S": "s"}.get(category[0], char if char in ".-" else "?")


def _is_mail(text: str) -> bool:
    """An address, as in the head of a mail; those with a name or in quotes are not looked into."""
    return "@" in text if "<" in text or '"' in text else _MAIL.fullmatch(text) is not None


def _is_uri(text: str) -> bool:
    """An address with a scheme, or an absolute path."""
    if _CONTROL.search(text):
        return False
    found = _SCHEME.fullmatch(text)
    rest = found[2] if found else text
    if not rest.startswith("/"):
        return found is not None
    path = rest.partition("?")[0]
    if found and path.startswith("//"):
        authority, slash, way = path[2:].partition("/")
        if _AUTHORITY.fullmatch(authority) is None:
            return False
        path = slash + way
    return _BAD_ESCAPE.search(path) is None


def _matches(expression: str) -> Callable[[str], bool]:
    compiled = pattern(expression)
    return lambda text: compiled.fullmatch(text) is not None


def _uuid(version: str, variant: str) -> Callable[[str], bool]:
    return _matches(rf"{_HEX}{{8}}-?{_HEX}{{4}}-?{version}{_HEX}{{3}}-?{variant}{_HEX}{{3}}-?{_HEX}{{12}}")


_KNOWN: dict[str, tuple[Callable[[str], bool], str]] = {
    "bsonobjectid": (_matches(rf"{_HEX}{{24}}"), "24 hexadecimal digits"),
    "byte": (_matches("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"), "base64"),
    "cidr": (_is_block, "a block of addresses like 10.9.8.0/24 or 2001:db8::/64"),
    "date": (_is_date, "a date like 2026-05-31"),
    "date-time": (_is_date_time, "a time like 2026-05-31T13:45:00Z"),
    "duration": (_is_duration, "a duration like 1h30m or 2 days"),
    "email": (_is_mail, "an address like name@example.com"),
    "hexcolor": (_matches(rf"#?(?:{_HEX}{{3}}|{_HEX}{{6}})"), "a colour like #ff8800"),
    "hostname": (_is_host, "a host name like www.example.com"),
    "ipv4": (lambda text: _is_ip(text, "."), "an address like 10.9.8.7"),
    "ipv6": (lambda text: _is_ip(text, ":"), "an address like 2001:db8::1"),
    "mac": (_is_mac, "an address like 00:00:5e:00:53:01"),
    "rgbcolor": (_matches(rf"rgb\({_COLOUR},{_COLOUR},{_COLOUR}\)"), "a colour like rgb(255,136,0)"),
    "ssn": (_matches("[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}"), "a number like 111-22-3333"),
    "uri": (_is_uri, "an address like https://example.com/path"),
    "uuid": (_uuid(_HEX, _HEX), "a UUID"),
    "uuid3": (_uuid("3", _HEX), "a UUID of version 3"),
    "uuid4": (_uuid("4", "[89ABab]"), "a UUID of version 4"),
    "uuid5": (_uuid("5", "[89ABab]"), "a UUID of version 5"),
}
"""The formats that a server checks, but for numbers of books and credit cards: a test and what is expected."""
