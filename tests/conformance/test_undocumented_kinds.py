"""Of each kind that documents name, what is rendered and not stated is told: once a kind, or each where forbidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.model.undocumented import KINDS
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

Check = Callable[..., Report]

POD = "{metadata: {labels: {app: extra}}, spec: {containers: [{name: main, image: 'extra:1'}]}}"
JOB = "{template: {spec: {restartPolicy: Never, containers: [{name: main, image: 'extra:1'}]}}}"
BACKEND = "{service: {name: web, port: {number: 80}}}"
CLAIM = "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}"
WORKLOAD = f"selector: {{matchLabels: {{app: extra}}}}, template: {POD}"
BODIES = {
    "Deployment": ("apps/v1", f"spec: {{{WORKLOAD}}}"),
    "StatefulSet": ("apps/v1", f"spec: {{serviceName: web, {WORKLOAD}}}"),
    "DaemonSet": ("apps/v1", f"spec: {{{WORKLOAD}}}"),
    "Job": ("batch/v1", f"spec: {JOB}"),
    "CronJob": ("batch/v1", f"spec: {{schedule: '0 3 * * *', jobTemplate: {{spec: {JOB}}}}}"),
    "Service": ("v1", "spec: {selector: {app: web}, ports: [{port: 80}]}"),
    "Ingress": ("networking.k8s.io/v1", f"spec: {{defaultBackend: {BACKEND}}}"),
    "ConfigMap": ("v1", "data: {LEVEL: info}"),
    "Secret": ("v1", "data: {token: ZHVtbXk=}"),
    "PersistentVolumeClaim": ("v1", f"spec: {CLAIM}"),
}
"""An object of each kind: its apiVersion, and what is in it."""
DOCUMENT = "# Shop\n## Deployments\n- **web**\n## Services\n- **web**\n  - Port: 80\n"
STATED = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}, "
    f"template: {POD.replace('extra', 'web')}}}\n---\n"
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n"
)
"""What the document states; further objects follow, five lines each."""


def _object(kind: str, name: str = "extra", annotations: str = "{}") -> str:
    version, body = BODIES[kind]
    return (
        f"---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, annotations: {annotations}}}\n{body}\n"
    )


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    """Checks what the document states with further objects beside it, and further lines at the document's end."""
    monkeypatch.chdir(tmp_path)

    def run_on(more: str, *, config: str = "", stated: str = "") -> Report:
        Path("manifests.yaml").write_text(STATED + more)
        Path("data-model.md").write_text(DOCUMENT + stated)
        Path(".todo-lint.yaml").write_text(config)
        report = run(Request(("manifests.yaml",), data_model="data-model.md"), renderer)
        assert report.failures == ()
        return report

    return run_on


def _undocumented(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == "undocumented"]


FORBID = "undocumented: forbid\n"
LINE = STATED.count("\n") + 2


def test_each_kind_has_a_case() -> None:
    assert set(BODIES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_that_is_not_stated_is_an_error_where_that_is_forbidden(kind: str, check: Check) -> None:
    report = check(_object(kind), config=FORBID)

    (finding,) = _undocumented(report)
    assert finding.message == f"data-model.md does not state the {kind} extra"
    assert (finding.severity, finding.location.file, finding.location.line, finding.location.column) == (
        Severity.ERROR, "manifests.yaml", LINE, 1,
    )  # fmt: skip
    assert report.exit_code == 1


@pytest.mark.parametrize("kind", KINDS)
def test_several_are_an_error_each_or_one_note(kind: str, check: Check) -> None:
    more = _object(kind) + _object(kind, "further")

    forbidden = _undocumented(check(more, config=FORBID))
    (note,) = _undocumented(check(more))

    assert [(f.location.line, f.message.rpartition(" ")[2]) for f in forbidden] == [
        (LINE, "extra"),
        (LINE + 5, "further"),
    ]
    assert (note.severity, note.location.line) == (Severity.NOTE, LINE)
    assert [related.location.line for related in note.related] == [LINE + 5]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stated_as_an_option_or_for_later_is_none(kind: str, check: Check) -> None:
    for words in ("(Optional)", "(Future)"):
        report = check(
            _object(kind), config=FORBID, stated=f"## Further\n### extra {kind} {words}\n- Purpose: more\n"
        )

        assert not [f for f in _undocumented(report) if f.message.endswith(f"the {kind} extra")], words


@pytest.mark.parametrize("kind", KINDS)
def test_a_hook_is_none(kind: str, check: Check) -> None:
    report = check(_object(kind, annotations="{helm.sh/hook: pre-install}"), config=FORBID)

    assert _undocumented(report) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stated_elsewhere_in_the_document_is_none(kind: str, check: Check) -> None:
    report = check(_object(kind), config=FORBID, stated=f"## {kind}\n- **extra**\n  - Purpose: more\n")

    assert not [f for f in _undocumented(report) if f.message.endswith(f"the {kind} extra")]


def test_the_port_of_a_workload_that_is_not_stated(check: Check) -> None:
    more = _object("Deployment").replace("image: 'extra:1'", "image: 'extra:1', ports: [{containerPort: 9000}]")
    report = check(more, config=FORBID, stated="## Deployments\n- **extra**\n")

    (finding,) = _undocumented(report)
    assert finding.message == "data-model.md does not state the port 9000 of Deployment/extra"
    assert (finding.location.line, finding.path) == (
        LINE + 3,
        "spec.template.spec.containers[0].ports[0].containerPort",
    )
