"""What concerns a document as a whole: what it leaves out, what it says of environments and images, and of itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Layer, Report, Severity, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
FORBID = "undocumented: forbid\n"
Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    """Checks a copy of the shipped chart by the shipped document with a line taken out, or with lines at its end."""
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "policies/data-model.md"

    def run_on(*without: str, more: str = "", config: str = "") -> Report:
        lines = document.read_text().split("\n")
        for text in without:
            (found,) = [line for line in lines if text in line]
            lines.remove(found)
        document.write_text("\n".join(lines) + f"\n{more}")
        if config:
            Path(".todo-lint.yaml").write_text(config)
        report = run(Request(("chart",)), renderer)
        assert report.failures == ()
        return report

    return run_on


def _of(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def _places(report: Report, rule: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(f.message, f.location.file, f.location.line, f.location.column) for f in _of(report, rule)]


# What the document does not state.

LEFT_OUT = {
    "a ConfigMap's key": (
        ("- cors_allowed_origins:",),
        [("key of a ConfigMap cors_allowed_origins (app-config)", "templates/app-config.yaml", 11, 3)],
    ),
    "a Secret's key": (
        ("- cohere_api_key:",),
        [("key of a Secret cohere_api_key (app-secrets)", "templates/app-secrets.yaml", 17, 3)],
    ),
    "a port": (
        ("- Port: 3000", "- Port: 80 (external), 3000 (target)", "frontend.service.port: 80"),
        [
            ("port 3000 of Deployment/frontend-deployment", "templates/frontend-deployment.yaml", 47, 30),
            ("port 80 of Service/frontend-service", "templates/frontend-service.yaml", 16, 13),
        ],
    ),
    "a Service": (
        (
            "- **frontend-service**",
            "- Type: NodePort",
            "- Port: 80 (ext",
            "- Selector: app=todo-f",
            "- Purpose: External",
        ),
        [("Service frontend-service", "templates/frontend-service.yaml", 1, 1)],
    ),
}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_what_is_left_out_is_an_error_where_that_is_forbidden(kind: str, check: Check) -> None:
    without, expected = LEFT_OUT[kind]

    report = check(*without, config=FORBID)

    found = [
        (message.partition(" does not state the ")[2], file.removeprefix("chart/"), line, column)
        for message, file, line, column in _places(report, "undocumented")
        if "values key" not in message and "PersistentVolumeClaim" not in message
    ]
    assert found == expected
    assert {f.severity for f in _of(report, "undocumented")} == {Severity.ERROR}
    assert report.exit_code == 1


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_what_is_left_out_is_one_note_for_a_kind_else(kind: str, check: Check) -> None:
    without, expected = LEFT_OUT[kind]

    report = check(*without)

    (note,) = _of(report, "undocumented")
    assert note.severity is Severity.NOTE
    assert (note.location.file.removeprefix("chart/"), note.location.line) == expected[0][1:3]
    others = [r.location.line for r in note.related if r.location.layer is Layer.TEMPLATE]
    assert others == [place[2] for place in expected[1:]]
    assert report.exit_code == 0


def test_values_keys_count_only_where_leaving_out_is_forbidden(check: Check) -> None:
    assert _of(check(), "undocumented") == []

    report = check(config=FORBID)

    keys = [f for f in _of(report, "undocumented") if "values key" in f.message]
    assert ("does not state the values key frontend.replicaCount", 7) in [
        (f.message.partition("data-model.md ")[2], f.location.line) for f in keys
    ]
    assert not any("frontend.image.tag" in f.message for f in keys)  # line 74 states it
    assert all(f.location.file == "chart/values.yaml" for f in keys)


# Environments.


PRODUCTION = "### Kubernetes Deployments\n- **backend-deployment**\n  - Replicas: 5 in production\n"
LARGE = "secrets: {databaseUrl: dummy, cohereApiKey: dummy}\nbackend: {replicaCount: %d}\n"


@pytest.mark.parametrize("where", ["chart/ci/prod-values.yaml", "chart/values-production.yaml"])
@pytest.mark.parametrize(("replicas", "verdict"), [(5, Verdict.HOLDS), (4, Verdict.VIOLATED)])
def test_a_statement_of_an_environment_is_held_against_its_profile(
    where: str, replicas: int, verdict: Verdict, check: Check
) -> None:
    Path(where).write_text(LARGE % replicas)

    report = check(more=PRODUCTION)

    found = [(f.profiles, [ref.line for ref in f.statements]) for f in _of(report, "documented-replicas-differ")]
    name = "prod" if "ci/" in where else "chart/values-production.yaml"
    assert found == ([] if verdict is Verdict.HOLDS else [((name,), [96])])
    assert report.statements[Verdict.NOT_CHECKABLE] == 6  # the images' bases, runtimes and dependencies


def test_a_statement_of_an_environment_without_a_profile_is_not_checkable(check: Check) -> None:
    report = check(more=PRODUCTION)

    assert _of(report, "documented-replicas-differ") == []
    assert report.statements[Verdict.NOT_CHECKABLE] == 7


# Dockerfiles.


def _dockerfile(folder: str, text: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "Dockerfile").write_text(text)


def test_dockerfiles_beside_the_chart_are_found(check: Check) -> None:
    _dockerfile("backend", "FROM python:3.12-slim\nEXPOSE 8000\n")
    _dockerfile("frontend", "FROM node:22-alpine AS build\nFROM build\nEXPOSE 3001\n")

    report = check()

    assert _places(report, "documented-base-differs") == [
        ("backend/Dockerfile starts from python:3.12-slim; the document says Python 3.11", "backend/Dockerfile", 1, 1)
    ]
    assert _places(report, "documented-port-differs") == [
        ("frontend/Dockerfile exposes 3001; the document says 3000", "frontend/Dockerfile", 3, 1)
    ]
    assert not any("Dockerfile" in remark for remark in report.summary.remarks)


def test_dockerfiles_that_agree_say_nothing(check: Check) -> None:
    _dockerfile("backend", "ARG VERSION=3.11\nFROM python:${VERSION}-slim\nEXPOSE 8000/tcp\n")
    _dockerfile("frontend", "FROM node:lts-alpine\n")

    report = check()

    assert {f.rule for f in report.findings} == {"default-values-stop"}
    assert report.statements[Verdict.NOT_CHECKABLE] == 4


def test_the_configuration_names_dockerfiles(check: Check) -> None:
    _dockerfile("images/a", "FROM debian:12\n")

    report = check(config="dockerfiles: {todo-backend: images/a/Dockerfile}\n")

    assert [place[1:3] for place in _places(report, "documented-base-differs")] == [("images/a/Dockerfile", 1)]


def test_that_there_is_no_dockerfile_is_said_once(check: Check) -> None:
    report = check()

    assert [remark for remark in report.summary.remarks if "Dockerfile" in remark] == [
        "no Dockerfile of todo-frontend, todo-backend was found, so the base was not checked "
        "(dockerfiles in the configuration names it)"
    ]


def test_an_image_of_the_configuration_that_the_document_does_not_have_is_told(check: Check) -> None:
    _dockerfile("images/a", "FROM debian:12\n")

    report = check(config="dockerfiles: {todo-bakend: images/a/Dockerfile}\n")

    said = "dockerfiles in the configuration names todo-bakend, of which policies/data-model.md states nothing"
    assert [remark for remark in report.summary.remarks if said in remark] != []


# The document against itself.


def test_two_lines_that_disagree_are_told_where_the_chart_differs_from_one(check: Check) -> None:
    report = check(more="### Kubernetes Services\n- **backend-service**\n  - Type: NodePort\n")

    (finding,) = [f for f in report.findings if f.statements]
    assert (finding.rule, [ref.line for ref in finding.statements]) == ("documented-service-type-differs", [96])
    (place,) = [r.location for r in finding.related if r.location.file == "policies/data-model.md"]
    assert place.line == 43


def _against_itself(report: Report) -> list[tuple[str, int | None]]:
    """What the findings relate of the document itself."""
    places = [(r.message, r.location) for f in report.findings for r in f.related]
    return [(message, place.line) for message, place in places if place.layer is Layer.DOCUMENT]


def test_a_request_above_its_limit_in_the_document(check: Check) -> None:
    text = (
        "### Kubernetes Deployments\n- **mail**\n  - Resource Requests: 2Gi memory\n  - Resource Limits: 1Gi memory\n"
    )
    report = check(more=text)

    ((rule, lines),) = [(f.rule, [ref.line for ref in f.statements]) for f in report.findings if f.statements]
    assert (rule, lines) == ("documented-entity-missing", [95, 96, 97])
    assert _against_itself(report) == [("Deployment mail requests more memory than its limit: 2Gi of 1Gi", 97)]


def test_an_address_with_a_port_that_its_service_has_not(check: Check) -> None:
    report = check(
        more="### Configurations\n- **app-config ConfigMap**\n  - health_url: http://backend-service:8080\n"
    )

    ((rule, lines),) = [(f.rule, [ref.line for ref in f.statements]) for f in report.findings if f.statements]
    assert (rule, lines) == ("documented-key-missing", [96])
    assert _against_itself(report) == [
        ("line 96 names port 8080 of Service backend-service; line 44 gives it 8000", 44)
    ]


def test_a_service_of_the_document_that_selects_nothing_in_it(check: Check) -> None:
    report = check(more="### Kubernetes Services\n- **mail-service**\n  - Selector: app=postbox\n")

    ((rule, lines),) = [(f.rule, [ref.line for ref in f.statements]) for f in report.findings if f.statements]
    assert (rule, lines) == ("documented-entity-missing", [95, 96])
    ((message, line),) = _against_itself(report)
    assert message.startswith("Service mail-service selects app=postbox; the document names no workload")
    assert line == 96


def test_what_agrees_in_other_words_is_no_contradiction(check: Check) -> None:
    more = "### Kubernetes Deployments\n- **backend-deployment**\n  - Resource Limits: 1024Mi memory, 700m CPU\n"
    report = check(more=f"{more}### Kubernetes Services\n- **backend-service**\n  - Port: 8000\n")

    assert {f.rule for f in report.findings} == {"default-values-stop"}


# Namespaces in addresses. Nobody says here which namespace the chart is installed into.


ADDRESS = "- **Internal Communication**: frontend to {}:8000\n"
WRONG = "## Networking Model\n" + ADDRESS.format("backend-service.shop.svc.cluster.local")


def test_a_namespace_that_only_an_address_has_is_a_warning_at_its_line(check: Check) -> None:
    report = check("- **Internal Communication**", more=WRONG)

    (finding,) = _of(report, "documented-namespace-differs")
    place = finding.location
    assert (place.file, place.line, place.column, finding.severity) == (
        "policies/data-model.md", 94, 1, Severity.WARNING
    )  # fmt: skip
    assert finding.message == (
        "Service/backend-service is rendered for the namespace default; the address here has shop"
    )
    assert [(ref.line, ref.verdict) for ref in finding.statements] == [(94, Verdict.VIOLATED)]
    assert [f.rule for f in report.findings if f.severity > Severity.NOTE] == ["documented-namespace-differs"]


@pytest.mark.parametrize(
    "more",
    [
        "## Namespaces\n- **shop**\n",
        "### values.yaml\n- **values.yaml**\n  - global.namespace: shop\n",
        ADDRESS.format("frontend-service.shop.svc").replace("8000", "80"),
    ],
    ids=["an entity", "a values key", "another address"],
)
def test_a_namespace_that_the_document_speaks_of_elsewhere_may_be_where_it_is_installed(
    more: str, check: Check
) -> None:
    report = check("- **Internal Communication**", more=WRONG + more)

    assert _of(report, "documented-namespace-differs") == []
    assert report.statements[Verdict.NOT_CHECKABLE] > 6


def test_a_namespace_of_an_address_that_the_configuration_names_holds(check: Check) -> None:
    report = check("- **Internal Communication**", more=WRONG, config="namespace: shop\n")

    assert [f.rule for f in report.findings] == ["default-values-stop"]
    assert report.statements[Verdict.NOT_CHECKABLE] == 6


def test_another_namespace_than_the_configuration_names_is_an_error(check: Check) -> None:
    report = check("- **Internal Communication**", more=WRONG, config="namespace: prod\n")

    (finding,) = _of(report, "documented-namespace-differs")
    assert (finding.severity, finding.location.file, finding.location.line) == (
        Severity.ERROR, "chart/templates/backend-service.yaml", 5
    )  # fmt: skip
