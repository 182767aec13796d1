"""``todo-lint check``, which is meant where no command is named."""

from __future__ import annotations

import os
from typing import Any

import click

from todo_lint.check import check
from todo_lint.commands._names import command_names
from todo_lint.commands._options import CONTEXT, FILE, request_from, request_options
from todo_lint.report._formats import format_names


@click.command("check", context_settings=CONTEXT)
@click.argument("paths", nargs=-1, type=FILE, metavar="PATH...", required=True)
@request_options
@click.option("--format", "format_", type=click.Choice(format_names()), help="Default: text.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Default: warning.")
@click.option("--only", type=click.Choice(["kubernetes"]), help="Check as an API server would; no more.")
@click.option("--strict-kinds", is_flag=True, help="Fail on kinds without a known schema.")
@click.option("--together", is_flag=True, help="Check references in folders of 2,000 files and more, too.")
@click.option("--fix", "fixes", flag_value="fix", help="Put stated values into values.yaml.")
@click.option("--diff", "fixes", flag_value="diff", help="Show what --fix would change.")
def command(paths: tuple[str, ...], format_: str | None, only: str | None, fixes: str | None, **options: Any) -> int:
    """Check charts and manifests."""
    _name_near_command(paths)
    request = request_from(paths, {**options, "only_kubernetes": only == "kubernetes"})
    if fixes is None:
        return check(request, format_ or "text")
    if "-" in paths:
        raise click.UsageError(f"--{fixes} changes files, and standard input is none")
    if fixes == "diff" and format_ is not None:
        raise click.UsageError("--diff shows changes, not a report: it goes without --format")
    from todo_lint.fix import diff, fix

    return diff(request) if fixes == "diff" else fix(request, format_ or "text")


def _name_near_command(paths: tuple[str, ...]) -> None:
    """Where the first path does not exist but nearly names a command, say so."""
    first = paths[0]
    if os.path.exists(first) or os.sep in first or first == "-":  # noqa: PTH110 - pathlib costs start-up time
        return
    import difflib

    near = difflib.get_close_matches(first, command_names(), n=1, cutoff=0.7)
    if near:
        raise click.UsageError(f"there is no file or folder {first!r}; did you mean the command '{near[0]}'?")
