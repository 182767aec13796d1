"""``todo-lint model``: what is understood of a data model, line by line."""

from __future__ import annotations

import click

from todo_lint.commands._options import CONTEXT, FILE


@click.command("model", short_help="Show how a data model is understood.", context_settings=CONTEXT)
@click.argument("document", type=FILE)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@click.option("--all", "everything", is_flag=True, help="Show the lines of prose as well.")
def command(document: str, format_: str, everything: bool) -> int:
    """Show what is understood of a data model: each line a statement, later, prose or not understood.

    The exit code is 1 where a line is not understood, and 2 where the document states nothing.
    """
    from todo_lint.show_model import show_model

    return show_model(document, format_, everything)
