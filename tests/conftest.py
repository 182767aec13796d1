"""What all tests share: none of them writes into, or reads from, the cache of the user who runs them.

Nor does one fail because the machine has other things to do: properties have no deadline, and making an example may
take its time. An example that fails prints what repeats it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from todo_lint.helm.render import Renderer

os.environ["TODO_LINT_CACHE_DIR"] = "off"

settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("busy machine")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """Helm's engine, started once for the tests of a file."""
    with Renderer() as started:
        yield started
