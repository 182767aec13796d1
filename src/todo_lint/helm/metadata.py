"""What Chart.yaml says, read as Helm reads it."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.errors import UserError
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.records import dataclass

CHART_FILE = "Chart.yaml"
REQUIREMENTS_FILE = "requirements.yaml"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A chart that this chart depends on.

    ``file`` and ``index`` say where it is declared: the entry of that number, from 0, in the list ``dependencies``.
    ``imports_values``: values of it are taken over into those of the chart above.
    """

    name: str
    version: str = ""
    repository: str = ""
    condition: str = ""
    tags: tuple[str, ...] = ()
    alias: str = ""
    file: str = CHART_FILE
    index: int = 0
    imports_values: bool = False


@dataclass(frozen=True, slots=True)
class ChartMetadata:
    """The fields of Chart.yaml that Helm acts on. Missing text is empty; an empty apiVersion means v1.

    ``raw`` is the whole file as plain data.
    """

    name: str
    version: str = ""
    app_version: str = ""
    api_version: str = ""
    type: str = ""
    kube_version: str = ""
    description: str = ""
    deprecated: bool = False
    dependencies: tuple[Dependency, ...] = ()
    raw: Mapping[str, Json] | None = None


def read_metadata(files: Mapping[str, bytes], place: str) -> ChartMetadata:
    """Read Chart.yaml (and requirements.yaml of a chart of apiVersion v1) out of a chart's files.

    ``place`` is how messages name the chart's folder or package. Raises UserError for a file that Helm cannot
    read: no YAML, no mapping, no name, or a value of the wrong type.
    """
    raw = read_mapping(files[CHART_FILE], f"{place}/{CHART_FILE}")
    fields = _Fields(raw, f"{place}/{CHART_FILE}")
    name = fields.text("name")
    if not name:
        raise UserError("the chart has no name; add `name:`", file=fields.file)
    return ChartMetadata(
        name=name,
        version=fields.text("version"),
        app_version=fields.text("appVersion"),
        api_version=fields.text("apiVersion"),
        type=fields.text("type"),
        kube_version=fields.text("kubeVersion"),
        description=fields.text("description"),
        deprecated=fields.truth("deprecated"),
        dependencies=_all_dependencies(fields, files, place),
        raw=raw,
    )


def read_mapping(data: bytes, file: str) -> dict[str, Json]:
    """Read one YAML document that must be a mapping; an empty one is an empty mapping.

    Raises UserError with file and line.
    """
    from todo_lint.kubernetes_yaml.reader import read_document

    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError("the file is not text in UTF-8", file=file, line=line) from error
    document = read_document(text)
    if isinstance(document, YamlProblem):
        raise UserError(document.message, file=file, line=document.line)
    if document.value is None:
        return {}
    if not isinstance(document.value, dict):
        raise UserError("the file must hold a YAML mapping (key: value)", file=file, line=_first_line(document))
    return document.value


def _first_line(document: YamlDocument) -> int:
    span = document.value_span(())
    return span.line if span else document.line


def _all_dependencies(fields: _Fields, files: Mapping[str, bytes], place: str) -> tuple[Dependency, ...]:
    """The dependencies of Chart.yaml; a requirements.yaml that has the list replaces it, as in Helm's loader."""
    dependencies = _dependencies(fields, CHART_FILE)
    if REQUIREMENTS_FILE in files:
        file = f"{place}/{REQUIREMENTS_FILE}"
        requirements = _Fields(read_mapping(files[REQUIREMENTS_FILE], file), file)
        dependencies = _dependencies(requirements, REQUIREMENTS_FILE) or dependencies
    return dependencies


def _dependencies(fields: _Fields, file: str) -> tuple[Dependency, ...]:
    dependencies = []
    for index, entry in enumerate(fields.items("dependencies")):
        if not isinstance(entry, dict):
            raise UserError(f"dependencies[{index}] must be a mapping", file=fields.file)
        one = _Fields(entry, fields.file)
        dependencies.append(
            Dependency(
                name=one.text("name"),
                version=one.text("version"),
                repository=one.text("repository"),
                condition=one.text("condition"),
                tags=tuple(_as_text(tag) or "" for tag in one.items("tags")),
                alias=one.text("alias"),
                file=file,
                index=index,
                imports_values=bool(one.items("import-values")),
            )
        )
    return tuple(dependencies)


class _Fields:
    """Reads fields as Go's decoder does: names in any case, and scalars where text is wanted become text."""

    def __init__(self, mapping: Mapping[str, Json], file: str) -> None:
        self.file = file
        self._values = {key.lower(): value for key, value in mapping.items()}

    def text(self, name: str) -> str:
        """The field as text, empty where it is missing."""
        text = _as_text(self._values.get(name.lower()))
        if text is None:
            raise UserError(f"{name} must be text", file=self.file)
        return text

    def truth(self, name: str) -> bool:
        """The field as true or false, false where it is missing."""
        value = self._values.get(name.lower())
        if value is not None and not isinstance(value, bool):
            raise UserError(f"{name} must be true or false", file=self.file)
        return bool(value)

    def items(self, name: str) -> list[Json]:
        """The field as a list, empty where it is missing."""
        value = self._values.get(name.lower())
        if value is not None and not isinstance(value, list):
            raise UserError(f"{name} must be a list", file=self.file)
        return value or []


def _as_text(value: Json) -> str | None:
    """Text as sigs.k8s.io/yaml makes it of a scalar: ``1.10`` without quotes becomes ``1.1``. None: no scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, "g") if value == float(format(value, "g")) else repr(value)
    if isinstance(value, int):
        return str(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else None
