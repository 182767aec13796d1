"""Schedules of CronJobs, by the grammar that the server uses.

That is ParseStandard of the library robfig/cron (https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format):
five fields of numbers, names, ranges and steps, or a descriptor such as @daily. 7 is no weekday; L, W and # are
unknown; a day that no month has is accepted.
"""

from __future__ import annotations

import functools
import re

from todo_lint.patterns import pattern

_DESCRIPTORS = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)}),
    ("day of the week", 0, 6, {name: number for number, name in enumerate(_DAYS)}),
)
_DURATION = pattern(r"[-+]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+")
_NUMBER = pattern(r"[-+]?[0-9]+")


class ScheduleError(ValueError):
    """The schedule cannot be read; the message says why in a few words."""


@functools.lru_cache(maxsize=1024)
def check_schedule(text: str) -> None:
    """Read a schedule as the server does.

    Raises:
        ScheduleError: when the server would refuse it.
    """
    if text.startswith("@"):
        _descriptor(text)
        return
    fields = text.split()
    if len(fields) != 5:
        raise ScheduleError(f"it has {len(fields)} fields, 5 are expected: minute, hour, day, month, weekday")
    for part, (name, low, high, names) in zip(fields, _FIELDS, strict=True):
        for item in part.split(","):
            if item:
                _range(item, name, low, high, names)


def _descriptor(text: str) -> None:
    if text in _DESCRIPTORS:
        return
    if text.startswith("@every "):
        duration = text.removeprefix("@every ")
        if _DURATION.fullmatch(duration) and (
            duration.lstrip("+-") == "0" or not re.search(r"(^|[a-z])0$", duration)
        ):
            return
        raise ScheduleError("@every needs a duration like 1h30m")
    raise ScheduleError(f"{text.split()[0]} is none of {', '.join(sorted(_DESCRIPTORS))} or @every DURATION")


def _range(item: str, name: str, low: int, high: int, names: dict[str, int]) -> None:
    """Check one range with an optional step: ``*``, ``5``, ``1-5``, ``*/15``, ``mon-fri``."""
    parts = item.split("/")
    ends = parts[0].split("-")
    if ends[0] in ("*", "?"):
        start, end = low, high
    else:
        start = _number(ends[0], name, names)
        if len(ends) > 2:
            raise ScheduleError(f"the {name} {item} has too many hyphens")
        end = _number(ends[1], name, names) if len(ends) == 2 else start
    if len(parts) > 2:
        raise ScheduleError(f"the {name} {item} has too many slashes")
    if len(parts) == 2:
        if _number(parts[1], name, {}) == 0:
            raise ScheduleError(f"the {name} {item} has the step 0")
        if len(ends) == 1:
            end = high
    if start < low or end > high:
        raise ScheduleError(f"the {name} {item} is outside {low} to {high}")
    if start > end:
        raise ScheduleError(f"the {name} {item} runs backwards")


def _number(text: str, name: str, names: dict[str, int]) -> int:
    named = names.get(text.lower())
    if named is not None:
        return named
    if not _NUMBER.fullmatch(text) or int(text) < 0:
        raise ScheduleError(f"the {name} {text or 'of a range'} is no number")
    return int(text)
