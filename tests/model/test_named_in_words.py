"""Sentences that name a workload by a plain word, as messages do, behind *for*; keys of an object, and schedules."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

NAMED = ("## Workloads", "", "The Deployment `mailer` has 2 replicas. The CronJob `digest` runs at `0 6 * * *`.", "",
         "Config: cm/mailer-config, secret/mailer-auth", "", "## More", "")  # fmt: skip
"""What follows stands on line 9."""


def said(line: str) -> list[tuple[str, str, str]]:
    """Name, attribute and value of what a line states."""
    return [fact[2:] for fact in stated(read(*NAMED, line)) if fact[0] == 9]


def test_a_schedule_is_read() -> None:
    assert (3, "CronJob", "digest", "schedule", "0 6 * * *") in stated(read(*NAMED))


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("The mailer runs as user 2000.", [("mailer", "securityContext.runAsUser", "2000")]),
        ("The digest uses `acme/digest:1`.", [("digest", "image", "acme/digest:1")]),
        ("- Deployment/mailer listens on port 8025.", [("mailer", "containerPort", "8025")]),
        ("For `digest` the memory limit is 256Mi.", [("digest", "resources.limits.memory", "256Mi")]),
        ("`mailer` asks for 50m CPU and 64Mi of memory.",
         [("mailer", "resources.requests.cpu", "50m"), ("mailer", "resources.requests.memory", "64Mi")]),
        ("Keys of `mailer-auth`: `SMTP_PASSWORD`, `DKIM_KEY`.",
         [("mailer-auth", "data.SMTP_PASSWORD", ""), ("mailer-auth", "data.DKIM_KEY", "")]),
        ("Mail goes to `smtp://mailer-service:25`.",
         [("mailer-service", "name", "mailer-service"), ("mailer-service", "port", "25")]),
        ("Mail goes to `mailer-service.mail.svc.cluster.local:25`.",
         [("mailer-service", "name", "mailer-service"), ("mailer-service", "namespace", "mail"),
          ("mailer-service", "port", "25")]),
        ("HPA `mailer`: 2\u20136 replicas at 75 % CPU.",
         [("mailer", "name", "mailer"), ("mailer", "minReplicas", "2"), ("mailer", "maxReplicas", "6"),
          ("mailer", "metrics.cpu", "75")]),
    ],
)  # fmt: skip
def test_what_such_a_sentence_says_is_read(line: str, facts: list[tuple[str, str, str]]) -> None:
    assert said(line) == facts
    assert told(read(*NAMED, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "The mailer team runs 2 replicas of it.",
        "A mailer runs as user 2000 in other teams.",
        "The mailer would run as user 2000.",
        "See deployment/mailer/values.yaml or src/Deployment/mailer/.",
        "Mail goes to `mailer.example.com:25`.",
        "Keys of `mailer-auth` and `mailer-config`: many.",
        "HPA `mailer`: it may come.",
    ],
)
def test_other_sentences_with_that_word_state_nothing(line: str) -> None:
    assert [fact for fact in said(line) if fact[1] != "name"] == []


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("The chart deploys a Deployment `web` and a Service `web-svc`.",
         [("web", "name", "web"), ("web-svc", "name", "web-svc")]),
        ("The Helm chart contains a ConfigMap named `flags`, a Secret called `keys` and an Ingress.",
         [("flags", "name", "flags"), ("keys", "name", "keys"), ("", "exists", "")]),
        ("The chart deploys one Deployment `web`.", [("web", "name", "web")]),
        ("The chart deploys the Deployment `mailer` and the Service `mailer`.", [("mailer", "name", "mailer")]),
        ("The redis chart deploys a StatefulSet `redis-master`.", []),
        ("The chart deploys the StatefulSet `old` of the subchart.", []),
        ("The chart deploys a Deployment `web` if it is enabled.", []),
    ],
)  # fmt: skip
def test_what_the_chart_makes_may_have_names(line: str, facts: list[tuple[str, str, str]]) -> None:
    assert said(line) == facts


def test_a_name_that_a_heading_tells_stays_where_it_is_told() -> None:
    lines = ("## Deployment `web`", "", "- replicas: 2", "", "## More", "", "The chart deploys a Deployment `web`.")
    assert (1, "Deployment", "web", "name", "web") in stated(read(*lines))


_WEB = ("## Deployment `web`", "", "- replicas: 2", "")
_API = ("## Deployment `api`", "", "- replicas: 3", "")


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Shutdown is slow, so terminationGracePeriodSeconds is 30.",
         ("web", "spec.template.spec.terminationGracePeriodSeconds", "30")),
        ("The `imagePullPolicy` is `Always`.", ("web", "imagePullPolicy", "Always")),
    ],
)  # fmt: skip
def test_a_field_without_a_workload_is_of_the_only_one_and_told_where_there_are_several(
    line: str, facts: tuple[str, str, str]
) -> None:
    assert (7, "Deployment", *facts) in stated(read(*_WEB, "## Remarks", "", line))
    several = read(*_WEB, *_API, "## Remarks", "", line)
    assert [fact for fact in stated(several) if fact[0] == 11] == []
    (hint,) = [said.hint for said in several.statements if said.line == 11 and not said.understood]
    again = read(
        *_WEB, *_API, "## Remarks", "", hint.partition("looks like: ")[2] or hint.rpartition("workload: ")[2]
    )
    assert (11, "Deployment", *facts) in stated(again)


@pytest.mark.parametrize(
    "line",
    [
        "The default imagePullPolicy is IfNotPresent.",
        "If it hangs, terminationGracePeriodSeconds is 30.",
        "In Kubernetes terminationGracePeriodSeconds is 30.",
        "terminationGracePeriodSeconds was 30 before.",
        "For the migration job, terminationGracePeriodSeconds is 30.",
    ],
)
def test_a_field_in_general_or_of_another_states_nothing(line: str) -> None:
    document = read(*_WEB, "## Remarks", "", line)
    assert [fact for fact in stated(document) if fact[0] == 7] == []


@pytest.mark.parametrize("value", ["false", "true"])
def test_the_value_in_parentheses_is_what_is_held(value: str) -> None:
    line = f"- **SEC-5**: Privilege escalation MUST be disabled (`allowPrivilegeEscalation: {value}`)."
    facts = [fact for fact in stated(read(*_WEB, *_API, "## Security", "", line)) if fact[0] == 11]
    assert [fact[2:] for fact in facts] == [
        (name, "securityContext.allowPrivilegeEscalation", value) for name in ("web", "api")
    ]
