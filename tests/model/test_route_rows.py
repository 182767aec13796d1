"""Tables of the routes of an Ingress, and paths that are one prefix however they are written."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, prose, read, stated, told

from todo_lint.findings import Verdict

HEAD = ("| Host | Path | Service | Port | TLS | Rate |", "|---|---|---|---|---|---|")
ROWS = ("| `shop.test` | `/` | shop-web | 80 | Yes | 9/s |", "| shop.test | /api/* | `shop-api` | http | - | 5/s |")


def test_a_row_for_each_path() -> None:
    model = read(
        "## Ingress Configuration", "", *HEAD, *ROWS, "| shop.test | /metrics | Deny (internal) | - | - | - |"
    )

    assert [(line, *rest) for line, kind, name, *rest in stated(model)] == [
        (5, "host", "shop.test"), (5, "path", "/"), (5, "backend.service", "shop-web"), (5, "backend.port", "80"),
        (5, "tls", "true"), (6, "host", "shop.test"), (6, "path", "/api"), (6, "backend.service", "shop-api"),
        (6, "backend.port", "http"),
    ]  # fmt: skip
    assert {s.part for s in model.statements if s.attribute.startswith("backend")} == {"/", "/api"}
    assert told(model) == []
    assert 7 in prose(model)


def test_a_table_of_services_and_ports_is_none() -> None:
    rows = ("| Service | Port |", "|---|---|", "| shop-web | 80 |")

    assert "path" not in [fact[3] for fact in stated(read("## Services", "", *rows))]


def test_a_table_with_the_names_of_ingresses_is_of_these() -> None:
    rows = ("| Name | Path | Backend Service |", "|---|---|---|", "| shop | /api | shop-api |")

    assert {fact[2] for fact in stated(read("## Ingresses", "", *rows))} == {"shop"}


def _ingress(path: str, service: str = "shop-api") -> str:
    backend = f"{{service: {{name: {service}, port: {{number: 80}}}}}}"
    return (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n  rules:\n    - http:\n"
        f"        paths: [{{path: '{path}', pathType: Prefix, backend: {backend}}}]\n"
    )


MODEL = read("## Ingress", "", "| Path | Backend |", "|---|---|", "| /api/* | shop-api |")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/*", "/api(/|$)(.*)", "/api/(.*)"])
def test_a_prefix_is_written_in_several_ways(path: str) -> None:
    assert outcomes(MODEL, _ingress(path)) == [(5, Verdict.HOLDS), (5, Verdict.HOLDS)]


@pytest.mark.parametrize("path", ["/apis", "/", "/v1/api", "/api/v2"])
def test_another_path_is_told(path: str) -> None:
    assert (5, Verdict.VIOLATED) in outcomes(MODEL, _ingress(path))


def test_a_path_that_leads_to_another_service_is_told() -> None:
    assert outcomes(MODEL, _ingress("/api", "shop-web")) == [(5, Verdict.HOLDS), (5, Verdict.VIOLATED)]


@pytest.mark.parametrize(("name", "stays"), [("web", True), ("admin", False)])
def test_the_name_of_a_port_stands_for_its_number(name: str, stays: bool) -> None:
    model = read("## Ingress", "", "| Path | Backend | Port |", "|---|---|---|", f"| /api | shop-api | {name} |")
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: shop-api}\n"
        "spec: {ports: [{name: web, port: 80}, {name: admin, port: 81}]}\n"
    )

    verdicts = outcomes(model, _ingress("/api") + service)
    assert ((5, Verdict.VIOLATED) not in verdicts) is stays
