"""Thousands of manifest files, checked in batches by several processes, in memory that does not grow with them.

No process ever holds more than a batch of resources. What this costs: rules that look at several resources at once
(whether a Service finds pods, whether a ConfigMap exists) do not run, and the report says so.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterator
from functools import partial

from todo_lint.errors import UserError
from todo_lint.findings import Failure, Finding, Skip
from todo_lint.kubernetes.validate import expect_many_objects
from todo_lint.kubernetes_yaml.reader import expect_much_text
from todo_lint.records import replace
from todo_lint.stages.check_batch import BatchResult, Orders, check_files
from todo_lint.stages.inputs import ManifestUnit
from todo_lint.stages.paths import Batches
from todo_lint.stages.pool import map_in_processes
from todo_lint.stages.unit_result import UnitResult
from todo_lint.stages.versions import Versions

MANY = 2000
"""From so many files on a folder is checked in batches."""
MANY_ALONE = 1000
"""The same where no rule looks at several resources, so that nothing is lost by it."""
_BATCH = 40


def check_many(unit: ManifestUnit, orders: Orders) -> UnitResult:
    """Check the files of a folder.

    Raises:
        UserError: when there is no document in any of them.
        ToolError: when a worker process does not finish.
    """
    batches = Batches(unit.files, _BATCH)
    total = _Total()
    waiting: list[tuple[int, BatchResult]] = []
    definitions = list(orders.definitions)
    for number, result in enumerate(_results(batches, orders)):
        definitions += result.definitions
        if result.unknown:
            waiting.append((number, replace(result, definitions=())))
        else:
            total.add(result)
    for result in _with_definitions(waiting, batches, replace(orders, definitions=tuple(definitions))):
        total.add(result)
    return replace(total.unit(unit), versions=Versions(orders.versions))


def _with_definitions(waiting: list[tuple[int, BatchResult]], batches: Batches, orders: Orders) -> list[BatchResult]:
    """The results of batches with unknown kinds, checked anew where another batch defined these."""
    if not waiting:
        return []
    from todo_lint.kubernetes.custom import custom_kinds

    known = custom_kinds(orders.definitions).schemas.keys()
    again = [batches[number] for number, result in waiting if result.unknown & known]
    final = [result for _, result in waiting if not result.unknown & known]
    return [*final, *map_in_processes(partial(check_files, orders=orders), again)]


def _results(batches: Batches, orders: Orders) -> Iterator[BatchResult]:
    """The results of batches, in order.

    The first batch is checked before the processes part: what it needs is imported and built once, for all of them.
    """
    expect_much_text()
    expect_many_objects()
    yield check_files(batches[0], orders)
    yield from map_in_processes(partial(check_files, orders=orders), batches[1:])


class _Total:
    """Adds up the results of batches."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._failures: list[Failure] = []
        self._skipped: list[Skip] = []
        self._secrets: list[bytes] = []
        self._blank: list[str] = []
        self._documents = self._resources = self._checked = 0

    def add(self, result: BatchResult) -> None:
        self._findings += result.findings
        self._failures += result.failures
        self._skipped += result.skipped
        self._blank += result.blank
        if result.secrets:
            self._secrets.append(zlib.compress(marshal.dumps(list(result.secrets)), 1))
        self._documents += result.documents
        self._resources += result.resources
        self._checked += result.checked

    def unit(self, unit: ManifestUnit) -> UnitResult:
        """The result for the whole folder."""
        if not self._documents and not self._failures:
            raise UserError("0 documents: there is no manifest in it", file=unit.path)
        remark = (
            f"{unit.path}: {len(unit.files)} files are checked one by one; rules about several resources together "
            f"run on folders of less than {MANY}, and on larger ones with --together"
        )
        return UnitResult(
            findings=tuple(self._findings),
            failures=tuple(dict.fromkeys(self._failures)),
            skipped=(*unit.skipped, *self._skipped),
            remarks=(remark,),
            blank=tuple(self._blank),
            documents=self._documents,
            resources=self._resources,
            checked=self._checked,
            secrets=self._all_secrets() if self._tells() or unit.skipped else frozenset(),
        )

    def _tells(self) -> bool:
        """Whether there is any text that a secret could stand in."""
        return bool(self._findings or self._failures or self._skipped)

    def _all_secrets(self) -> frozenset[str]:
        """The secrets of all batches, which are kept packed: most folders hold many, and nothing to tell."""
        return frozenset(text for packed in self._secrets for text in marshal.loads(zlib.decompress(packed)))  # noqa: S302 - our own
