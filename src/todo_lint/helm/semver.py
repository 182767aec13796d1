"""Semantic versions and constraints in the grammar of Masterminds/semver v3, which Helm uses.

It is used for a chart's ``version``, its ``kubeVersion`` and the versions of its dependencies. Differences to other
grammars: ``||`` is or, a comma or a space is and, ``1.2 - 1.4`` is a range with both ends, ``1.2`` and ``=1.2`` mean
``~1.2``; and a constraint without a pre-release matches no pre-release.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_SUFFIXES = r"(-[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?(\+[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?"
VERSION = pattern(r"v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?" + _SUFFIXES)
_PART = r"[0-9|xX*]+"
_WILD = rf"v?({_PART})(\.{_PART})?(\.{_PART})?" + _SUFFIXES
_WILD_SILENT = re.sub(r"\((?!\?)", "(?:", _WILD)
_OPERATOR = r"(?:=>|=<|>=|<=|!=|~>|=|>|<|~|\^|)"
RANGE = pattern(rf"\s*({_WILD_SILENT})\s+-\s+({_WILD_SILENT})\s*")
ONE = pattern(rf"\s*({_OPERATOR})\s*{_WILD}\s*")
EACH = pattern(rf"{_OPERATOR}\s*{_WILD_SILENT}")
# possessive, since spaces could be shared out in very many ways before a constraint is found to be wrong
GROUP = pattern(rf"\s*+{_OPERATOR}\s*+{_WILD_SILENT}(?:(?:\s*+,\s*+|\s++){_OPERATOR}\s*+{_WILD_SILENT})*+\s*+")
MAX_NUMBER = (1 << 64) - 1
MAX_LENGTH = 256
WILDCARDS = ("x", "X", "*", "")


@dataclass(frozen=True, slots=True)
class Version:
    """A version; ``pre`` is the pre-release without its dash. Build metadata is of no consequence."""

    major: int
    minor: int
    patch: int
    pre: str = ""

    @property
    def key(self) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
        """What versions are ordered by: numbers, a release after its pre-releases, and these part by part."""
        parts = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in self.pre.split("."))
        return (self.major, self.minor, self.patch, not self.pre, parts if self.pre else ())


@lru_cache(maxsize=64)
def parse_version(text: str) -> Version | None:
    """A version, with missing parts taken as 0 and an optional ``v``, or None if it is none."""
    match = VERSION.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        return None
    numbers = [int(part.lstrip(".")) if part else 0 for part in match.group(1, 2, 3)]
    pre = (match[4] or "")[1:]
    if max(numbers) > MAX_NUMBER or any(_leading_zero(part) for part in pre.split(".") if pre):
        return None
    return Version(numbers[0], numbers[1], numbers[2], pre)


def _leading_zero(part: str) -> bool:
    return len(part) > 1 and part[0] == "0" and part.isdigit()


@dataclass(frozen=True, slots=True)
class _Constraint:
    """One comparison. ``fields`` says how many parts of the version were written: ``1.x`` has 1."""

    operator: str
    version: Version
    fields: int


def satisfies(version: str, constraint: str) -> bool | None:
    """Whether a version meets a constraint. None: the constraint is not a constraint; Helm then says no."""
    groups = _parse_constraint(constraint)
    if groups is None:
        return None
    parsed = parse_version(version)
    return parsed is not None and any(_meets_all(parsed, group) for group in groups)


@lru_cache(maxsize=64)
def _parse_constraint(text: str) -> tuple[tuple[_Constraint, ...], ...] | None:
    if len(text) > MAX_LENGTH:
        return None
    groups: list[tuple[_Constraint, ...]] = []
    if "-" in text.split():  # the dash of a range stands alone
        text = RANGE.sub(r">= \1, <= \2 ", text)
    for group in text.split("||"):
        alone = _parse_one(group)  # most are, and the expressions for several take 2 ms to compile
        if alone is not None:
            groups.append((alone,))
            continue
        if not GROUP.fullmatch(group):
            return None
        constraints = [_parse_one(part) for part in EACH.findall(group)]
        if None in constraints:
            return None
        groups.append(tuple(one for one in constraints if one is not None))
    return tuple(groups)


def _parse_one(text: str) -> _Constraint | None:
    match = ONE.fullmatch(text)
    if match is None:
        return None
    operator = {"=>": ">=", "=<": "<=", "~>": "~", "=": ""}.get(match[1], match[1])
    parts = [(part or "").lstrip(".") for part in match.group(2, 3, 4)]
    fields = next((count for count, part in enumerate(parts) if part in WILDCARDS), 3)
    numbers = [*parts[:fields], "0", "0", "0"][:3]
    version = parse_version(".".join(numbers) + (match[5] or ""))
    return None if version is None else _Constraint(operator, version, fields)


def _meets_all(version: Version, group: tuple[_Constraint, ...]) -> bool:
    if version.pre and not any(constraint.version.pre for constraint in group):
        return False
    return all(_MEETS[constraint.operator](version, constraint) for constraint in group)


def _tilde_or_equal(version: Version, constraint: _Constraint) -> bool:
    return _tilde(version, constraint) if constraint.fields < 3 else version.key == constraint.version.key


def _not_equal(version: Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.fields == 3:
        return version.key != wanted.key
    if constraint.fields == 0:  # `!=*`: only the major version 0 of the wildcard is ever compared
        return version.key != wanted.key
    if version.major != wanted.major:
        return True
    if constraint.fields == 1:
        return False
    return version.minor != wanted.minor or version.pre != wanted.pre


def _greater(version: Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.fields in (0, 3):
        return version.key > wanted.key
    if constraint.fields == 1:
        return version.major > wanted.major
    return (version.major, version.minor) > (wanted.major, wanted.minor)


def _less(version: Version, constraint: _Constraint) -> bool:
    return version.key < constraint.version.key


def _at_least(version: Version, constraint: _Constraint) -> bool:
    return version.key >= constraint.version.key


def _at_most(version: Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.fields == 3:
        return version.key <= wanted.key
    if constraint.fields == 1:
        return version.major <= wanted.major
    return (version.major, version.minor) <= (wanted.major, wanted.minor)


def _tilde(version: Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if version.key < wanted.key:
        return False
    if (wanted.major, wanted.minor, wanted.patch) == (0, 0, 0) and constraint.fields in (0, 3):
        return True
    return version.major == wanted.major and (constraint.fields == 1 or version.minor == wanted.minor)


def _caret(version: Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if version.key < wanted.key:
        return False
    if wanted.major > 0 or constraint.fields == 1 or version.major > 0:
        return version.major == wanted.major
    if wanted.minor > 0 or constraint.fields == 2 or version.minor > 0:
        return version.minor == wanted.minor
    return version.patch == wanted.patch


_MEETS: dict[str, Callable[[Version, _Constraint], bool]] = {
    "": _tilde_or_equal,
    "!=": _not_equal,
    ">": _greater,
    "<": _less,
    ">=": _at_least,
    "<=": _at_most,
    "~": _tilde,
    "^": _caret,
}
