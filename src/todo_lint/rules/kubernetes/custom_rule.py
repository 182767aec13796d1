"""A rule of the custom resource definition does not hold.

What it finds
    The definition of a custom kind may hold CEL rules (x-kubernetes-validations); a server evaluates them on each
    object of the kind and refuses one for which a rule is false. The message is the one that the definition gives.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules

Bad
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: lamps.example.com
    spec:
      group: example.com
      scope: Namespaced
      names:
        kind: Lamp
        plural: lamps
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    watts:
                      type: integer
                  x-kubernetes-validations:
                    - rule: self.watts <= 60
                      message: a lamp may have 60 watts
    ---
    apiVersion: example.com/v1
    kind: Lamp
    metadata:
      name: desk
    spec:  # <-- here
      watts: 75

Good
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: lamps.example.com
    spec:
      group: example.com
      scope: Namespaced
      names:
        kind: Lamp
        plural: lamps
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    watts:
                      type: integer
                  x-kubernetes-validations:
                    - rule: self.watts <= 60
                      message: a lamp may have 60 watts
    ---
    apiVersion: example.com/v1
    kind: Lamp
    metadata:
      name: desk
    spec:
      watts: 60
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
    yield from defects_of("custom-rule", resource, context)
