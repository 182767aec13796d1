"""Time grows with the number of resources, not with its square."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from todo_lint.findings import Layer
from todo_lint.kubernetes.versions import LATEST
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import ResourceSet, Source
from todo_lint.manifests.signs import signs_of
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.registry import rules_for
from todo_lint.stages.profile_run import DocumentReader

PART = """\
apiVersion: v1
kind: Service
metadata: {{name: part-{n}}}
spec:
  selector: {{app: shop, part: part-{n}}}
  ports: [{{port: 80, targetPort: 8000}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: part-{n}}}
data: {{url: "http://part-{other}:80"}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: part-{n}}}
spec:
  selector: {{matchLabels: {{app: shop, part: part-{n}}}}}
  template:
    metadata: {{labels: {{app: shop, part: part-{n}}}}}
    spec:
      serviceAccountName: part-{n}
      containers:
        - name: part
          image: part:1.0
          ports: [{{containerPort: 8000}}]
          env:
            - {{name: URL, value: "http://part-{other}"}}
            - {{name: A, valueFrom: {{configMapKeyRef: {{name: part-{other}, key: url}}}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: part-{n}}}
spec:
  podSelector: {{matchLabels: {{part: part-{n}}}}}
  ingress: [{{from: [{{podSelector: {{matchLabels: {{app: shop}}}}}}]}}]
---
"""


def _resources(parts: int, step: int) -> ResourceSet:
    """Parts that refer to each other; with a step beyond their number, to what is not there."""
    text = "".join(PART.format(n=n, other=(n + 1) % parts if step == 1 else n + step) for n in range(parts))
    return DocumentReader((LATEST,)).resources([Source("all.yaml", Layer.MANIFEST, text)])


def _check(resources: ResourceSet) -> Iterator[Defect]:
    graph = Graph(resources.resources)
    context = Context("", resources, LATEST, {})
    signs_of(graph)
    for rule in rules_for(Subject.GRAPH):
        yield from rule.check(graph, context)


def _seconds(resources: ResourceSet) -> float:
    times = []
    for _ in range(3):
        started = time.process_time()
        list(_check(resources))
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("step", [1, 5000], ids=["all is there", "all dangles"])
def test_time_is_linear_in_the_number_of_resources(step: int) -> None:
    small, large = _resources(62, step), _resources(250, step)
    assert len(large.resources) == 1000

    ratio = _seconds(large) / _seconds(small)

    assert ratio < 8, f"four times as many resources took {ratio:.1f} times as long"


def test_what_dangles_is_told_once_each() -> None:
    messages = [defect.message for defect in _check(_resources(250, 5000))]

    assert len([message for message in messages if " refers to ConfigMap/part-5" in message]) == 250
    assert not [
        d for d in _check(_resources(250, 1)) if "ServiceAccount" not in d.message and "checksum" not in d.message
    ]
