"""Documents in every dialect give the shipped chart the same verdicts; a changed chart is one finding in each.

``dialects/`` holds a document for each form; where further ones lie beside the checkout, they are held against the
chart as well.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Report, Severity, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.model.reader import read_text
from todo_lint.model.statements import Modality
from todo_lint.pipeline import run, trace
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
OWN = sorted((Path(__file__).parent / "dialects").glob("*.md"))
SEED = ROOT / "policies/data-model.md"
BESIDE = sorted((ROOT.parent / "shared/dialects").glob("*-*.md"))
"""Further documents of the application, where they lie beside the checkout."""


@pytest.mark.parametrize("document", [*OWN, *BESIDE], ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_document_of_each_dialect_holds(
    document: Path, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    model = read_text(document.read_text(encoding="utf-8"), document.name)
    later = sum(statement.later for statement in model.statements)
    assert len(model.statements) > later

    report = run(Request(("chart",), data_model=str(document)), renderer)

    assert (report.failures, report.exit_code) == ((), 0)
    counts = report.statements
    assert counts[Verdict.HOLDS] + counts[Verdict.LATER] == sum(counts.values()) == len(model.statements)
    assert counts[Verdict.LATER] <= later  # what is optional, and there as stated, holds
    assert {f.rule for f in report.findings} <= {"undocumented", "default-values-stop"}
    assert all(f.severity is Severity.NOTE for f in report.findings)


def _verdicts(document: Path, renderer: Renderer) -> dict[tuple[str, str], set[Verdict]]:
    found: dict[tuple[str, str], set[Verdict]] = {}
    report = trace(Request(("chart",), data_model=str(document), trace=True), renderer)
    for row in report.traces[0].rows:
        found.setdefault((row.subject, row.attribute), set()).add(row.verdict)
    return found


def test_all_dialects_give_what_they_share_the_same_verdict(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    together: dict[tuple[str, str], set[Verdict]] = {}
    stated: dict[tuple[str, str], int] = {}
    for document in (SEED, *OWN, *BESIDE):
        for key, verdicts in _verdicts(document, renderer).items():
            together.setdefault(key, set()).update(verdicts)
            stated[key] = stated.get(key, 0) + 1

    assert {key: verdicts for key, verdicts in together.items() if len(verdicts) > 1} == {}
    assert sum(count > 2 for count in stated.values()) > 20


# The chart is changed.


@dataclass(frozen=True)
class Edit:
    """A change of one value in the chart, and the statements that it makes wrong: subject and attribute."""

    file: str
    old: str
    new: str
    breaks: frozenset[tuple[str, str, str]]


FRONTEND, BACKEND = "templates/frontend-deployment.yaml", "templates/backend-deployment.yaml"
FRONT_SERVICE, BACK_SERVICE = "templates/frontend-service.yaml", "templates/backend-service.yaml"
CONFIG, VALUES = "templates/app-config.yaml", "values.yaml"


def _edit(file: str, old: str, new: str, *breaks: str) -> Edit:
    """``breaks`` are ``Kind name attribute``."""
    parts = (tuple(entry.split(" ")) for entry in breaks)
    return Edit(file, old, new, frozenset((kind, name, attribute) for kind, name, attribute in parts))


FD, BD = "Deployment frontend-deployment", "Deployment backend-deployment"
FS, BS, CM = "Service frontend-service", "Service backend-service", "ConfigMap app-config"
EDITS = (
    _edit(FRONTEND, "{{ int .Values.frontend.replicaCount }}", "3", f"{FD} replicas"),
    _edit(BACKEND, "image: \"{{ .Values.backend.image.repository }}:{{ .Values.backend.image.tag }}\"",
          "image: todo-backend:v2", f"{BD} image", "Image todo-backend image.tag"),
    _edit(FRONTEND, "{{ .Values.frontend.image.pullPolicy }}", "Always", f"{FD} imagePullPolicy"),
    _edit(BACKEND, "{{ int .Values.backend.containerPort }}", "8001", f"{BD} containerPort",
          "Image todo-backend containerPort"),
    _edit(FRONTEND, "{{ $resources.requests.memory | quote }}", "300Mi", f"{FD} resources.requests.memory"),
    _edit(FRONTEND, "{{ $resources.limits.cpu | quote }}", '"0.6"', f"{FD} resources.limits.cpu"),
    _edit(VALUES, "memory: 1Gi", "memory: 2Gi", f"{BD} resources.limits.memory",
          "Values values.yaml resources.limits.memory"),
    _edit(VALUES, "path: /health", "path: /live", f"{BD} livenessProbe.path", f"{BD} readinessProbe.path"),
    _edit(VALUES, "runAsUser: 1000", "runAsUser: 1001", f"{FD} securityContext.runAsUser"),
    _edit(FRONT_SERVICE, "type: {{ .Values.frontend.service.type }}", "type: ClusterIP", f"{FS} type",
          "Network  externalAccess"),
    _edit(VALUES, "    port: 80\n", "    port: 81\n", f"{FS} port", "Values values.yaml frontend.service.port"),
    _edit(VALUES, "    port: 8000\n", "    port: 8001\n", f"{BS} port", "Values values.yaml backend.service.port",
          f"{CM} data.frontend_api_url"),
    _edit(FRONT_SERVICE, "{{ int .Values.frontend.containerPort }}", "3001", f"{FS} targetPort"),
    _edit(BACK_SERVICE, "  selector:\n    app: todo-backend", "  selector:\n    app: todo-api", f"{BS} selector"),
    _edit(CONFIG, "{{ .Values.backend.debug | quote }}", '"true"', f"{CM} data.backend_debug"),
    _edit(VALUES, 'corsAllowedOrigins: "*"', "corsAllowedOrigins: https://todo.example",
          f"{CM} data.cors_allowed_origins", "Values values.yaml config.corsAllowedOrigins"),
    _edit("templates/app-secrets.yaml", "  jwt_secret:", "  signing_key:", "Secret app-secrets data.jwt_secret"),
    _edit("Chart.yaml", "version: 0.1.0", "version: 0.2.0", "Chart todo-app version"),
    _edit(FRONTEND, "      enableServiceLinks: false", "      dnsPolicy: Default", "Network  dns"),
    _edit(BACK_SERVICE, "  type: ClusterIP", "  type: ClusterIP\n  clusterIP: None", "Network  loadBalancing"),
    _edit(BACK_SERVICE, "{{ .Release.Namespace | quote }}", "other", f"{BS} namespace"),
    _edit(CONFIG, "\ndata:\n", "\ndata:\n  JWT_SECRET: dummy\n", "Security  sensitiveData"),
    _edit(FRONTEND, "            - configMapRef:\n                name: app-config\n", "", f"{FD} env.from"),
    _edit(VALUES, "debug: false", "debug: true", f"{CM} data.backend_debug", "Values values.yaml backend.debug"),
)  # fmt: skip


@pytest.fixture(scope="module")
def before(renderer: Renderer) -> dict[Path, Report]:
    """What the chart as it is gives for each document."""
    return {document: run(Request((str(ROOT / "chart"),), data_model=str(document)), renderer) for document in OWN}


def _new(report: Report, before: Report) -> list[Finding]:
    known = {(finding.rule, finding.message) for finding in before.findings}
    return [f for f in report.findings if (f.rule, f.message) not in known]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.file.rpartition('/')[2]}-{edit.new[:20].strip()}")
def test_a_changed_chart_is_one_finding_in_each_dialect(
    edit: Edit, before: dict[Path, Report], tmp_path: Path, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "chart", "chart")
    file = Path("chart") / edit.file
    assert edit.old in file.read_text()
    file.write_text(file.read_text().replace(edit.old, edit.new, 1))
    for document in OWN:
        model = read_text(document.read_text(encoding="utf-8"), document.name)
        firm = [s for s in model.statements if not s.later and s.modality is not Modality.PLACEHOLDER]
        lines = sorted({s.line for s in firm if (s.kind, s.name, s.attribute) in edit.breaks})

        found = _new(run(Request(("chart",), data_model=str(document)), renderer), before[document])

        told = [sorted(ref.line for ref in finding.statements) for finding in found if finding.statements]
        assert told == ([lines] if lines else []), (document.name, [(f.rule, f.message) for f in found])
        beside = [(f.rule, f.message) for f in found if not f.statements and f.severity > Severity.NOTE]
        assert not (lines and beside), (document.name, beside)
