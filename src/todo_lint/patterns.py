"""Regular expressions that are compiled when they are first used.

Most runs use a small part of the expressions that the modules define, and compiling one takes 0.1 to 1 ms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - it stands for a function
        """What ``re.compile`` gives for the same arguments, compiled at the first use of one of its methods."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self.__dict__.update(source=source, flags_=flags)

        def __getattr__(self, name: str) -> Any:
            """Called where an attribute is not there yet; from then on it is."""
            value = getattr(re.compile(self.source, self.flags_), name)
            self.__dict__[name] = value
            return value
