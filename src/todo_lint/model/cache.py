"""Keeps data models that were read, so that an unchanged document is not parsed again: that takes 40 ms.

An entry is found by a digest of the document's bytes and of everything that decides how they are read. The cache
is never needed: whatever is wrong with it, the document itself is read. It lies in the user's cache folder;
``TODO_LINT_CACHE_DIR`` names another, or ``off`` for none. Texts of prose are not kept, since nothing reads them,
those of statements are as places in the document, and a document that seems to state a secret is not kept at all.
"""

from __future__ import annotations

import json
import os
import re
import sys
from importlib.machinery import PathFinder
from typing import Any

from todo_lint.cache_folder import VARIABLE, blake2b, cache_folder, keep_entries, module_states, recall_entry
from todo_lint.model.reader import PLAIN
from todo_lint.model.statements import Attribute, DataModel, Kind, Modality, Prose, Statement, kind_named
from todo_lint.patterns import pattern
from todo_lint.version import VERSION

__all__ = ["VARIABLE", "recall", "remember"]

READERS = ("cache", "reader", "statements")
"""The modules that decide how a document is read, besides all in the folder ``reading``."""
MOST_ENTRIES = 64
_SAYS_SECRET = pattern(
    r"(?:passw|passphrase|pwd|token|key|credential|secret)\w*\s*(?:is|are|:|=)\s*\S{6}", re.IGNORECASE
)
"""Words that give a secret away in a sentence."""
SUFFIX = ".model"


def recall(raw: bytes, file: str) -> DataModel | None:
    """The data model that was read from these bytes before, or None. ``file`` is how messages name the document."""
    try:
        body = recall_entry(_key(raw, file)) if cache_folder() is not None else None
        return _decoded(json.loads(body), file, _text(raw)) if body is not None else None
    except Exception:  # whatever it is: the document is there to be read
        return None


def remember(raw: bytes, model: DataModel) -> None:
    """Keep the data model that was read from these bytes, where that is possible and holds no secret."""
    try:
        if cache_folder() is not None and not _may_hold_secret(model, _text(raw)):
            body = json.dumps(_encoded(model, _text(raw)), separators=(",", ":"))
            keep_entries({_key(raw, model.file): body.encode()}, SUFFIX, MOST_ENTRIES)
    except Exception:  # whatever it is: nothing is kept
        return


def _key(raw: bytes, file: str) -> str:
    """The name of the entry: of the bytes, this version, its modules as they are now, and the Markdown parser."""
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    parser = PathFinder.find_spec("markdown_it")
    place = parser.origin if parser and parser.origin else ""
    states = list(module_states(os.path.join(here, "reading")))  # noqa: PTH118
    for path in (*(os.path.join(here, f"{name}.py") for name in READERS), place):  # noqa: PTH118
        states += [(path, os.stat(path).st_mtime_ns, 0)] if path else []  # noqa: PTH116
    digest = blake2b(repr((VERSION, sys.version_info[:2], states)).encode(), digest_size=32)
    digest.update(b"plain" if file.lower().endswith(PLAIN) else b"Markdown")
    digest.update(raw)
    return digest.hexdigest() + SUFFIX


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _may_hold_secret(model: DataModel, text: str) -> bool:
    """Whether a statement seems to give a secret away; of the keys of Secrets, the reader keeps no values.

    What a statement says in the document's own words is not kept, and need not be looked at.
    """
    from todo_lint.helm.secrets import SECRET_KEY

    places = _Places(text)
    return any(
        (statement.kind is Kind.SECRET and not statement.understood)
        or (statement.value and _is_secret(statement))
        or (isinstance(places.of(statement), str) and _SAYS_SECRET.search(statement.text))
        or (not statement.understood and SECRET_KEY.search(statement.text))
        or ("://" in statement.value and "@" in statement.value)
        for statement in model.statements
    )


def _is_secret(statement: Statement) -> bool:
    """Whether a statement names something secret, or has a value that looks like it."""
    from todo_lint.helm.secrets import SECRET_KEY
    from todo_lint.model.secrecy import names_secret, redacted

    named = SECRET_KEY.search(statement.attribute) or names_secret(statement.kind, statement.attribute)
    return bool(named) or redacted(statement.value) != statement.value


class _Places:
    """Words of a document as stretches of its text, where they stand there; the words themselves are not kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def of(self, statement: Statement) -> str | tuple[int, int]:
        """Where the words of a statement stand, or the words."""
        words = statement.text
        start = self._text.find(words, self._starts[min(statement.line, len(self._starts)) - 1])
        return words if start < 0 else (start, start + len(words))


def _encoded(model: DataModel, text: str) -> dict[str, Any]:
    places = _Places(text)
    statements = [
        (
            *(str(s.kind), s.name, str(s.attribute), isinstance(s.attribute, Attribute), s.value, s.modality.value),
            *(
                s.line,
                places.of(s),
                s.understood,
                s.hint,
                s.column,
                s.alternatives,
                s.bounds,
                s.environment,
                s.part,
            ),
            s.section,
        )
        for s in model.statements
    ]
    return {"statements": statements, "prose": [(p.line, p.reason, p.mentions) for p in model.prose]}


def _decoded(read: dict[str, Any], file: str, text: str) -> DataModel:
    statements = tuple(_statement(text, *fields) for fields in read["statements"])
    prose = (Prose(line, "", reason, tuple(mentions)) for line, reason, mentions in read["prose"])
    return DataModel(file, statements, tuple(prose))


def _statement(
    document: str, kind: str, name: str, attribute: str, known: bool, value: str, modality: str, *rest: Any
) -> Statement:
    line, kept, understood, hint, column, alternatives, bounds, *others = rest
    text = kept if isinstance(kept, str) else document[kept[0] : kept[1]]
    of = Attribute(attribute) if known else attribute
    firmness, exact = Modality(modality), (tuple(alternatives), (bounds[0], bounds[1]))
    return Statement(
        kind_named(kind), name, of, value, firmness, line, text, understood, hint, column, *exact, *others
    )
