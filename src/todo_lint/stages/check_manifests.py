"""Manifest files, or standard input: checked as one set of resources."""

from __future__ import annotations

from todo_lint.config import Config
from todo_lint.errors import TodoLintError, UserError
from todo_lint.findings import Failure, FailureKind, Layer, Location, Skip, Verdict
from todo_lint.kubernetes.versions import LATEST, parse_version
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.resources import ResourceSet, Source
from todo_lint.model.discovery import load_data_model
from todo_lint.rules.api import Context, Subject
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.conform import Conformer
from todo_lint.stages.graphs import GraphCheck, Spoken
from todo_lint.stages.inputs import STDIN, STDIN_NAME, ManifestUnit, read_manifest
from todo_lint.stages.locate import Locator
from todo_lint.stages.profile_run import DocumentReader, ProfileRun
from todo_lint.stages.request import Settings
from todo_lint.stages.secrets import secret_texts
from todo_lint.stages.unit_result import UnitResult, failure_of


def check_manifests(unit: ManifestUnit, settings: Settings, config: Config) -> UnitResult:
    """Check manifest files as Kubernetes reads them.

    A file that cannot be read, or is no YAML, becomes a failure; the others are still checked.

    Raises:
        UserError: when there is no document in any of them, or the data model cannot be read.
    """
    version = parse_version(settings.kubernetes_version or LATEST)
    failures: list[Failure] = []
    sources = list(_sources(unit, failures))
    run = DocumentReader(version).run("", sources)
    failures += [_unreadable(run, number) for number in _broken(run)]
    if not run.documents_met and not failures:
        raise UserError("0 documents: there is no manifest in it", file=unit.path)
    rules = RuleRunner(Locator(), config.severities)
    objects = [document for document in run.documents if unit.named or not document.problem]
    rules.apply(Subject.DOCUMENT, objects, run.context())
    rules.apply(Subject.RESOURCE, run.resources.resources, run.context())
    rules.claim(Subject.RESOURCE, run.problem_rules)
    statements, spoken = _conform(settings, run, rules)
    graph = Graph(run.resources.resources, settings.namespace, Outside(config.outside), complete=False)
    GraphCheck(rules, spoken).check(graph, run.context())
    foreign = () if unit.named else tuple(_foreign(run))
    return UnitResult(
        findings=tuple(rules.findings),
        failures=(*failures, *rules.failures),
        statements=statements,
        skipped=(*unit.skipped, *run.skipped, *foreign),
        documents=run.documents_met,
        resources=len(run.resources.resources),
        checked=run.checked,
        secrets=frozenset(secret_texts(run.resources.resources)),
    )


def _sources(unit: ManifestUnit, failures: list[Failure]) -> list[Source]:
    sources = []
    for file in unit.files:
        name = STDIN_NAME if file == STDIN else file
        try:
            sources.append(Source(name, Layer.MANIFEST, read_manifest(file)))
        except TodoLintError as error:
            failures.append(failure_of(error))
    return sources


def _broken(run: ProfileRun) -> list[int]:
    return [number for number, document in enumerate(run.documents) if document.document is None]


def _unreadable(run: ProfileRun, number: int) -> Failure:
    document = run.documents[number]
    place = Location(document.source.file, document.line, document.column, Layer.MANIFEST)
    return Failure(FailureKind.INPUT, f"this is no YAML that Kubernetes can read: {document.problem}", place)


def _foreign(run: ProfileRun) -> list[Skip]:
    """Documents of a folder that are no Kubernetes objects: the folder may hold other YAML as well."""
    return [
        Skip(f"{document.source.file}:{document.line}", "no Kubernetes object: it has no kind or no apiVersion")
        for document in run.documents
        if document.problem and document.document is not None
    ]


def _conform(settings: Settings, run: ProfileRun, rules: RuleRunner) -> tuple[dict[Verdict, int], Spoken]:
    """Hold manifests against a document that the user named; none is looked for, for there is no chart's name."""
    if not settings.data_model or settings.only_kubernetes:
        return {}, Spoken()
    model = load_data_model(settings.data_model)

    def render(values: object) -> ResourceSet | None:
        return None

    no_values: dict[str, Json] = {}
    conformer = Conformer(model, settings.namespace)
    resources = run.resources
    conformance = conformer.compare(resources, no_values, {"": (resources, no_values)}, render)
    context = Context("", resources, run.kubernetes_version, {}, model.file)
    rules.apply(Subject.DIVERGENCE, conformance.divergences, context)
    unclear = [s for s, verdict in conformance.statements if verdict is Verdict.NOT_UNDERSTOOD]
    rules.apply(Subject.STATEMENT, unclear, context)
    return conformance.count(), Spoken(conformance.divergences)
