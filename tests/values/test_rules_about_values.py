"""The rules about values: what they must flag, and the near misses that must pass."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from todo_lint.findings import Finding, Layer

CHART = "apiVersion: v2\nname: app\nversion: 0.1.0\n"
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n"
SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n"

Check = Callable[..., list[Finding]]


def told(findings: list[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    return [(f.rule, f.location.file, f.location.line, f.location.column) for f in findings]


def test_a_dead_value_and_a_dead_block(check: Check) -> None:
    values = "name: x\nold: 1\nblock:\n  a: 1\n  b:\n    c: 2\nhalf:\n  used: 1\n  unused: 2\n"

    found = check(
        {"values.yaml": values, "templates/a.yaml": CONFIG + "  a: {{ .Values.name }}{{ .Values.half.used }}\n"}
    )

    assert told(found) == [
        ("dead-value", "chart/values.yaml", 2, 1),
        ("dead-value", "chart/values.yaml", 3, 1),
        ("dead-value", "chart/values.yaml", 9, 3),
    ]
    assert "block and the 2 values in it move nothing" in found[1].message
    assert found[0].location.layer is Layer.VALUES


@pytest.mark.parametrize(
    "use",
    [
        "{{ toYaml .Values.block }}",
        "{{ if (.Values.block).key }}x{{ end }}",
        '{{ index .Values "block" "key" }}',
        '{{ get .Values.block "key" }}',
        '{{ dig "block" "key" "" .Values.AsMap }}',
        "{{ with .Values.block }}{{ .key }}{{ end }}",
        "{{ with .Values }}{{ .block.key }}{{ end }}",
        "{{ $v := .Values.block }}{{ $v.key }}",
        "{{ range $k, $v := .Values.block }}{{ $v }}{{ end }}",
        "{{ if .Values.extra }}{{ .Values.block.key }}{{ end }}",
        '{{ include "app.key" (dict "root" .) }}',
        '{{ include "app.whole" .Values.block }}',
        "{{ tpl .Values.text . }}",
        '{{ $name := "key" }}{{ index .Values.block $name }}',
        '{{ omit .Values.block "other" | toYaml }}',
    ],
)
def test_values_that_are_read_in_other_ways_are_not_dead(check: Check, use: str) -> None:
    helpers = (
        '{{ define "app.key" }}{{ .root.Values.block.key }}{{ end }}\n{{ define "app.whole" }}{{ .key }}{{ end }}\n'
    )
    values = 'block:\n  key: "1"\nextra: false\ntext: "{{ .Values.block.key }}"\n'
    keep = "  keep: {{ .Values.extra | quote }}\n  text: {{ .Values.text | quote }}\n"
    template = CONFIG + keep + f"  a: {use.replace('.Values.AsMap', '(.Values | toJson | fromJson)')}\n"

    assert check({"values.yaml": values, "templates/_h.tpl": helpers, "templates/a.yaml": template}) == []


def test_values_of_subcharts_conditions_and_globals_are_not_dead(check: Check) -> None:
    chart = (
        CHART + "dependencies:\n  - name: sub\n    version: 0.1.0\n    condition: sub.enabled\n    tags: [extra]\n"
    )
    files = {
        "Chart.yaml": chart,
        "values.yaml": "sub:\n  enabled: true\n  port: 1\nglobal:\n  zone: a\ntags:\n  extra: true\n",
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
        "charts/sub/templates/a.yaml": CONFIG + "  a: {{ .Values.port }}{{ .Values.global.zone }}\n",
    }

    assert check(files) == []


def test_a_library_reads_the_values_of_the_chart_that_includes_it(check: Check) -> None:
    files = {
        "values.yaml": "label: a\n",
        "templates/a.yaml": CONFIG + '  a: {{ include "lib.label" . }}\n',
        "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n",
        "charts/lib/templates/_h.tpl": '{{ define "lib.label" }}{{ .Values.label }}{{ end }}',
    }

    assert check(files) == []


def test_undefined_values(check: Check) -> None:
    values = "service:\n  port: 80\n  # nodePort: 30080\nempty: {}\nimage: {}\n"
    uses = ["service.prt", "service.nodePort", "empty.key", "top.level.key", "top.other", "nameOverride", "global.x"]
    template = (
        CONFIG
        + "  p: {{ .Values.service.port }}\n"
        + "".join(
            f"  k{n}: {{{{ if .Values.{use.split('.')[0]} }}}}{{{{ .Values.{use} }}}}{{{{ end }}}}\n"
            for n, use in enumerate(uses)
        )
    )

    found = [
        finding
        for finding in check({"values.yaml": values, "templates/a.yaml": template})
        if finding.rule == "undefined-value"
    ]

    assert [(f.message.split()[6], f.location.line, f.location.column) for f in found] == [
        ("service.prt,", 7, 34),
        ("top,", 10, 13),
    ]


def test_a_key_that_the_schema_describes_is_no_undefined_value(check: Check) -> None:
    schema = '{"properties": {"service": {"$ref": "#/$defs/s"}}, "$defs": {"s": {"properties": {"path": {}}}}}'
    template = CONFIG + "  a: {{ .Values.service.port }}{{ .Values.service.path }}\n"

    assert (
        check({"values.yaml": "service: {port: 1}\n", "values.schema.json": schema, "templates/a.yaml": template})
        == []
    )


def test_a_secret_in_the_clear_is_found_wherever_it_goes(check: Check) -> None:
    leak = CONFIG + "  url: http://x?{{ .Values.password }}\n  sum: {{ .Values.password | sha256sum }}\n"
    notes = "Your password is {{ .Values.password }}.\n"
    annotated = SECRET.replace("  name: app\n", "  name: app\n  annotations:\n    p: {{ .Values.password }}\n")
    files = {
        "values.yaml": 'password: ""\nname: hunter-two\n',
        "ci/a-values.yaml": "password: hunter-two\n",
        "templates/secret.yaml": annotated + "  password: {{ .Values.password | quote }}\n",
        "templates/leak.yaml": leak.replace("name: app", "name: leak") + "  name: {{ .Values.name }}\n",
        "templates/NOTES.txt": notes,
    }

    found = check(files)

    assert told(found) == [
        ("secret-in-clear", "chart/templates/NOTES.txt", None, None),
        ("secret-in-clear", "chart/templates/leak.yaml", 6, 8),
        ("secret-in-clear", "chart/templates/secret.yaml", 6, 5),
    ]
    assert all("hunter" not in str(finding) for finding in found)


def test_equal_texts_are_no_leak(check: Check) -> None:
    """The database and its password have the same value; only changing one tells which of them is secret."""
    files = {
        "values.yaml": "database: guestbook\npassword: guestbook\n",
        "templates/secret.yaml": SECRET + "  password: {{ .Values.password }}\n",
        "templates/a.yaml": CONFIG + "  database: {{ .Values.database }}\n",
    }

    assert told(check(files)) == [("secret-default", "chart/values.yaml", 2, 11)]


def test_placeholders_and_plain_keys_are_no_secret_defaults(check: Check) -> None:
    files = {
        "values.yaml": "password: change-me\nuser: admin\n",
        "templates/secret.yaml": SECRET + "  password: {{ .Values.password }}\n  username: {{ .Values.user }}\n",
    }

    assert check(files) == []


def test_how_long_a_token_lives_is_no_secret(check: Check) -> None:
    """The pin is a number, too, and one."""
    files = {
        "values.yaml": 'auth:\n  tokenTtl: "3600"\n  sessionTokenExpires: 30m\n  passwordLength: "16"\n'
        '  tokenPin: "4711"\n',
        "templates/secret.yaml": SECRET + "  ttl: {{ .Values.auth.tokenTtl | quote }}\n"
        "  session-token-expires: {{ .Values.auth.sessionTokenExpires }}\n"
        "  length: {{ .Values.auth.passwordLength | quote }}\n  token-pin: {{ .Values.auth.tokenPin | quote }}\n",
    }

    assert told(check(files)) == [("secret-default", "chart/values.yaml", 5, 13)]


DOCUMENT = "## Helm Chart Structure\n- **values.yaml**\n  - web.port: 80\n  - web.mode: fast\n"


def test_a_documented_value_behind_a_boolean_is_alive(check: Check) -> None:
    values = "web:\n  port: 80\n  mode: fast\n  debug: false\n"
    template = CONFIG + "  a: {{ .Values.web.port }}{{ if .Values.web.debug }}{{ .Values.web.mode }}{{ end }}\n"

    assert check({"values.yaml": values, "templates/a.yaml": template}, DOCUMENT) == []


def test_a_documented_value_that_is_named_and_moves_nothing_is_dead(check: Check) -> None:
    values = "web:\n  port: 80\n  mode: fast\n"
    template = CONFIG + "  a: {{ .Values.web.port }}{{ if and .Values.web.mode false }}x{{ end }}\n"

    found = check({"values.yaml": values, "templates/a.yaml": template}, DOCUMENT)

    assert told(found) == [("documented-value-dead", "chart/values.yaml", 3, 3)]
    assert [(r.location.file, r.location.line) for r in found[0].related] == [("data-model.md", 4)]


def test_a_documented_value_behind_a_boolean_that_cannot_be_tried_is_not_dead(check: Check) -> None:
    values = "web:\n  port: 80\n  mode: fast\n  debug: false\n"
    template = CONFIG + (
        "  a: {{ .Values.web.port }}{{ if .Values.web.debug }}{{ if eq .Values.web.mode (fail `no`) }}"
        "x{{ end }}{{ end }}\n"
    )

    assert check({"values.yaml": values, "templates/a.yaml": template}, DOCUMENT) == []


def test_a_documented_value_that_is_written_on_a_condition_is_alive(check: Check) -> None:
    """Where another value is a certain word, say; but not in a named template that nobody includes."""
    values = "web:\n  port: 80\n  mode: fast\n  store: disk\n"
    template = (
        CONFIG + '  a: {{ .Values.web.port }}{{ if eq .Values.web.store "tape" }}{{ .Values.web.mode }}{{ end }}\n'
    )
    unless = (
        CONFIG + "  a: {{ .Values.web.port }}\n{{ if ne .Values.web.store `disk` }}{{ if .Values.web.mode }}  b: c\n"
        "{{ end }}{{ end }}"
    )
    unused = CONFIG + "  a: {{ .Values.web.port }}{{ .Values.web.store }}\n"
    helper = '{{ define "unused" }}{{ .Values.web.mode }}{{ end }}'

    assert check({"values.yaml": values, "templates/a.yaml": template}, DOCUMENT) == []
    assert check({"templates/a.yaml": unless}, DOCUMENT) == []
    found = check({"templates/a.yaml": unused, "templates/_h.tpl": helper}, DOCUMENT)
    assert told(found) == [("documented-value-dead", "chart/values.yaml", 3, 3)]


def test_a_value_that_another_value_names_is_alive(check: Check) -> None:
    """It shows only where the other is used."""
    values = "auth:\n  enabled: false\n  user: a\n  role: b\n  line: '{{ .Values.auth.user }}'\n"
    used = "{{ if and .Values.auth.enabled .Release.IsUpgrade }}  c: {{ tpl .Values.auth.line . }}\n{{ end }}"
    template = CONFIG + "  a: b\n" + used

    assert told(check({"values.yaml": values, "templates/a.yaml": template})) == [
        ("dead-value", "chart/values.yaml", 4, 3)
    ]


def test_a_value_that_the_file_repeats_by_an_alias_is_alive(check: Check) -> None:
    """The anchor beside it is used nowhere, and what has it is dead."""
    values = "common: &shared\n  tag: v1\nspare: &unused\n  tag: v2\nimage:\n  <<: *shared\n  name: a\n"
    template = CONFIG + "  a: {{ .Values.image.name }}:{{ .Values.image.tag }}\n"

    assert told(check({"values.yaml": values, "templates/a.yaml": template})) == [
        ("dead-value", "chart/values.yaml", 4, 3)
    ]


def test_a_literal_is_only_claimed_where_it_is_one(check: Check) -> None:
    deployment = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  replicas: {value}\n"
        "  selector:\n    matchLabels:\n      app: x\n  template:\n    metadata:\n      labels:\n        app: x\n"
        "    spec:\n      containers:\n        - name: x\n          image: x:1\n"
    )
    files = {
        "values.yaml": "web:\n  replicaCount: 2\napi:\n  replicaCount: 2\nother:\n  replicaCount: 2\n",
        "templates/web.yaml": deployment.format(name="web", value=2),
        "templates/api.yaml": deployment.format(name="api", value="{{ add 1 1 }}"),
    }

    assert told(check(files)) == [
        ("literal-beside-value", "chart/templates/web.yaml", 6, 13),
        ("dead-value", "chart/values.yaml", 4, 3),
        ("dead-value", "chart/values.yaml", 6, 3),
    ]


def test_the_schema_key_of_a_whole_block_is_read(check: Check) -> None:
    schema = (
        '{\n "properties": {\n  "extra": {"properties": {"a": {}}},\n  "lost": {"properties": {"b": {}}}\n }\n}\n'
    )
    template = CONFIG + "  a: {{ .Values.extra | toJson | quote }}\n"

    found = check({"values.yaml": "extra: {}\n", "values.schema.json": schema, "templates/a.yaml": template})

    assert told(found) == [("schema-key-unread", "chart/values.schema.json", 4, 3)]
    assert "lost" in found[0].message


def test_a_secret_in_the_clear_names_all_profiles_that_show_it(check: Check) -> None:
    data = 'stringData:\n  password: {{ required "p" .Values.password }}\n'
    secret = f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n{data}"
    leak = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  url: {{ .Values.password }}\n"
    given = {f"ci/{name}-values.yaml": f"password: correct-horse-{name}\n" for name in ("one", "two")}

    findings = check({"templates/secret.yaml": secret, "templates/leak.yaml": leak, **given})

    (found,) = [finding for finding in findings if finding.rule == "secret-in-clear"]
    assert (found.location.file, found.location.line, found.profiles) == (
        "chart/templates/leak.yaml",
        6,
        ("one", "two"),
    )


def test_the_name_of_a_user_in_the_clear_is_a_note(check: Check) -> None:
    data = "stringData:\n  credential-username: {{ .Values.db.username }}\n  token: {{ .Values.db.token }}\n"
    leak = "  user: {{ .Values.db.username }}\n  token: {{ .Values.db.token }}\n"
    files = {
        "values.yaml": 'db: {username: "", token: ""}\n',
        "ci/a-values.yaml": "db: {username: somebody-else, token: correct-horse}\n",
        "templates/secret.yaml": f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n{data}",
        "templates/leak.yaml": CONFIG + leak,
    }

    found = [f for f in check(files) if f.rule == "secret-in-clear"]

    assert [(f.location.line, f.severity.label) for f in found] == [(6, "note"), (7, "error")]


def test_a_documented_value_in_a_block_that_is_taken_whole_on_a_condition_is_not_dead(check: Check) -> None:
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  mode: {{ .Values.mode }}\n"
    files = {
        "values.yaml": "mode: single\nsecond:\n  probe:\n    period: 5\nthird:\n  probe:\n    period: 5\n",
        "templates/x.yaml": f"{config}"
        '{{- if eq .Values.mode "double" }}\n  probe: {{ toJson .Values.second.probe | quote }}\n'
        '  third: {{ if .Values.third.probe }}"x"{{ end }}\n{{- end }}\n',
    }  # fmt: skip
    document = "## values.yaml\n- mode: single\n- second.probe.period: 5\n- third.probe.period: 5\n"

    found = [f for f in check(files, document) if f.rule == "documented-value-dead"]

    assert [(f.location.file, f.location.line, f.location.column) for f in found] == [("chart/values.yaml", 7, 5)]


def test_an_item_behind_the_end_of_a_list_is_documented(check: Check) -> None:
    schema = {"properties": {"hosts": {"items": {"properties": {"host": {"type": "string"}}}}}}
    files = {
        "values.yaml": "hosts: []\nname: a\n",
        "values.schema.json": json.dumps(schema),
        "templates/x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
        "data: {name: {{ .Values.name }}, hosts: {{ toJson .Values.hosts | quote }}}\n",
    }
    document = "## values.yaml\n- hosts[0].host: web.example.com\n- hosts[1].host: api.example.com\n- name: b\n"

    assert check(files, document) == []  # the rules about values find nothing, and nothing fails
