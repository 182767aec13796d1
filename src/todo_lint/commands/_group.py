"""The command line as a whole: what comes before a command, and help for all of them."""

from __future__ import annotations

import importlib
import sys

import click
from click.shell_completion import CompletionItem

from todo_lint.check import EXIT_WRONG_INPUT
from todo_lint.commands._names import command_names, module_of
from todo_lint.commands._options import CONTEXT
from todo_lint.terminal import one_line
from todo_lint.version import VERSION

DEFAULT_COMMAND = "check"
_GROUP_OPTIONS = ("--help", "--version")
_RARE_OPTIONS = ("--set-string", "--set-file", "--set-json", "--api-versions", "--config", "--deadline")
_EXAMPLES = """
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


class _Commands(click.Group):
    """The modules of this package; ``check`` is meant where the first argument names none: ``todo-lint chart/``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(command_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in command_names():
            return None
        command = importlib.import_module(module_of(cmd_name)).command
        assert isinstance(command, click.Command)  # noqa: S101 - a mistake of a programmer, told by the tests
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*command_names(), *_GROUP_OPTIONS):
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands, and what ``check`` takes: its options, or a file or folder."""
        found = super().shell_complete(ctx, incomplete)
        check = self.get_command(ctx, DEFAULT_COMMAND)
        if check and incomplete.startswith("-"):
            known = {item.value for item in found}
            of_check = check.shell_complete(click.Context(check), incomplete)
            return [*found, *(item for item in of_check if item.value not in known)]
        return [*found, CompletionItem(incomplete, type="file")]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("todo-lint", "[OPTIONS] PATH...  |  todo-lint COMMAND ...")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the usual options of ``check`` with those of the group: they are what most people look for."""
        check = self.get_command(ctx, DEFAULT_COMMAND)
        records = [
            record
            for parameter in (*(check.get_params(ctx) if check else ()), *self.get_params(ctx))
            if isinstance(parameter, click.Option)
            and parameter.opts[-1] not in _RARE_OPTIONS
            and (record := parameter.get_help_record(ctx))
        ]
        with formatter.section("Options (all of them: todo-lint check --help)"):
            formatter.write_dl(list(dict.fromkeys(records)))
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(f"\n{_EXAMPLES.strip()}\n")


@click.group(cls=_Commands, context_settings=CONTEXT, no_args_is_help=False, invoke_without_command=True)
@click.version_option(VERSION, prog_name="todo-lint", message="%(prog)s %(version)s")
@click.pass_context
def _main(ctx: click.Context) -> int:
    """Render Helm charts, check each manifest as a Kubernetes API server would, and hold the chart against the data
    model that its team wrote down. PATH is a chart (folder or .tgz), a manifest file or folder, or - for stdin."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return EXIT_WRONG_INPUT
    return 0
