"""``todo-lint explain``: what a rule finds, from the rule's own file."""

from __future__ import annotations

import click

from todo_lint.commands._options import CONTEXT


def _rules(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The rules whose names begin so, for the completion of a shell."""
    from todo_lint.rules.registry import all_rules

    return [known.id for known in all_rules() if known.id.startswith(begun)]


@click.command("explain", short_help="Say what a rule finds and why.", context_settings=CONTEXT)
@click.argument("rule", required=False, shell_complete=_rules)
def command(rule: str | None) -> int:
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
