"""``todo-lint trace``: a row for each statement of the document, and what became of it."""

from __future__ import annotations

from typing import Any

import click

from todo_lint.commands._options import CONTEXT, FILE, request_from, request_options
from todo_lint.trace_document import trace, trace_formats


@click.command("trace", short_help="Show where each statement comes true.", context_settings=CONTEXT)
@click.argument("paths", nargs=-1, type=FILE, metavar="PATH...", required=True)
@request_options
@click.option("--format", "format_", type=click.Choice(trace_formats()), default="text", help="Default: text.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Default: warning.")
@click.option("--diff", "earlier", type=FILE, metavar="REPORT.json", help="Tell what has changed since that report.")
def command(paths: tuple[str, ...], format_: str, earlier: str | None, **options: Any) -> int:
    """Trace each statement of the document to the field, template line and values key that make it true or not."""
    return trace(request_from(paths, options), format_, earlier)
