"""Origins where templates do more than write a value: the table is written by hand from the templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from todo_lint.helm.origins import Origins
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.rendered_fields import Change, Effect

VALUES = """\
name: web
text: "{{ .Values.name }}-suffix"
labels:
  team: blue
  tier: front
size: ""
production: true
debug: false
extra:
  port: 80
base:
  port: 81
  host: a.example
existing: ""
password: ""
seed: abc
global:
  zone: north
store:
  replicas: 2
ports:
  - name: main
    number: 8080
  - name: admin
    number: 9090
small: 5
"""
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: app
  labels:
    {{- toYaml .Values.labels | nindent 4 }}
data:
  text: {{ tpl .Values.text . | quote }}
  size: {{ .Values.size | default "1Gi" }}
  level: {{ ternary "high" "low" .Values.production }}
  {{- $merged := merge (deepCopy .Values.extra) .Values.base }}
  address: "{{ $merged.host }}:{{ $merged.port }}"
  found: {{ (lookup "v1" "Secret" "default" .Values.existing) | toJson | quote }}
  zone: {{ .Values.global.zone }}
  {{- range .Values.ports }}
  {{ .name }}: {{ .number | quote }}
  {{- end }}
  {{- if gt (int .Values.small) 5 }}
  {{- fail "small must be at most 5" }}
  {{- end }}
  small: {{ .Values.small | quote }}
  {{- if .Values.debug }}
  seed: {{ .Values.seed }}
  {{- end }}
"""
SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: app
stringData:
  password: {{ .Values.password | default (randAlphaNum 20) }}
  other: {{ randAlphaNum 20 }}
"""
SUB_VALUES = """\
replicas: 1
image: store:1.0
global:
  zone: nowhere
  level: 1
"""
SUB = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}
data:
  replicas: {{ .Values.replicas | quote }}
  image: {{ .Values.image }}
  zone: {{ .Values.global.zone }}
  level: {{ .Values.global.level | quote }}
"""
DEPENDENCIES = """\
dependencies:
  - name: store
    version: 0.1.0
  - name: store
    version: 0.1.0
    alias: cache
"""
FILES = {
    "values.yaml": VALUES,
    "templates/config.yaml": CONFIG,
    "templates/secret.yaml": SECRET,
    "charts/store/Chart.yaml": "apiVersion: v2\nname: store\nversion: 0.1.0\n",
    "charts/store/values.yaml": SUB_VALUES,
    "charts/store/templates/config.yaml": SUB,
}
DATA = "ConfigMap/app:data"
TABLE = {
    "name": {f"{DATA}.text"},
    "text": {f"{DATA}.text"},
    "labels.team": {"ConfigMap/app:metadata.labels.team"},
    "labels.tier": {"ConfigMap/app:metadata.labels.tier"},
    "size": {f"{DATA}.size"},
    "production": {f"{DATA}.level"},
    "debug": {f"{DATA}.seed added"},
    "extra.port": {f"{DATA}.address"},
    "base.port": set(),
    "base.host": {f"{DATA}.address"},
    "existing": set(),
    "password": {"Secret/app:stringData.password"},
    "seed": set(),
    "global.zone": {f"{DATA}.zone", "ConfigMap/store:data.zone", "ConfigMap/cache:data.zone"},
    "store.replicas": {"ConfigMap/store:data.replicas"},
    "store.image": {"ConfigMap/store:data.image"},
    "store.global.zone": set(),
    "store.global.level": {"ConfigMap/store:data.level"},
    "cache.replicas": {"ConfigMap/cache:data.replicas"},
    "cache.image": {"ConfigMap/cache:data.image"},
    "cache.global.zone": set(),
    "cache.global.level": {"ConfigMap/cache:data.level"},
    "ports.0.name": {f"{DATA}.main removed", f"{DATA}.main-probe added"},
    "ports.0.number": {f"{DATA}.main"},
    "ports.1.name": {f"{DATA}.admin removed", f"{DATA}.admin-probe added"},
    "ports.1.number": {f"{DATA}.admin"},
    "small": {f"{DATA}.small"},
}


def shown(effect: Effect) -> str:
    return str(effect.field) if effect.change is Change.VALUE else f"{effect.field} {effect.change}"


def table(origins: Origins) -> dict[str, set[str]]:
    return {".".join(map(str, moved.route)): set(map(shown, moved.effects)) for moved in origins.all()}


def default_of(origins_of: Any, path: Path, **given: Any) -> Origins:
    found = origins_of(path, **given).of_profile("default")
    assert isinstance(found, Origins)
    return found


def test_templates_that_compute_give_the_table(origins_of: Any, write_chart: Any) -> None:
    origins = default_of(origins_of, write_chart(FILES, more=DEPENDENCIES))

    assert table(origins) == TABLE
    assert {str(field) for field in origins.volatile} == {
        "Secret/app:stringData.password",
        "Secret/app:stringData.other",
    }
    assert all(moved.known for moved in origins.all())


def test_lists_and_mappings_are_changed_as_a_whole_too(origins_of: Any, write_chart: Any) -> None:
    origins = default_of(origins_of, write_chart(FILES, more=DEPENDENCIES))

    assert set(map(shown, origins.of(("ports",)).effects)) == {f"{DATA}.admin removed"}
    assert set(map(shown, origins.of(("labels",)).effects)) == {"ConfigMap/app:metadata.labels.probe added"}
    assert set(map(shown, origins.of(("extra",)).effects)) == set()


def test_a_leaf_behind_a_boolean_beside_it(origins_of: Any, write_chart: Any) -> None:
    origins = default_of(origins_of, write_chart(FILES, more=DEPENDENCIES))

    behind = origins.behind_gates(("seed",))

    assert set(map(shown, behind.effects)) == {f"{DATA}.seed"}
    assert ("debug",) in behind.gates


def test_values_of_a_subchart_are_written_where_the_topmost_file_gives_them(
    origins_of: Any, write_chart: Any
) -> None:
    path = write_chart(FILES, more=DEPENDENCIES)
    values = default_of(origins_of, path).values

    above, own, aliased = (
        values.written(("store", "replicas")),
        values.written(("store", "image")),
        values.written(("cache", "image")),
    )

    assert above
    assert own
    assert aliased
    assert (above.location.file, above.location.line, above.location.column) == (f"{path}/values.yaml", 20, 13)
    assert (own.location.file, own.location.line, own.location.column) == (f"{path}/charts/store/values.yaml", 2, 8)
    assert aliased.location == own.location


def test_a_packaged_subchart_counts_too(origins_of: Any, write_chart: Any, tmp_path: Path) -> None:
    from todo_lint.helm.archive import pack_files

    files = {name: text for name, text in FILES.items() if not name.startswith("charts/")}
    path = write_chart(files, more=DEPENDENCIES)
    (path / "charts").mkdir()
    inner = {name.removeprefix("charts/store/"): text.encode() for name, text in FILES.items() if "store/" in name}
    (path / "charts/store-0.1.0.tgz").write_bytes(pack_files("store", inner))
    origins = default_of(origins_of, path)

    assert table(origins) == TABLE
    written = origins.values.written(("cache", "image"))
    assert written is not None
    assert written.location.file == f"{path}/charts/store-0.1.0.tgz/values.yaml"
    assert written.location.line == 2


def test_a_value_that_no_other_value_renders_in_place_of_is_unknown(origins_of: Any, write_chart: Any) -> None:
    template = """\
{{- if ne .Values.mode "single" }}{{ fail "only single" }}{{ end }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: app
"""
    origins = default_of(origins_of, write_chart({"values.yaml": "mode: single\n", "templates/a.yaml": template}))

    (moved,) = origins.all()

    assert not moved.known
    assert moved.effects == ()


def test_given_values_and_their_files(origins_of: Any, write_chart: Any, tmp_path: Path) -> None:
    path = write_chart(FILES, more=DEPENDENCIES)
    given = tmp_path / "prod.yaml"
    given.write_text("# prod\nname: api\nsize: 3Gi\n")
    chart = origins_of(path, given)
    origins = chart.of_profile("given values")

    assert origins is not None
    assert set(map(shown, origins.of(("name",)).effects)) == {f"{DATA}.text"}
    written = origins.values.written(("size",))
    assert written is not None
    assert (written.location.file, written.location.line, written.location.column) == (str(given), 3, 7)
    assert chart.of_profile("no such profile") is None


def test_what_an_option_gives_is_written_in_no_file(origins_of: Any, write_chart: Any) -> None:
    from todo_lint.helm.chart import load_chart
    from todo_lint.helm.merged_values import MergedValues
    from todo_lint.helm.profiles import ProfileOptions, profiles_of
    from todo_lint.helm.subcharts import whole_chart

    chart = load_chart(str(write_chart(FILES, more=DEPENDENCIES)))
    (profile,) = profiles_of(chart, ProfileOptions("1.37", given=ValueOptions(set=("name=api",))))
    values = MergedValues(whole_chart(chart), profile)

    assert values.written(("name",)) is None
    default = values.default(("name",))
    assert default is not None
    assert default.location.line == 1


def test_a_probe_that_would_take_for_ever_is_ended_and_the_chart_goes_on(origins_of: Any, write_chart: Any) -> None:
    template = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: app
data:
  {{- if .Values.loop }}{{ range until 100000000 }}{{ range until 100000000 }}{{ end }}{{ end }}{{ end }}
  name: {{ .Values.name }}
"""
    files = {"values.yaml": "loop: false\nname: web\n", "templates/a.yaml": template}
    origins = default_of(origins_of, write_chart(files), deadline=6)

    assert not origins.of(("loop",)).known
    assert set(map(shown, origins.of(("name",)).effects)) == {f"{DATA}.name"}
