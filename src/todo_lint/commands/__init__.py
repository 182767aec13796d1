"""The commands: each module of this package is one, and is imported only when it is called or listed in the help.

A module ``explain_value.py`` is the command ``explain-value``. It holds ``command``, a ``click.Command`` whose
callback returns the exit code; its first line of help is what ``todo-lint --help`` shows of it. What the command
needs besides click is imported inside its callback. A module whose name begins with ``_`` is no command.
"""
