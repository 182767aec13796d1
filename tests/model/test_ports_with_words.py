"""Several ports of a Service, each with what is served there."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, read, stated, told

from todo_lint.findings import Verdict


@pytest.mark.parametrize("ports", ["8080 (HTTP API), 9001 (RAFT)", "8080 (http), 9001 (metrics)", "8080, 9001"])
def test_each_is_a_port(ports: str) -> None:
    model = read("### shop Service", f"- Ports: {ports}")

    assert [fact[3:] for fact in stated(model) if fact[0] == 2] == [("port", "8080"), ("port", "9001")]
    service = (
        "apiVersion: v1\nkind: Service\nmetadata: {{name: shop}}\nspec: {{ports: [{{port: 8080}}, {{port: {}}}]}}\n"
    )
    assert (2, Verdict.VIOLATED) not in outcomes(model, service.format(9001))
    assert (2, Verdict.VIOLATED) in outcomes(model, service.format(9002))


@pytest.mark.parametrize("ports", ["80 (external), 3000 (internal)", "80 (public), 3000 (cluster)"])
def test_the_sides_of_a_service_are_not_ports_of_it_alike(ports: str) -> None:
    model = read("### shop Service", f"- Ports: {ports}")

    assert ("port", "3000") not in [fact[3:] for fact in stated(model)]
    assert [line for line, _ in told(model)] in ([], [2])
