"""A value that the document keeps in a Secret stands in the clear.

What it finds
    A key that the document lists under a Secret is also a key of a ConfigMap, or an environment variable with a
    literal value or one taken from a ConfigMap. Case and separators of the key do not matter. So is one that the
    document does not state, and whose name says that it is a secret (`DB_PASSWORD`).

Why it matters
    ConfigMaps and pod specs are readable by far more people and programs than Secrets, and end up in logs.

Bad
    -- data-model.md --
    ### Configurations
    - **web-secrets Secret**
      - jwt_secret: [encrypted]
      - api_key: [encrypted]
    - **web-config ConfigMap**
      - api_url: http://api:8000
    ## Security Model
    - **Secrets Management**: Kubernetes native secrets for sensitive data
    -- manifest.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-secrets
    data:
      jwt_secret: ZHVtbXk=
      api_key: ZHVtbXk=
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      API_KEY: none  # <-- here
      api_url: http://api:8000

Good
    -- data-model.md --
    ### Configurations
    - **web-secrets Secret**
      - jwt_secret: [encrypted]
      - api_key: [encrypted]
    - **web-config ConfigMap**
      - api_url: http://api:8000
    ## Security Model
    - **Secrets Management**: Kubernetes native secrets for sensitive data
    -- manifest.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-secrets
    data:
      jwt_secret: ZHVtbXk=
      api_key: ZHVtbXk=
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      api_url: http://api:8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute == Attribute.SENSITIVE_DATA:
        yield defect_of(
            divergence, context, "take the value from the Secret (envFrom or secretKeyRef)", excerpt=False
        )
