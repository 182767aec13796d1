"""Remembers for which charts the rules about values found nothing, so that an unchanged chart is not probed again.

An entry is an empty file, named by a digest of all that decides: the chart's files, its profiles, what the document
says of values, the configured severities, and todo-lint's own modules. Values that a user gives may be secret: with
such values nothing is remembered, and nothing looked up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

try:  # hashlib loads OpenSSL, which takes longer than all the rest
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

from todo_lint.cache_folder import cache_folder, is_ours, module_states, prune, write_entry
from todo_lint.findings import Severity
from todo_lint.helm.chart import Chart
from todo_lint.helm.profiles import Profile
from todo_lint.model.statements import DataModel, Kind
from todo_lint.version import VERSION

SUFFIX = ".values"
MOST_ENTRIES = 256
_DECIDING = ("helm", "rules", os.path.join("rules", "values"), "stages", "kubernetes_yaml")  # noqa: PTH118


def entry_of(
    chart: Chart, profiles: Sequence[Profile], model: DataModel | None, severities: Mapping[str, Severity | None]
) -> str | None:
    """The name of the entry; None where a profile has values that do not come from the chart's own files."""
    own = {chart.place(name) for name in chart.ci_values}
    if any(profile.values and not (profile.files and own.issuperset(profile.files)) for profile in profiles):
        return None
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    states = [module_states(os.path.join(here, folder)) for folder in _DECIDING]  # noqa: PTH118
    stated = [
        (statement.attribute, statement.modality.value)
        for statement in (model.statements if model else ())
        if statement.kind is Kind.VALUES
    ]
    given = (
        *(VERSION, sys.version_info[:2], states, stated, sorted(severities.items()), chart.packaged),
        *((profile.name, repr(profile.options)) for profile in profiles),
    )
    digest = blake2b(repr(given).encode("utf-8", "surrogateescape"), digest_size=32)
    for files in (chart.files, chart.ci_values):
        for name in sorted(files):
            digest.update(f"{name}\0{len(files[name])}\0".encode("utf-8", "surrogateescape"))
            digest.update(files[name])
    return digest.hexdigest() + SUFFIX


def is_known(entry: str) -> bool:
    """Whether the rules about values are known to find nothing. A cache that cannot be read knows nothing."""
    try:
        folder = cache_folder()
        if folder is None or not is_ours(folder):
            return False
        return os.path.isfile(os.path.join(folder, entry))  # noqa: PTH113, PTH118
    except Exception:  # whatever it is: the rules are there to be applied
        return False


def remember(entry: str) -> None:
    """Keep that nothing was found, where that is possible."""
    try:
        folder = cache_folder()
        if folder is None:
            return
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
        if is_ours(folder):
            write_entry(folder, entry, "")
            prune(folder, SUFFIX, MOST_ENTRIES)
    except Exception:  # a full disk or a read-only home is no reason to fail
        return
