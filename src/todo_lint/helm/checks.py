"""What the ``helm`` program refuses of a chart, and Helm's library does not: todo-lint says it itself.

The rules are those of ``helm template`` and ``helm install`` (Helm 4.3: pkg/cmd/install.go, pkg/chart/v2/metadata.go,
pkg/chart/loader/load.go), checked against that program.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from todo_lint.errors import UserError
from todo_lint.findings import Route
from todo_lint.helm.dependencies import MissingDependency
from todo_lint.helm.engine import full_version
from todo_lint.helm.metadata import CHART_FILE, ChartMetadata
from todo_lint.helm.semver import parse_version, satisfies
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

API_VERSIONS = ("v1", "v2")
CHART_TYPES = ("", "application", "library")
ALIAS = pattern(r"[a-zA-Z0-9_-]+")
RELEASE_NAME = pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
MAX_RELEASE_NAME = 53
LABEL = pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
MAX_LABEL = 63
KUBERNETES_VERSION = pattern(r"v?[0-9]+(?:\.[0-9]+)*")


class ProblemKind(enum.StrEnum):
    """What is wrong with a chart as a whole."""

    METADATA = "metadata"
    API_VERSION = "api-version"
    LIBRARY = "library"
    KUBE_VERSION = "kube-version"
    DEPENDENCY = "dependency"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class ChartProblem:
    """Something wrong with a chart as a whole.

    ``file`` is the name inside the chart and ``route`` the way to the field in it; the field need not exist.
    ``stops``: Helm refuses to install the chart; otherwise it only warns.
    """

    kind: ProblemKind
    message: str
    route: Route
    hint: str = ""
    file: str = CHART_FILE
    stops: bool = True


def check_chart(
    metadata: ChartMetadata, missing: tuple[MissingDependency, ...], kubernetes_version: str
) -> tuple[ChartProblem, ...]:
    """All that the helm program would say about the chart before it renders, for one Kubernetes version."""
    return (
        *_api_version(metadata),
        *_metadata(metadata),
        *_dependencies(metadata),
        *_kind_of_chart(metadata),
        *_missing(missing),
        *check_kube_version(metadata, kubernetes_version),
    )


def check_release_name(name: str) -> None:
    """Raise UserError unless Helm takes ``name`` as a release name."""
    if len(name) > MAX_RELEASE_NAME:
        raise UserError(
            f"the release name {name!r} has {len(name)} characters; Helm allows at most {MAX_RELEASE_NAME}"
        )
    if not RELEASE_NAME.fullmatch(name):
        raise UserError(
            f"the release name {name!r} is not valid: use lower-case letters, digits, '-' and '.', "
            "and begin and end with a letter or digit"
        )


def check_namespace(name: str) -> None:
    """Raise UserError unless ``name`` can be a namespace: a label of RFC 1123, as the API server demands."""
    if len(name) > MAX_LABEL or not LABEL.fullmatch(name):
        raise UserError(
            f"the namespace {name!r} is not valid: use at most {MAX_LABEL} lower-case letters, digits and '-', "
            "and begin and end with a letter or digit"
        )


def _api_version(metadata: ChartMetadata) -> Iterator[ChartProblem]:
    version = metadata.api_version
    if version and version not in API_VERSIONS:
        yield ChartProblem(
            ProblemKind.API_VERSION,
            f"Helm does not install charts of apiVersion {version!r}",
            ("apiVersion",),
            "use v2",
        )


def _metadata(metadata: ChartMetadata) -> Iterator[ChartProblem]:
    if metadata.name in (".", "..") or "/" in metadata.name:
        yield _wrong("name", f"the chart name {metadata.name!r} is not valid", "use letters, digits and dashes")
    if not metadata.version:
        yield _wrong("version", "the chart has no version", "add `version:`, such as 0.1.0")
    elif parse_version(metadata.version) is None:
        yield _wrong("version", f"the chart version {metadata.version!r} is no semantic version", "write it as 1.2.3")
    if metadata.type not in CHART_TYPES:
        yield _wrong(
            "type", f"the chart type {metadata.type!r} is not known", "use application or library, or leave it out"
        )


def _wrong(field: str, message: str, hint: str) -> ChartProblem:
    return ChartProblem(ProblemKind.METADATA, message, (field,), hint)


def _dependencies(metadata: ChartMetadata) -> Iterator[ChartProblem]:
    seen: set[str] = set()
    for dependency in metadata.dependencies:
        route: Route = ("dependencies", dependency.index)
        if dependency.alias and not ALIAS.fullmatch(dependency.alias):
            yield ChartProblem(
                ProblemKind.METADATA,
                f"the alias {dependency.alias!r} holds characters that Helm does not allow",
                (*route, "alias"),
                "use letters, digits, '-' and '_'",
                dependency.file,
            )
        name = dependency.alias or dependency.name
        if name in seen:
            yield ChartProblem(
                ProblemKind.METADATA,
                f"more than one dependency has the name or alias {name!r}",
                route,
                "give one of them another alias",
                dependency.file,
            )
        seen.add(name)


def _kind_of_chart(metadata: ChartMetadata) -> Iterator[ChartProblem]:
    if metadata.type == "library":
        yield ChartProblem(
            ProblemKind.LIBRARY,
            "a library chart cannot be installed, so there is nothing to check",
            ("type",),
            "check a chart that depends on it",
        )
    if metadata.deprecated:
        yield ChartProblem(
            ProblemKind.DEPRECATED, "the chart is deprecated", ("deprecated",), "move to its successor", stops=False
        )


def _missing(missing: tuple[MissingDependency, ...]) -> Iterator[ChartProblem]:
    for entry in missing:
        yield ChartProblem(
            ProblemKind.DEPENDENCY,
            f"the dependency {entry.dependency.name!r} is declared, but missing in charts/: {entry.reason}",
            ("dependencies", entry.dependency.index),
            "run `helm dependency build`",
            entry.dependency.file,
        )


def check_kube_version(metadata: ChartMetadata, kubernetes_version: str) -> Iterator[ChartProblem]:
    """What Helm says of a cluster that the chart's kubeVersion does not admit.

    It compares the version without what a provider adds to it, such as ``-gke.100``.
    """
    if not metadata.kube_version:
        return
    plain = KUBERNETES_VERSION.match(kubernetes_version)
    asked = full_version(plain[0] if plain else kubernetes_version)
    fits = satisfies(asked, metadata.kube_version)
    if fits is None:
        yield ChartProblem(
            ProblemKind.KUBE_VERSION,
            f"kubeVersion {metadata.kube_version!r} is no version constraint, so Helm refuses every cluster",
            ("kubeVersion",),
            "write it as `>=1.25.0-0`",
        )
    elif not fits:
        yield ChartProblem(
            ProblemKind.KUBE_VERSION,
            f"the chart requires Kubernetes {metadata.kube_version}, which {asked.removeprefix('v')} is not",
            ("kubeVersion",),
            "change kubeVersion, or check another version",
        )
