"""What all tests share: none of them writes into, or reads from, the cache of the user who runs them.

Nor does one fail because the machine has other things to do: properties have no deadline, and making an example may
take its time. An example that fails prints what repeats it.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ["TODO_LINT_CACHE_DIR"] = "off"

settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("busy machine")
