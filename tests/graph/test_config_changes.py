"""Whether pods notice a changed ConfigMap is judged by rendering: a checksum may be that of something else."""

from __future__ import annotations

import pytest
from tests.graph.conftest import Check, brief

WEB, CONFIG, VALUES = "templates/web.yaml", "templates/config.yaml", "values.yaml"
OWN = '{{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}'
UNNOTICED = ("config-change-unnoticed", "note", WEB, 29)
HELPER = """{{- define "shop.checksum" -}}
{{ include (print .Template.BasePath "/config.yaml") . | sha256sum }}
{{- end -}}
{{- define "shop.settings" -}}
level: {{ .Values.logLevel }}
{{- end -}}
"""


def _with(checksum: str, more: str = "") -> dict[str, tuple[str, str] | str]:
    changes: dict[str, tuple[str, str] | str] = {WEB: (f"checksum/config: {OWN}", checksum)}
    if more:
        changes["templates/_more.tpl"] = more
    return changes


@pytest.mark.parametrize(
    "checksum",
    [
        'checksum/config: {{ include (print $.Template.BasePath "/policy.yaml") . | sha256sum }}',
        "checksum/config: {{ toYaml .Values.apiPort | sha256sum }}",  # and the ConfigMap holds logLevel as well
        "checksum/config: 4e1243bd22c66e76c2ba9eddc1f91394e57f9f83",
    ],
)
def test_a_checksum_of_something_else_is_told(check: Check, checksum: str) -> None:
    report = check(_with(checksum))

    assert brief(report.findings) == [UNNOTICED]
    (finding,) = report.findings
    assert finding.message.endswith("starts, and the checksum in its pod template does not change with it")
    assert ("the checksum", 16) in [(one.message, one.location.line) for one in finding.related]


@pytest.mark.parametrize(
    ("checksum", "more"),
    [
        ('checksum/config: {{ include "shop.checksum" . }}', HELPER),
        ("checksum/config: {{ list .Values.apiPort .Values.logLevel | toJson | sha256sum }}", ""),
        (f"checksum/config: {OWN[:-3]} | trunc 12 }}}}", ""),
        ("rollme: {{ randAlphaNum 5 | quote }}", ""),
        ("shop/revision: {{ .Release.Revision | quote }}", ""),
        ("reloader.stakater.com/auto: 'true'", ""),
    ],
)
def test_a_checksum_that_changes_with_the_config_map_is_silent(check: Check, checksum: str, more: str) -> None:
    assert brief(check(_with(checksum, more)).findings) == []


INCLUDED = '{{- include "shop.fixed" . | nindent 2 }}'
OTHER = """apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
spec:
  selector: {matchLabels: {app: other}}
  template:
    metadata:
      labels: {app: other}
      annotations:
        checksum/config: CHECKSUM
    spec:
      containers:
        - name: other
          image: other:1.0
          envFrom: [{configMapRef: {name: fixed}}]
"""


@pytest.mark.parametrize(
    ("data", "checksum", "lines"),
    [
        ("mode: fast", OWN, [15]),  # only another release of the chart changes it
        ("mode: fast", '{{ include (print $.Template.BasePath "/fixed.yaml") . | sha256sum }}', []),
        (INCLUDED, '{{ include "shop.fixed" . | sha256sum }}', []),
        (INCLUDED, OWN, []),  # what changes the named template is not known
    ],
)
def test_a_config_map_that_no_values_key_changes(check: Check, data: str, checksum: str, lines: list[int]) -> None:
    changes = {
        "templates/_more.tpl": '{{- define "shop.fixed" -}}\nmode: fast\n{{- end -}}\n',
        "templates/fixed.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: fixed}}\ndata:\n  {data}\n",
        "templates/other.yaml": OTHER.replace("CHECKSUM", checksum),
    }

    found = [one for one in brief(check(changes).findings) if one[0] == UNNOTICED[0]]

    assert [line for *_, line in found] == lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ("mode: fast", []),  # only another version of the chart changes it, and the label with it
        ("mode: {{ .Values.logLevel }}", [13]),
        ("mode: {{ uuidv4 }}", []),
    ],
)
def test_pods_with_a_label_of_the_charts_version(check: Check, data: str, lines: list[int]) -> None:
    other = OTHER.replace("labels: {app: other}", "labels: {app: other, helm.sh/chart: shop-0.1.0}")
    changes = {
        "templates/fixed.yaml": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: fixed}}\ndata:\n  {data}\n",
        "templates/other.yaml": other.replace("      annotations:\n        checksum/config: CHECKSUM\n", ""),
    }

    found = [one for one in brief(check(changes).findings) if one[0] == UNNOTICED[0]]

    assert [line for *_, line in found] == lines


def test_one_rendering_does_for_many(check: Check) -> None:
    """However many have a checksum of something else, no template moves any of them."""
    fixed = "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: fixed-{0}}}\ndata: {{mode: fast}}\n---\n"
    changes: dict[str, tuple[str, str] | str] = {
        f"templates/many-{number}.yaml": fixed.format(number)
        + OTHER.replace("CHECKSUM", "abcd").replace("other", f"other-{number}").replace("fixed", f"fixed-{number}")
        for number in range(40)
    }

    found = [one for one in brief(check(changes).findings) if one[0] == UNNOTICED[0]]

    assert len(found) == 40
