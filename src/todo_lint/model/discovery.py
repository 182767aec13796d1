"""Finds the document that a chart is to be held against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.model.cache import recall, remember
from todo_lint.model.places import candidates
from todo_lint.model.statements import DataModel
from todo_lint.records import dataclass

MAX_SIZE = 2 << 20
NOTHING = "0 statements read: this document states nothing that todo-lint understands (todo-lint model --all FILE)"
NEARLY = 0.9
"""From this likeness on, of 0 to 1, a name is taken to be a misspelt other one."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The document, if one was found, and otherwise a line that says so and what was therefore not checked."""

    model: DataModel | None
    remark: str = ""


def load_data_model(path: str) -> DataModel:
    """Read the document at ``path``.

    Raises:
        UserError: when it cannot be read, is no text, or states nothing at all.
    """
    model = _read(path)
    if not model.statements:
        raise UserError(NOTHING, file=path)
    return model


def discover(folders: Iterable[str], chart_name: str) -> Discovery:
    """Look for the chart's document in folders, nearest first.

    A document counts when the chart's name that it states is this chart's: a repository may hold several charts.
    Where none does, the only one that was met counts if it states nearly this name: then the name itself differs.
    """
    others: list[str] = []
    met: list[DataModel] = []
    for path in candidates(list(folders)):
        model = _read(path)
        if model.chart_name() == chart_name:
            return Discovery(model)
        others.append(f"{path} {_about(model)}")
        met.append(model)
    if len(met) == 1 and _nearly(met[0].chart_name() or "", chart_name):
        return Discovery(met[0])
    found = f" ({'; '.join(others)})" if others else ""
    return Discovery(
        None,
        f"no data model for the chart {chart_name} was found{found}: "
        "the chart was held against Kubernetes only, not against its document (--data-model FILE names one)",
    )


def _nearly(stated: str, chart_name: str) -> bool:
    """Whether two names differ as a misspelt one does, and not as those of two charts do (``web``, ``api``)."""
    import difflib

    return difflib.SequenceMatcher(None, stated, chart_name).ratio() >= NEARLY


def _about(model: DataModel) -> str:
    name = model.chart_name()
    return f"is about the chart {name}" if name else "does not say which chart it is about"


def read_bytes(path: str) -> bytes:
    """The bytes of the document at ``path``.

    Raises:
        UserError: when it cannot be read, is too large, or is no text.
    """
    try:
        if Path(path).stat().st_size > MAX_SIZE:
            raise UserError(
                f"the data model is larger than {MAX_SIZE >> 20} MiB: name a document about this deployment alone",
                file=path,
            )
        raw = Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"the data model cannot be read: {error.strerror}", file=path) from error
    if b"\0" in raw:
        raise UserError("the data model is no text: it holds NUL bytes", file=path)
    return raw


def _read(path: str) -> DataModel:
    raw = read_bytes(path)
    known = recall(raw, path)
    if known is not None:
        return known
    from todo_lint.model.reader import read_text  # not needed for a document that was read before

    # A byte that is no UTF-8 damages one character, not the document.
    model = read_text(raw.decode("utf-8", errors="replace"), path)
    remember(raw, model)
    return model
