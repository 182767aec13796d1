"""What one run is asked to do."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Severity
from todo_lint.helm.profiles import ValueOptions
from todo_lint.records import dataclass, field

DEFAULT_DEADLINE = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """The inputs and options of a run; None where an option was not given, so that the configuration decides.

    ``deadline`` is how long the rendering of one chart may take, in seconds. ``texts`` take the place of files of
    charts, by the name that messages give to a file: so fixes are tried before they are made. ``together``: folders
    of very many manifests are held in memory whole, so that rules about several of them can look at all.
    """

    paths: tuple[str, ...]
    values: ValueOptions = field(default_factory=ValueOptions)
    release_name: str | None = None
    namespace: str | None = None
    kubernetes_version: str | None = None
    api_versions: tuple[str, ...] = ()
    data_model: str | None = None
    config: str | None = None
    fail_on: Severity | None = None
    strict_kinds: bool = False
    deadline: float = DEFAULT_DEADLINE
    only_kubernetes: bool = False
    trace: bool = False
    together: bool = False
    texts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Options and configuration together, for one input."""

    values: ValueOptions
    release_name: str
    namespace: str
    kubernetes_version: str | None
    api_versions: tuple[str, ...]
    data_model: str | None
    strict_kinds: bool
    deadline: float
    only_kubernetes: bool
    texts: Mapping[str, bytes] = field(default_factory=dict)
    namespace_given: bool = False
    trace: bool = False
    together: bool = False

    @property
    def has_document(self) -> bool:
        """Whether what is checked is to be held against a document as well."""
        return bool(self.data_model) and not self.only_kubernetes
