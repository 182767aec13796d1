"""The words that name a kind, and the labels that name an entity, such as ``Frontend Deployment``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from todo_lint.model.reading.firmness import placeholders_out
from todo_lint.model.reading.parts import is_part
from todo_lint.model.reading.text import is_name, last_remark, plain, without_remarks, words_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_WORDS: dict[Kind, str] = {
    Kind.IMAGE: "image|container image|docker image|docker container|application image",
    Kind.DEPLOYMENT: "deployment",
    Kind.STATEFUL_SET: "statefulset|stateful set",
    Kind.DAEMON_SET: "daemonset|daemon set",
    Kind.JOB: "job",
    Kind.CRON_JOB: "cronjob|cron job",
    Kind.POD: "pod",
    Kind.SERVICE: "service|svc",
    Kind.INGRESS: "ingress",
    Kind.CONFIG_MAP: "configmap|config map",
    Kind.SECRET: "secret",
    Kind.PERSISTENT_VOLUME_CLAIM: "persistentvolumeclaim|persistent volume claim|pvc|persistent storage",
    Kind.PERSISTENT_VOLUME: "persistentvolume|persistent volume",
    Kind.STORAGE_CLASS: "storageclass|storage class",
    Kind.HORIZONTAL_POD_AUTOSCALER: "horizontalpodautoscaler|horizontal pod autoscaler|hpa|autoscaler",
    Kind.POD_DISRUPTION_BUDGET: "poddisruptionbudget|pod disruption budget|pdb",
    Kind.NETWORK_POLICY: "networkpolicy|network policy",
    Kind.NAMESPACE: "namespace",
    Kind.SERVICE_ACCOUNT: "serviceaccount|service account",
    Kind.ROLE: "role",
    Kind.ROLE_BINDING: "rolebinding|role binding",
    Kind.CLUSTER_ROLE: "clusterrole|cluster role",
    Kind.CLUSTER_ROLE_BINDING: "clusterrolebinding|cluster role binding",
    Kind.RESOURCE_QUOTA: "resourcequota|resource quota",
    Kind.LIMIT_RANGE: "limitrange|limit range",
    Kind.CHART: "chart|helm chart|chart metadata|chart.yaml|deployment artifact",
    Kind.VALUES: "values|helm values|values.yaml|default values|chart values|values file|helm configuration",
    Kind.NETWORK: "networking|network",
    Kind.SECURITY: "security",
}
_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
OF_KUBECTL: dict[str, str] = {
    **dict.fromkeys(("deployment", "deploy", "deployments"), Kind.DEPLOYMENT),
    **dict.fromkeys(("statefulset", "sts"), Kind.STATEFUL_SET),
    **dict.fromkeys(("daemonset", "ds"), Kind.DAEMON_SET),
    **dict.fromkeys(("cronjob", "cj"), Kind.CRON_JOB),
    "job": Kind.JOB,
    **dict.fromkeys(("service", "svc"), Kind.SERVICE),
    **dict.fromkeys(("configmap", "cm"), Kind.CONFIG_MAP),
    "secret": Kind.SECRET,
    **dict.fromkeys(("ingress", "ing"), Kind.INGRESS),
    **dict.fromkeys(("persistentvolumeclaim", "pvc"), Kind.PERSISTENT_VOLUME_CLAIM),
    **dict.fromkeys(("horizontalpodautoscaler", "hpa"), Kind.HORIZONTAL_POD_AUTOSCALER),
    **dict.fromkeys(("serviceaccount", "sa"), Kind.SERVICE_ACCOUNT),
}
"""The words by which ``kubectl`` knows kinds."""
_IRREGULAR = {"policies": "policy", "ingresses": "ingress", "classes": "class"}
_LAST = {
    "model", "models", "structure", "entity", "entities", "resource", "resources", "configuration", "definition",
    "definitions", "spec", "specification", "specifications", "configurations", "details", "object", "objects",
    "schema", "manifest", "manifests", "settings", "instances", "defaults", "overview", "fragment", "keys",
}  # fmt: skip
"""Words that may follow a kind in a heading and add nothing."""
_FILLER = {
    "kubernetes",
    "k8s",
    "the",
    "a",
    "an",
    "main",
    "helm",
    "docker",
    "container",
    "core",
    "entity",
    "resource",
    "of",
    "app's",
    "its",
    "todo",
    "default",
}
_PARTS_OF = frozenset((
    "attributes", "properties", "fields", "parameters", "settings", "details", "relationships", "validation",
    "constraints", "examples", "example", "description", "purpose", "notes", "overview", "entity", "entities",
    "metadata", "spec", "specification", "configuration", "definition", "usage", "lifecycle", "options",
))  # fmt: skip
"""Words that divide a description, and are the names of nothing."""
_NUMBERING = pattern(r"^(?:\W*(?:entity|section|step)?\s*\d+(?:\.\d+)*\s*[.:)\u2013-]\s*|entity:\s+)", re.IGNORECASE)
_PREPOSITION = pattern(
    r"(?:from|for|via|with|using|per|how|about|in|on|by|to|what|why|when|where)(?![-\w])", re.IGNORECASE
)
"""A label that begins so names nothing; ``to-do`` is a name."""
_FILES = {"chart.yaml": Kind.CHART, "values.yaml": Kind.VALUES}
_OTHERS = (
    *("ReplicaSet", "PriorityClass", "IngressClass", "RuntimeClass", "EndpointSlice", "VolumeSnapshot"),
    *("CustomResourceDefinition", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
    *("ServiceMonitor", "PodMonitor", "PrometheusRule", "AlertmanagerConfig", "VerticalPodAutoscaler"),
    *("HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "GatewayClass", "ReferenceGrant", "IngressRoute"),
    *("VirtualService", "DestinationRule", "PeerAuthentication", "AuthorizationPolicy", "ServiceEntry"),
    *("ClusterIssuer", "ExternalSecret", "SecretStore", "ClusterSecretStore", "SealedSecret"),
    *("ScaledObject", "ScaledJob", "TriggerAuthentication", "AnalysisTemplate", "KafkaTopic", "KafkaUser"),
)
"""Kinds that documents name by these words, each written as one; any other is understood where ``Kind:`` or a
manifest says it."""
_OTHER_OF = {name.lower(): name for name in _OTHERS}
_QUALIFIED = {
    "dapr component": "Component",
    "dapr subscription": "Subscription",
    "istio gateway": "Gateway",
    "cert-manager certificate": "Certificate",
}
"""Kinds whose names are words that speak of anything: only with the word in front are they these kinds."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading or bold label names.

    ``kind`` is empty where none is said. ``name`` is set where the label has the entity's own name, ``role`` where
    it only describes the entity (``frontend`` of *Frontend Deployment*). ``plural``: it announces several entities.
    """

    kind: str = ""
    name: str = ""
    role: str = ""
    plural: bool = False
    remark: str = ""

    @property
    def is_entity(self) -> bool:
        """Whether the label names or describes one entity of a known kind."""
        return bool(self.kind) and not self.plural


def kind_of_words(text: str) -> tuple[str, bool] | None:
    """The kind that some words name as a whole, and whether in the plural; None where they name none."""
    lowered = " ".join(text.lower().split())
    if other := _other_kind(lowered):
        return other
    if lowered not in _OF_WORD and " " in (spaced := words_of(text)):
        lowered = spaced if lowered.removesuffix("s") not in _OF_WORD else lowered
    if lowered in _OF_WORD:
        return _OF_WORD[lowered], lowered == "values"
    *before, last = lowered.split() or [""]
    singular = " ".join([*before, _IRREGULAR.get(last, last.removesuffix("s"))])
    if singular in _OF_WORD and singular != lowered:
        return _OF_WORD[singular], True
    return (_QUALIFIED[singular], singular != lowered) if singular in _QUALIFIED else None


def _other_kind(lowered: str) -> tuple[str, bool] | None:
    """A kind that is no Kind of ours, written as one word: apart, *kafka topics* are what an application has."""
    for singular in (lowered, lowered.removesuffix("s"), lowered.removesuffix("es"), re.sub("ies$", "y", lowered)):
        if singular in _OTHER_OF:
            return _OTHER_OF[singular], singular != lowered
    return None


def near_kind(kind: str) -> str:
    """The known kind that is nearly meant by the name of one (``Servcie``), or nothing; none for a known one."""
    import difflib

    known = [str(one) for one in Kind if one]
    if kind in (*known, *_OTHERS):
        return ""
    return next(iter(difflib.get_close_matches(kind, known, n=1, cutoff=_NEAR)), "")


_NEAR = 0.85
"""How alike two kinds are of which one is misspelt: ``Deploymnet`` 0.9, ``IngressRoute`` and *Ingress* 0.74."""
_SHORTEST = 6
"""Words of fewer letters are too like others, as *chat* is like *chart*."""


@cache
def _long_kinds() -> dict[str, str]:
    """The kinds of resources whose names are long enough to be misspelt, by their names in small letters."""
    return {str(kind).lower(): str(kind) for kind in Kind if len(kind) >= _SHORTEST and kind not in _PARTS}


def misspelt_kind(text: str) -> tuple[str, str] | None:
    """The word of a heading that is nearly a kind of resource, and that kind: ``Kubernetes Servces``.

    A word that has a kind's name in it (*Redeployment*) is another word, and so is one that begins a sentence.
    """
    import difflib

    known = _long_kinds()
    text = text.strip().removesuffix(":")
    remark = last_remark(text)
    for said in (remark[1], remark[0]) if remark else (text,):
        words = _without_filler(_NUMBERING.sub("", plain(said))).split()
        for word in ("".join(words[-2:]), words[-1]) if words and len(words) <= _MOST_WORDS else ():
            whole = word.lower()
            bare = re.sub("ies$", "y", whole).removesuffix("s")
            for one in (bare, whole):
                like = [kind for kind in known if abs(len(kind) - len(one)) <= _LONGER and kind[:1] == one[:1]]
                near = difflib.get_close_matches(one, like, 1, _NEAR) if like else []
                if near and near[0] not in whole and word.isalpha() and bare not in _LIKE_KINDS:
                    return word, known[near[0]] if one == whole else _plural(known[near[0]])
    return None


_LONGER = 3
"""By so many letters words can differ in length that are this alike; and nobody misspells the first letter."""
_PARTS = (Kind.IMAGE, Kind.CHART, Kind.VALUES, Kind.NETWORK, Kind.SECURITY)
_MOST_WORDS = 5
_LIKE_KINDS = ("employment",)
"""Words that are no misspelt kinds, and nearly look like one."""


def _plural(kind: str) -> str:
    return kind[:-1] + "ies" if kind.endswith("y") else f"{kind}es" if kind.endswith("s") else f"{kind}s"


def read_label(text: str, section: str | None = None) -> Label:
    """Read a heading or a bold label. ``section`` is the kind that the headings above announce, if any."""
    text = _NUMBERING.sub("", " ".join(text.replace("*", "").split())).strip().removesuffix(":").strip()
    if _PREPOSITION.match(text):
        return Label()
    text = _ABBREVIATED.sub("", text)
    text = _OF_DATA.sub(r"\1", text)
    bare = without_remarks(text)
    remark = None if _SHORT.search(text) and kind_of_words(_without_filler(plain(bare))) else last_remark(text)
    inside, behind = _kind_in(remark[1]) if remark else (None, "")
    label = _file(plain(bare)) or _named(bare, inside[0] if inside else None, section) or _described(plain(bare))
    if not label.kind and (found := kind_before(text)) and is_part(found[1]):
        label = Label(found[0], "", slug(found[1].lower().split()))  # ``Deployment: Frontend``
    if remark and label.is_entity and not (label.name or label.role) and is_part(plain(remark[1])):
        label = Label(label.kind, "", slug(plain(remark[1]).lower().split()))  # ``Deployment (Frontend)``
    if inside and not label.kind:
        label = Label(inside[0], "", _role_of(plain(bare)))
    if inside and label.plural and not label.name and inside == (label.kind, False):
        label = Label(label.kind, "", _role_of(plain(bare)))  # ``AppSecrets (Secret)``: one
    if remark and not label.kind and (file := _file(plain(remark[1]))):
        label = file  # ``Configuration (`values.yaml`)``
    if remark and label.is_entity and not label.name and label.kind not in _PARTS and _CODE.fullmatch(remark[1]):
        called = plain(remark[1])  # ``Web Deployment (`web-app`)``
        label = Label(label.kind, called) if _is_own_name(called) and not _FILE_NAME.search(called) else label
    return Label(label.kind, label.name, label.role, label.plural, behind)


_ABBREVIATED = pattern(r" \((?:HPA|PDB|PVC|PV|SA)s?\)(?= \w)")
"""The short name of a kind within its heading: *Horizontal Pod Autoscaler (HPA) Configuration*."""
_SHORT = pattern(r" \((?:HPA|PDB|PVC|PV|SA)s?\)$")
_OF_DATA = pattern(r"\b(config ?map|secret) (?:values|data|entries|keys|contents?)(?= \(|$)", re.IGNORECASE)
"""What a ConfigMap or Secret holds, for it: *Backend ConfigMap Values*."""


def kind_before(text: str) -> tuple[str, str] | None:
    """The kind in front of a colon or dash, and the words behind it: ``Deployment: Order Worker``."""
    text = _NUMBERING.sub("", without_remarks(" ".join(text.replace("*", "").split())))
    match = _KIND_BEFORE.fullmatch(text)
    found = kind_of_words(_without_filler(plain(match[1]))) if match else None
    return (found[0], plain(match[2])) if match and found and not found[1] else None


_KIND_BEFORE = pattern(r"([^:`]+?)(?::| [-\u2013\u2014])\s+([^:`]+):?")


def _role_of(text: str) -> str:
    """What a description is as a name would write it: ``app-secrets`` of *AppSecrets*, ``web-ui`` of *Web UI*."""
    return slug(words_of(text).split() if text.isalpha() and not text.isupper() else text.lower().split())


def _kind_in(remark: str) -> tuple[tuple[str, bool] | None, str]:
    """The kind that a remark says, as a whole or first (``Deployment, 2 replicas``), and what else it says."""
    if found := kind_of_words(remark):
        return found, remark
    first, comma, rest = remark.partition(",")
    found = kind_of_words(first) if comma else None
    return (found, rest.strip()) if found and not found[1] else (None, remark)


_FILE_NAME = pattern(r"\.(?:ya?ml|json|tpl|md|txt|sh)$")
_CODE = pattern(r"`[^`\s]+`")


def _file(text: str) -> Label | None:
    lowered = text.lower()
    if lowered in _FILES:
        return Label(_FILES[lowered], text)
    if re.fullmatch(r"values[-._]\w+\.ya?ml|\w+[-._]values\.ya?ml", lowered):
        return Label(Kind.VALUES, text)
    return None


def _named(text: str, inside: str | None, section: str | None) -> Label | None:
    """``NAME``, ``NAME Kind``, ``Kind NAME``, ``Kind: NAME``, ``NAME: Kind`` with a name as Kubernetes has them."""
    bare = plain(text)
    if _is_own_name(bare) and (inside or section):
        return Label(inside or section or "", bare)
    if "-" in bare and _is_own_name(bare) and (of := _described(bare)).is_entity and of.kind not in _PARTS:
        return Label(of.kind, bare)  # ``web-deployment``: the name of one, and no description
    parts = re.split(r"\s*(?::|\s[-\u2013\u2014]\s)\s*|\s+(?=`)|(?<=`)\s+", text.strip())
    if len(parts) == 2:
        for kind_part, name_part in (parts, parts[::-1]):
            of, name = _described(plain(kind_part)), plain(name_part)
            if of.is_entity and _is_own_name(name):
                return Label(of.kind, name, of.role)
    words = bare.split()
    for name, rest in ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 1 else ():
        found = kind_of_words(_without_filler(" ".join(rest)))
        alone = "-" in name or (name is words[0] and rest[0][0].isupper())
        if found and not found[1] and _is_own_name(name, alone=alone):
            return Label(found[0], name)
    return None


def _is_own_name(text: str, *, alone: bool = True) -> bool:
    """Whether a text is written as the name of a resource is: lower case, without spaces."""
    if not alone or text.isdecimal() or text in _PARTS_OF or text.startswith(_ROUTES):
        return False
    return may_be_name(text) and kind_of_words(text) is None


_ROUTES = ("spec.", "metadata.", "data.", "status.", "resources.")
"""How the route to a field of a manifest begins: no name does."""


def may_be_name(text: str) -> bool:
    """Whether a text could be the name of a resource, of which parts may be placeholders."""
    return is_name(placeholders_out(text, "x"))


def _without_filler(text: str) -> str:
    words = text.split()
    while len(words) > 1 and words[0].lower() in _FILLER and kind_of_words(" ".join(words)) is None:
        words = words[1:]
    while len(words) > 1 and words[-1].lower() in _LAST and kind_of_words(" ".join(words)) is None:
        words = words[:-1]
    return " ".join(words)


_OF_ROLES = frozenset(("rbac", "kubernetes", "k8s", "namespace", "namespaced", "cluster"))
"""What stands before *roles* where they are those of Kubernetes."""
_PIPELINES = frozenset(
    ("github", "gitlab", "bitbucket", "actions", "repository", "jenkins", "circleci", "ci", "ci/cd")
)
"""Words in front of *secrets* by which they are those of what builds and deploys, and none of the cluster."""


_LAYERS = pattern(r"(?<=\bimage) (?:build )?(?:layers|stages)$", re.IGNORECASE)
"""What an image is built of, in a heading about it."""


def _described(text: str) -> Label:
    """``Frontend Deployment``, ``Kubernetes Services``, ``Helm Chart Structure``: the longest kind at the end."""
    spelled = words_of(text) if " " not in text and not kind_of_words(text) else text
    words = _without_filler(_LAYERS.sub("", spelled)).split()
    for start in range(len(words)):
        kind = kind_of_words(" ".join(words[start:]))
        before = {word.lower() for word in words[:start]}
        if kind and kind[0] == Kind.SECRET and _PIPELINES & before:
            return Label()
        if kind == (Kind.ROLE, True) and before - _OF_ROLES - _FILLER:
            return Label()  # *Control plane roles*: parts that processes play
        if kind and len(words) <= 6:
            role = slug(word.lower() for word in words[:start] if word.lower() not in _FILLER)
            network = kind[0] in (Kind.NETWORK, Kind.SECURITY)
            return Label(kind[0], "", role, kind[1] or network)
    return Label()


def slug(words: Iterable[str]) -> str:
    """Words joined by dashes, as a name has them."""
    parts = (re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-") for word in words)
    return "-".join(part for part in parts if part)
