"""Tables with a kind in the first column, the name beside it, and words about what it is."""

from __future__ import annotations

from tests.model.reading import read, stated, told

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.statements import Modality

HEAD = ("| Resource | Name | Purpose |", "|---|---|---|")


def test_kinds_below_resource_have_the_names_beside_them() -> None:
    model = read(
        "## What is created", "", *HEAD, "| ConfigMap | `<release>-config` | settings |",
        "| Deployment | `<release>` | the pods |", "| HPA | `web` | scales (if enabled) |",
    )  # fmt: skip

    assert stated(model) == [
        (5, "ConfigMap", "<release>-config", "name", "<release>-config"),
        (6, "Deployment", "<release>", "name", "<release>"),
        (7, "HorizontalPodAutoscaler", "web", "name", "web"),
    ]
    assert [s.modality for s in model.statements] == [
        Modality.PLACEHOLDER, Modality.PLACEHOLDER, Modality.OPTIONAL,
    ]  # fmt: skip
    assert told(model) == []


def test_a_first_column_of_other_things_is_none_of_kinds() -> None:
    model = read("## Parts", "", *HEAD, "| Deployment | `web` | pods |", "| Bucket | `files` | uploads |")

    assert stated(model) == []


def test_words_beside_a_name_say_what_there_is() -> None:
    model = read(
        "## What is created", "", "| Type | Name | Details |", "|---|---|---|",
        "| Service | `api` | ClusterIP service (port 80 → 8000) |", "| PVC | `data` | 5Gi, ReadWriteOnce |",
        "| ConfigMap | `api` | levels 1 to 5, and 20 more |",
    )  # fmt: skip

    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)] == [
        (5, "name", "api"), (5, "type", "ClusterIP"), (5, "port", "80"), (5, "targetPort", "8000"),
        (6, "name", "data"), (6, "size", "5Gi"), (6, "accessMode", "ReadWriteOnce"),
        (7, "name", "api"),
    ]  # fmt: skip
    assert told(model) == []


def test_values_in_words_that_are_not_understood_are_told() -> None:
    model = read("## Created", "", *HEAD, "| Deployment | `web` | 2 replicas, and each of 500m or so |")

    assert [(line, hint.partition(";")[0]) for line, hint in told(model)] == [(5, "'500m' is not understood")]


def test_several_names_in_a_cell_are_several_resources() -> None:
    model = read("## Created", "", *HEAD, "| Services | `web`, `api` | NodePort |")

    assert [(line, name, attribute) for line, _, name, attribute, _ in stated(model)] == [
        (5, "web", "name"), (5, "api", "name"), (5, "web", "type"), (5, "api", "type"),
    ]  # fmt: skip


def test_a_kind_that_is_optional_is_so() -> None:
    model = read(
        "## Created", "", "| Kind | Name | Notes |", "|---|---|---|", "| Ingress (optional) | `web` | routes |"
    )

    assert [(s.line, s.kind, s.modality) for s in model.statements] == [(5, "Ingress", Modality.OPTIONAL)]


JOB = "---\napiVersion: batch/v1\nkind: Job\nmetadata: {{name: {}}}\nspec: {{template: {{spec: {{}}}}}}\n"


def _verdicts(text: str, *lines: str) -> list[tuple[int, Verdict]]:
    model = read(*lines)
    source = Source("x.yaml", Layer.MANIFEST, text)
    resources = index((source, document) for document in read_stream(text))
    evidence = Evidence(model, resources, pair(model, resources), "default", {"name": "shop"}, None)
    return [(s.line, judge(s, evidence).verdict) for s in model.statements]


def test_a_name_with_an_open_end_and_its_short_form_are_one_resource() -> None:
    lines = (
        "## Created",
        "",
        *HEAD,
        "| Job | `<release>-init-*` | seeds |",
        "",
        "## Jobs",
        "",
        "- **init**: seeds all tables",
    )

    assert _verdicts(JOB.format("shop-init-1a2b"), *lines) == [(5, Verdict.HOLDS), (9, Verdict.HOLDS)]


def test_another_name_than_that_with_an_open_end_is_another_resource() -> None:
    lines = (
        "## Created",
        "",
        *HEAD,
        "| Job | `<release>-init-*` | seeds |",
        "",
        "## Jobs",
        "",
        "- **clean**: sweeps all tables",
    )

    assert _verdicts(JOB.format("shop-init-1a2b"), *lines) == [(5, Verdict.HOLDS), (9, Verdict.MISSING)]
