"""Which commands there are, told without importing one of them."""

from __future__ import annotations

from todo_lint.modules import module_names


def command_names() -> tuple[str, ...]:
    """The names of all commands, in order of the alphabet: ``explain_value.py`` is ``explain-value``."""
    return tuple(name.replace("_", "-") for name in module_names(__file__))


def module_of(command: str) -> str:
    """The full name of the module that a command lies in."""
    return f"todo_lint.commands.{command.replace('-', '_')}"
