"""The selector does not select the workload's own pods.

What it finds
    The selector of a workload must select the labels of its pod template; otherwise the controller would create
    pods for ever without finding them. Where a Service selects the labels of the template, it is the selector that
    is pointed at.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector

Bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:  # <-- here
            app: website
        spec:
          containers:
            - name: web
              image: web:1.0
              imagePullPolicy: Always
              resources:
                requests:
                  memory: 128Mi
                limits:
                  memory: 256Mi
              volumeMounts:
                - name: cache
                  mountPath: /cache
          volumes:
            - name: cache
              emptyDir: {}

Good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
              imagePullPolicy: Always
              resources:
                requests:
                  memory: 128Mi
                limits:
                  memory: 256Mi
              volumeMounts:
                - name: cache
                  mountPath: /cache
          volumes:
            - name: cache
              emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity
from todo_lint.manifests.pod_templates import PodTemplate, pod_template
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.manifests.selectors import by_labels, selects
from todo_lint.model.outcomes import Target
from todo_lint.records import replace
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.ERROR

_SELECTOR = ("spec", "selector", "matchLabels")


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort to the resource, at what is wrong, with the other side."""
    for defect in defects_of("selector-mismatch", resource, context):
        pods = pod_template(resource)
        wrong = _wrong_label(pods) if pods else ()
        if pods is None or not wrong:
            yield defect
        elif _is_served(pods, context):
            labels = Target((*pods.route, "metadata", "labels"), resource)
            related = ("the labels of the template, which a Service selects", labels)
            yield replace(defect, place=Target(wrong, resource), related=(related,))
        else:
            yield replace(defect, related=(("the selector", Target(wrong, resource)),))


def _wrong_label(pods: PodTemplate) -> Route:
    """The first label of the selector that the template does not have; none where it is the expressions."""
    wanted = mapping_at(dict(pods.resource.value), _SELECTOR)
    return next(((*_SELECTOR, key) for key, value in wanted.items() if pods.labels.get(key) != value), ())


def _is_served(pods: PodTemplate, context: Context) -> bool:
    """Whether some Service selects the template's labels: then the selector of the workload is the odd one out."""
    services = (mapping_at(dict(s.value), ("spec", "selector")) for s in context.resources.of_kind("Service"))
    return any(labels and selects(by_labels(labels), pods.labels) for labels in services)
