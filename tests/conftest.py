"""What all tests share: none of them writes into, or reads from, the cache of the user who runs them."""

from __future__ import annotations

import os

os.environ["TODO_LINT_CACHE_DIR"] = "off"
