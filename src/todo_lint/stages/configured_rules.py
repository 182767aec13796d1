"""A configuration that names a rule which does not exist switches nothing: it is an error, and not passed over."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.errors import UserError


def check_rule_names(config: Config) -> None:
    """See to it that each rule that a configuration names is one.

    Raises:
        UserError: for the first that is none, with the nearest that is.
    """
    named = [*config.severities, *(entry.rule for entry in config.ignored)]
    if not named:
        return
    from todo_lint.rules.registry import all_rules

    known = {rule.id for rule in all_rules()}
    for name in named:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else "`todo-lint explain` lists all rules"
            raise UserError(f"there is no rule {name}; {hint}", file=config.file)
