"""The commands and their options: the only module that knows click."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from todo_lint.check import EXIT_WRONG_INPUT, check, one_line
from todo_lint.findings import Severity
from todo_lint.stages.request import DEFAULT_DEADLINE, Request
from todo_lint.version import VERSION

_EXAMPLES = """\b
Examples:
  todo-lint chart/                               check a chart in all its profiles
  todo-lint chart/ -f prod.yaml --set tag=1.2    check it with these values
  helm template chart/ | todo-lint -             check rendered manifests
  todo-lint manifests/ --data-model docs/data-model.md
  todo-lint explain documented-port-differs      what a rule finds, and why

Exit codes: 0 no finding reached --fail-on; 1 findings; 2 wrong input or options; 3 not finished.
"""


def run_command(arguments: list[str]) -> int:
    """Carry out what the arguments ask for and return the exit code; wrong usage is 2, with one line.

    Raises:
        KeyboardInterrupt: after Ctrl-C, for which click has an exception of its own.
        SystemExit: where standard output is a closed pipe: so click ends then.
    """
    try:
        code = _main.main(arguments, prog_name="todo-lint", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        print(f"todo-lint: {one_line(error.format_message())} (todo-lint --help)", file=sys.stderr)
        return EXIT_WRONG_INPUT
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


class _CheckByDefault(click.Group):
    """A group whose ``check`` is meant where the first argument names no command: ``todo-lint chart/``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *_GROUP_OPTIONS):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("todo-lint", "[OPTIONS] PATH...  |  todo-lint COMMAND ...")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of ``check`` with those of the group: they are what most people look for."""
        records = [
            record
            for parameter in (*_check.get_params(ctx), *self.get_params(ctx))
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx))
        ]
        with formatter.section("Options"):
            formatter.write_dl(list(dict.fromkeys(records)))
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(f"\n{_EXAMPLES.replace(chr(8), '').strip()}\n")


_GROUP_OPTIONS = ("--help", "--version")
_CONTEXT: dict[str, Any] = {"help_option_names": ["--help"], "max_content_width": 110}


@click.group(cls=_CheckByDefault, context_settings=_CONTEXT, no_args_is_help=False, invoke_without_command=True)
@click.version_option(VERSION, prog_name="todo-lint", message="%(prog)s %(version)s")
@click.pass_context
def _main(ctx: click.Context) -> int:
    """Render Helm charts, check each manifest as a Kubernetes API server would, and hold the chart against the data
    model that its team wrote down. PATH is a chart (folder or .tgz), a manifest file or folder, or - for stdin."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return EXIT_WRONG_INPUT
    return 0


def _values_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options with which helm takes values."""
    options = (
        click.option("-f", "--values", "files", multiple=True, metavar="FILE", help="A values file (repeatable)."),
        click.option("--set", "set_", multiple=True, metavar="K=V", help="Set a value, as helm does."),
        click.option("--set-string", multiple=True, metavar="K=V", help="Set a value as text."),
        click.option("--set-file", multiple=True, metavar="K=FILE", help="Set a value to a file's text."),
        click.option("--set-json", multiple=True, metavar="K=JSON", help="Set a value to JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@_main.command("check", context_settings=_CONTEXT)
@click.argument("paths", nargs=-1, metavar="PATH...", required=True)
@_values_options
@click.option("--release-name", metavar="NAME", help="The release's name (default: the chart's).")
@click.option("--namespace", "-n", metavar="NAME", help="The release's namespace (default: default).")
@click.option("--kubernetes-version", metavar="1.N", help="Default: the newest that the chart allows.")
@click.option("--api-versions", "apis", multiple=True, metavar="G/V/KIND", help="Further APIs of the cluster.")
@click.option("--data-model", metavar="FILE", help="Default: the nearest data-model.md.")
@click.option("--config", metavar="FILE", help="Default: the nearest .todo-lint.yaml.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Default: warning.")
@click.option("--only", type=click.Choice(["kubernetes"]), help="Leave the data model out.")
@click.option("--strict-kinds", is_flag=True, help="Fail on kinds without a known schema.")
@click.option(
    "--deadline",
    type=click.FloatRange(min=0.1),
    default=DEFAULT_DEADLINE,
    metavar="SECONDS",
    help="To render one chart; default: 30.",
)
def _check(
    paths: tuple[str, ...],
    format_: str,
    fail_on: str | None,
    only: str | None,
    files: tuple[str, ...],
    set_: tuple[str, ...],
    set_string: tuple[str, ...],
    set_file: tuple[str, ...],
    set_json: tuple[str, ...],
    apis: tuple[str, ...],
    **options: Any,
) -> int:
    """Check charts and manifests."""
    _name_near_command(paths)
    from todo_lint.helm.profiles import ValueOptions

    values = ValueOptions(files, set_json, set_, set_string, set_file)
    severity = Severity[fail_on.upper()] if fail_on else None
    # As with helm, one option may hold several, separated by commas.
    api_versions = tuple(api for entry in apis for api in entry.split(",") if api)
    request = Request(
        paths, values, api_versions=api_versions, fail_on=severity, only_kubernetes=only == "kubernetes", **options
    )
    return check(request, format_)


def _name_near_command(paths: tuple[str, ...]) -> None:
    """Where the first path does not exist but nearly names a command, say so."""
    first = paths[0]
    if os.path.exists(first) or os.sep in first or first == "-":  # noqa: PTH110 - pathlib costs start-up time
        return
    import difflib

    near = difflib.get_close_matches(first, list(_main.commands), n=1, cutoff=0.7)
    if near:
        raise click.UsageError(f"there is no file or folder {first!r}; did you mean the command '{near[0]}'?")


@_main.command("explain", context_settings=_CONTEXT)
@click.argument("rule", required=False)
def _explain(rule: str | None) -> int:
    """Say what a rule finds and why; without RULE, list all rules."""
    from todo_lint.rules.documentation import documentation
    from todo_lint.rules.registry import all_rules

    rules = {known.id: known for known in all_rules()}
    if rule is None:
        width = max(map(len, rules))
        for known in rules.values():
            click.echo(f"{known.id:{width}}  {known.severity.label:7}  {documentation(known).title}")
        return 0
    if rule not in rules:
        import difflib

        near = difflib.get_close_matches(rule, list(rules), n=1)
        hint = f"did you mean {near[0]}?" if near else "`todo-lint explain` lists all rules"
        raise click.UsageError(f"there is no rule {rule!r}; {hint}")
    from todo_lint.rules.page import write_rule_page

    click.echo(write_rule_page(rules[rule], documentation(rules[rule])), nl=False)
    return 0
