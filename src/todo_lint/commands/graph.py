"""``todo-lint graph``: the resources of a chart and who refers to whom, drawn."""

from __future__ import annotations

from typing import Any

import click

from todo_lint.commands._options import CONTEXT, FILE, request_from, request_options


@click.command("graph", short_help="Draw who refers to whom.", context_settings=CONTEXT)
@click.argument("path", type=FILE)
@request_options
@click.option("--profile", metavar="NAME", help="Default: the first profile that renders.")
@click.option(
    "--format", "format_", type=click.Choice(["mermaid", "dot", "json"]), default="mermaid", help="Default: mermaid."
)
def command(path: str, profile: str | None, format_: str, **options: Any) -> int:
    """Draw who refers to whom: resources, keys, ports, URLs; what dangles is marked."""
    from todo_lint.draw import draw

    return draw(request_from((path,), options), profile, format_)
