"""Probes of which a document does not say which they are, and what is said of each: read, and held against some."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told
from tests.model.test_checks_of_statements import _deployment, _last

from todo_lint.findings import Verdict

NAMED = ("## Deployments", "- **web-app**", "- **api-app**", "## Health", "")
"""What follows stands on line 6."""
OTHER = "livenessProbe: {httpGet: {path: /live, port: 80}, periodSeconds: 7}"
PROBES = OTHER + "\n        readinessProbe: {httpGet: {path: /ready, port: 81}}"


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Health check: HTTP GET /health on port 8000", [("probe.path", "/health"), ("probe.port", "8000")]),
        ("Health checks: HTTP on /api/health", [("probe.path", "/api/health")]),
        ("Health endpoint: `/health`", [("probe.path", "/health")]),
        ("Health check interval: 10s", [("probe.periodSeconds", "10")]),
        ("Healthcheck: `pg_isready -U shop`", [("probe.command", "pg_isready -U shop")]),
        ("Probes: startup, readiness and liveness on `GET /health`",
         [(f"{probe}Probe.path", "/health") for probe in ("startup", "readiness", "liveness")]),
        ("Probes: Liveness and readiness checking /health endpoint",
         [("livenessProbe.path", "/health"), ("readinessProbe.path", "/health")]),
    ],
)  # fmt: skip
def test_a_key_may_leave_open_which_probe_it_is(line: str, facts: list[tuple[str, str]]) -> None:
    model = read("## web (Deployment)", f"- {line}")
    assert ([fact[3:] for fact in stated(model)][1:], told(model)) == (facts, [])


@pytest.mark.parametrize("line", ["Health check: after a while", "Probes: the usual ones", "Health: good"])
def test_words_about_probes_state_none(line: str) -> None:
    model = read("## web (Deployment)", f"- {line}")
    assert len(stated(model)) == 1
    assert prose(model) == [2] or [number for number, _ in told(model)] == [2]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("- The API is probed at `/health`, the web at `/`.",
         [("api-app", "probe.path", "/health"), ("web-app", "probe.path", "/")]),
        ("- Web: `GET /` on port 3000", [("web-app", "probe.path", "/"), ("web-app", "probe.port", "3000")]),
        ("Kubernetes probes `api-app` at `/health`, and the web at `/`, both every 9 seconds with a timeout of 3 s.",
         [(name, *fact) for name, path in (("api-app", "/health"), ("web-app", "/"))
          for fact in (("probe.path", path), ("probe.periodSeconds", "9"), ("probe.timeoutSeconds", "3"))]),
        ("Both probes run every 10 seconds.",
         [(name, "probe.periodSeconds", "10") for name in ("api-app", "web-app")]),
        ("The API could be probed at `/health`.", []),
        ("The team is asked at `/health`.", []),
    ],
)  # fmt: skip
def test_a_sentence_may_leave_it_open_too(line: str, facts: list[tuple[str, str, str]]) -> None:
    model = read(*NAMED, line)
    assert sorted(fact[2:] for fact in stated(model) if fact[0] == 6) == sorted(facts)
    assert told(model) == []


def test_a_path_in_a_section_of_something_else_is_no_probe() -> None:
    for line in ("- The API serves the site at `/data`.", "The API answers on `/tasks`, and its health is good."):
        assert stated(read(*NAMED[:3], "## Files", "", line))[2:] == []


def test_a_row_below_probes_is_said_of_each_that_is_there() -> None:
    table = ("| | Web | API |", "|---|---|---|", "| Readiness | GET / :3000 | GET /health :8000 |",
             "| Liveness | GET / :3000 | - |", "| Timeout | 3s | 4s |")  # fmt: skip
    model = read(*NAMED[:3], "## Probes", "", *table)
    assert sorted(fact[2:] for fact in stated(model) if fact[0] == 10) == [
        ("api-app", "readinessProbe.timeoutSeconds", "4"), ("web-app", "livenessProbe.timeoutSeconds", "3"),
        ("web-app", "readinessProbe.timeoutSeconds", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "container", "verdict"),
    [
        ("Health check: GET /live", PROBES, Verdict.HOLDS),
        ("Health check: GET /ready on port 81", PROBES, Verdict.HOLDS),
        ("Health check: GET /other", PROBES, Verdict.VIOLATED),
        ("Health check: GET /live", "", Verdict.MISSING),
        ("Health check interval: 7s", OTHER, Verdict.HOLDS),
        ("Health check interval: 8s", OTHER, Verdict.VIOLATED),
        ("Health check: TCP on 80", OTHER, Verdict.VIOLATED),
    ],
)
def test_it_is_held_against_each_probe_that_is_rendered(line: str, container: str, verdict: Verdict) -> None:
    document = f"### Deployment: `web`\n- Image: shop/web:1.2\n- {line}\n"
    assert _last(document, _deployment(container=container)).verdict is verdict
