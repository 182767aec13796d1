"""What todo-lint takes from PyYAML: libyaml's parser, its events and its errors.

PyYAML compiles a dozen regular expressions when it is imported, for a reader in Python that is not used here. That is
half of the time its import takes, so they are compiled at their first use. PyYAML is imported in this module alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from todo_lint.patterns import pattern

__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "Mark",
    "Parser",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "StreamStartEvent",
    "YAMLError",
]

Parser: Callable[[str], Any]
"""Takes a text; its ``get_event()`` gives the events one by one. Raises YAMLError."""

_compile = re.compile
re.compile = pattern
try:
    from yaml.error import Mark, YAMLError
    from yaml.events import (
        AliasEvent,
        DocumentEndEvent,
        DocumentStartEvent,
        Event,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
        StreamStartEvent,
    )

    try:
        from yaml._yaml import CParser as Parser
    except ImportError:  # PyYAML was built without libyaml: slower, and it refuses a tab after a colon
        from yaml import BaseLoader as Parser
finally:
    re.compile = _compile
