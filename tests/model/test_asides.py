"""What sentences say beside their verbs, of probes, and of all workloads in one form each."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

NAMED = ("## Deployments", "- **web-app**", "- **api-app**", "## Services", "- **api-service**", "## Sundry", "")
"""What follows stands on line 8."""
BOTH = ("web-app", "api-app")


def said(*lines: str) -> list[tuple[int, str, str, str]]:
    """Line, name, attribute and value of what some lines state."""
    return [(line, *fact) for line, _, *fact in stated(read(*NAMED, *lines)) if line >= 8]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Both images are pulled only if they are not there (`imagePullPolicy: IfNotPresent`).",
         [(name, "imagePullPolicy", "IfNotPresent") for name in BOTH]),
        ("A pod has time to finish (terminationGracePeriodSeconds: 30).",
         [(name, "spec.template.spec.terminationGracePeriodSeconds", "30") for name in BOTH]),
        ("Old pods stay until new ones are ready (maxUnavailable 0, maxSurge 1).",
         [(name, f"spec.strategy.rollingUpdate.{field}", value) for name in BOTH
          for field, value in (("maxUnavailable", "0"), ("maxSurge", "1"))]),
        ("The web waits longer than most (`terminationGracePeriodSeconds: 60`).",
         [("web-app", "spec.template.spec.terminationGracePeriodSeconds", "60")]),
        ("It is seen from outside through the NodePort Service `web-service` on port 80.",
         [("web-service", "name", "web-service"), ("web-service", "type", "NodePort"),
          ("web-service", "port", "80")]),
        ("We expose the web through the NodePort Service `web-service`, which forwards port 80 to port 3000.",
         [("web-service", "name", "web-service"), ("web-service", "type", "NodePort"), ("web-service", "port", "80"),
          ("web-service", "targetPort", "3000")]),
        ("The web therefore calls `http://api-service:8000`.", [("api-service", "port", "8000")]),
        ("Ask it: `kubectl exec deploy/web-app -- wget http://api-service:8000/health`",
         [("api-service", "port", "8000")]),
        ("The web calls http://queue-service.shop.svc:5672/.",
         [("queue-service", "name", "queue-service"), ("queue-service", "namespace", "shop"),
          ("queue-service", "port", "5672")]),
        ("The default is `web.replicaCount=1` and `api.log.level: info`.",
         [("values.yaml", "web.replicaCount", "1"), ("values.yaml", "api.log.level", "info")]),
        ("- **FR-1**: The web MUST answer liveness and readiness probes at `/health` on port 8000.",
         [("web-app", f"{probe}Probe.{field}", value) for probe in ("liveness", "readiness")
          for field, value in (("path", "/health"), ("port", "8000"))]),
        ("Readiness: GET `/health` on 8000 every 9 s (api), GET `/` on 3000 every 8 s (web).",
         [("api-app", "readinessProbe.path", "/health"), ("api-app", "readinessProbe.port", "8000"),
          ("api-app", "readinessProbe.periodSeconds", "9"), ("web-app", "readinessProbe.path", "/"),
          ("web-app", "readinessProbe.port", "3000"), ("web-app", "readinessProbe.periodSeconds", "8")]),
        ("The startup probe allows 120 s (60 \u00d7 2 s).",
         [(name, f"startupProbe.{field}", value) for name in BOTH
          for field, value in (("failureThreshold", "60"), ("periodSeconds", "2"))]),
        ("- **FR-2**: Updates MUST be rolling, with at most 0 pods unavailable and one extra pod.",
         [(name, attribute, value) for name in BOTH for attribute, value in
          (("strategy", "RollingUpdate"), ("spec.strategy.rollingUpdate.maxUnavailable", "0"),
           ("spec.strategy.rollingUpdate.maxSurge", "1"))]),
        ("A scratch volume is mounted at `/tmp`.", [(name, "volumeMounts.", "/tmp") for name in BOTH]),
        ("An emptyDir `tmp` is mounted at `/tmp` in all pods.",
         [(name, attribute, value) for name in BOTH
          for attribute, value in (("volumes.tmp", "emptyDir"), ("volumeMounts.tmp", "/tmp"))]),
    ],
)  # fmt: skip
def test_what_is_said_beside_the_verb_is_read(line: str, facts: list[tuple[str, str, str]]) -> None:
    assert sorted(fact[1:] for fact in said(line)) == sorted(facts)
    assert told(read(*NAMED, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Images could be pulled each time (`imagePullPolicy: Always`).",
        "It was longer before (`terminationGracePeriodSeconds: 90`).",
        "The pods are small (`containerPort: 80`).",
        "The pods are small (see maxSurge).",
        "All three images are pulled (`imagePullPolicies: Always`).",
        "The web called `http://api-service:8000` when it was young.",
        "On your machine it is http://localhost:8000.",
        "See http://wiki.example.com:8080 for more.",
        "The API is at http://api:8000.",
        "By default `web.debug=false`; turn it on with `web.debug=true`.",
        "The worker takes longer (`terminationGracePeriodSeconds: 300`).",
        "The pods of the migration take longer (`terminationGracePeriodSeconds: 300`).",
        "The web used to call `http://api-service:80`.",
        "Do not set `web.replicaCount=3`, the default is better.",
        "Install it with `web.replicaCount=3`.",
        "The startup probe allows 100 s (60 x 2 s).",
        "Updates are rolling, with care.",
        "A scratch volume may be mounted at `/tmp`.",
        "Both are injected with `envFrom`.",
    ],
)
def test_what_may_be_or_lies_elsewhere_is_not(line: str) -> None:
    assert said(line) == []


def test_each_is_on_the_line_on_which_it_stands() -> None:
    lines = ("A rollout keeps all old pods until the new ones are ready (maxSurge 1)", "and gives a pod time",
             "to finish (terminationGracePeriodSeconds: 30).")  # fmt: skip
    assert [(line, value) for line, name, _, value in said(*lines) if name == "web-app"] == [(8, "1"), (10, "30")]


def test_both_are_those_of_which_the_section_speaks() -> None:
    lines = (
        "Plain settings live in the ConfigMap `web-config`, with the keys `a_b` and `c_d`.", "",
        "Tokens live in the Secret `web-auth`, with the key `e_f`.", "", "Both are injected with `envFrom`.",
    )  # fmt: skip
    assert [fact for fact in said(*lines) if fact[2] == "env.from"] == [
        (12, name, "env.from", "ConfigMap/web-config,Secret/web-auth") for name in BOTH
    ]
    assert [fact for fact in said(*lines[2:]) if fact[2] == "env.from"] == []


def test_a_url_that_is_the_value_of_a_key_says_no_more_than_that() -> None:
    config = "ConfigMap `web-config` contains the keys `api_url` and `b_c`."
    assert said(config, "", "- **FR-1**: `api_url` MUST be `http://api-service:8000`.")[-1] == (
        10, "web-config", "data.api_url", "http://api-service:8000",
    )  # fmt: skip


def test_a_description_in_one_word_is_known_by_its_words() -> None:
    model = read("## Entity: ShopConfig (ConfigMap)", "- `log_level`: info", "## Web (Deployment)",
                 "### Relationships", "- Reads every key of `shop-config` (envFrom)")  # fmt: skip
    assert stated(model) == [
        (2, "ConfigMap", "shop-config", "data.log_level", "info"),
        (5, "Deployment", "web", "env.from", "ConfigMap/shop-config"),
    ]
