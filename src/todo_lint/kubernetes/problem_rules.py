"""All rules by which an object is judged as an API server would: what each finds, and where that is written.

``todo-lint explain`` and the documentation print these texts.
"""

from __future__ import annotations

from todo_lint.records import dataclass

_REFERENCE = "https://kubernetes.io/docs/reference/kubernetes-api/"
_CONCEPTS = "https://kubernetes.io/docs/concepts/"


@dataclass(frozen=True, slots=True)
class ProblemRule:
    """One rule: a title of a few words, a paragraph of explanation, and the document that it rests on.

    ``refused`` is false where a create is accepted nevertheless, so that the finding is a warning.
    """

    title: str
    explanation: str
    source: str
    refused: bool = True


PROBLEM_RULES: dict[str, ProblemRule] = {
    "unknown-kind": ProblemRule(
        "No server knows this kind",
        "Kind and apiVersion together name a type. Groups of Kubernetes itself have just the kinds of "
        "their version, and kinds come and go between versions; an object of a kind that the server does "
        "not know cannot be created. Kinds of other groups may come from a custom resource definition and"
        " are skipped where its schema is not at hand.",
        "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    ),
    "unknown-field": ProblemRule(
        "The type has no such field",
        "Names of fields are case-sensitive, and strict validation, which kubectl and Helm ask for, "
        "refuses an object with a field that its type does not have. Mostly the name is misspelt or the "
        "field stands one level too high or too low.",
        "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    ),
    "wrong-type": ProblemRule(
        "The value is of another type",
        "A server decodes an object into the types of its API before it looks at anything else. Strings "
        "never become numbers or booleans, nor the other way round, and numbers must fit into 32 or 64 "
        "bits. Templates often lose or add quotes.",
        "https://kubernetes.io/docs/reference/using-api/api-concepts/",
    ),
    "missing-field": ProblemRule(
        "A field that is needed is missing or empty",
        "The field must be given and not be empty: null, an empty string, an empty list and an empty "
        "mapping count as absent.",
        _REFERENCE,
    ),
    "forbidden-field": ProblemRule(
        "The field may not be set here",
        "The field exists, but not beside what else the object says: for example a nodePort in a Service "
        "of the type ClusterIP, or a rollingUpdate beside the strategy Recreate.",
        _REFERENCE,
    ),
    "invalid-value": ProblemRule(
        "The value is not allowed",
        "The value has the right type and yet not the form or the relation to other fields that the API "
        "asks for. The message says what is expected.",
        _REFERENCE,
    ),
    "unsupported-value": ProblemRule(
        "The value is none of the allowed ones",
        "The field takes one of a few words, written exactly so, upper and lower case included.",
        _REFERENCE,
    ),
    "out-of-range": ProblemRule(
        "The number is too small or too large",
        "The API limits the number: ports lie between 1 and 65535, counts are not negative, weights lie "
        "between 1 and 100.",
        _REFERENCE,
    ),
    "invalid-name": ProblemRule(
        "The text has not the form of a name",
        "Names of objects and of many of their parts are DNS labels (RFC 1123: lower-case letters, digits"
        " and hyphens, at most 63 characters) or DNS subdomains (labels joined by dots, at most 253 "
        "characters); ports, environment variables, keys and resources have forms of their own.",
        _CONCEPTS + "overview/working-with-objects/names/",
    ),
    "invalid-label": ProblemRule(
        "A label or annotation has a wrong key or value",
        "Keys have an optional prefix, a DNS subdomain, and a name of at most 63 letters, digits, "
        "hyphens, underscores and dots. Values of labels are as such names or empty; values of "
        "annotations are free.",
        _CONCEPTS + "overview/working-with-objects/labels/#syntax-and-character-set",
    ),
    "duplicate-value": ProblemRule(
        "Something is there twice that may be there once",
        "Names of containers, volumes and ports, mount paths, the pairs of protocol and port of a Service"
        " and much more must be unique where they stand.",
        _REFERENCE,
    ),
    "not-one-of": ProblemRule(
        "None or several of alternatives are given",
        "The API asks for exactly one of several fields, as for the source of a volume, the handler of a "
        "probe, value and valueFrom of an environment variable, or the backend of an Ingress.",
        _REFERENCE,
    ),
    "invalid-quantity": ProblemRule(
        "The text is no quantity",
        "Amounts of resources are numbers with an optional suffix: m, k, M, G, T, P, E for powers of ten,"
        " Ki, Mi, Gi, Ti, Pi, Ei for powers of two, or an exponent. MB, gb and K are no suffixes.",
        _REFERENCE + "common-definitions/quantity/",
    ),
    "invalid-time": ProblemRule(
        "The text is no time",
        "Times are written as RFC 3339 has it, such as 2006-01-02T15:04:05Z; micro times with exactly "
        "six digits after the seconds.",
        "https://www.rfc-editor.org/rfc/rfc3339",
    ),
    "invalid-base64": ProblemRule(
        "The text is no base64",
        "The data of a Secret and other bytes are encoded with standard base64, padding included. Plain "
        "text of a Secret belongs under stringData, which the server encodes itself.",
        _CONCEPTS + "configuration/secret/#restriction-names-data",
    ),
    "invalid-path": ProblemRule(
        "The path is not allowed",
        "Paths inside volumes are relative and hold no .., paths of Ingress rules and webhooks begin with"
        " a slash and hold no empty steps.",
        _REFERENCE + "config-and-storage-resources/volume/",
    ),
    "invalid-schedule": ProblemRule(
        "The schedule of a CronJob cannot be read",
        "A schedule has five fields (minute, hour, day of the month, month, day of the week from 0 to 6) "
        "or is a descriptor such as @daily or @every 1h. The time zone belongs into timeZone. The server "
        "reads schedules with the library robfig/cron, which knows neither 7 for Sunday nor L, W or #.",
        _CONCEPTS + "workloads/controllers/cron-jobs/#schedule-syntax",
    ),
    "invalid-expression": ProblemRule(
        "A CEL expression does not compile",
        "Expressions of admission policies, webhooks, device selectors and custom resource definitions "
        "are compiled when the object is created: their syntax, variables, fields and types must be "
        "right.",
        "https://kubernetes.io/docs/reference/using-api/cel/",
    ),
    "custom-rule": ProblemRule(
        "A rule of the custom resource definition does not hold",
        "The definition of a custom kind may hold CEL rules (x-kubernetes-validations); a server "
        "evaluates them on each object of the kind and refuses one for which a rule is false. The message is "
        "the one that the definition gives.",
        "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules",
    ),
    "invalid-certificate": ProblemRule(
        "No certificate request in PEM",
        "A CertificateSigningRequest holds a certificate request in PEM, encoded once more with base64.",
        "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/",
    ),
    "unknown-volume": ProblemRule(
        "A mount names no volume of its pod",
        "Each volumeMount and volumeDevice names a volume of the same pod, or in a StatefulSet one of "
        "its volumeClaimTemplates.",
        _CONCEPTS + "storage/volumes/",
    ),
    "unknown-reference": ProblemRule(
        "A reference leads to nothing inside the object",
        "The field names another part of the same object that is not there, such as a resource claim of "
        "the pod.",
        _CONCEPTS + "scheduling-eviction/dynamic-resource-allocation/",
    ),
    "request-over-limit": ProblemRule(
        "More is requested than the limit allows",
        "The request of a resource may not exceed its limit, and for extended resources and huge pages "
        "both must be equal. Quantities are compared as numbers: 0.5 equals 500m, 1Gi is more than 1G.",
        _CONCEPTS + "configuration/manage-resources-containers/",
    ),
    "selector-mismatch": ProblemRule(
        "The selector does not select the workload's own pods",
        "The selector of a workload must select the labels of its pod template; otherwise the controller "
        "would create pods for ever without finding them.",
        _CONCEPTS + "workloads/controllers/deployment/#selector",
    ),
    "too-large": ProblemRule(
        "ConfigMap or Secret is larger than 1 MiB",
        "The data of a ConfigMap or a Secret may have 1 MiB in all.",
        _CONCEPTS + "configuration/configmap/#motivation",
    ),
    "node-port-range": ProblemRule(
        "The node port is outside the usual range",
        "Node ports come from 30000 to 32767 unless the cluster was set up otherwise. Validation takes "
        "any port; a cluster with the usual range then refuses to allocate this one.",
        _CONCEPTS + "services-networking/service/#type-nodeport",
        refused=False,
    ),
    "duplicate-on-apply": ProblemRule(
        "A server-side apply refuses a repeated item",
        "A server-side apply, with which Helm 4 installs, merges certain lists by keys: environment "
        "variables by name, ports by number and protocol, pull secrets by name. A create takes an item "
        "that repeats the key of another, an apply refuses it.",
        "https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy",
        refused=False,
    ),
    "unclear-on-apply": ProblemRule(
        "A server-side apply cannot tell an item apart",
        "A server-side apply, with which Helm 4 installs, merges certain lists by keys and refuses an "
        "item that has none of them.",
        "https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy",
        refused=False,
    ),
}  # fmt: skip
"""The rules by id. A Problem's ``refused`` says what holds in its case: older servers take more."""
