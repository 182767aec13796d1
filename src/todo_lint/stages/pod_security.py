"""The rules of the Pod Security Standards, where a level of these holds."""

from __future__ import annotations

from todo_lint.rules.api import Context, Subject
from todo_lint.stages.apply_rules import RuleRunner

_LABEL = "pod-security.kubernetes.io/enforce"


def check_pod_security(rules: RuleRunner, context: Context, policy: str | None, namespace: str) -> None:
    """Hold all pods against the level that ``policy`` names, and against that of their Namespace if it is rendered.

    ``policy`` is ``restricted``, or with a version of the standard ``restricted:v1.30``; None where the configuration
    says nothing. ``namespace`` is that of resources that name none.
    """
    labelled = any(_LABEL in str(found.get("metadata", "labels")) for found in context.resources.of_kind("Namespace"))
    if policy is None and not labelled:
        return
    # Imported here: most charts are held against no level.
    from todo_lint.kubernetes.podsecurity import parse_policy, secured_pods

    wanted = parse_policy(policy) if policy else None
    rules.apply(Subject.POD, secured_pods(context.resources, wanted, namespace, context.versions), context)
