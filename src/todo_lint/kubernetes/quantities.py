"""Kubernetes quantities (``500m``, ``1Gi``, ``1e3``), exactly as the API reads them.

Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ and the behaviour of the
API server's ``resource.ParseQuantity``.
"""

from __future__ import annotations

import functools
from fractions import Fraction

_SUFFIXES: dict[str, Fraction] = {
    "": Fraction(1),
    **{name: Fraction(1, 10**power) for name, power in (("n", 9), ("u", 6), ("m", 3))},
    **{name: Fraction(10**power) for name, power in (("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18))},
    **{
        name: Fraction(2**power)
        for name, power in (("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60))
    },
}
SUFFIXES = tuple(_SUFFIXES)
_NANO = 10**9
_SHOWN = 20  # characters of a suffix in a message
_LARGEST = 2**63 - 1
_INT64_DIGITS = 18
_LARGEST_EXPONENT = 60  # beyond it every number is cut to the largest, or rounded up to a nano


class QuantityError(ValueError):
    """The text is no quantity; the message says why in a few words and holds no value."""


@functools.lru_cache(maxsize=1024)
def parse_quantity(text: str) -> Fraction:
    """Return the exact number that a quantity stands for: ``500m`` is 1/2, ``1Gi`` is 1073741824.

    Blanks around it do not count, and no digits at all (``m``) are zero. Precision finer than one nano is
    rounded up (away from zero), and what exceeds 2^63-1 is cut to it, as the server does.

    Raises:
        QuantityError: when the server would not read it.
    """
    negative, digits, suffix = _split(text.strip(" "))
    scale = _scale(suffix)
    whole, _, fraction = digits.partition(".")
    amount = Fraction(int((whole + fraction) or "0"), 10 ** len(fraction)) * scale
    nanos = -((-amount * _NANO).__floor__())
    amount = min(Fraction(nanos, _NANO), Fraction(_LARGEST))
    return -amount if negative else amount


def quantity_of(value: object) -> Fraction:
    """Return the number of a quantity as it stands in an object: a string or a number.

    Raises:
        QuantityError: when it is neither or is no quantity.
    """
    if isinstance(value, str):
        return parse_quantity(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise QuantityError("it is neither a string nor a number")
    return parse_quantity(repr(value))


def is_quantity(text: str) -> bool:
    """Say whether the server reads this text as a quantity."""
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True


def millis(value: Fraction) -> int:
    """Return a quantity in thousandths (millicores for CPU), rounded up, as the server's MilliValue does."""
    return -((-value * 1000).__floor__())


def units(value: Fraction) -> int:
    """Return a quantity in whole units (bytes for memory), rounded up, as the server's Value does."""
    return -((-value).__floor__())


def format_bytes(value: Fraction) -> str:
    """Return a number of bytes with the largest binary suffix that keeps it whole: 1073741824 gives ``1Gi``."""
    number = units(value)
    for suffix in ("Ei", "Pi", "Ti", "Gi", "Mi", "Ki"):
        scale = int(_SUFFIXES[suffix])
        if number and number % scale == 0:
            return f"{number // scale}{suffix}"
    return str(number)


def format_cpu(value: Fraction) -> str:
    """Return a number of cores as Kubernetes writes it: 1/2 gives ``500m``, 2 gives ``2``."""
    return str(int(value)) if value.denominator == 1 else f"{millis(value)}m"


def _split(text: str) -> tuple[bool, str, str]:
    """Return the sign, the digits with at most one point, and the rest."""
    if not text:
        raise QuantityError("it is empty")
    at = 1 if text[0] in "+-" else 0
    end = at
    while end < len(text) and text[end] in "0123456789.":
        end += 1
    digits = text[at:end]
    if digits.count(".") > 1:
        raise QuantityError("it has two decimal points")
    return text[0] == "-", digits, text[end:]


def _scale(suffix: str) -> Fraction:
    found = _SUFFIXES.get(suffix)
    if found is not None:
        return found
    if suffix[0] in "eE" and len(suffix) > 1:
        digits = suffix[2:] if suffix[1] in "+-" else suffix[1:]
        if digits.isascii() and digits.isdigit() and len(digits.lstrip("0")) <= _INT64_DIGITS:
            exponent = min(max(int(suffix[1:]), -_LARGEST_EXPONENT), _LARGEST_EXPONENT)
            return Fraction(10) ** exponent
    shown = suffix if len(suffix) <= _SHOWN else f"{suffix[: _SHOWN - 3]}..."
    raise QuantityError(f"its suffix {shown!r} is none of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei")
