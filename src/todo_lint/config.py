"""The configuration file, ``.todo-lint.yaml``; schemas/config.json describes it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from todo_lint.errors import UserError
from todo_lint.findings import Finding, Severity, format_route
from todo_lint.kubernetes_yaml.document import YamlDocument, YamlProblem
from todo_lint.records import dataclass, field
from todo_lint.shipped import shipped_path

FILE_NAME = ".todo-lint.yaml"
LEVELS_UP = 3


@dataclass(frozen=True, slots=True)
class ConfiguredProfile:
    """A further way to install the chart. ``values`` are paths of values files, ``settings`` in --set's form."""

    name: str
    values: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Findings that are known and accepted. ``resource`` (``Kind/name``) and ``path`` may hold ``*``."""

    rule: str
    resource: str = "*"
    path: str = "*"

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is one of these."""
        from fnmatch import fnmatchcase

        # Brackets mean an index here, not a set of characters as in fnmatch.
        path = self.path.replace("[", "[[]")
        return (
            finding.rule == self.rule
            and fnmatchcase(str(finding.resource or ""), self.resource)
            and fnmatchcase(finding.path or "", path)
        )


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file sets; None and empty where it says nothing. Paths are ready to open."""

    file: str | None = None
    data_model: str | None = None
    fail_on: Severity | None = None
    kubernetes_version: str | None = None
    release_name: str | None = None
    namespace: str | None = None
    api_versions: tuple[str, ...] = ()
    strict_kinds: bool = False
    base_profile: str | None = None
    profiles: tuple[ConfiguredProfile, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    outside: tuple[str, ...] = ()
    crds: tuple[str, ...] = ()
    undocumented_forbidden: bool = False
    dockerfiles: Mapping[str, str] = field(default_factory=dict)
    pod_security: str | None = None


def folders_above(start: str) -> Iterator[str]:
    """The folder itself and those above it, up to the one that holds .git, or three levels where none does.

    ``start`` is a folder; the folders are named in its terms (``chart``, ``.``, ``..``).
    """
    folder = Path(start)
    for _ in range(LEVELS_UP + 1):
        yield str(folder)
        if (folder / ".git").exists() or folder.resolve() == folder.resolve().parent:
            return
        folder = Path(os.path.normpath(folder / "..")) if folder.is_absolute() else _parent(folder)


def _parent(folder: Path) -> Path:
    """The parent of a relative folder, in as few steps as can be: ``chart`` is in ``.``, ``.`` in ``..``."""
    if folder.name and folder.name != "..":
        return folder.parent
    return folder / ".."


def find_config(start: str) -> str | None:
    """The nearest configuration file in or above a folder, or None."""
    for folder in folders_above(start):
        candidate = Path(folder, FILE_NAME)
        if candidate.is_file():
            return str(candidate)
    return None


def load_config(path: str) -> Config:
    """Read a configuration file.

    Raises:
        UserError: when it cannot be read, is no YAML, says something that schemas/config.json does not allow, or
            names a path outside its repository.
    """
    from todo_lint.kubernetes_yaml.reader import read_document

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UserError(f"the configuration cannot be read: {reason}", file=path) from error
    document = read_document(text)
    if isinstance(document, YamlProblem):
        raise UserError(f"the configuration is no YAML: {document.message}", file=path, line=document.line)
    value: Any = {} if document.value is None else document.value
    _validate(value, document, path)
    if document.duplicates:
        twice = document.duplicates[0]
        raise UserError(f"{format_route(twice.route)} is set twice", file=path, line=twice.span.line)
    config = _config(value, path)
    if config.data_model and not Path(config.data_model).is_file():
        span = document.value_span(("data-model",))
        message = f"data-model names {value['data-model']}: there is no such file; name it relative to this folder"
        raise UserError(message, file=path, line=span.line if span else None)
    return config


def _validate(value: Any, document: YamlDocument, path: str) -> None:
    import json

    import jsonschema_rs

    schema = json.loads(Path(shipped_path("schemas/config.json")).read_text(encoding="utf-8"))
    for error in jsonschema_rs.validator_for(schema).iter_errors(value):
        route = tuple(error.instance_path)
        span = document.value_span(route)
        what = f"{format_route(route)}: " if route else ""
        message = f"the configuration is wrong: {what}{_expected(error)}"
        raise UserError(message, file=path, line=span.line if span else None)


def _expected(error: Any) -> str:
    """What a value ought to be; for a choice, all of them (the message of the validator names the first few)."""
    if error.kind.name != "enum":
        return str(error.message)
    choices = ", ".join(word for word in error.kind.options if isinstance(word, str))
    return f"{error.instance!r} is none of {choices}"


def _config(value: dict[str, Any], path: str) -> Config:
    inside = _Inside(path)
    severities = {rule: _severity(word) for rule, word in (value.get("rules") or {}).items()}
    fail_on = value.get("fail-on")
    return Config(
        file=path,
        data_model=inside.path(value["data-model"]) if "data-model" in value else None,
        fail_on=_severity(fail_on) if fail_on else None,
        kubernetes_version=value.get("kubernetes-version"),
        release_name=value.get("release-name"),
        namespace=value.get("namespace"),
        api_versions=tuple(value.get("api-versions") or ()),
        strict_kinds=bool(value.get("strict-kinds")),
        base_profile=value.get("base-profile"),
        profiles=tuple(_profile(entry, inside) for entry in value.get("profiles") or ()),
        severities=severities,
        crds=tuple(inside.path(name) for name in value.get("crds") or ()),
        ignored=tuple(_ignored(entry) for entry in value.get("ignore") or ()),
        pod_security=value.get("pod-security"),
        outside=tuple(value.get("outside") or ()),
        undocumented_forbidden=value.get("undocumented") == "forbid",
        dockerfiles={image: inside.path(file) for image, file in (value.get("dockerfiles") or {}).items()},
    )


def _severity(word: str | bool) -> Severity | None:
    """The severity of a word; None for ``off``, which YAML reads as false where it is not quoted."""
    return None if word == "off" or isinstance(word, bool) else Severity[word.upper()]


def _profile(entry: dict[str, Any], inside: _Inside) -> ConfiguredProfile:
    files = tuple(inside.path(file) for file in entry.get("values") or ())
    return ConfiguredProfile(entry["name"], files, tuple(entry.get("set") or ()))


def _ignored(entry: dict[str, Any]) -> Ignored:
    return Ignored(entry["rule"], entry.get("resource", "*"), entry.get("path", "*"))


class _Inside:
    """Paths that a configuration names: relative to its folder, and inside its repository.

    A chart from elsewhere may bring a configuration; it must not make todo-lint read other files.
    """

    def __init__(self, config: str) -> None:
        self._config = config
        self._folder = os.path.dirname(config)  # noqa: PTH120 - keeps a relative path relative
        top = list(folders_above(self._folder or "."))[-1]
        has_git = Path(top, ".git").exists()
        self._top = Path(top if has_git else self._folder or ".").resolve()

    def path(self, name: str) -> str:
        """The path to open for a name in the configuration."""
        path = os.path.normpath(Path(self._folder, name))
        if not Path(path).resolve().is_relative_to(self._top):
            raise UserError(f"the path {name} leads out of {self._top.name or self._top}", file=self._config)
        return path
