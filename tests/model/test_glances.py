"""Lines that tell at a glance what there is, and sentences of requirements."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

WEB = ("## Deployments", "- **web-app**", "- **api-app**", "## At a glance", "")
"""What follows stands on line 6."""
BOTH = ("web-app", "api-app")


def said(line: str) -> list[tuple[str, str, str]]:
    return [fact[2:] for fact in stated(read(*WEB, line)) if fact[0] == 6]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("- Web: deployment/web-app (2 pods, port 3000)",
         [("web-app", "name", "web-app"), ("web-app", "replicas", "2"), ("web-app", "containerPort", "3000")]),
        ("- The site runs in deployment/web-app (2 pods), what it calls in deployment/api-app (3 moons).",
         [("web-app", "name", "web-app"), ("web-app", "replicas", "2")]),
        ("- Services: svc/web (NodePort 80→3000), cm/shop-config",
         [("web", "name", "web"), ("web", "type", "NodePort"), ("web", "port", "80"), ("web", "targetPort", "3000"),
          ("shop-config", "name", "shop-config")]),
        ("Memory limits are 512Mi (web) and 1Gi (api).",
         [("web-app", "resources.limits.memory", "512Mi"), ("api-app", "resources.limits.memory", "1Gi")]),
        ("- Helm release: `shop` (chart version 0.1.0, app version 1.2.0)",
         [("Chart.yaml", "version", "0.1.0"), ("Chart.yaml", "appVersion", "1.2.0")]),
        ("- **FR-1**: The system MUST run the worker as Deployment `worker`.", [("worker", "name", "worker")]),
        ("- **FR-2**: The container of `web-app` MUST listen on port 3000.", [("web-app", "containerPort", "3000")]),
        ("- **FR-3**: Each Deployment MUST start with 2 replicas.", [(name, "replicas", "2") for name in BOTH]),
        ("Each web pod requests 200m CPU.", [("web-app", "resources.requests.cpu", "200m")]),
        ("Service `web` MUST select pods with the label `app=web`.", [("web", "selector", "app=web")]),
        ("Readiness probes run every 10 seconds with a timeout of 3 seconds.",
         [(name, f"readinessProbe.{field}", value) for name in BOTH
          for field, value in (("periodSeconds", "10"), ("timeoutSeconds", "3"))]),
        ("A startup probe runs every 2 seconds and may fail 60 times before that ends.",
         [(name, f"startupProbe.{field}", value) for name in BOTH
          for field, value in (("periodSeconds", "2"), ("failureThreshold", "60"))]),
        ("- **SEC-1**: Pods MUST NOT mount a service account token.",
         [(name, "spec.template.spec.automountServiceAccountToken", "false") for name in BOTH]),
    ],
)  # fmt: skip
def test_what_a_line_says_at_a_glance_is_read(line: str, facts: list[tuple[str, str, str]]) -> None:
    assert sorted(f for f in said(line) if f[1:] != ("name", "web") or f in facts) == sorted(facts)
    assert told(read(*WEB, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "- Ask it: `kubectl exec deploy/web-app -- ls`",
        "- kubectl logs deployment/worker (2 pods)",
        "- The code is in src/deployment/worker",
        "While it is hot, svc/web is a LoadBalancer.",
        "Memory limits were 512Mi (web) and 1Gi (api).",
        "The system may run the worker as Deployment `worker`.",
        "Readiness probes should run every 10 seconds if the node is small.",
    ],
)
def test_commands_paths_and_what_may_be_state_nothing(line: str) -> None:
    assert said(line) == []


def test_what_is_not_understood_of_a_resource_at_a_glance_is_told() -> None:
    model = read(*WEB, "- Web: deployment/web-app (2 pods, 3 moons)")

    assert [line for line, _ in told(model)] == [6]


def test_what_stands_beside_a_version_or_a_name_is_read_or_told_all_the_same() -> None:
    line = "The release (chart version 0.1.0) runs `web-app` with 3 replicas, and 512Mi of `web-app` are unknown."

    assert ("web-app", "replicas", "3") in said(line) or told(read(*WEB, line))
    assert told(read(*WEB, "We run 4 replicas of the web as Deployment `worker`.")) != []


def test_a_requirement_in_a_security_section_is_a_sentence_and_no_label() -> None:
    rows = ("## Deployments", "- **web-app**", "## Security")

    assert [
        fact[3:] for fact in stated(read(*rows, "- **SEC-1**: All containers MUST run as user 1000.")) if fact[0] == 4
    ] == [("securityContext.runAsUser", "1000")]
    assert [line for line, _ in told(read(*rows, "- **Runs as**: user 1000"))] == [4]


WORKER = ("## Deployments", "- **web-app**", "- **api-app**", "- **worker**")


@pytest.mark.parametrize(
    ("above", "whose"),
    [
        (("## Probes",), ["api-app", "web-app", "worker"]),
        (("## API",), ["api-app"]),
        (("## The API", "### Health"), ["api-app"]),
        (("## Deployment `worker`",), ["worker"]),
        (("## Sundry", "`web-app` pulls its image with `Always`.", ""), ["web-app"]),
        (("## Sundry", "`web-app` pulls its image with `Always`.", "", "## Rest"), ["api-app", "web-app", "worker"]),
    ],
)
@pytest.mark.parametrize(
    ("sentence", "attribute"),
    [("Readiness probes run every 10 seconds.", "readinessProbe.periodSeconds"),
     ("The root filesystem is read-only.", "securityContext.readOnlyRootFilesystem"),
     ("The service account token is mounted.", "spec.template.spec.automountServiceAccountToken")],
)  # fmt: skip
def test_a_sentence_without_a_workload_is_about_those_of_its_section(
    above: tuple[str, ...], whose: list[str], sentence: str, attribute: str
) -> None:
    model = read(*WORKER, "", *above, sentence)
    assert sorted(s.name for s in model.statements if s.attribute == attribute) == whose


def test_an_item_of_a_list_stands_by_itself() -> None:
    rows = ("## Health", "- `web-app` pulls its image with `Always`.", "- Readiness probes run every 10 seconds.")
    model = read(*WORKER, "", *rows)
    assert [s.name for s in model.statements if s.line == 8] == ["web-app", "api-app", "worker"]


def test_what_all_have_is_said_of_all_whatever_its_section_speaks_of() -> None:
    model = read(
        *WORKER, "## Sundry", "`web-app` pulls its image with `Always`.", "", "All containers run as user 7."
    )
    assert [s.name for s in model.statements if s.line == 8] == ["web-app", "api-app", "worker"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("The service account token is mounted", "true"),
        ("Service account tokens are automounted into all pods", "true"),
        ("Pods mount a service account token", "true"),
        ("No service account token is mounted", "false"),
        ("Containers never mount their service account token", "false"),
    ],
)
def test_whether_a_token_is_mounted(line: str, value: str) -> None:
    assert [fact[2] for fact in said(f"{line}.")] == [value, value]


@pytest.mark.parametrize(
    "line", ["The service account token was mounted.", "The token is mounted where it is needed."]
)
def test_what_says_no_more_of_tokens_is_prose(line: str) -> None:
    assert said(line) == []
