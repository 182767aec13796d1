"""Finds the files that ship with todo-lint: policies/ and schemas/.

A built package carries both folders inside it; an editable install or a checkout has them in the
repository's root, two levels above this file.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs start-up time
_ROOT = os.path.dirname(os.path.dirname(_PACKAGE))  # noqa: PTH120


def shipped_path(relative: str) -> str:
    """Return the absolute path of a shipped file or folder, such as ``schemas/report.json``.

    Raises:
        FileNotFoundError: when it is neither in the package nor in the repository's root.
    """
    for base in (_PACKAGE, _ROOT):
        candidate = os.path.join(base, *relative.split("/"))  # noqa: PTH118
        if os.path.exists(candidate):  # noqa: PTH110
            return candidate
    raise FileNotFoundError(f"todo-lint's installation lacks {relative}; install it again")
