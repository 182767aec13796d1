"""Each statement of the shipped document is broken once, in a copy of the shipped chart.

todo-lint must report just that: one finding, at the statement's lines (lines that state the same fact break
together), in the right file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Layer, Report, Severity, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.model.discovery import load_data_model
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
DOCUMENT = "policies/data-model.md"
FRONTEND, BACKEND = "templates/frontend-deployment.yaml", "templates/backend-deployment.yaml"
FRONT_SERVICE, BACK_SERVICE = "templates/frontend-service.yaml", "templates/backend-service.yaml"
CONFIG, SECRETS = "templates/app-config.yaml", "templates/app-secrets.yaml"
CONNECTION = "templates/tests/connection.yaml"


@dataclass(frozen=True)
class Break:
    """An edit of the chart, and the one finding that it must lead to.

    ``at`` is the file where it points, if that is another one; ``beside`` are the files that it relates.
    """

    name: str
    file: str
    old: str
    new: str
    rule: str
    lines: tuple[int, ...]
    at: str = ""
    path: str | None = None
    severity: Severity = Severity.ERROR
    also: tuple[str, str, str] | None = None
    beside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The file that the finding points at: where the edit is, unless ``at`` says otherwise."""
        return f"chart/{self.at or self.file}"


CONTAINER = "spec.template.spec.containers[0]"
IMAGE = '          image: "{{ .Values.%s.image.repository }}:{{ .Values.%s.image.tag }}"'
SECRET_REF = '            - secretRef:\n                name: {{ include "todo-app.secretName" . | quote }}\n'
CONFIG_REF = "            - configMapRef:\n                name: app-config\n"
REQUESTS = "{{ $resources.requests.%s | quote }}"
LIMITS = "{{ $resources.limits.%s | quote }}"


def _workload(file: str, name: str, image: tuple[int, int, int], first: int) -> Iterator[Break]:
    """The breaks of one Deployment: ``image`` are the lines of its image, ``first`` is that of its name."""
    used, port, tag = image[0], image[1], image[2]
    written = IMAGE % (name, name)
    short = f"todo-{name}"
    yield Break(
        f"{name} image", file, written, f"          image: other/{short}:latest", "documented-image-differs",
        (used, tag), path=f"{CONTAINER}.image",
    )  # fmt: skip
    yield Break(
        f"{name} tag", file, written, f"          image: {short}:v2", "documented-image-differs", (tag,),
        path=f"{CONTAINER}.image",
    )  # fmt: skip
    yield Break(
        f"{name} container port", file, f"{{{{ int .Values.{name}.containerPort }}}}", "3999",
        "documented-port-differs", (port,), path=f"{CONTAINER}.ports[0].containerPort",
    )  # fmt: skip
    yield Break(
        f"{name} deployment name", file, f"name: {name}-deployment", f"name: {name}", "documented-entity-renamed",
        (first,), path="metadata.name", severity=Severity.NOTE,
    )  # fmt: skip
    yield Break(
        f"{name} replicas", file, f"{{{{ int .Values.{name}.replicaCount }}}}", "3", "documented-replicas-differ",
        (first + 1,), path="spec.replicas",
    )  # fmt: skip
    yield Break(
        f"{name} replicas are fixed", file, f"{{{{ int .Values.{name}.replicaCount }}}}", "1",
        "documented-value-fixed", (first + 1,), path="spec.replicas",
    )  # fmt: skip
    for offset, kind, text in ((3, "requests", REQUESTS), (4, "limits", LIMITS)):
        # Neither breaks the rule that a request may not exceed its limit.
        for resource, wrong in (("memory", '"384Mi"' if kind == "requests" else '"3Gi"'), ("cpu", '"0.4"')):
            yield Break(
                f"{name} {kind} {resource}", file, text % resource, wrong, "documented-budget-differs",
                (first + offset,), path=f"{CONTAINER}.resources.{kind}.{resource}",
            )  # fmt: skip
    for source, reference in (("secrets", SECRET_REF), ("settings", CONFIG_REF)):
        yield Break(
            f"{name} {source}", file, reference, "", "documented-env-source-missing", (first + 5,),
            path=f"{CONTAINER}.envFrom",
        )  # fmt: skip


def _value(name: str, old: str, new: str, lines: tuple[int, ...], rule: str, at: str) -> Break:
    """A default in values.yaml that also puts a resource wrong; the finding points at the template."""
    return Break(f"values {name}", "values.yaml", old, new, rule, lines, at=at)


IMAGES, PORTS, BUDGET = "documented-image-differs", "documented-port-differs", "documented-budget-differs"
BREAKS = (
    *_workload(FRONTEND, "frontend", (6, 10, 23), 21),
    *_workload(BACKEND, "backend", (13, 17, 30), 28),
    Break("frontend service name", FRONT_SERVICE, "name: frontend-service", "name: web",
          "url-host-unknown", (36,), at=CONNECTION, beside=(FRONT_SERVICE,)),
    Break("frontend service type", FRONT_SERVICE, "{{ .Values.frontend.service.type }}", "ClusterIP",
          "documented-service-type-differs", (37, 85), path="spec.type"),
    Break("frontend service port", FRONT_SERVICE, "port: {{ int .Values.frontend.service.port }}", "port: 8080",
          PORTS, (38,), path="spec.ports[0].port"),
    Break("frontend target port", FRONT_SERVICE, "targetPort: {{ int .Values.frontend.containerPort }}",
          "targetPort: 3001", PORTS, (38,), path="spec.ports[0].targetPort"),
    Break("frontend selector", FRONT_SERVICE, "  selector:\n    app: todo-frontend", "  selector:\n    app: frontend",
          "documented-selector-differs", (39,), path="spec.selector.app"),
    Break("backend service name", BACK_SERVICE, "name: backend-service", "name: api",
          "url-host-unknown", (42, 50, 84), at=CONNECTION, beside=(BACK_SERVICE,),
          also=(CONFIG, "backend-service", "api")),
    Break("backend service type", BACK_SERVICE, "type: ClusterIP", "type: LoadBalancer",
          "documented-service-type-differs", (43,), path="spec.type"),
    Break("backend service port", BACK_SERVICE, "port: {{ int .Values.backend.service.port }}", "port: 8080",
          PORTS, (44, 50, 84), path="spec.ports[0].port"),
    Break("backend selector", BACK_SERVICE, "  selector:\n    app: todo-backend", "  selector:\n    app: backend",
          "documented-selector-differs", (45,), path="spec.selector.app"),
    Break("backend namespace", BACK_SERVICE, "{{ .Release.Namespace | quote }}", "todo",
          "documented-namespace-differs", (84,), path="metadata.namespace"),
    Break("config name", CONFIG, "name: app-config", "name: settings",
          "config-map-not-rendered", (49,), at=BACKEND, beside=(CONFIG, FRONTEND)),
    Break("config url", CONFIG, '"http://backend-service:', '"http://backend:', "documented-value-differs", (50,),
          path="data.frontend_api_url"),
    Break("config debug", CONFIG, "{{ .Values.backend.debug | quote }}", '"true"', "documented-value-differs",
          (51,), path="data.backend_debug"),
    Break("config cors", CONFIG, "{{ .Values.config.corsAllowedOrigins | quote }}", "https://example.com",
          "documented-value-differs", (52,), path="data.cors_allowed_origins"),
    Break("secret name", SECRETS, "  name: app-secrets", "  name: credentials",
          "secret-not-rendered", (54,), at=BACKEND, beside=(SECRETS, FRONTEND)),
    Break("secret jwt", SECRETS, "  jwt_secret:", "  jwt:", "documented-key-missing", (55,), path="data"),
    Break("secret database", SECRETS, "  database_url:", "  database-url:", "documented-key-renamed", (56,),
          path="data.database-url", severity=Severity.WARNING),
    Break("secret cohere", SECRETS, "  cohere_api_key:", "  cohere:", "documented-key-missing", (57,), path="data"),
    Break("chart name", "Chart.yaml", "name: todo-app", "name: todo", "documented-metadata-differs", (68,)),
    Break("chart version", "Chart.yaml", "version: 0.1.0", "version: 0.2.0", "documented-metadata-differs", (69,)),
    Break("chart appVersion", "Chart.yaml", 'appVersion: "1.0.0"', 'appVersion: "1.1.0"',
          "documented-metadata-differs", (70,)),
    _value("frontend repository", "repository: todo-frontend", "repository: todo-web", (6, 23, 73), IMAGES, FRONTEND),
    _value("frontend tag", "", "", (23, 74), IMAGES, FRONTEND),
    _value("frontend service type", "type: NodePort", "type: LoadBalancer", (37, 75, 85),
           "documented-service-type-differs", FRONT_SERVICE),
    _value("frontend service port", "port: 80\n", "port: 8080\n", (38, 76), PORTS, FRONT_SERVICE),
    _value("backend repository", "repository: todo-backend", "repository: todo-api", (13, 30, 77), IMAGES, BACKEND),
    _value("backend tag", "", "", (30, 78), IMAGES, BACKEND),
    _value("backend service port", "    port: 8000\n", "    port: 8080\n", (44, 50, 79, 84), PORTS, BACK_SERVICE),
    _value("memory limit", "memory: 1Gi", "memory: 2Gi", (32, 80), BUDGET, BACKEND),
    _value("cpu limit", 'cpu: "0.7"', 'cpu: "0.8"', (32, 81), BUDGET, BACKEND),
    Break("cluster DNS", FRONTEND, "      enableServiceLinks: false", "      dnsPolicy: Default",
          "documented-dns-bypassed", (86,), path="spec.template.spec.dnsPolicy"),
    Break("load balancing", BACK_SERVICE, "  type: ClusterIP", "  type: ClusterIP\n  clusterIP: None",
          "documented-load-balancing-missing", (87,), path="spec.clusterIP"),
    Break("sensitive data", CONFIG, "\ndata:\n", "\ndata:\n  JWT_SECRET: dummy\n",
          "documented-secret-in-clear", (90,), path="data.JWT_SECRET"),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    (tmp_path / "policies").mkdir()
    shutil.copy(ROOT / DOCUMENT, tmp_path / DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _check(renderer: Renderer) -> Report:
    return run(Request(("chart",), data_model=DOCUMENT), renderer)


def _above_notes(report: Report) -> list[Finding]:
    """The findings, without the note that the default values stop."""
    return [finding for finding in report.findings if finding.rule != "default-values-stop"]


def _edit(file: Path, broken: Break) -> None:
    text = file.read_text()
    if broken.name.endswith(" tag") and broken.file == "values.yaml":
        owner = broken.name.split()[1]
        start = text.index(f"repository: todo-{owner}")
        place = text.index("tag: latest", start)
        file.write_text(text[:place] + "tag: v9" + text[place + len("tag: latest") :])
        return
    if broken.file == "values.yaml":
        assert text.count(broken.old) == 1, f"{broken.old!r} is not there just once"
    assert broken.old in text
    file.write_text(text.replace(broken.old, broken.new, 1))
    if broken.also:
        name, old, new = broken.also
        other = file.parents[1] / name
        other.write_text(other.read_text().replace(old, new))


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.name.replace(" ", "-"))
def test_a_broken_statement_is_the_one_finding(broken: Break, copy: Path, renderer: Renderer) -> None:
    _edit(copy / "chart" / broken.file, broken)

    report = _check(renderer)

    assert report.failures == ()
    (finding,) = _above_notes(report)
    assert finding.rule == broken.rule
    assert finding.severity is broken.severity
    assert tuple(ref.line for ref in finding.statements) == broken.lines
    assert {ref.file for ref in finding.statements} == {DOCUMENT}
    assert finding.location.file == broken.place
    assert finding.location.line is not None
    assert {f"chart/{file}" for file in broken.beside} <= {related.location.file for related in finding.related}
    if broken.path:
        assert finding.path == broken.path
    if broken.file == "values.yaml":
        places = [related.location for related in finding.related if related.location.layer is Layer.VALUES]
        assert [place.file for place in places] == ["chart/values.yaml"]
        changed = (copy / "chart/values.yaml").read_text().splitlines()[(places[0].line or 0) - 1]
        assert changed not in (ROOT / "chart/values.yaml").read_text().splitlines()
    elif broken.new and broken.file.startswith("templates/") and not broken.at:
        pointed = (copy / "chart" / broken.file).read_text().splitlines()[finding.location.line - 1]
        assert pointed not in (ROOT / "chart" / broken.file).read_text().splitlines() or finding.path == "data"
    assert report.exit_code == int(broken.severity is not Severity.NOTE)


VALUES_KEYS = {
    "frontend.image.repository": 73,
    "frontend.image.tag": 74,
    "frontend.service.type": 75,
    "frontend.service.port": 76,
    "backend.image.repository": 77,
    "backend.image.tag": 78,
    "backend.service.port": 79,
}


@pytest.mark.parametrize("key", VALUES_KEYS)
def test_a_values_key_of_another_name_is_the_one_finding(key: str, copy: Path, renderer: Renderer) -> None:
    """The rendering stays as it is, since the templates are changed with it."""
    chart = copy / "chart"
    *_, parent, last = key.split(".")
    lines = (chart / "values.yaml").read_text().splitlines(keepends=True)
    owner = lines.index(f"{key.split('.')[0]}:\n")
    above = lines.index(f"  {parent}:\n", owner)
    place = next(number for number in range(above, len(lines)) if lines[number].startswith(f"    {last}:"))
    lines[place] = lines[place].replace(last, f"my{last}", 1)
    (chart / "values.yaml").write_text("".join(lines))
    for template in chart.rglob("templates/**/*"):
        if template.is_file():
            renamed = f".Values.{key.removesuffix(last)}my{last}"
            template.write_text(template.read_text().replace(f".Values.{key}", renamed))
    (chart / "values.schema.json").unlink()

    report = _check(renderer)

    (finding,) = _above_notes(report)
    assert finding.rule == "documented-values-key-differs"
    assert [(ref.line, ref.verdict) for ref in finding.statements] == [(VALUES_KEYS[key], Verdict.MISSING)]
    assert (finding.location.file, finding.location.line) == ("chart/values.yaml", above + 1)


def test_a_url_that_still_names_a_renamed_service_is_an_error(copy: Path, renderer: Renderer) -> None:
    service = copy / "chart" / BACK_SERVICE
    service.write_text(
        service.read_text().replace("name: backend-service", "name: {{ .Release.Name }}-backend-service")
    )

    report = _check(renderer)

    found = [(f.rule, f.severity, [ref.line for ref in f.statements], f.location.file) for f in _above_notes(report)]
    assert found == [
        ("documented-url-unreachable", Severity.ERROR, [50], f"chart/{CONFIG}"),
        ("name-exceeds-limit", Severity.NOTE, [], f"chart/{BACK_SERVICE}"),  # with a release name of 53 characters
        ("documented-entity-renamed", Severity.NOTE, [42, 84], f"chart/{BACK_SERVICE}"),
    ]


def test_every_statement_that_holds_is_broken_by_some_case(copy: Path, renderer: Renderer) -> None:
    report = _check(renderer)
    assert _above_notes(report) == []
    model = load_data_model(DOCUMENT)
    undecided = {"base", "runtime", "dependencies"}
    holding = {s.line for s in model.statements if not s.later and s.attribute not in undecided}

    assert report.statements[Verdict.HOLDS] == len(
        [s for s in model.statements if not s.later and s.attribute not in undecided]
    )
    assert {line for broken in BREAKS for line in broken.lines} == holding


def test_the_shipped_chart_is_clean(copy: Path, renderer: Renderer) -> None:
    report = _check(renderer)

    assert report.exit_code == 0
    assert [(f.rule, f.severity, f.location.file) for f in report.findings] == [
        ("default-values-stop", Severity.NOTE, "chart/templates/app-secrets.yaml")
    ]
    counts = {verdict: number for verdict, number in report.statements.items() if number}
    assert counts == {Verdict.HOLDS: 56, Verdict.LATER: 7, Verdict.NOT_CHECKABLE: 6}
    assert report.summary.checked + len(report.summary.skipped) == report.summary.documents
