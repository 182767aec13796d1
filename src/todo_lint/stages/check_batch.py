"""A few manifest files, checked as one set of resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from todo_lint.errors import TodoLintError
from todo_lint.findings import Failure, FailureKind, Finding, Layer, Location, Severity, Skip
from todo_lint.manifests.resources import Source
from todo_lint.records import dataclass, field
from todo_lint.rules.api import Subject
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.inputs import STDIN, STDIN_NAME
from todo_lint.stages.locate import Locator
from todo_lint.stages.manifest_text import read_manifest
from todo_lint.stages.pod_security import check_pod_security
from todo_lint.stages.profile_run import DocumentReader, ProfileRun
from todo_lint.stages.secrets import secret_texts
from todo_lint.stages.unit_result import failure_of


@dataclass(frozen=True, slots=True)
class Orders:
    """How to check files, for which Kubernetes versions, oldest first.

    ``named``: the user named them, so that each document must be a Kubernetes object.

    ``definitions`` are CustomResourceDefinitions from elsewhere. ``pod_security`` is the level that the
    configuration names, ``namespace`` that of resources that name none.
    """

    versions: tuple[str, ...]
    named: bool
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    definitions: tuple[dict[str, Any], ...] = ()
    pod_security: str | None = None
    namespace: str = "default"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What checking some files gave, without the resources themselves.

    ``definitions`` are the CustomResourceDefinitions among them, ``unknown`` the kinds, by apiVersion and name, that
    there was no schema for. ``blank`` are the files that hold nothing.
    """

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    skipped: tuple[Skip, ...]
    documents: int
    resources: int
    checked: int
    secrets: frozenset[str] = field(repr=False)
    definitions: tuple[dict[str, Any], ...] = ()
    unknown: frozenset[tuple[str, str]] = frozenset()
    blank: tuple[str, ...] = ()


def check_files(files: Sequence[str], orders: Orders) -> BatchResult:
    """Check files; one that cannot be read, or is no YAML, becomes a failure, and the others are still checked."""
    failures: list[Failure] = []
    blank: list[str] = []
    run = read_files(files, orders, failures, blank)
    rules = RuleRunner(Locator(), orders.severities)
    apply_rules(run, rules, orders)
    return batch_result(run, rules, failures, orders, blank)


def read_files(files: Sequence[str], orders: Orders, failures: list[Failure], blank: list[str]) -> ProfileRun:
    """Read files and hold their objects against Kubernetes' schemas.

    What cannot be read is added to ``failures``, and the files that hold nothing to ``blank``.
    """
    sources = []
    for file in files:
        try:
            sources.append(Source(STDIN_NAME if file == STDIN else file, Layer.MANIFEST, read_manifest(file)))
        except TodoLintError as error:
            failures.append(failure_of(error))
    blank += [source.file for source in sources if _is_blank(source.text)]
    run = DocumentReader(orders.versions, orders.definitions).run("", sources)
    failures += [_unreadable(run, number) for number, found in enumerate(run.documents) if found.document is None]
    return run


def apply_rules(run: ProfileRun, rules: RuleRunner, orders: Orders) -> None:
    """Run the rules about documents and resources."""
    context = run.context()
    objects = [document for document in run.documents if orders.named or not document.problem]
    rules.apply(Subject.DOCUMENT, objects, context)
    rules.apply(Subject.RESOURCE, run.resources.resources, context)
    rules.apply(Subject.OBJECTION, run.objected_to, context)
    rules.claim(Subject.OBJECTION, run.problem_rules)
    check_pod_security(rules, context, orders.pod_security, orders.namespace)


def _is_blank(text: str) -> bool:
    """Whether a text holds nothing but comments and the marks between documents; mostly its first letter tells."""
    if text[:1].isalpha():
        return False
    lines = (line.strip("\ufeff \t\r") for line in text.split("\n"))
    return all(not line or line.startswith(("#", "---", "...")) for line in lines)


def batch_result(
    run: ProfileRun, rules: RuleRunner, failures: list[Failure], orders: Orders, blank: Sequence[str] = ()
) -> BatchResult:
    """Sum up a run."""
    resources = run.resources.resources
    foreign = () if orders.named else tuple(_foreign(run))
    return BatchResult(
        findings=tuple(rules.findings),
        failures=(*failures, *rules.failures),
        skipped=(*run.skipped, *foreign),
        documents=run.documents_met,
        resources=len(resources),
        checked=run.checked,
        secrets=frozenset(secret_texts(resources)),
        definitions=tuple(dict(found.value) for found in run.resources.of_kind("CustomResourceDefinition")),
        unknown=run.unknown_kinds,
        blank=tuple(blank),
    )


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
