"""The documents of one profile: read, indexed and held against Kubernetes' schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from todo_lint.findings import Layer, Skip, VersionRange
from todo_lint.kubernetes.problems import Checked, Piece, Problem, Skipped
from todo_lint.kubernetes.validate import check_versions
from todo_lint.kubernetes_yaml.document import YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document, read_stream, split_rendered
from todo_lint.manifests.resources import Resource, ResourceSet, Source, index
from todo_lint.records import dataclass, field, replace
from todo_lint.rules.api import Context, SourceDocument

if TYPE_CHECKING:
    from todo_lint.kubernetes.custom import CustomKinds

Read = YamlDocument | YamlProblem


@dataclass(frozen=True, slots=True)
class ProfileRun:
    """What became of one profile's documents. documents = checked + skipped + unreadable.

    ``unknown_kinds`` are the (apiVersion, kind) of the skipped ones. ``versions`` are the Kubernetes versions that
    the rendering is for, oldest first; ``rendering`` tells it from the other renderings of its profile.
    """

    profile: str
    documents: tuple[SourceDocument, ...]
    resources: ResourceSet
    versions: tuple[str, ...]
    problems: Mapping[int, tuple[Problem, ...]] = field(repr=False)
    skipped: tuple[Skip, ...] = ()
    checked: int = 0
    unknown_kinds: frozenset[tuple[str, str]] = frozenset()
    rendering: str = ""
    rendered_at: Callable[[str], ResourceSet | None] | None = None

    @property
    def kubernetes_version(self) -> str:
        """The newest version that the rendering is for."""
        return self.versions[-1]

    @property
    def documents_met(self) -> int:
        """The objects and unreadable documents of the profile; empty documents are none."""
        return len(self.resources.resources) + len(self.resources.unreadable)

    @property
    def objected_to(self) -> tuple[Resource, ...]:
        """The resources that Kubernetes objects to."""
        return tuple(resource for resource in self.resources.resources if self.problems.get(id(resource)))

    @property
    def problem_rules(self) -> frozenset[str]:
        """The ids of all rules by which a resource was objected to."""
        return frozenset(problem.rule for problems in self.problems.values() for problem in problems)

    def context(
        self, data_model: str = "", resources: ResourceSet | None = None, rendering: str | None = None
    ) -> Context:
        """What rules may look at; ``resources`` and ``rendering`` where it is another rendering of the profile."""
        return Context(
            self.profile,
            self.resources if resources is None else resources,
            self.kubernetes_version,
            self.problems,
            data_model,
            None,
            self.versions,
            self.rendering if rendering is None else rendering,
            self.rendered_at,
        )


class DocumentReader:
    """Reads and checks documents; equal texts of several profiles are read and checked once.

    ``versions`` are the Kubernetes versions to check for, oldest first. ``definitions`` are CustomResourceDefinitions
    beside those among the documents.
    """

    def __init__(self, versions: tuple[str, ...], definitions: tuple[dict[str, Any], ...] = ()) -> None:
        self._versions = versions
        self._definitions = definitions
        self._read: dict[tuple[str, Layer], tuple[Read, ...]] = {}
        self._verdicts: dict[tuple[object, ...], tuple[Problem, ...] | Skipped] = {}

    def resources(self, sources: Iterable[Source]) -> ResourceSet:
        """Read texts and collect their resources, without checking them."""
        return index((source, document) for source in sources for document in self._documents(source))

    def run(
        self,
        profile: str,
        sources: Iterable[Source],
        versions: tuple[str, ...] = (),
        rendering: str = "",
        rendered_at: Callable[[str], ResourceSet | None] | None = None,
    ) -> ProfileRun:
        """Read the texts of one profile, collect their resources and check each against its schema.

        ``versions`` are those to check for, oldest first, where they are not those of the reader.
        """
        versions = versions or self._versions
        read = [(source, document) for source in sources for document in self._documents(source)]
        resources = index(iter(read))
        problems: dict[int, tuple[Problem, ...]] = {}
        skipped: list[Skip] = []
        unknown: set[tuple[str, str]] = set()
        custom = _custom_kinds(resources, self._definitions)
        for resource in resources.resources:
            verdict = self._verdict(resource, versions, custom)
            if isinstance(verdict, Skipped):
                skipped.append(Skip(str(resource.ref), verdict.reason))
                unknown.add((resource.ref.api_version, resource.ref.kind))
            else:
                problems[id(resource)] = verdict
        documents = tuple(_source_documents(read, resources))
        checked = len(resources.resources) - len(skipped)
        return ProfileRun(
            profile,
            documents,
            resources,
            versions,
            problems,
            tuple(skipped),
            checked,
            frozenset(unknown),
            rendering,
            rendered_at,
        )

    def _documents(self, source: Source) -> tuple[Read, ...]:
        key = (source.text, source.layer)
        if key not in self._read:
            if source.layer is Layer.RENDERED:
                parts = split_rendered(source.text)
                self._read[key] = tuple(read_document(text, first_line=line) for line, text in parts)
            else:
                self._read[key] = read_stream(source.text)
        return self._read[key]

    def _verdict(
        self, resource: Resource, versions: tuple[str, ...], custom: CustomKinds | None
    ) -> tuple[Problem, ...] | Skipped:
        identity = (resource.ref.api_version, resource.ref.kind)
        if custom is not None and identity in custom.schemas:  # by this profile's definitions; not remembered
            return _problems(check_versions(dict(resource.value), versions, custom))
        key = (id(resource.document), resource.route, versions)
        if key not in self._verdicts:
            self._verdicts[key] = _problems(check_versions(dict(resource.value), versions))
        return self._verdicts[key]


def problems_of(piece: Piece) -> tuple[Problem, ...]:
    """The problems of one verdict; none where the object was skipped."""
    return _once(piece.verdict.problems) if isinstance(piece.verdict, Checked) else ()


def _problems(pieces: tuple[Piece, ...]) -> tuple[Problem, ...] | Skipped:
    """The problems of all versions, each with those for which it was found."""
    newest = pieces[0].verdict
    if isinstance(newest, Skipped):
        return newest
    if len(pieces) == 1 and not newest.problems:
        return ()
    return tuple(
        replace(problem, kubernetes=VersionRange(piece.oldest, piece.newest))
        for piece in pieces
        if isinstance(piece.verdict, Checked)
        for problem in _once(piece.verdict.problems)
    )


def _custom_kinds(resources: ResourceSet, others: tuple[dict[str, Any], ...]) -> CustomKinds | None:
    """The kinds that CustomResourceDefinitions define, if there are any; the profile's own win over others."""
    own = resources.of_kind("CustomResourceDefinition")
    if not own and not others:
        return None
    from todo_lint.kubernetes.custom import custom_kinds

    return custom_kinds([*others, *(dict(definition.value) for definition in own)])


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems without those that only an apply has where a create already refuses the same thing."""
    refused = {problem.route for problem in problems if problem.refused}
    refused |= {problem.route[:-1] for problem in problems if problem.refused and problem.rule == "duplicate-value"}
    return tuple(problem for problem in problems if problem.refused or problem.route not in refused)


def _source_documents(read: list[tuple[Source, Read]], resources: ResourceSet) -> Iterable[SourceDocument]:
    """The documents as rules see them: readable ones, and with what is wrong with the others."""
    for source, document in read:
        if isinstance(document, YamlDocument):
            yield SourceDocument(source, document)
    for unreadable in resources.unreadable:
        problem = unreadable.problem
        yield SourceDocument(unreadable.source, unreadable.document, problem.message, problem.line, problem.column)
