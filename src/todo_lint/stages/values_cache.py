"""Remembers for which charts the rules about values found nothing, so that an unchanged chart is not probed again.

An entry is empty, and named by a digest of all that decides: the chart's files, its profiles, what the document
says of values, the configured severities, and todo-lint's own modules. Values that a user gives may be secret: with
such values nothing is remembered, and nothing looked up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from todo_lint.cache_folder import blake2b, digest_files, keep_entries, module_states, recall_entry
from todo_lint.findings import Severity
from todo_lint.helm.chart import Chart
from todo_lint.helm.profiles import Profile, of_own_files
from todo_lint.model.statements import DataModel, Kind
from todo_lint.version import VERSION

SUFFIX = ".values"
MOST_ENTRIES = 256
_FAMILIES = (os.path.join("rules", "values"), os.path.join("rules", "rendering"))  # noqa: PTH118
_DECIDING = ("helm", "rules", *_FAMILIES, "stages", "kubernetes_yaml")


def entry_of(
    chart: Chart, profiles: Sequence[Profile], model: DataModel | None, severities: Mapping[str, Severity | None]
) -> str | None:
    """The name of the entry; None where a profile has values that do not come from the chart's own files."""
    if not of_own_files(chart, profiles):
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
        digest_files(digest, sorted(files.items()))
    return digest.hexdigest() + SUFFIX


def is_known(entry: str) -> bool:
    """Whether the rules about values are known to find nothing. A cache that cannot be read knows nothing."""
    return recall_entry(entry) is not None


def remember(entry: str) -> None:
    """Keep that nothing was found, where that is possible."""
    keep_entries({entry: b""}, SUFFIX, MOST_ENTRIES)
