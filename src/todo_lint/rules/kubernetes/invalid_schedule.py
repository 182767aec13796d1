"""The schedule of a CronJob cannot be read.

What it finds
    A schedule has five fields (minute, hour, day of the month, month, day of the week from 0 to 6) or is a
    descriptor such as @daily or @every 1h. The time zone belongs into timeZone. The server reads schedules with
    the library robfig/cron, which knows neither 7 for Sunday nor L, W or #.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax

Bad
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: report
    spec:
      schedule: "0 6 * *"  # <-- here
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: report
                  image: report:1.0

Good
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: report
    spec:
      schedule: "@every 6h"
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: report
                  image: report:1.0
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
    yield from defects_of("invalid-schedule", resource, context)
