"""Which versions a chart is checked for, where its rendering may change, and how findings of versions are merged."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from todo_lint import cli
from todo_lint.errors import UserError
from todo_lint.findings import Finding, Layer, Location, Severity, VersionRange
from todo_lint.helm.chart import Chart
from todo_lint.helm.metadata import read_metadata
from todo_lint.kubernetes.versions import SUPPORTED, parse_versions
from todo_lint.records import replace
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.settle import merge, settle
from todo_lint.stages.unit_result import UnitResult
from todo_lint.stages.versions import Versions, rendering_cuts, spans, versions_for

META = "apiVersion: v2\nname: web\nversion: 9.9.9\n"


def chart(files: Mapping[str, str | bytes] | None = None, kube_version: str = "") -> Chart:
    text = META + (f'kubeVersion: "{kube_version}"\n' if kube_version else "")
    every = {"Chart.yaml": text.encode()}
    every.update({name: data.encode() if isinstance(data, str) else data for name, data in (files or {}).items()})
    return Chart("chart", read_metadata(every, "chart"), every)


def test_by_default_all_versions_that_the_chart_admits() -> None:
    assert versions_for(chart(), None) == Versions(SUPPORTED, stated=False)
    assert versions_for(chart(kube_version=">=1.34.0-0"), None) == Versions(("1.34", "1.35", "1.36", "1.37"))
    assert versions_for(chart(kube_version=">=1.19.0-0 <1.27.0-0"), None) == Versions(("1.25", "1.26"))


def test_asked_versions_are_those_and_the_others_are_refused() -> None:
    assert versions_for(chart(), "1.28-1.30") == Versions(("1.28", "1.29", "1.30"))
    found = versions_for(chart(kube_version=">=1.29.0-0"), "1.28-1.30")
    assert found == Versions(("1.29", "1.30"), refused=("1.28",))


def test_where_the_chart_admits_none_the_newest_is_left_to_say_so() -> None:
    assert versions_for(chart(kube_version=">=2.0.0"), None) == Versions(("1.37",))
    assert versions_for(chart(kube_version="<1.30.0"), "1.33-1.35") == Versions(("1.35",))


@pytest.mark.parametrize("text", ["1.37-1.28", "1.20", "1.28-", "latest", "1.28-1.99", ""])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_versions(text)


def test_a_range_has_two_ends() -> None:
    with pytest.raises(UserError, match=r'"1\.28-1\.30-1\.32" has three ends: write it like 1\.25-1\.37'):
        parse_versions("1.28-1.30-1.32")
    assert parse_versions("1.28-v1.30.1-gke.1") == ("1.28", "1.29", "1.30")


def test_what_a_provider_adds_makes_no_range() -> None:
    assert parse_versions("v1.30.2-gke.100, 1.32 - 1.33") == ("1.30", "1.32", "1.33")


def test_spans_are_cut_before_versions() -> None:
    assert spans(("1.28", "1.29", "1.30"), []) == (("1.28", "1.29", "1.30"),)
    assert spans(("1.28", "1.29", "1.30"), [30, 28, 99]) == (("1.30",), ("1.28", "1.29"))
    assert spans(("1.25", "1.30", "1.31"), [28]) == (("1.30", "1.31"), ("1.25",))


def test_a_chart_that_does_not_ask_renders_the_same_everywhere() -> None:
    text = "image: web:1.29\napi: policy/v1\n"
    assert list(rendering_cuts(chart({"templates/a.yaml": text}), [])) == []


def test_a_chart_that_asks_is_cut_at_the_versions_and_apis_that_it_names() -> None:
    text = '{{ if semverCompare ">=1.29-0" .Capabilities.KubeVersion.Version }}{{ end }}'
    assert set(rendering_cuts(chart({"templates/a.yaml": text}), [])) == {29, 30}
    text = '{{ .Capabilities.APIVersions.Has "autoscaling/v2beta2" }}'
    assert set(rendering_cuts(chart({"templates/a.yaml": text}), [])) == {26}
    text = "{{ .Capabilities.KubeVersion.Minor }}"
    assert len(set(rendering_cuts(chart({"templates/a.yaml": text}), []))) == len(SUPPORTED)


def test_values_can_ask_too() -> None:
    text = "{{ tpl .Values.text . }}"
    asks = '{{ if semverCompare "<1.31" .Capabilities.KubeVersion.Version }}{{ end }}'
    assert set(rendering_cuts(chart({"templates/a.yaml": text}), [{"text": asks}])) == {31, 32}


def test_packed_charts_are_looked_into() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        text = b'{{ semverCompare ">=1.33-0" .Capabilities.KubeVersion.Version }}'
        for name, data in (("sub/Chart.yaml", META.encode()), ("sub/templates/a.yaml", text)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    assert set(rendering_cuts(chart({"charts/sub.tgz": packed.getvalue()}), [])) == {33, 34}
    assert len(set(rendering_cuts(chart({"charts/sub.tgz": b"broken"}), []))) == len(SUPPORTED)


ASKED = Versions(("1.28", "1.29", "1.30", "1.31"))


def finding(since: str | None, until: str | None, profile: str = "default", column: int = 1) -> Finding:
    place = Location("chart/templates/a.yaml", 3, column, Layer.TEMPLATE)
    kubernetes = VersionRange(since, until)
    return Finding("unknown-field", Severity.ERROR, "x", place, profiles=(profile,), kubernetes=kubernetes)


def _merged(*findings: Finding) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(f.kubernetes.since, f.kubernetes.until, f.profiles) for f in merge(findings, ASKED)]


def test_a_finding_of_all_versions_has_no_bounds() -> None:
    assert _merged(finding("1.28", "1.31")) == [(None, None, ("default",))]
    assert _merged(finding(None, None)) == [(None, None, ("default",))]


def test_findings_of_neighbouring_versions_are_one() -> None:
    assert _merged(finding("1.30", "1.30"), finding("1.28", "1.29")) == [(None, "1.30", ("default",))]
    assert _merged(finding("1.30", "1.31", column=4), finding("1.31", "1.31")) == [("1.30", None, ("default",))]


def test_a_gap_makes_two_of_them() -> None:
    assert _merged(finding("1.31", "1.31"), finding("1.28", "1.29")) == [
        (None, "1.29", ("default",)),
        ("1.31", None, ("default",)),
    ]


def test_a_gap_of_which_nothing_is_known_does_not() -> None:
    found = (finding("1.31", "1.31"), finding("1.28", "1.28"))

    def merged(*unrendered: str) -> list[VersionRange]:
        versions = replace(ASKED, unrendered=frozenset(unrendered))
        return [f.kubernetes for f in merge(found, versions)]

    assert merged("1.29", "1.30") == [VersionRange()]
    assert merged("1.29") == [VersionRange(None, "1.28"), VersionRange("1.31", None)]


def test_what_the_server_says_otherwise_since_a_version_is_one() -> None:
    old = replace(finding("1.28", "1.29"), message="until then")
    new = replace(finding("1.30", "1.31"), message="since then")
    (merged,) = merge((old, new), ASKED)
    assert (merged.message, merged.kubernetes) == ("since then", VersionRange())

    apart = replace(finding("1.31", "1.31"), message="since then")
    overlapping = replace(finding("1.29", "1.31"), message="since then")
    other_field = replace(new, path="spec")
    for second in (apart, overlapping, other_field):
        assert len(list(merge((old, second), ASKED))) == 2


def test_another_place_in_a_list_in_each_profile_is_one() -> None:
    first = replace(finding(None, None), path="env[1].value")
    second = replace(finding(None, None, "prod"), path="env[2].value")
    beside = replace(first, path="env[3].value")

    merged = list(merge((first, second, beside), ASKED))

    assert [(one.path, one.profiles) for one in merged] == [
        ("env[1].value", ("default", "prod")),
        ("env[3].value", ("default",)),
    ]


def test_profiles_with_equal_bounds_share_a_finding() -> None:
    found = _merged(finding("1.28", "1.29"), finding("1.28", "1.29", "prod"), finding("1.28", "1.31", "more"))
    assert found == [(None, "1.29", ("default", "prod")), (None, None, ("more",))]


def test_what_only_older_versions_have_is_a_note_where_nobody_named_them() -> None:
    old, new = finding("1.28", "1.29"), finding("1.29", "1.31", "prod")

    def severities(versions: Versions) -> list[Severity]:
        return [f.severity for f in settle(UnitResult((old, new), versions=versions), ()).findings]

    assert severities(ASKED) == [Severity.ERROR, Severity.ERROR]
    assert severities(Versions(ASKED.checked, stated=False)) == [Severity.NOTE, Severity.ERROR]


def test_a_finding_that_matters_more_in_some_versions_is_one() -> None:
    old = replace(finding("1.28", "1.29"), severity=Severity.WARNING)
    (merged,) = merge((old, finding("1.30", "1.31")), ASKED)
    assert (merged.severity, merged.kubernetes) == (Severity.ERROR, VersionRange())


BY_VERSION = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {mode: '{{ if semverCompare "<1.30-0" .Capabilities.KubeVersion.Version }}old{{ else }}new{{ end }}'}
"""


def test_where_there_is_no_time_for_old_versions_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who refers to whom in them is what the run can do without: it ends as it would have, and says so."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ChartRenderer, "render_extra", lambda *_: None)
    Path("web/templates").mkdir(parents=True)
    Path("web/Chart.yaml").write_text(META)
    Path("web/templates/a.yaml").write_text(BY_VERSION)

    assert cli.run(["web", "--kubernetes-version", "1.28-1.31"]) == 0

    told = "web: there was no time to look at who refers to whom for Kubernetes 1.28, 1.29\n"
    assert told in capsys.readouterr().out
