"""Runs the examples of docs/data-model.md and writes what they print; with --check, says whether it is stale.

    python docs/generate_data_model_page.py [--check]

The text between the examples is written by hand. A code block below ``<!-- file: NAME -->`` is a file, and each
``console`` block a command that is run in a folder of the files of its section; what stands below its first line,
``$ todo-lint ...``, is what the command prints.
``> FILE`` keeps it in a file, ``; echo $?`` prints the exit code as well.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from todo_lint import cli

PAGE = Path(__file__).with_name("data-model.md")
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^(?P<fence>`{3,})(?P<info>\w*)\n(?P<content>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"\$ todo-lint (?P<arguments>[^\n;>]*)(?:> (?P<into>\S+))?(?P<code>; echo \$\?)?\n")


def sections(page: str) -> list[str]:
    """The page in parts that begin with a heading of the second level, each with a folder of its own."""
    inside = [block.span() for block in _BLOCK.finditer(page)]
    starts = [found.start() for found in re.finditer(r"(?m)^## ", page)]
    starts = [start for start in starts if not any(first <= start < last for first, last in inside)]
    return [page[first:last] for first, last in zip([0, *starts], [*starts, len(page)], strict=True)]


def executed(section: str) -> str:
    """A section with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        return _BLOCK.sub(lambda block: _executed(Path(folder), block), section)


def _executed(folder: Path, block: re.Match[str]) -> str:
    content = block["content"]
    if block["file"]:
        path = folder / block["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    elif block["info"] == "console":
        command = _COMMAND.match(content)
        if command is None:
            raise SystemExit(f"{PAGE}: this is no command of todo-lint: {content}")
        printed = _run(folder, command["arguments"].split(), with_code=bool(command["code"]))
        if command["into"]:
            (folder / command["into"]).write_text(printed, encoding="utf-8")
            printed = ""
        return f"{block['fence']}console\n{command[0]}{printed}{block['fence']}"
    return block[0]


def _run(folder: Path, arguments: list[str], *, with_code: bool) -> str:
    """What a command prints to both of its outputs, and its exit code where that is asked for."""
    output = io.StringIO()
    with _inside(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = cli.run(arguments)
    return output.getvalue() + (f"{code}\n" if with_code else "")


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    cache = os.environ.get("TODO_LINT_CACHE_DIR")
    os.environ["TODO_LINT_CACHE_DIR"] = "off"
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        del os.environ["TODO_LINT_CACHE_DIR"]
        os.environ.update({"TODO_LINT_CACHE_DIR": cache} if cache is not None else {})


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it. Returns the exit code."""
    page = PAGE.read_text(encoding="utf-8")
    text = "".join(executed(section) for section in sections(page))
    if text == page:
        return 0
    if arguments == ["--check"]:
        print(f"{PAGE} is stale: run python docs/generate_data_model_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
