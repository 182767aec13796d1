"""What a container runs."""

from __future__ import annotations

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern


def command(attribute: str) -> Phrase:
    """A parser of what a container runs: code (``npm run migrate``) or a list; other words only describe it."""

    def parse(text: str) -> Facts:
        bare = without_remarks(text).strip()
        marked = bare.count("`") == 2 and bare[0] == bare[-1] == "`"
        listed = bare.startswith("[") and bare.endswith("]")
        said = marked or listed or _PROGRAM.match(bare) is not None
        return ((attribute, plain(bare)),) if said else ()

    return parse


_PROGRAM = pattern(
    r"(?:\.?/[\w./-]+|(?:ba|da)?sh|npm|npx|yarn|pnpm|bun|node|python3?|uv|uvicorn|gunicorn|hypercorn|flask|celery|alembic|"
    r"java|dotnet|php|ruby|bundle|rake|nginx|redis-server|postgres|mysqld|mongod)(?= [\w./-]|$)"
)
"""How a command begins that is one without marks."""
runs = command(Attribute.COMMAND)
RUN = "a command is read in code marks: `npm run migrate`"
"""The nearest form of a command that is read, for hints."""
