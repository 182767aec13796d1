"""What an unquoted YAML word means to Kubernetes and Helm: true, 12, null, or just text.

Both read YAML through sigs.k8s.io/yaml: go.yaml.in/yaml/v2 resolves scalars by a mixture of YAML 1.1 and 1.2, the
result becomes JSON, and the JSON is decoded into int64 or float64. The functions here give what comes out at the end
of that way (resolve.go of go.yaml.in/yaml v2.4, ``convertToJSONableObject`` of sigs.k8s.io/yaml v1.6, and
``ConvertInterfaceNumbers`` of k8s.io/apimachinery v0.37).
"""

from __future__ import annotations

import math
import re
import struct

from todo_lint.patterns import pattern

Scalar = None | bool | int | float | str

_TAG = "tag:yaml.org,2002:"
BINARY_TAG = _TAG + "binary"
TIMESTAMP_TAG = _TAG + "timestamp"
MERGE_TAG = _TAG + "merge"
_TYPES: dict[str, type] = {
    _TAG + "bool": bool,
    _TAG + "int": int,
    _TAG + "float": float,
    _TAG + "null": type(None),
}

INT64_MIN, INT64_MAX, UINT64_MAX = -(1 << 63), (1 << 63) - 1, (1 << 64) - 1
_SMALL_DIGITS = 18  # any decimal number of so many digits fits into an int64

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("~", "null", "Null", "NULL")),
}
_WORD_STARTS = frozenset("yYnNtTfFoO~")
_NUMBER_STARTS = frozenset("0123456789+-.")
_SPECIAL_FLOATS = {
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}

_INTEGER = pattern(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DOT_FLOAT = pattern(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?")
_SIGN_AFTER_PREFIX = pattern(r"0b([-+][01]+)")
_BASES = {"x": 16, "b": 2, "o": 8}


class ScalarError(ValueError):
    """A scalar that Kubernetes refuses; the message holds nothing of its text."""


def resolve(text: str) -> Scalar:
    """What an unquoted scalar is, before it becomes JSON: floats may be infinite, integers reach uint64."""
    if not text:
        return None
    first = text[0]
    if first in _WORD_STARTS:
        return _WORDS.get(text, text)
    if first in _NUMBER_STARTS:
        return _number(text)
    return text


def resolve_tagged(tag: str, text: str) -> Scalar:
    """What a scalar with an explicit tag is; quotes do not matter then. An unknown or local tag gives the text.

    Raises:
        ScalarError: when the text is none of the tag's type, as in ``!!int abc``.
    """
    if tag == BINARY_TAG:
        return _binary(text)
    if tag == TIMESTAMP_TAG:
        if not _is_timestamp(text):
            raise ScalarError("the value is tagged !!timestamp but is none")
        return text
    wanted = _TYPES.get(tag)
    if wanted is None:
        return text
    value = resolve(text)
    if wanted is float and isinstance(value, int) and type(value) is int and value <= INT64_MAX:
        return float(value)
    if type(value) is not wanted:
        raise ScalarError(f"the value is tagged !!{tag.removeprefix(_TAG)} but is none")
    return value


def json_value(value: Scalar) -> Scalar:
    """The value after YAML became JSON and JSON became int64 or float64.

    Raises:
        ScalarError: for infinity and not-a-number, which JSON lacks.
    """
    if isinstance(value, float):
        return _json_float(value)
    if isinstance(value, int) and not INT64_MIN <= value <= INT64_MAX:
        return float(value)
    return value


def key_text(value: Scalar) -> str:
    """The string that a mapping key becomes: ``8``, ``true``, ``1.5``.

    Raises:
        ScalarError: for null and for integers above int64, which Kubernetes refuses as keys.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise ScalarError("a key is empty or null; a key must be text")
    if isinstance(value, float):
        return _float_key(value)
    if value > INT64_MAX:
        raise ScalarError("a key is a number too large for a key; put it in quotes")
    return str(value)


def _number(text: str) -> Scalar:
    """A scalar that starts like a number: a number, or else text."""
    special = _SPECIAL_FLOATS.get(text)
    if special is not None:
        return special
    if text[0] == ".":
        return _finite(text.replace("_", ""), text) if _DOT_FLOAT.fullmatch(text) else text
    plain = text.replace("_", "")
    if len(plain) <= _SMALL_DIGITS and plain[0] != "0" and plain.isascii() and plain.isdigit():
        return int(plain)
    if _INTEGER.fullmatch(plain):
        integer = _integer(plain)
        if integer is not None:
            return integer
    if _FLOAT.fullmatch(plain):
        return _finite(plain, text)
    return _sign_after_prefix(plain, text)


def _integer(plain: str) -> int | None:
    """The integer, if it fits into an int64 or (without a sign) a uint64."""
    digits = plain.lstrip("+-")
    if digits[0] == "0" and len(digits) > 1:
        base = _BASES.get(digits[1].lower())
        value = int(digits[2:], base) if base else int(digits, 8)
    elif len(digits) > 20:
        return None
    else:
        value = int(digits)
    if plain[0] == "-":
        value = -value
    limit = INT64_MAX if plain[0] == "+" else UINT64_MAX
    return value if INT64_MIN <= value <= limit else None


def _sign_after_prefix(plain: str, text: str) -> int | str:
    """``0b-1`` is -1: what follows 0b is read once more, with its sign."""
    signed = _SIGN_AFTER_PREFIX.fullmatch(plain)
    if signed:
        value = int(signed[1], 2)
        if INT64_MIN <= value <= INT64_MAX:
            return value
    return text


def _finite(plain: str, text: str) -> float | str:
    """The float, or the text where it is too large for one."""
    value = float(plain)
    return text if math.isinf(value) else value


def _json_float(value: float) -> float | int:
    """A float as it comes back from JSON: whole numbers are written without a point and become int64 if they fit."""
    if not math.isfinite(value):
        raise ScalarError("infinity and not-a-number (.inf, .nan) cannot be values in Kubernetes")
    if value.is_integer() and abs(value) < 1e19:
        # Go writes the shortest digits that give the float again and fills up with zeros.
        digits, _, exponent = repr(value).partition("e")
        integer = int(value) if not exponent else _scaled(digits, int(exponent))
        if INT64_MIN <= integer <= INT64_MAX:
            return integer
    return value


def _scaled(digits: str, exponent: int) -> int:
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction + "0" * (exponent - len(fraction)))


def _float_key(value: float) -> str:
    """A float as a key: Go's ``FormatFloat(value, 'g', -1, 32)``, with YAML's names for what is not finite."""
    if math.isnan(value):
        return ".nan"
    single = _single(value)
    if math.isinf(single):
        return ".inf" if single > 0 else "-.inf"
    # Nine significant digits tell any two single floats apart.
    shortest = next(text for text in (f"{single:.{n}e}" for n in range(9)) if _single(float(text)) == single)
    mantissa, _, exponent = shortest.partition("e")
    if not -4 <= int(exponent) < 6:
        return shortest
    decimals = len(mantissa.partition(".")[2]) - int(exponent)
    return f"{float(shortest):.{max(decimals, 0)}f}"


def _single(value: float) -> float:
    """The nearest 32-bit float; what is too large becomes infinite."""
    try:
        nearest: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return nearest


def _binary(text: str) -> str:
    """The decoded text of ``!!binary``; bytes that are no UTF-8 become U+FFFD, one each, as Go writes JSON."""
    import base64
    import binascii

    try:
        raw = base64.b64decode(text.replace("\n", "").replace("\r", "").encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise ScalarError("the value is tagged !!binary but is not valid base64") from None
    return re.sub("[\udc80-\udcff]", "\ufffd", raw.decode("utf-8", "surrogateescape"))


_TIMESTAMP = pattern(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
    r"| +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?"
)


def _is_timestamp(text: str) -> bool:
    """Whether Go's YAML reader accepts the text as a timestamp (``parseTimestamp`` of resolve.go)."""
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return False
    year, month, day, *clock = (int(part) for part in found.groups() if part is not None)
    days = (31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= month <= 12 or not 1 <= day <= days[month - 1]:
        return False
    return all(part < limit for part, limit in zip(clock, (24, 60, 60), strict=False))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
