"""One reference: a field of a resource that names another resource."""

from __future__ import annotations

import enum

from todo_lint.findings import Route
from todo_lint.manifests.resources import Resource
from todo_lint.records import dataclass


class Use(enum.StrEnum):
    """What a reference is for."""

    ENV = "env"
    ENV_FROM = "envFrom"
    VOLUME = "volume"
    PARTIAL_VOLUME = "volume of which single files are mounted"
    SUB_PATH = "subPath"
    CLAIM = "claim"
    IMAGE_PULL = "imagePullSecrets"
    SERVICE_ACCOUNT = "serviceAccount"
    BACKEND = "backend"
    WEBHOOK = "webhook"
    GOVERNING_SERVICE = "serviceName"
    SCALE_TARGET = "scaleTarget"
    ROLE = "roleRef"
    SUBJECT = "subject"
    TLS = "tls"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, and the field that holds it.

    ``route`` leads to the name in ``source``. ``namespace`` is the one in which the resource is looked for; empty
    for kinds that have none. ``key`` is a key of a ConfigMap or Secret, or the port (a name, or a number as text)
    of a Service, at ``key_route``. ``optional``: Kubernetes does without the resource or the key.
    """

    source: Resource
    route: Route
    use: Use
    kind: str
    name: str
    namespace: str
    key: str | None = None
    key_route: Route = ()
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"
