"""``todo-lint explain-value``: from a key to its fields, and back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from todo_lint import cli

ROOT = Path(__file__).parents[2]
Explain = Callable[..., tuple[int, str, str]]


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Explain:
    """Runs the command in a folder that holds the shipped chart as ``chart``."""
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(["explain-value", *arguments])
        return code, *capsys.readouterr()

    return run


def test_a_key_leads_to_its_fields_and_their_template_lines(explain: Explain) -> None:
    code, out, err = explain("chart", "frontend.containerPort")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "frontend.containerPort  (chart/values.yaml:17:18)",
        "  Deployment/frontend-deployment:spec.template.spec.containers[0].ports[0].containerPort"
        "  (chart/templates/frontend-deployment.yaml:47)",
        "  Service/frontend-service:spec.ports[0].targetPort  (chart/templates/frontend-service.yaml:17)",
        "  NetworkPolicy/todo-frontend:spec.ingress[0].ports[0].port, in the profile optional-parts"
        "  (chart/templates/network-policies.yaml:21)",
    ]


def test_a_field_leads_to_its_line_and_keys(explain: Explain) -> None:
    code, out, _ = explain("chart", "Service/backend-service:spec.ports[0].port")

    assert code == 0
    assert out.splitlines() == [
        "Service/backend-service:spec.ports[0].port  (chart/templates/backend-service.yaml:16)",
        "  comes from backend.service.port  (chart/values.yaml:80:11)",
    ]


def test_a_literal_says_so(explain: Explain) -> None:
    code, out, _ = explain("chart", "Service/backend-service:spec.type")

    assert code == 0
    assert out.splitlines()[1:] == ["  no values key puts a value there: it is written in the template"]


def test_what_is_off_is_explained_in_the_profile_that_has_it(explain: Explain) -> None:
    _, out, _ = explain("chart", "persistence.size")

    assert out.splitlines() == [
        "persistence.size, in the profile optional-parts  (chart/values.yaml:145:9)",
        "  PersistentVolumeClaim/todo-data-volume:spec.resources.requests.storage"
        "  (chart/templates/todo-data-volume.yaml:23)",
    ]


def test_behind_a_boolean(explain: Explain) -> None:
    shutil.rmtree("chart/ci")
    given = ("--set", "secrets.databaseUrl=x", "--set", "secrets.cohereApiKey=y")

    _, out, _ = explain("chart", "persistence.size", *given)

    assert out.splitlines() == [
        "persistence.size  (chart/values.yaml:145:9)",
        "  moves nothing until flipped: persistence.enabled; then",
        "  PersistentVolumeClaim/todo-data-volume:spec.resources.requests.storage",
    ]


def test_a_field_names_what_decides_that_it_is_there(explain: Explain) -> None:
    _, out, _ = explain("chart", "NetworkPolicy/todo-backend:spec.egress[1].ports[1].port")

    assert out.splitlines()[1:] == [
        "  comes from networkPolicy.backendEgressPorts[1]  (chart/values.yaml:160:7)",
        "  is there or not by networkPolicy.enabled  (chart/ci/optional-parts-values.yaml:11:12)",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("backend.servce.port", "have no key backend.servce.port; did you mean backend.service.port?"),
        (
            "Service/backend-service:spec.prts[0].port",
            "with a field spec.prts[0].port; did you mean Service/backend-service:spec.ports[0].port?",
        ),
        ("Service/backend-servce", "renders Service/backend-servce; did you mean Service/backend-service?"),
        ("Service/backend-service:spec.foo", "renders Service/backend-service with a field spec.foo"),
        ("a..b[", "is no path; write it like spec.ports[0].port"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(explain: Explain, asked: str, told: str) -> None:
    code, out, err = explain("chart", asked)

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_chart_that_does_not_render(explain: Explain) -> None:
    Path("chart/templates/broken.yaml").write_text("{{ fail `no` }}")

    code, _, err = explain("chart", "backend")

    assert code == 2
    assert "no profile of the chart renders" in err


def test_no_chart(explain: Explain) -> None:
    Path("m.yaml").write_text("a: 1\n")

    assert explain("m.yaml", "backend")[0] == 2
    assert explain("nothing", "backend")[0] == 2


def test_values_are_not_shown(explain: Explain) -> None:
    canary = "canary-of-a-secret-value"
    Path("given.yaml").write_text(
        f"secrets: {{databaseUrl: {canary}, cohereApiKey: {canary}, jwtSecret: {canary}}}\n"
    )

    for asked in ("secrets", "Secret/app-secrets", "Secret/app-secrets:data.database_url"):
        code, out, err = explain("chart", asked, "-f", "given.yaml")
        assert code == 0
        assert "secrets.databaseUrl" in out
        assert canary not in out + err


def test_keys_with_dots(tmp_path: Path, explain: Explain) -> None:
    files: Mapping[str, str] = {
        "Chart.yaml": "apiVersion: v2\nname: app\nversion: 0.1.0\n",
        "values.yaml": "annotations:\n  a.b/c: x\n",
        "templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n"
        "data:\n  {{- toYaml .Values.annotations | replace `/` `.` | nindent 2 }}\n",
    }
    for name, text in files.items():
        (tmp_path / "app" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "app" / name).write_text(text)

    assert explain("app", "annotations[a.b/c]")[1].splitlines() == [
        "annotations[a.b/c]  (app/values.yaml:2:10)",
        "  ConfigMap/app:data[a.b.c]  (app/templates/a.yaml:6)",
    ]
    assert "comes from annotations[a.b/c]" in explain("app", "ConfigMap/app:data[a.b.c]")[1]
