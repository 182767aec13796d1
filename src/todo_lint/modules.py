"""What can be extended by adding a file: the modules of a package, told without importing one of them."""

from __future__ import annotations

import os


def module_names(beside: str) -> tuple[str, ...]:
    """The names of the modules in the folder of the file ``beside``, in order; those with a leading _ are no part."""
    folder = os.path.dirname(os.path.abspath(beside))  # noqa: PTH100, PTH120 - pathlib costs start-up time
    names = (entry.name.removesuffix(".py") for entry in os.scandir(folder) if entry.name.endswith(".py"))
    return tuple(sorted(name for name in names if not name.startswith("_")))
