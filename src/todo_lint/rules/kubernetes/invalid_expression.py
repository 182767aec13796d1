"""A CEL expression does not compile.

What it finds
    Expressions of admission policies, webhooks, device selectors and custom resource definitions are compiled
    when the object is created: their syntax, variables, fields and types must be right.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/reference/using-api/cel/

Bad
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicy
    metadata:
      name: replicas
    spec:
      failurePolicy: Fail
      matchConstraints:
        resourceRules:
          - apiGroups: [apps]
            apiVersions: [v1]
            operations: [CREATE]
            resources: [deployments]
      validations:
        - expression: object.spec.replicas <  # <-- here

Good
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicy
    metadata:
      name: replicas
    spec:
      failurePolicy: Fail
      matchConstraints:
        resourceRules:
          - apiGroups: [apps]
            apiVersions: [v1]
            operations: [CREATE]
            resources: [deployments]
      validations:
        - expression: object.spec.replicas <= 5
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.ERROR


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("invalid-expression", resource, context)
