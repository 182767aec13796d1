"""What looks like a difference and is none: the trap stays silent, and a real difference beside it is found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.statements import Attribute, DataModel, Kind, Modality, Statement

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{name: http, containerPort: 3000}]
          resources: {limits: {cpu: 500m, memory: 1Gi}}
          envFrom: [{secretRef: {name: made-elsewhere}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web, tier: front}
  ports: [{port: 80, targetPort: http}]
"""


def _verdict(kind: Kind, name: str, attribute: str, value: str, modality: Modality, **more: object) -> Verdict:
    statement = Statement(kind, name, attribute, value, modality, 3, f"- {value}", **more)  # type: ignore[arg-type]
    model = DataModel("data-model.md", (statement,), ())
    source = Source("x.yaml", Layer.MANIFEST, DEPLOYMENT)
    resources = index((source, read) for read in read_stream(DEPLOYMENT))
    evidence = Evidence(model, resources, pair(model, resources), "default", None, None, namespace_given=False)
    return judge(statement, evidence).verdict


A, K, M, V = Attribute, Kind, Modality, Verdict
NONE: Mapping[str, object] = {}


@pytest.mark.parametrize(
    ("kind", "attribute", "value", "modality", "more", "verdict"),
    [
        (K.DEPLOYMENT, A.LIMITS_CPU, "0.5", M.REQUIRED, NONE, V.HOLDS),
        (K.DEPLOYMENT, A.LIMITS_CPU, "0.6", M.REQUIRED, NONE, V.VIOLATED),
        (K.DEPLOYMENT, A.REPLICAS, "1", M.CONFIGURABLE, NONE, V.HOLDS),
        (K.DEPLOYMENT, A.REPLICAS, "2", M.CONFIGURABLE, NONE, V.VIOLATED),
        (K.SERVICE, A.TARGET_PORT, "3000", M.REQUIRED, NONE, V.HOLDS),
        (K.SERVICE, A.TARGET_PORT, "3001", M.REQUIRED, NONE, V.VIOLATED),
        (K.SERVICE, A.SELECTOR, "app=web", M.REQUIRED, NONE, V.HOLDS),
        (K.SERVICE, A.SELECTOR, "app=api", M.REQUIRED, NONE, V.VIOLATED),
        (K.SERVICE, A.NODE_PORT, "30080", M.AUTO_ASSIGNED, NONE, V.HOLDS),
        (K.SERVICE, A.NODE_PORT, "30080", M.REQUIRED, NONE, V.MISSING),
        (K.SERVICE, A.PORT, "8080", M.EXAMPLE, NONE, V.HOLDS),
        (K.SERVICE, A.PORT, "8080", M.FUTURE, NONE, V.LATER),
        (K.SERVICE, A.PORT, "8080", M.OPTIONAL, NONE, V.LATER),
        (K.SERVICE, A.PORT, "80", M.OPTIONAL, NONE, V.HOLDS),
        (K.SERVICE, A.TYPE, "", M.ONE_OF, {"alternatives": ("NodePort", "ClusterIP")}, V.HOLDS),
        (K.SERVICE, A.TYPE, "", M.ONE_OF, {"alternatives": ("NodePort", "LoadBalancer")}, V.VIOLATED),
        (K.DEPLOYMENT, A.LIMITS_MEMORY, "", M.RANGE, {"bounds": ("", "1Gi")}, V.HOLDS),
        (K.DEPLOYMENT, A.LIMITS_MEMORY, "", M.RANGE, {"bounds": ("2Gi", "")}, V.VIOLATED),
        (K.DEPLOYMENT, A.IMAGE, "web:{tag}", M.PLACEHOLDER, NONE, V.HOLDS),
        (K.DEPLOYMENT, A.IMAGE, "api:{tag}", M.PLACEHOLDER, NONE, V.VIOLATED),
        (K.SERVICE, A.NAMESPACE, "todo", M.REQUIRED, NONE, V.NOT_CHECKABLE),
    ],
)  # fmt: skip
def test_a_trap_and_its_neighbour(
    kind: Kind, attribute: str, value: str, modality: Modality, more: Mapping[str, object], verdict: Verdict
) -> None:
    assert _verdict(kind, "web", attribute, value, modality, **more) is verdict


def test_a_secret_made_elsewhere_is_not_missing() -> None:
    assert _verdict(K.SECRET, "made-elsewhere", "data.token", "", M.REQUIRED) is V.NOT_CHECKABLE
    assert _verdict(K.SECRET, "used-by-nobody", "data.token", "", M.REQUIRED) is V.MISSING
