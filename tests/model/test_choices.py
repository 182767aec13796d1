"""Blocks of values that one may choose are no statements, also below headings that name a kind."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel

REASON = "values that one may choose; what the defaults are is read below 'values.yaml'"


def _model(text: str) -> DataModel:
    return read_markdown(text, "data-model.md")


@pytest.mark.parametrize(
    "text",
    [
        "## Ingress\n\n```yaml\ningress:\n  enabled: true\n  className: nginx\n```\n",
        "## Network Policy\n\nTo match your cluster:\n\n```yaml\nnetworkPolicy:\n  from: {app: web}\n```\n",
        "## Images\n\n```yaml\nimage:\n  repository: web\n  tag: v1\n```\n",
        "Moves the data to a StatefulSet:\n\n```yaml\nstore:\n  mode: file\n```\n",
        "Set the connection via values:\n\n```yaml\ndatabase:\n  host: db\n```\n",
        "## ServiceMonitor\n\nFor scraping:\n\n```yaml\nserviceMonitor:\n  enabled: true\n```\n",
        "## ServiceMonitor\n\n```yaml\nmetrics:\n  serviceMonitor:\n    enabled: true\n```\n",
        "## Larger shops\n\n```yaml\n# my-values.yaml\nweb:\n  replicaCount: 4\n```\n",
        "In a cloud, annotate it:\n\n```yaml\nserviceAccount:\n  annotations: {a: b}\nlabels: {a: b}\n```\n",
    ],
)
def test_what_one_may_choose(text: str) -> None:
    model = _model(text)

    assert model.statements == ()
    first = text.split("\n").index("```yaml") + 2
    assert (first, REASON) in [(line.line, line.reason) for line in model.prose]


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("## Service: web\n\nConfigure it:\n\n```yaml\nspec:\n  type: NodePort\n```\n", "type"),
        (
            "### Deployment: web\n\nSet the limits:\n\n```yaml\nresources: {limits: {cpu: 1}}\n```\n",
            "resources.limits.cpu",
        ),
        ("## Values\n\nThe defaults to set are:\n\n```yaml\ndatabase:\n  host: db\n```\n", "database.host"),
        (
            "## ServiceMonitor: web\n\n```yaml\nspec:\n  selector: {matchLabels: {a: b}}\n```\n",
            "spec.selector.matchLabels.a",
        ),
        ("## Defaults\n\n```yaml\n# values.yaml\nweb:\n  replicaCount: 4\n```\n", "web.replicaCount"),
        ("## PodDisruptionBudget: web\n\n```yaml\nselector: {matchLabels: {a: b}}\n```\n", "selector"),
    ],
)
def test_what_is_stated_all_the_same(text: str, attribute: str) -> None:
    assert attribute in [statement.attribute for statement in _model(text).statements]


def test_values_of_an_environment_are_held_against_its_profile_alone() -> None:
    model = _model("## Going live\n\n```yaml\n# production-values.yaml\nweb:\n  replicaCount: 4\n```\n")

    assert [(s.line, s.attribute, s.environment) for s in model.statements] == [(6, "web.replicaCount", "production")]
