"""Manifest files that are held in memory together, as one set of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_lint.config import Config
from todo_lint.errors import UserError
from todo_lint.findings import Failure
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.outside import Outside
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.check_batch import Orders, apply_rules, batch_result, read_files
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.graphs import GraphCheck, Spoken
from todo_lint.stages.held import Held, report_held, unheard
from todo_lint.stages.inputs import STDIN, ManifestUnit
from todo_lint.stages.locate import Locator
from todo_lint.stages.request import Settings
from todo_lint.stages.secrets import stated_secrets
from todo_lint.stages.unit_result import UnitResult
from todo_lint.stages.versions import Versions

if TYPE_CHECKING:
    from todo_lint.traces import Trace

NO_DOCUMENT = "{}: held against Kubernetes only, since no document was named (--data-model FILE)"


def check_together(unit: ManifestUnit, settings: Settings, orders: Orders, config: Config) -> UnitResult:
    """Check the files of a unit, and what lies between their objects.

    Raises:
        UserError: when there is no document in any of them, or the data model cannot be read.
    """
    failures: list[Failure] = []
    blank: list[str] = []
    run = read_files(unit.files, orders, failures, blank)
    if not run.documents_met and not failures:
        before = "; did the command before the pipe fail?" if unit.files == (STDIN,) else ""
        raise UserError(f"0 documents: there is no manifest in it{before}", file=unit.path)
    rules = RuleRunner(Locator(), orders.severities)
    apply_rules(run, rules, orders)
    if settings.has_document:
        from todo_lint.stages.hold_manifests import hold_manifests

        held = hold_manifests(settings, config, run)
    else:
        held = Held(remarks=() if settings.only_kubernetes else (NO_DOCUMENT.format(unit.path),))
    silent = unheard(rules, held, run.context(held.file), config.ignored)
    consequences = Consequences([one for one in held.divergences if one not in silent], held.file, held.understood)
    if not settings.only_kubernetes:
        graph = Graph(run.resources.resources, settings.namespace, Outside(config.outside), complete=False)
        GraphCheck(rules, Spoken(consequences.divergences), consequences).check(graph, run.context())
    if held.divergences:
        from todo_lint.stages.objections import join_objections
        from todo_lint.stages.renames import join_renames

        join_objections(rules, held, consequences, orders.versions)
        join_renames(rules, held, consequences, config.ignored)
    report_held(rules, held.telling((*consequences.told(), *silent)), run.context(held.file))
    result = batch_result(run, rules, failures, orders)
    return UnitResult(
        findings=result.findings,
        failures=result.failures,
        statements=held.conformance.count() if held.conformance else {},
        remarks=held.remarks,
        traces=_traces(unit, held, settings),
        skipped=(*unit.skipped, *result.skipped),
        documents=result.documents,
        resources=result.resources,
        checked=result.checked,
        versions=Versions(orders.versions),
        blank=tuple(blank),
        secrets=result.secrets | frozenset(stated_secrets(held.model)),
    )


def _traces(unit: ManifestUnit, held: Held, settings: Settings) -> tuple[Trace, ...]:
    if not settings.trace:
        return ()
    from todo_lint.stages.trace_rows import trace_of

    found = trace_of(unit.path, held, Locator())
    return (found,) if found else ()
