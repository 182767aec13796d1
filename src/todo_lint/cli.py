"""Arguments in, exit code out; nothing escapes from here."""

from __future__ import annotations

import io
import os
import sys

from todo_lint.check import EXIT_WRONG_INPUT, check, drop_output
from todo_lint.commands._names import command_names
from todo_lint.errors import ToolError, UserError
from todo_lint.terminal import one_line

EXIT_NOT_FINISHED = 3
EXIT_INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code; every exception is mapped to one.

    Click's and Python's own exit code 1 would read as "findings": an exception that nobody expected is 3, wrong
    usage 2, Ctrl-C 130. A reader that closes the pipe early ends the run as a shell expects, with 141.
    """
    _write_any_text()
    try:
        return _run(arguments)
    except ToolError as error:
        print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
        return EXIT_NOT_FINISHED
    except UserError as error:  # one that is about no input of its own, such as an earlier report
        print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
        return EXIT_WRONG_INPUT
    except KeyboardInterrupt:
        print("todo-lint: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except SystemExit as ended:  # so click ends: with 0 after a completion, with 1 where the pipe is closed
        return _closed_pipe() if ended.code else 0
    except Exception as error:
        return _crashed(error)


def _run(arguments: list[str]) -> int:
    """Carry out the command; paths alone need no parser, and are checked without the time that click takes."""
    if _are_paths(arguments):
        from todo_lint.stages.request import Request

        return check(Request(tuple(arguments)), "text")
    from todo_lint.commands._group import run_command

    return run_command(arguments)


def _are_paths(arguments: list[str]) -> bool:
    """Whether the arguments are files and folders only: no option, no command, and nothing that does not exist."""
    return (
        bool(arguments)
        and arguments[0] not in command_names()
        and not any(argument.startswith("-") for argument in arguments)
        and all(os.path.exists(argument) for argument in arguments)  # noqa: PTH110 - pathlib costs start-up time
    )


def _write_any_text() -> None:
    """Let an output that knows few characters show the others as escapes, where Python would raise."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _closed_pipe() -> int:
    """128 + SIGPIPE, as shells report it."""
    drop_output()
    return 141


def _crashed(error: Exception) -> int:
    from todo_lint.stages.crashes import describe

    print(f"todo-lint: it failed: {describe(error)}; please report this", file=sys.stderr)
    return EXIT_NOT_FINISHED
