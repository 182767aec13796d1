"""A NetworkPolicy cuts a connection that a pod's variable needs.

What it finds
    A variable (or argument) of a pod holds the address of a Service of the chart, and the NetworkPolicies of the
    chart that select the pods at either end do not let the connection through: none lets the pod out to them, or
    into them, at the port of the container; or none lets it ask DNS (port 53) for the Service's name. Addresses
    (`ipBlock`) and labels of namespaces are not known, and count as let through.

Why it matters
    Where the cluster enforces NetworkPolicies, the connection times out.
    Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://api
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:  # <-- here
        - from:
            - podSelector:
                matchLabels:
                  app: admin

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://api
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:
        - from:
            - podSelector:
                matchExpressions:
                  - key: app
                    operator: In
                    values: [admin, web]
          ports:
            - port: 8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.network_policies import Peer, lets_ask_dns, lets_in, lets_out
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.resources import Resource, at
from todo_lint.rules.addresses import where
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import place
from todo_lint.rules.service_ports import ports_of

SUBJECT = Subject.GRAPH
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each connection that is cut, once for the two ends and the port."""
    seen: set[tuple[int, int, int | None]] = set()
    for used in graph.addresses if graph.policies else ():
        source = graph.pods_of(used.source)
        service = graph.find("Service", used.service.name, used.service.namespace)
        if source is None or service is None:
            continue
        key = (id(source), id(service), used.address.port)
        if key not in seen:
            seen.add(key)
            yield from _cut(graph, used, source, service)


def _cut(graph: Graph, used: UsedAddress, source: PodTemplate, service: Resource) -> Iterator[Defect]:
    policies = graph.policies.get(id(source), ())
    if policies and not lets_ask_dns(policies, graph.namespace_of(source.resource)):
        yield _defect(policies[0], "egress", used, f"lets {source.resource.ref} not ask DNS (port 53)", service)
        return
    for target in graph.selected(service):
        port = _port(service, used.address.port, target)
        if port is None or target is source:
            continue
        ends = _peer(graph, source), _peer(graph, target)
        if not lets_out(policies, ends[0], ends[1], port):
            what = f"does not let {source.resource.ref} out to port {port} of {target.resource.ref}"
            yield _defect(policies[0], "egress", used, what, service)
            return
        entering = graph.policies.get(id(target), ())
        if not lets_in(entering, ends[1], port, ends[0]):
            what = f"does not let {source.resource.ref} into port {port} of {target.resource.ref}"
            yield _defect(entering[0], "ingress", used, what, service)
            return


def _peer(graph: Graph, pods: PodTemplate) -> Peer:
    return Peer(pods.labels, graph.namespace_of(pods.resource), pods.ports())


def _port(service: Resource, port: int | None, pods: PodTemplate) -> int | None:
    """The container's port behind a port of the Service; None where it is not known."""
    for entry in ports_of(service):
        if at(entry, ("port",)) != port or at(entry, ("protocol",)) not in (None, "TCP"):
            continue
        target = at(entry, ("targetPort",)) or port
        if isinstance(target, int):
            return target
        return next((known.number for known in pods.ports() if known.name == target), None)
    return None


def _defect(policy: Resource, direction: str, used: UsedAddress, what: str, service: Resource) -> Defect:
    return Defect(
        f"{policy.ref} {what}, which the address of {service.ref} in its pods needs",
        place(policy, "spec", direction),
        f"allow the connection in a rule of {direction}",
        related=(("the address stands here", where(used)),),
    )
