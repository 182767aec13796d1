"""A name is too long where the release has a long name.

What it finds
    Names and labels that are made of the release's name and exceed their limit when that has 53 characters, the most
    that Helm allows: 63 for labels and for the names of Services, 52 for CronJobs, and 52 for StatefulSets, whose
    pods have a label with the name and a hash. The finding is a note, since shorter release names work, and one for
    all the names of a chart, since one helper makes them: that which is too long first, with the length of the
    release's name from which on it is.

Why it matters
    `helm install` fails for some users of the chart, or installs a StatefulSet that never makes a pod.
    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and, of StatefulSets,
    https://github.com/kubernetes/kubernetes/issues/64023

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}-backend-headless  # <-- here
    spec:
      clusterIP: None
      ports:
        - port: 80

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name | trunc 46 | trimSuffix "-" }}-backend-headless
    spec:
      clusterIP: None
      ports:
        - port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.helm.checks import MAX_RELEASE_NAME
from todo_lint.kubernetes.report import label
from todo_lint.rules.api import Context, Defect, LongName, Subject, Target

SUBJECT = Subject.LONG_NAME
SEVERITY = Severity.NOTE


def check(name: LongName, context: Context) -> Iterator[Defect]:
    """Yield a name that is too long under the longest release name."""
    longest = f"{MAX_RELEASE_NAME} characters, as Helm allows"
    begins = f"{name.first} characters or more" if 0 < name.first < MAX_RELEASE_NAME else longest
    most = f"{name.limit} characters" if name.limit else "fewer"
    whose = ", since a label of its pods holds it and a hash" if name.by_pods else ""
    message = (
        f"{label(name.route)} of a {name.resource.ref.kind} is too long where the release's name has {begins}: "
        f"it may have {most}{whose}, and has {len(name.text)} where that has {MAX_RELEASE_NAME}"
    )
    yield Defect(message, Target(name.route, name.resource), "truncate the part that the release's name makes up")
