"""What a document describes by its kind alone is the only resource of that kind that a chart renders."""

from __future__ import annotations

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.divergence import Conformance, Rendering, Reruns, compare
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown
from todo_lint.model.undocumented import undocumented

DOCUMENT = "## Ingress\n- Host: shop.example.com\n- Class: nginx\n"


def _ingress(name: str, host: str, ingress_class: str = "nginx") -> str:
    return (
        f"---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}}}\n"
        f"spec: {{ingressClassName: {ingress_class}, rules: [{{host: {host}}}]}}\n"
    )


def _evidence(manifests: str, document: str = DOCUMENT) -> Evidence:
    model = read_markdown(document, "data-model.md")
    source = Source("x.yaml", Layer.MANIFEST, manifests)
    resources = index((source, read) for read in read_stream(manifests))
    return Evidence(model, resources, pair(model, resources), "default", None, None)


def _compare(manifests: str, document: str = DOCUMENT) -> Conformance:
    evidence = _evidence(manifests, document)
    outcomes = tuple(judge(statement, evidence) for statement in evidence.model.statements)
    return compare(outcomes, {"default": Rendering(outcomes)}, Reruns(lambda _: None, lambda _: None))


def _verdicts(conformance: Conformance) -> list[tuple[int, Verdict]]:
    return [(judged.statement.line, judged.verdict) for judged in conformance.judged]


def test_the_only_resource_of_the_kind_is_meant() -> None:
    assert _verdicts(_compare(_ingress("web", "shop.example.com"))) == [(2, Verdict.HOLDS), (3, Verdict.HOLDS)]

    (divergence,) = _compare(_ingress("web", "www.example.com")).divergences
    assert (divergence.primary.statement.line, divergence.primary.actual) == (2, "www.example.com")


def test_of_several_the_one_that_fits_best_is_meant() -> None:
    conformance = _compare(_ingress("a", "other.example.com") + _ingress("b", "shop.example.com", "traefik"))

    assert _verdicts(conformance) == [(2, Verdict.HOLDS), (3, Verdict.VIOLATED)]


def test_where_several_fit_alike_it_is_told_once() -> None:
    conformance = _compare(_ingress("a", "a.example.com") + _ingress("b", "b.example.com"))

    assert _verdicts(conformance) == [(2, Verdict.NOT_UNDERSTOOD), (3, Verdict.NOT_CHECKABLE)]
    assert conformance.judged[0].statement.hint == (
        "the chart renders a, b: say which Ingress is meant: 'Name: ...', or in the heading"
    )


def test_where_none_is_rendered_one_thing_is_missing() -> None:
    (divergence,) = _compare("").divergences

    assert divergence.primary.message == "the chart renders no Ingress"
    assert [outcome.statement.line for outcome in divergence.outcomes] == [2, 3]


def test_an_unnamed_secret_that_is_not_rendered_may_be_made_outside() -> None:
    conformance = _compare("", "## Secret\n- Type: Opaque\n")

    assert _verdicts(conformance) == [(2, Verdict.NOT_CHECKABLE)]


def test_what_is_meant_is_documented() -> None:
    for manifests, expected in (
        (_ingress("web", "x.example.com"), []),
        (_ingress("web", "shop.example.com") + _ingress("b", "b.example.com"), ["b"]),
    ):
        evidence = _evidence(manifests)
        found = undocumented(evidence.model, evidence.resources, evidence.pairing, ())
        assert [item.name for kind in found for item in kind.items] == expected


def test_an_option_without_a_name_takes_no_resource() -> None:
    evidence = _evidence(_ingress("web", "x.example.com"), "## Ingress (optional)\n- Host: shop.example.com\n")

    assert evidence.pairing.resources == {}


def test_a_backend_of_a_port_alone_states_no_service() -> None:
    model = read_markdown(
        "```yaml\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n"
        "          service:\n            port:\n              number: 80\n```\n",
        "data-model.md",
    )

    assert [(s.line, s.attribute, s.value) for s in model.statements] == [
        (4, "name", "web"), (12, "backend.port", "80"),
    ]  # fmt: skip
