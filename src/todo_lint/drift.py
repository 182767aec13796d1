"""What fares otherwise than in an earlier traceability report, and which charts of both reports are the same one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from todo_lint.records import dataclass
from todo_lint.traces import KEPT, UNDECIDED, Change, Difference, Trace, TraceRow


@dataclass(frozen=True, slots=True)
class Drift:
    """The differences of two reports; ``uncompared`` says of which charts only one of them tells."""

    differences: tuple[Difference, ...]
    uncompared: tuple[str, ...] = ()


def drift(earlier: Sequence[Trace], now: Sequence[Trace]) -> Drift:
    """What fares otherwise than before, by what sort of change it is and then in the order of the document.

    Lines may have moved, and the chart may be named by another path: words decide. A chart of which one of the
    reports has nothing (it does not render, or is new) is not compared with anything.
    """
    pairs, before, after = _paired(earlier, now)
    found = [difference for old, new in pairs for difference in _differences(old, new)]
    order = list(Change)
    return Drift(
        tuple(sorted(found, key=lambda d: (order.index(d.change), d.chart, d.line, d.text))),
        (
            *(f"{trace.chart} is in the earlier report, and nothing of it was traced now" for trace in before),
            *(f"{trace.chart} is not in the earlier report" for trace in after),
        ),
    )


def _by_path(trace: Trace) -> object:
    return os.path.normpath(trace.chart), trace.document


def _by_place(trace: Trace) -> object:
    return os.path.abspath(trace.chart)  # noqa: PTH100 - a link is a path of its own


def _by_folder(trace: Trace) -> object:
    return os.path.basename(os.path.abspath(trace.chart))  # noqa: PTH100, PTH119


def _only(trace: Trace) -> object:
    return None


_MARKS: tuple[Callable[[Trace], object], ...] = (_by_path, _by_place, _by_folder, _only)
"""What two traces of one chart have in common, the surest first: an earlier report may come from another folder, or
from another machine. Each counts only where it is that of one chart in either report."""


def _paired(
    earlier: Sequence[Trace], now: Sequence[Trace]
) -> tuple[list[tuple[Trace, Trace]], list[Trace], list[Trace]]:
    """The traces of the same charts, and what is left of both reports."""
    before, after = list(earlier), list(now)
    pairs: list[tuple[Trace, Trace]] = []
    for mark in _MARKS:
        old = Counter(map(mark, before))
        new = Counter(map(mark, after))
        for trace in list(after):
            if old[mark(trace)] == new[mark(trace)] == 1:
                other = next(candidate for candidate in before if mark(candidate) == mark(trace))
                pairs.append((other, trace))
                before.remove(other)
                after.remove(trace)
    return pairs, before, after


def _differences(earlier: Trace, now: Trace) -> Iterator[Difference]:
    before, after = _by_words(earlier.rows), _by_words(now.rows)
    for key in {**before, **after}:
        found = _difference(now.chart, before.get(key), after.get(key))
        if found is not None:
            yield found


def _by_words(rows: Iterable[TraceRow]) -> dict[tuple[object, ...], TraceRow]:
    found: dict[tuple[object, ...], TraceRow] = {}
    for row in rows:
        key: tuple[object, ...] = (row.subject, row.attribute, row.value)
        number = 0
        while (*key, number) in found:
            number += 1
        found[(*key, number)] = row
    return found


def _difference(chart: str, old: TraceRow | None, new: TraceRow | None) -> Difference | None:
    row = new or old
    if row is None or (old is not None and new is not None and old.verdict is new.verdict):
        return None
    message = next((cell.message for cell in row.cells if cell.message), row.reason)
    change = _change(old, new)
    before, after = old.verdict if old else None, new.verdict if new else None
    return Difference(change, chart, row.line, row.text, before, after, message if new else "")


def _change(old: TraceRow | None, new: TraceRow | None) -> Change:
    if old is None or new is None:
        return Change.ADDED if old is None else Change.REMOVED
    fine = KEPT | UNDECIDED
    if old.verdict in fine and new.verdict not in fine:
        return Change.DRIFTED
    return Change.MENDED if old.verdict not in fine and new.verdict in fine else Change.CHANGED
