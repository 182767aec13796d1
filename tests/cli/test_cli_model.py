"""``todo-lint model``: what is understood of a document, in text and JSON, and what is said of wrong input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from todo_lint import cli

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/model.json").read_text())
CANARY = "hunter2-canary"
Model = Callable[..., "tuple[int, str, str]"]

DOCUMENT = """\
# The app

## Services
- **web**
  - Type: NodePort or LoadBalancer
  - Port: 80 (external), 3000 (target)
- **api** (Optional)
  - Port: 8000
## Deployments
- **web-deployment**
  - Replicas: 3 in production
  - CPU Limit: up to 2
"""
PLAIN = """\
version: 1
entities:
- kind: Service
  name: web
  facts:
    port: 80
    targetPort: {value: 3000, modality: configurable}
- kind: Deployment
  name: web-deployment
  facts:
    replicas: [{value: 3, environment: production}, {atLeast: 1, environment: test}]
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Model:
    """Runs ``todo-lint model NAME`` on a document with some text: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def run(name: str, text: str | bytes, *options: str) -> tuple[int, str, str]:
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = cli.run(["model", name, *options])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_each_statement_is_a_line_of_text(model: Model) -> None:
    code, out, err = model("data-model.md", DOCUMENT)

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "data-model.md:4: Service web: name web",
        "data-model.md:5: Service web: type NodePort or LoadBalancer (one-of)",
        "data-model.md:6: Service web: port 80",
        "data-model.md:6: Service web: targetPort 3000",
        "data-model.md:7: later: Service api: name api (optional)",
        "data-model.md:8: later: Service api: port 8000 (optional)",
        "data-model.md:10: Deployment web-deployment: name web-deployment",
        "data-model.md:11: Deployment web-deployment: replicas 3 (in production)",
        "data-model.md:12: Deployment web-deployment: resources.limits.cpu up to 2 (range)",
        "data-model.md: of its 11 lines that are not blank 8 make 9 statements, 3 are headings and prose; "
        "2 of the statements are later",
    ]


def test_prose_is_listed_with_its_reason_where_all_is_asked_for(model: Model) -> None:
    _, out, _ = model("data-model.md", DOCUMENT, "--all")

    assert "data-model.md:1: prose (a heading): # The app" in out.splitlines()


def test_a_line_that_is_not_understood_is_exit_1_and_names_what_would_be(model: Model) -> None:
    code, out, err = model("data-model.md", "## Services\n- **web**\n  - Prt: 80\n  - Port: many\n")

    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "data-model.md:2: Service web: name web",
        "data-model.md:3: not understood: - Prt: 80",
        "    hint: did you mean 'port'?",
        "data-model.md:4: not understood: - Port: many",
        "    hint: its value is not understood; what is read looks like 80 (external), 3000 (target)",
        "data-model.md: of its 4 lines that are not blank 1 makes 1 statement, 2 are not understood, "
        "1 is a heading or prose",
    ]


def test_json_holds_every_line_and_follows_its_schema(model: Model) -> None:
    code, out, _ = model("data-model.md", DOCUMENT + "  - Colour: red\n", "--format", "json")

    report = json.loads(out)
    assert code == 1
    assert jsonschema_rs.is_valid(SCHEMA, report)
    assert report["summary"] == {"lines": 12, "prose": 3, "not_understood": 1, "statements": 9, "later": 2}
    fates = {line["line"]: line["fate"] for line in report["lines"]}
    assert fates[3] == "prose"
    assert fates[8] == "later"
    assert fates[12] == "statement"
    assert fates[13] == "not understood"
    (limit,) = _line(report, 12)["statements"]
    assert limit == {
        "kind": "Deployment", "name": "web-deployment", "attribute": "resources.limits.cpu", "value": "up to 2",
        "modality": "range", "alternatives": [], "bounds": ["", "2"], "environment": "", "part": "",
        "section": "Deployments", "column": 3,
    }  # fmt: skip


def _line(report: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = next(line for line in report["lines"] if line["line"] == number)
    return found


EXPECTED = [
    (4, "Service", "web", "name", "web", "required", ""),
    (6, "Service", "web", "port", "80", "required", ""),
    (7, "Service", "web", "targetPort", "3000", "configurable", ""),
    (9, "Deployment", "web-deployment", "name", "web-deployment", "required", ""),
    (11, "Deployment", "web-deployment", "replicas", "3", "required", "production"),
    (11, "Deployment", "web-deployment", "replicas", ">= 1", "range", "test"),
]


def _facts(report: dict[str, Any]) -> list[tuple[object, ...]]:
    keys = ("kind", "name", "attribute", "value", "modality", "environment")
    return sorted(
        (line["line"], *(statement[key] for key in keys))
        for line in report["lines"]
        for statement in line["statements"]
    )


def test_plain_yaml_is_read_line_by_line(model: Model) -> None:
    code, out, err = model("data-model.yaml", PLAIN, "--format", "json")

    report = json.loads(out)
    assert (code, err) == (0, "")
    assert jsonschema_rs.is_valid(SCHEMA, report)
    assert _facts(report) == EXPECTED


def test_plain_json_states_the_same_as_plain_yaml(model: Model) -> None:
    import yaml

    code, out, err = model("data-model.json", json.dumps(yaml.safe_load(PLAIN), indent=1), "--format", "json")

    assert (code, err) == (0, "")
    assert sorted(fact[1:] for fact in _facts(json.loads(out))) == sorted(fact[1:] for fact in EXPECTED)


def test_plain_models_are_shown_as_text_as_well(model: Model) -> None:
    _, out, _ = model("data-model.yaml", PLAIN)

    assert out.splitlines()[-2:] == [
        "data-model.yaml:11: Deployment web-deployment: replicas >= 1 (range, in test)",
        "data-model.yaml: of its 11 lines that are not blank 5 make 6 statements, 6 are headings and prose",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("entities: [\n", "data-model.yaml:1: the data model is no YAML: "),
        ("", "data-model.yaml:1: the data model does not follow its schema: "),
        ("- kind: Service\n", "data-model.yaml:1: the data model does not follow its schema: "),
        ("version: 2\nentities: []\n", "data-model.yaml:1: the data model does not follow its schema at version: "),
        ("entities:\n- name: web\n", "data-model.yaml:2: the data model does not follow its schema at entities[0]: "),
        (
            "entities:\n- kind: Service\n  nme: web\n",
            "data-model.yaml:2: the data model does not follow its schema at entities[0]: ",
        ),
        (
            "entities:\n- kind: Service\n  facts:\n    port: {valeu: 80}\n",
            "data-model.yaml:4: the data model does not follow its schema at entities[0].facts.port: ",
        ),
        (
            "entities:\n- kind: Service\n  modality: maybe\n",
            "data-model.yaml:3: the data model does not follow its schema at entities[0].modality: ",
        ),
        (
            "entities:\n- kind: Service\n  name: web\n  name: api\n",
            "data-model.yaml:4: entities[0].name is set twice",
        ),
        ("entities: []\n", "data-model.yaml: 0 statements read: "),
    ],
)  # fmt: skip
def test_a_plain_model_that_breaks_its_schema_is_one_line_and_exit_2(model: Model, text: str, told: str) -> None:
    code, out, err = model("data-model.yaml", text)

    assert code == 2
    assert err.startswith(f"todo-lint: {told}")
    assert err.count("\n") == 1
    assert "schemas/data-model.json" in err or "schema" not in err
    assert "Traceback" not in out + err


def test_several_yaml_documents_are_no_data_model(model: Model) -> None:
    code, _, err = model("data-model.yaml", PLAIN + "---\n" + PLAIN)

    assert code == 2
    assert err.count("\n") == 1


def test_a_document_that_states_nothing_is_exit_2(model: Model) -> None:
    code, out, err = model("data-model.md", "# App\n\nSome words.\n")

    assert code == 2
    assert out == "data-model.md: of its 2 lines that are not blank 0 make 0 statements, 2 are headings and prose\n"
    assert err.startswith("todo-lint: data-model.md: 0 statements read: ")


def test_what_cannot_be_read_is_one_line_and_exit_2(model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = model("data-model.md", b"a\0b")
    assert (code, err.count("\n")) == (2, 1)

    assert cli.run(["model", "nothing.md"]) == 2
    assert "nothing.md" in capsys.readouterr().err


SECRETS = f"""\
## Configuration
- **app-config ConfigMap**
  - db_password: {CANARY}
  - API_KEY: "{CANARY}"
  - frontend_api_url: http://user:{CANARY}@backend-service:8000
  - auth_header: Bearer {CANARY}
  - smtp_pass: {CANARY}
  - passphrase: three words {CANARY}
  - signingKey: "two {CANARY}"
- **app-secrets Secret**
  - jwt_secret: {CANARY}
  - **second** - {CANARY}
  - `third` = {CANARY}

  Of these `{CANARY}` is the first.

### Other Secret (key: {CANARY})

| Key | Value | Prt |
|---|---|---|
| fourth | {CANARY} | {CANARY} |

```
fifth={CANARY}
```

| Secret | Key | Value |
|---|---|---|
| further-secret | sixth | {CANARY} |

## Deployments
- **backend-deployment**
  - Env: DB_PASSWORD={CANARY}
  - Env: DB_PASSWORD={CANARY} and more, that is not understood
Start it with `--token={CANARY}`, or with redis://default:{CANARY}@cache:6379/0.

```yaml
kind: Deployment
metadata: {{name: worker}}
spec:
  template:
    spec:
      containers:
        - name: worker
          image: worker:1
          env:
            - name: APP_TOKEN
              value: {CANARY}
```
## web (Deployment)

| Variable | Value | Source |
|---|---|---|
| SMTP_PASS | {CANARY} | literal |

## values.yaml
- smtp.password: {CANARY}
- secrets.jwt: {CANARY}

## Notes
- the api key: {CANARY}
- auth_header: Bearer {CANARY}
- password: "with {CANARY}"
- `smtp_pass` = {CANARY}
"""


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_is_named_like_a_secret_is_not_shown(model: Model, format_: str) -> None:
    code, out, err = model("data-model.md", SECRETS, "--all", "--format", format_)

    assert code == 1
    assert CANARY not in out + err
    assert "smtp.password" in out
    assert "DB_PASSWORD" in out
    assert "http://user:[not shown]@backend-service:8000" in out


def test_what_is_named_like_a_secret_is_not_shown_of_plain_models(model: Model) -> None:
    facts = f"    data.db_password: {CANARY}\n    data.url: http://u:{CANARY}@a:1\n"
    for format_ in ("text", "json"):
        text = f"entities:\n- kind: ConfigMap\n  name: a-b\n  facts:\n{facts}"
        code, out, err = model("data-model.yaml", text, "--all", "--format", format_)
        assert code == 0
        assert CANARY not in out + err


@pytest.mark.parametrize(
    ("command", "format_"),
    [
        *(("check", name) for name in ("text", "json")),
        *(("trace", name) for name in ("text", "json", "markdown", "html")),
    ],
)
def test_what_is_named_like_a_secret_is_not_shown_where_a_chart_is_checked(
    run_inside: Callable[..., Any], tmp_path: Path, command: str, format_: str
) -> None:
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / "chart/templates/a.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-config\ndata:\n  frontend_api_url: a\n"
    )
    (tmp_path / "data-model.md").write_text("## Chart.yaml\n- Name: shop\n" + SECRETS)

    done = run_inside(command, "chart", "--format", format_)

    assert "password" in done.out  # Markdown escapes the underscore
    assert CANARY not in done.out + done.err


def test_model_and_check_count_lines_in_the_same_words(run_inside: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / "chart/templates/a.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n")
    (tmp_path / "data-model.md").write_text(
        "## Chart.yaml\n- Name: shop\n- Vrsion: 0.1.0\n\n## Services\n- **a** (Future)\n"
    )
    told = "of its 5 lines that are not blank 2 make 2 statements, 1 is not understood, 2 are headings and prose"

    shown, checked = run_inside("model", "data-model.md"), run_inside("chart")

    assert (shown.code, checked.code) == (1, 1)
    assert shown.out.splitlines()[-1] == f"data-model.md: {told}; 1 of the statements is later"
    assert f"which describes the profile default: {told}" in checked.out
    assert "2 statements of the data model: 1 hold, 1 later; 1 line not understood" in checked.out.splitlines()


def test_a_huge_document_is_refused_in_one_line(model: Model) -> None:
    code, out, err = model("data-model.md", "## Services\n" + "- **web**\n  - Port: 80\n" * 11_000)

    assert (code, out) == (2, "")
    assert err == (
        "todo-lint: data-model.md: the data model has 22,002 lines, and at most 20,000 are read: "
        "name a document that is about this deployment alone\n"
    )


def test_a_document_of_many_megabytes_is_refused_in_one_line(model: Model) -> None:
    code, out, err = model("data-model.md", "a" * (3 << 20))

    assert (code, out) == (2, "")
    assert err.startswith("todo-lint: data-model.md: the data model is larger than 2 MiB: ")


def test_a_text_of_great_length_is_not_looked_into(model: Model) -> None:
    code, out, _ = model(
        "data-model.md", f"## Services\n- **web**\n  - Port: {'(a ' * 100_000}\n  - Type: NodePort\n"
    )

    assert code == 1
    assert "data-model.md:3: not understood: " in out
    assert "data-model.md:4: Service web: type NodePort" in out


def test_the_configuration_line_that_names_a_missing_document_is_told(
    run_inside: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / ".todo-lint.yaml").write_text("fail-on: note\ndata-model: nofile.md\n")

    done = run_inside("chart")

    assert done.code == 2
    told = "data-model names nofile.md: there is no such file; name it relative to this folder"
    assert done.failed == [f"failed: .todo-lint.yaml:2: {told}"]


def test_a_configuration_key_that_is_set_twice_is_told(run_inside: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "chart").mkdir()
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / ".todo-lint.yaml").write_text("fail-on: note\nfail-on: error\n")

    done = run_inside("chart")

    assert (done.code, done.failed) == (2, ["failed: .todo-lint.yaml:2: fail-on is set twice"])


def test_what_stands_below_secrets_in_the_values_is_not_shown_where_it_differs(
    run_inside: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / "chart/values.yaml").write_text("secrets:\n  jwt: another-one\n")
    (tmp_path / "chart/templates/a.yaml").write_text(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  jwt: {{ .Values.secrets.jwt }}\n"
    )
    (tmp_path / "data-model.md").write_text(f"## Chart.yaml\n- Name: shop\n## values.yaml\n- secrets.jwt: {CANARY}\n")

    for command in ("check", "trace"):
        done = run_inside(command, "chart")
        assert "secrets.jwt" in done.out
        assert CANARY not in done.out
        assert "another-one" not in done.out
