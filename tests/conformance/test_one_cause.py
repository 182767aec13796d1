"""What is wrong for one reason is one finding; two reasons stay two, however near they are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from todo_lint.findings import Finding, Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages import consequences
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
FRONTEND, BACKEND = "templates/frontend-deployment.yaml", "templates/backend-deployment.yaml"
BACK_SERVICE, CONFIG, HELPERS = (
    "templates/backend-service.yaml",
    "templates/app-config.yaml",
    "templates/_helpers.tpl",
)
VALUES, REPLICAS = "values.yaml", "{{ int .Values.frontend.replicaCount }}"

Edit = tuple[str, str, str]
"""File, old and new text, once."""
Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    """Checks a copy of the shipped chart with edits, without its schema, which would stop some of them."""
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "chart/values.schema.json").unlink()
    monkeypatch.chdir(tmp_path)

    def run_on(*edits: Edit) -> Report:
        for name, old, new in edits:
            file = tmp_path / "chart" / name
            text = file.read_text()
            assert old in text
            file.write_text(text.replace(old, new, 1))
        report = run(Request(("chart",)), renderer)
        assert report.failures == ()
        return report

    return run_on


def told(report: Report) -> list[tuple[str, str, int | None, int | None, list[int]]]:
    """Rule, file in the chart, line, column and lines of the document, of all findings but the usual note."""
    return [
        (f.rule, f.location.file.removeprefix("chart/"), f.location.line, f.location.column, _lines(f))
        for f in report.findings
        if f.rule != "default-values-stop"
    ]


def _lines(finding: Finding) -> list[int]:
    return [ref.line for ref in finding.statements]


def _sees(report: Report, rule: str) -> list[str]:
    (finding,) = [finding for finding in report.findings if finding.rule == rule]
    return [related.message for related in finding.related]


# Kubernetes refuses what the document contradicts.


def test_a_refused_value_that_differs(check: Check) -> None:
    report = check((FRONTEND, REPLICAS, "-1"))

    assert told(report) == [("documented-replicas-differ", FRONTEND, 11, 13, [22])]
    assert _sees(report, "documented-replicas-differ")[:2] == [
        "the values key frontend.replicaCount moves nothing: no template reads it",
        "Kubernetes refuses it: replicas is the number -1, at least 0 is allowed",
    ]


def test_another_refused_value_stays_a_finding(check: Check) -> None:
    report = check(
        (FRONTEND, REPLICAS, "2"), (FRONTEND, "      terminationGrace", "      priority: x\n      terminationGrace")
    )

    assert told(report) == [
        ("documented-replicas-differ", FRONTEND, 11, 13, [22]),
        ("wrong-type", FRONTEND, 34, 17, []),
    ]


def test_a_request_above_its_limit(check: Check) -> None:
    report = check((VALUES, "memory: 256Mi", "memory: 1024Mi"))

    assert told(report) == [("documented-budget-differs", FRONTEND, 56, 23, [24])]
    assert any("more than the limit" in message for message in _sees(report, "documented-budget-differs"))


def test_a_refused_name_of_a_renamed_entity(check: Check) -> None:
    report = check((FRONTEND, "name: frontend-deployment", "name: Frontend_deployment"))

    assert told(report) == [("invalid-name", FRONTEND, 5, 9, [21])]
    assert report.exit_code == 1


def test_a_misspelt_field(check: Check) -> None:
    report = check((BACK_SERVICE, "  ports:", "  prots:"))

    assert told(report) == [("unknown-field", BACK_SERVICE, 13, 3, [44, 50, 84])]
    assert "Service/backend-service sets no port; the document says 8000" in _sees(report, "unknown-field")


def test_a_misspelt_field_beside_a_wrong_one(check: Check) -> None:
    report = check((BACK_SERVICE, "  type: ClusterIP", "  typ: ClusterIP"), (BACK_SERVICE, "port: {{", "port: 1{{"))

    assert told(report) == [
        ("unknown-field", BACK_SERVICE, 10, 3, []),
        ("documented-port-differs", BACK_SERVICE, 16, 13, [44, 50, 84]),
    ]


def test_a_misspelt_kind(check: Check) -> None:
    report = check((BACK_SERVICE, "kind: Service", "kind: Servce"))

    assert told(report) == [("unknown-kind", BACK_SERVICE, 2, 7, [42, 43, 44, 45, 50, 84])]


def test_a_misspelt_kind_and_a_missing_entity(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / CONFIG).unlink()
    report = check(
        (BACK_SERVICE, "kind: Service", "kind: Servce"),
        (FRONTEND, '{{ include (print $.Template.BasePath "/app-config.yaml") . | sha256sum }}', "x"),
        (BACKEND, '{{ include (print $.Template.BasePath "/app-config.yaml") . | sha256sum }}', "x"),
    )

    rules = {rule for rule, *_ in told(report)}
    assert {"unknown-kind", "documented-entity-missing"} <= rules


def test_a_repeated_item_is_told_once(check: Check) -> None:
    mounts = "          volumeMounts:\n"
    report = check((FRONTEND, mounts, f"{mounts}            - name: tmp\n              mountPath: /tmp\n"))

    assert [rule for rule, *_ in told(report)] == ["duplicate-value"]


def test_a_refused_name_of_a_port_that_probes_use(check: Check) -> None:
    report = check((BACKEND, "- name: http\n", "- name: HTTP_port_name_too_long\n"))

    assert told(report) == [("invalid-name", BACKEND, 53, 21, [])]
    assert any("startupProbe uses the port http" in message for message in _sees(report, "invalid-name"))


def test_a_refused_name_beside_a_port_that_probes_lack(check: Check) -> None:
    ports = "- name: http\n"
    more = "- name: NOT\n              containerPort: 9000\n            - name: web\n"
    report = check((BACKEND, ports, more))

    assert {rule for rule, *_ in told(report)} >= {"invalid-name", "probe-port-unknown"}


def test_a_wrong_label_of_pods_that_others_select(check: Check) -> None:
    report = check((BACKEND, "        app: todo-backend\n", "        app: todo-backnd\n"))

    assert told(report) == [("selector-mismatch", BACKEND, 29, 7, [])]


def test_a_wrong_label_beside_a_wrong_selector(check: Check) -> None:
    report = check(
        (BACKEND, "        app: todo-backend\n", "        app: todo-backnd\n"),
        (BACK_SERVICE, "  selector:\n    app: todo-backend", "  selector:\n    app: todo-api"),
    )

    assert [(rule, lines) for rule, *_, lines in told(report)] == [
        ("selector-mismatch", []),
        ("documented-selector-differs", [45]),
    ]


def test_a_refused_value_of_a_part_that_is_stated_for_later(check: Check) -> None:
    report = check(("templates/todo-data-volume.yaml", "ReadWriteOnce", "ReadWriteOne"))

    assert told(report) == [("unsupported-value", "templates/todo-data-volume.yaml", 17, 7, [63])]


# Where the environment comes from.


def test_a_settings_name_that_nothing_has(check: Check) -> None:
    report = check((BACKEND, "                name: app-config", "                name: app-cfg"))

    assert told(report) == [("documented-env-source-missing", BACKEND, 58, 23, [33])]
    assert report.exit_code == 1


def test_further_settings_beside_the_documented_ones(check: Check) -> None:
    more = "            - configMapRef:\n                name: of-the-cluster\n"
    report = check((BACKEND, "            - secretRef:\n", f"{more}            - secretRef:\n"))

    assert "documented-env-source-missing" not in {rule for rule, *_ in told(report)}


# Values keys.


def test_a_misspelt_values_key(check: Check) -> None:
    report = check((BACKEND, ".Values.backend.image.repository", ".Values.backend.image.repo"))

    assert told(report) == [("undefined-value", BACKEND, 50, 22, [13, 30])]
    (finding,) = [f for f in report.findings if f.rule == "undefined-value"]
    assert finding.severity is Severity.ERROR
    assert "Deployment/backend-deployment runs the image :latest; the document says todo-backend:latest" in _sees(
        report, "undefined-value"
    )


def test_a_misspelt_values_key_that_is_refused_as_well(check: Check) -> None:
    report = check((BACK_SERVICE, ".Values.backend.service.port", ".Values.backend.service.prt"))

    assert told(report) == [("undefined-value", BACK_SERVICE, 16, 20, [44, 50, 84])]


def test_a_misspelt_values_key_beside_a_wrong_value(check: Check) -> None:
    report = check(
        (BACKEND, ".Values.backend.image.repository", ".Values.backend.image.repo"),
        (
            VALUES,
            "repository: todo-backend\n    # -- Tag of the backend image.\n    tag: latest",
            "repository: todo-backend\n    tag: v9",
        ),
    )

    assert sorted(rule for rule, *_ in told(report)) == ["documented-values-key-differs", "undefined-value"]


def test_another_unread_key_stays_a_finding(check: Check) -> None:
    report = check(
        (BACK_SERVICE, ".Values.backend.service.port", ".Values.backend.service.prt"),
        (VALUES, "    port: 8000", "    port: 8000\n    protocol: TCP"),
    )

    assert [rule for rule, *_ in told(report)] == ["undefined-value", "dead-value"]


def test_the_wrong_key_is_read(check: Check) -> None:
    report = check((BACKEND, "{{ $resources.limits.cpu | quote }}", "{{ $resources.requests.cpu | quote }}"))

    assert told(report) == [("documented-budget-differs", BACKEND, 67, 20, [32])]


def test_one_value_behind_two_fields(check: Check) -> None:
    report = check((VALUES, "containerPort: 3000", "containerPort: 3001"))

    assert told(report) == [("documented-port-differs", FRONTEND, 47, 30, [10, 38])]
    assert _sees(report, "documented-port-differs")[:2] == [
        "Service/frontend-service sends traffic to port 3001; the document says 3000",
        "the value comes from the values key frontend.containerPort",
    ]


def test_two_values_behind_two_fields(check: Check) -> None:
    report = check(
        (VALUES, "containerPort: 3000", "containerPort: 3001"),
        ("templates/frontend-service.yaml", "{{ int .Values.frontend.containerPort }}", "3002"),
    )

    ports = [entry for entry in told(report) if entry[0] == "documented-port-differs"]
    assert [lines for *_, lines in ports] == [[10], [38]]


# What cannot be read.


def test_an_unreadable_template_is_the_cause(check: Check) -> None:
    report = check((BACKEND, "nindent 10", "nindent 8"))

    assert [entry[:3] for entry in told(report)] == [("rendered-yaml-unreadable", BACKEND, 68)]


def test_an_unreadable_secret_is_not_made_outside_the_chart(check: Check) -> None:
    report = check(("templates/app-secrets.yaml", "  database_url: ", "  database_url:"))

    assert [entry[:3] for entry in told(report)] == [("rendered-yaml-unreadable", "templates/app-secrets.yaml", 16)]
    remarks = " ".join(report.summary.remarks)
    assert "outside the chart" not in remarks
    assert "Secret app-secrets is not checked, since chart/templates/app-secrets.yaml cannot be read" in remarks


def test_what_is_missing_beside_an_unreadable_template(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / BACK_SERVICE).unlink()

    report = check((BACKEND, "nindent 10", "nindent 8"))

    assert sorted(rule for rule, *_ in told(report)) == ["documented-entity-missing", "rendered-yaml-unreadable"]


# A Service that is missing, or renamed.


def test_a_missing_service_and_what_names_it(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / BACK_SERVICE).unlink()

    report = check()

    assert [(rule, lines) for rule, *_, lines in told(report)] == [
        ("documented-entity-missing", [42, 43, 44, 45, 50, 84])
    ]


def test_a_missing_service_and_another_dangling_url(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / BACK_SERVICE).unlink()

    report = check((CONFIG, "\ndata:\n", "\ndata:\n  other_url: http://mailer:25\n"))

    assert {rule for rule, *_ in told(report)} == {
        "documented-entity-missing",
        "undocumented",
        "url-host-unknown",
    }


def test_all_that_names_a_renamed_service_is_told(check: Check) -> None:
    report = check((BACK_SERVICE, "name: backend-service", "name: backend-svc"))

    assert told(report) == [("documented-url-unreachable", CONFIG, 9, 21, [42, 50, 84])]
    places = {(r.location.file, r.location.line): r.message for f in report.findings for r in f.related}
    assert any(file == "chart/templates/tests/connection.yaml" for file, _ in places)
    assert places["chart/templates/backend-service.yaml", 4].endswith("is rendered under the name backend-svc")


def test_all_that_uses_the_name_of_a_renamed_entity_is_one_finding(check: Check) -> None:
    report = check((CONFIG, "name: app-config", "name: settings"))

    assert told(report) == [("config-map-not-rendered", BACKEND, 58, 23, [49])]
    assert max(finding.severity for finding in report.findings) is Severity.ERROR
    seen = [(r.message, r.location.file, r.location.line) for f in report.findings for r in f.related]
    assert seen[:2] == [
        ("ConfigMap app-config is rendered under the name settings", f"chart/{CONFIG}", 4),
        (
            "Deployment/frontend-deployment refers to ConfigMap/app-config, which is not rendered",
            f"chart/{FRONTEND}",
            51,
        ),
    ]


def test_two_renamed_entities_are_two_findings(check: Check) -> None:
    report = check(
        (CONFIG, "name: app-config", "name: settings"),
        (BACK_SERVICE, "name: backend-service", "name: backend-svc"),
    )

    assert [(rule, lines) for rule, *_, lines in told(report)] == [
        ("documented-url-unreachable", [42, 50, 84]),
        ("config-map-not-rendered", [49]),
    ]


def test_a_renamed_entity_that_nothing_uses_is_a_warning(check: Check) -> None:
    report = check(("templates/backend-deployment.yaml", "name: backend-deployment", "name: api"))

    assert told(report) == [("documented-entity-renamed", BACKEND, 8, 9, [28])]
    assert max(finding.severity for finding in report.findings) is Severity.WARNING


KEYS = "  frontend_api_url:"
READS = "          envFrom:\n"
"""A variable that the frontend takes from a key of the ConfigMap."""
OF_KEY = (
    "          env:\n            - name: API_URL\n              valueFrom:\n                configMapKeyRef:\n"
    "                  name: app-config\n                  key: frontend_api_url\n"
)


def test_a_renamed_key_and_what_reads_it_are_one_finding(check: Check) -> None:
    report = check((CONFIG, KEYS, "  FRONTEND-API-URL:"), (FRONTEND, READS, OF_KEY + READS))

    assert told(report) == [("config-map-key-missing", FRONTEND, 54, 24, [50])]
    assert any(
        "spells the key frontend_api_url as FRONTEND-API-URL" in m for m in _sees(report, "config-map-key-missing")
    )


def test_a_missing_key_and_what_reads_it_are_one_finding(check: Check) -> None:
    report = check((CONFIG, KEYS, "  api_address:"), (FRONTEND, READS, OF_KEY + READS))

    assert [(rule, lines) for rule, *_, lines in told(report)] == [("documented-key-missing", [50])]
    assert any("reads the key frontend_api_url" in message for message in _sees(report, "documented-key-missing"))


def test_another_key_that_is_read_and_not_there_stays_a_finding(check: Check) -> None:
    report = check(
        (CONFIG, KEYS, "  FRONTEND-API-URL:"), (FRONTEND, READS, OF_KEY.replace("_url\n", "_uri\n") + READS)
    )

    assert [(rule, lines) for rule, *_, lines in told(report)] == [
        ("documented-key-renamed", [50]),
        ("config-map-key-missing", []),
    ]


def test_a_missing_entity_and_what_uses_it_are_one_finding(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / CONFIG).unlink()
    checksum = '{{ include (print $.Template.BasePath "/app-config.yaml") . | sha256sum }}'
    report = check((FRONTEND, checksum, "x"), (BACKEND, checksum, "x"))

    found = [(rule, lines) for rule, *_, lines in told(report) if rule != "dead-value"]
    assert found == [("documented-entity-missing", [49, 50, 51, 52])]
    seen = _sees(report, "documented-entity-missing")
    assert sum("refers to ConfigMap/app-config, which is not rendered" in message for message in seen) == 2


# What a workload reads is not there.


def test_a_config_map_that_is_not_there_is_not_the_documented_one(check: Check) -> None:
    report = check((BACKEND, "name: app-config", "name: app-cfg"))

    assert told(report) == [("documented-env-source-missing", BACKEND, 58, 23, [33])]


def test_an_optional_config_map_beside_the_documented_one_is_none_of_its_business(check: Check) -> None:
    entry = "            - configMapRef:\n                name: app-config\n"
    more = "            - configMapRef:\n                name: made-outside\n                optional: true\n"
    report = check((BACKEND, entry, entry + more))

    assert told(report) == []


def test_a_role_that_is_misspelt_in_the_word_of_the_release(check: Check) -> None:
    role = "  kind: Role\n  name: todo-"
    report = check(("templates/rbac.yaml", role, role.replace("todo-", "tod-")))

    assert told(report) == [("role-not-rendered", "templates/rbac.yaml", 36, 9, [])]
    assert report.findings[-1].severity is Severity.WARNING


def test_a_role_of_another_name_may_be_made_outside(check: Check) -> None:
    role = "  kind: Role\n  name: todo-"
    report = check(("templates/rbac.yaml", role, role.replace("todo-", "other-")))

    assert told(report) == [("role-not-rendered", "templates/rbac.yaml", 36, 9, [])]
    assert report.findings[-1].severity is Severity.NOTE


# Labels and a selector of one workload that do not fit: what selects the pods otherwise is right.


def test_a_misspelt_label_of_pods(check: Check) -> None:
    report = check((BACKEND, "        app: todo-backend\n", "        app: todo-backnd\n"))

    assert [(rule, file) for rule, file, *_ in told(report)] == [("selector-mismatch", BACKEND)]


def test_a_misspelt_selector_of_a_workload(check: Check) -> None:
    report = check((BACKEND, "      app: todo-backend\n", "      app: todo-backnd\n"))

    assert told(report) == [("selector-mismatch", BACKEND, 26, 12, [])]


def test_a_service_that_selects_by_neither_is_a_finding_of_its_own(check: Check) -> None:
    report = check(
        (BACKEND, "        app: todo-backend\n", "        app: todo-backnd\n"),
        (BACK_SERVICE, "selector:\n    app: todo-backend\n", "selector:\n    app: todo-bcknd\n"),
    )

    assert {rule for rule, *_ in told(report)} >= {"selector-mismatch", "documented-selector-differs"}


def test_a_renamed_service_that_takes_the_name_of_another_is_an_error(check: Check) -> None:
    report = check(("templates/frontend-service.yaml", "name: frontend-service", "name: backend-service"))

    assert "duplicate-resource" in {rule for rule, *_ in told(report)}
    assert max(finding.severity for finding in report.findings) is Severity.ERROR


# What the configuration keeps out of the report keeps nothing else out.

IGNORED = "ignore: [{{rule: {}, resource: '*', reason: accepted}}]\n"
OFF = "rules: {{{}: 'off'}}\n"


@pytest.mark.parametrize("config", [IGNORED, OFF])
@pytest.mark.parametrize(
    ("muted", "edit", "still"),
    [
        ("documented-replicas-differ", (BACKEND, "{{ int .Values.backend.replicaCount }}", "-1"), "out-of-range"),
        (
            "documented-selector-differs",
            (BACK_SERVICE, "selector:\n    app: todo-backend", "selector:\n    app: backend"),
            "service-selects-no-pods",
        ),
        (
            "documented-entity-renamed",
            ("templates/frontend-service.yaml", "name: frontend-service", "name: backend-service"),
            "duplicate-resource",
        ),
        ("config-map-not-rendered", (CONFIG, "name: app-config", "name: settings"), "documented-entity-renamed"),
    ],
)
def test_a_finding_that_is_accepted_takes_no_error_with_it(
    config: str, muted: str, edit: Edit, still: str, check: Check
) -> None:
    Path("chart/.todo-lint.yaml").write_text(config.format(muted))
    report = check(edit)

    assert muted not in {rule for rule, *_ in told(report)}
    assert still in {rule for rule, *_ in told(report)}
    assert report.exit_code == 1


# However many values differ, few renderings tell them apart.


class Counting(Renderer):
    """Counts what is rendered."""

    count = 0

    def render(self, *arguments: Any, **options: Any) -> Any:
        self.count += 1
        return super().render(*arguments, **options)

    def attempt(self, *arguments: Any, **options: Any) -> Any:
        self.count += 1
        return super().attempt(*arguments, **options)


DIFFERENT = (
    ("repository: todo-frontend", "repository: todo-web", [6, 23, 73]),
    ("type: NodePort", "type: LoadBalancer", [37, 75, 85]),
    ("    port: 80\n", "    port: 8080\n", [38, 76]),
    ("repository: todo-backend", "repository: todo-api", [13, 30, 77]),
    ("    port: 8000\n", "    port: 8080\n", [44, 50, 79, 84]),
    ("memory: 1Gi", "memory: 2Gi", [32, 80]),
    ('cpu: "0.7"', 'cpu: "0.8"', [32, 81]),
)
"""Edits of values.yaml, and the lines of the document that each violates."""


def _renderings(number: int, folder: Path) -> int:
    """How many renderings it takes to report so many of the edits, each as one finding."""
    shutil.copytree(ROOT / "chart", folder / "chart")
    shutil.copytree(ROOT / "policies", folder / "policies")
    values = folder / "chart/values.yaml"
    for old, new, _ in DIFFERENT[:number]:
        values.write_text(values.read_text().replace(old, new, 1))
    counting = Counting()
    with counting as renderer:
        report = run(Request((str(folder / "chart"),)), renderer)
    told = [[ref.line for ref in finding.statements] for finding in report.findings if finding.statements]
    assert sorted(told) == sorted(lines for *_, lines in DIFFERENT[:number])
    return counting.count


def test_many_values_that_differ_cost_few_renderings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_LINT_CACHE_DIR", "off")
    two, all_of_them = (_renderings(number, tmp_path / str(number)) for number in (2, len(DIFFERENT)))

    assert all_of_them - two <= 2 * (len(DIFFERENT) - 2)


# A block that is indented wrongly.


def _misplaced(report: Report) -> list[tuple[str, str, int | None, int | None, str]]:
    return [
        (f.rule, f.location.file.removeprefix("chart/"), f.location.line, f.location.column, f.message)
        for f in report.findings
        if f.rule != "default-values-stop"
    ]


def test_labels_in_the_wrong_place_are_one_finding(check: Check) -> None:
    report = check((CONFIG, "| nindent 4", "| nindent 2"))

    assert _misplaced(report) == [
        (
            "unknown-field", CONFIG, 7, 3,
            'metadata has no field "helm.sh/chart" (6 more fields of this block are in the wrong place)',
        )
    ]  # fmt: skip
    assert 'metadata has no field "app.kubernetes.io/component"' in _sees(report, "unknown-field")


def test_probes_in_the_wrong_place_are_one_finding(check: Check) -> None:
    report = check((BACKEND, "| nindent 10", "| nindent 12"))

    assert [entry[:4] for entry in _misplaced(report)] == [("unknown-field", BACKEND, 68, 11)]


def test_two_blocks_in_the_wrong_place_are_two_findings(check: Check) -> None:
    report = check((BACKEND, "| nindent 10", "| nindent 12"), (CONFIG, "| nindent 4", "| nindent 2"))

    assert [entry[:3] for entry in _misplaced(report)] == [
        ("unknown-field", CONFIG, 7),
        ("unknown-field", BACKEND, 68),
    ]


LABELS = '{{- include "todo-app.labels" (dict "root" . "component" "config") | nindent 2 }}'


def test_keys_that_two_blocks_in_the_wrong_place_bring_are_one_finding(check: Check) -> None:
    report = check((CONFIG, "| nindent 4 }}", f"| nindent 2 }}}}\n    {LABELS}"))

    assert [entry[:4] for entry in _misplaced(report)] == [("unknown-field", CONFIG, 8, 3)]
    assert any("stands twice" in see for see in _sees(report, "unknown-field"))


def test_a_key_that_belongs_there_and_stands_twice_is_a_finding_beside_a_block_in_the_wrong_place(
    check: Check,
) -> None:
    report = check((CONFIG, "| nindent 4", "| nindent 2"), (CONFIG, "  labels:", "  name: app-config\n  labels:"))

    assert [entry[:4] for entry in _misplaced(report)] == [
        ("duplicate-key", CONFIG, 6, 3),
        ("unknown-field", CONFIG, 8, 3),
    ]


def test_two_misspelt_fields_of_one_block_are_two_findings(check: Check) -> None:
    report = check(
        (HELPERS, "  timeoutSeconds: {{", "  timoutSeconds: {{"), (HELPERS, "  periodSeconds: 2", "  priodSeconds: 2")
    )

    assert len([entry for entry in _misplaced(report) if entry[0] == "unknown-field"]) >= 2


def test_what_is_stated_of_a_container_that_is_not_there_is_one_finding(check: Check) -> None:
    report = check((BACKEND, "      containers:", "      containers: []\n      zzz:"))

    found = [(rule, lines) for rule, *_, lines in told(report) if lines]
    assert found == [("documented-image-differs", [13, 17, 30, 31, 32, 33])]
    assert any(f.message.startswith("Deployment/backend-deployment runs no image") for f in report.findings)


# A block, a key, an entity or a label that is missing, and what follows from that.


def test_a_missing_block_is_one_finding(check: Check, tmp_path: Path) -> None:
    template = tmp_path / "chart" / FRONTEND
    before, rest = template.read_text().split("          resources:\n", 1)
    template.write_text(before + "          {{- include" + rest.split("          {{- include", 1)[1])

    report = check()

    assert [(rule, file, lines) for rule, file, *_, lines in told(report)] == [
        ("documented-budget-differs", FRONTEND, [24, 25])
    ]


def test_two_missing_amounts_are_two_findings(check: Check) -> None:
    amounts = ("              memory: {{ $resources.limits.memory | quote }}\n", "")
    report = check((FRONTEND, *amounts), (FRONTEND, "              cpu: {{ $resources.requests.cpu | quote }}\n", ""))

    assert sorted(lines for rule, *_, lines in told(report) if rule == "documented-budget-differs") == [[24], [25]]


def test_a_values_key_that_a_missing_key_leaves_unread_is_told_with_it(check: Check) -> None:
    report = check((CONFIG, "  backend_debug: {{ .Values.backend.debug | quote }}\n", ""))

    assert told(report) == [("documented-key-missing", CONFIG, 8, 1, [51])]
    assert any("the values key backend.debug moves nothing" in m for m in _sees(report, "documented-key-missing"))


def test_a_values_key_of_another_name_stays_a_finding(check: Check) -> None:
    report = check(
        (CONFIG, "  backend_debug: {{ .Values.backend.debug | quote }}\n", ""),
        (VALUES, "debug: false", "verbose: false"),
    )

    assert [(rule, lines) for rule, *_, lines in told(report)] == [
        ("documented-key-missing", [51]),
        ("dead-value", []),
    ]


def test_a_missing_workload_its_image_and_what_selects_its_pods_are_one_finding(check: Check, tmp_path: Path) -> None:
    (tmp_path / "chart" / BACKEND).unlink()

    report = check()

    found = [(rule, lines) for rule, *_, lines in told(report) if not rule.endswith(("dead-value", "value-dead"))]
    assert found == [("documented-entity-missing", [13, 17, 28, 29, 30, 31, 32, 33])]
    seen = _sees(report, "documented-entity-missing")
    assert any(message.startswith("Service/backend-service selects app=todo-backend") for message in seen)


def test_a_field_that_a_named_template_misspells_is_one_finding(check: Check) -> None:
    report = check((HELPERS, "livenessProbe:", "livenesProbe:"))

    assert [(rule, file) for rule, file, *_ in told(report)] == [("unknown-field", HELPERS)]


def test_a_wrong_port_of_a_probe_in_a_named_template_is_one_finding(check: Check) -> None:
    report = check((HELPERS, "    port: http\n  periodSeconds: 2", "    port: web\n  periodSeconds: 2"))

    assert [(rule, file) for rule, file, *_ in told(report)] == [("probe-port-unknown", HELPERS)]


def test_what_selects_by_one_label_that_no_pod_has_is_one_finding(check: Check) -> None:
    label, selected = "        app: todo-backend\n", "      app: todo-backend\n  template"
    report = check(
        (BACKEND, selected, selected.replace("todo-backend", "api")), (BACKEND, label, "        app: api\n")
    )

    assert [(rule, file) for rule, file, *_ in told(report)] == [("service-selects-no-pods", BACK_SERVICE)]
    assert any(m.startswith("NetworkPolicy/todo-backend selects") for m in _sees(report, "service-selects-no-pods"))


def test_many_missing_entities_do_not_make_all_be_checked_again(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "policies/data-model.md"
    more = "".join(f"- **far-{number} ConfigMap**\n  - a_key: x\n" for number in range(30))
    document.write_text(f"{document.read_text()}\n### Configurations\n{more}")
    again: list[object] = []
    spots = consequences._spots

    def counted(*given: Any) -> Any:
        again.append(given)
        return spots(*given)

    monkeypatch.setattr(consequences, "_spots", counted)

    report = check((CONFIG, "\ndata:\n", "\ndata:\n  mail_url: http://far-7:25\n"))

    assert sum(rule == "documented-entity-missing" for rule, *_ in told(report)) == 30
    assert len(again) <= 2  # for the one whose name is in the address, in both profiles


def test_a_stated_selector_that_renamed_labels_break_is_an_error_where_it_stands(check: Check) -> None:
    report = check(
        (BACKEND, "matchLabels:\n      app: todo-backend", "matchLabels:\n      app: todo-api"),
        (BACKEND, "labels:\n        app: todo-backend", "labels:\n        app: todo-api"),
    )

    (finding,) = [f for f in report.findings if f.rule == "service-selects-no-pods"]
    assert finding.severity is Severity.ERROR
    assert (finding.location.file, finding.location.line) == ("chart/templates/backend-service.yaml", 12)
    assert [ref.line for ref in finding.statements] == [45]
