"""Options that several commands have, and the request that they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from todo_lint.findings import Severity
from todo_lint.stages.request import DEFAULT_DEADLINE, Request

CONTEXT: dict[str, Any] = {"help_option_names": ["--help"], "max_content_width": 110}
FILE = click.Path()  # whether it exists is told later, and better
LONGEST_DEADLINE = 86_400
"""A day, in seconds."""
Callback = TypeVar("Callback", bound=Callable[..., Any])


def request_options(command: Callback) -> Callback:
    """All options that say what is rendered and what it is held against; ``request_from`` reads them."""
    return _values_options(_installation_options(command))


def request_from(paths: tuple[str, ...], given: dict[str, Any]) -> Request:
    """The request that ``request_options`` make; ``given`` holds each of them by its name, and no other."""
    from todo_lint.helm.profiles import ValueOptions

    options = dict(given)
    values = ValueOptions(
        options.pop("files"),
        options.pop("set_json"),
        options.pop("set_"),
        options.pop("set_string"),
        options.pop("set_file"),
    )
    fail_on = options.pop("fail_on", None)
    # As with helm, one option may hold several, separated by commas.
    apis = tuple(api for entry in options.pop("apis") for api in entry.split(",") if api)
    return Request(
        paths, values, api_versions=apis, fail_on=Severity[fail_on.upper()] if fail_on else None, **options
    )


def _values_options(command: Callback) -> Callback:
    """The options with which helm takes values."""
    return _apply(
        command,
        click.option(
            "-f", "--values", "files", type=FILE, multiple=True, metavar="FILE", help="A values file (repeatable)."
        ),
        click.option("--set", "set_", multiple=True, metavar="K=V", help="Set a value, as helm does."),
        click.option("--set-string", multiple=True, metavar="K=V", help="Set a value as text."),
        click.option("--set-file", multiple=True, metavar="K=FILE", help="Set a value to a file's text."),
        click.option("--set-json", multiple=True, metavar="K=JSON", help="Set a value to JSON."),
    )


def _installation_options(command: Callback) -> Callback:
    """The options that say into which cluster the chart goes, and what it is compared with."""
    return _apply(
        command,
        click.option("--release-name", metavar="NAME", help="The release's name (default: the chart's)."),
        click.option("--namespace", "-n", metavar="NAME", help="The release's namespace (default: default)."),
        click.option("--kubernetes-version", metavar="1.N[-1.M]", help="Default: all that the chart allows."),
        click.option("--api-versions", "apis", multiple=True, metavar="G/V/KIND", help="More APIs of the cluster."),
        click.option("--data-model", type=FILE, metavar="FILE", help="Default: the nearest data-model.md."),
        click.option("--config", type=FILE, metavar="FILE", help="Default: the nearest .todo-lint.yaml."),
        click.option(
            "--deadline",
            type=click.FloatRange(min=0.1, max=LONGEST_DEADLINE),
            callback=_number,
            default=DEFAULT_DEADLINE,
            metavar="SECONDS",
            help="To render one chart; default: 30.",
        ),
    )


def _number(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Refuse ``nan``, which lies in every range."""
    if value != value:
        raise click.BadParameter(f"{value} is no number of seconds.", context, parameter)
    return value


def _apply(command: Callback, *options: Callable[[Callback], Callback]) -> Callback:
    for option in reversed(options):
        command = option(command)
    return command
