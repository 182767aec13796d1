"""``todo-lint explain-value``: which rendered fields a values key decides, and which keys are behind a field."""

from __future__ import annotations

from typing import Any

import click

from todo_lint.commands._options import CONTEXT, FILE, request_from, request_options


@click.command("explain-value", short_help="From a values key to its fields, and back.", context_settings=CONTEXT)
@click.argument("chart", type=FILE)
@click.argument("key_or_field")
@request_options
def command(chart: str, key_or_field: str, **options: Any) -> int:
    """Say which fields a values key decides, and where a field comes from.

    KEY_OR_FIELD is a key such as backend.service.port, or a rendered field such as
    Service/backend-service:spec.ports[0].port.
    """
    from todo_lint.explain_value import explain

    return explain(request_from((chart,), options), key_or_field)
