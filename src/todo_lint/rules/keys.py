"""What the rules about keys of ConfigMaps and Secrets share."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, mapping_at, text_at
from todo_lint.manifests.similar import SimilarNames
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect

_FILLED_TYPES = ("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token")
_FILLING_MARKS = ("inject-trusted-cabundle", "inject-cabundle", "replicate-from", "reflects", "serving-cert")


def missing_keys(graph: Graph, kind: str) -> Iterator[Defect]:
    """A defect for each resource that reads a key which a rendered ConfigMap or Secret lacks, once for each key."""
    seen: set[tuple[int, str, str | None]] = set()
    for reference in graph.references:
        if reference.kind != kind or reference.key is None or reference.optional:
            continue
        target = graph.target(reference)
        seen_as = (id(reference.source), reference.name, reference.key)
        if target is None or seen_as in seen or reference.key in keys_of(target) or filled_by_others(target):
            continue
        seen.add(seen_as)
        yield _defect(reference, target)


def _defect(reference: Reference, target: Resource) -> Defect:
    keys = sorted(keys_of(target))
    like = SimilarNames(keys).like(reference.key or "")
    shown = ", ".join(keys[:8]) + (", ..." if len(keys) > 8 else "")
    what = "mounts" if reference.use is Use.SUB_PATH else "reads"
    effect = (
        "an empty folder is mounted in its place"
        if reference.use is Use.SUB_PATH
        else "the pods do not start without it"
    )
    return Defect(
        f"{reference.source.ref} {what} the key {reference.key} of {target.ref}, which has {shown}",
        Target(reference.key_route, reference.source),
        f"{effect}; was {like} meant?" if like else f"{effect}: add the key, or name one that is there",
        related=(("the keys that are there", Target(_place_of_keys(target), target)),),
    )


def _place_of_keys(target: Resource) -> tuple[str, ...]:
    return next(((place,) for place in ("data", "stringData", "binaryData") if target.get(place)), ())


def filled_by_others(target: Resource) -> bool:
    """Whether the keys are put in later, by Kubernetes, a controller or a program: then they are not known."""
    if not keys_of(target) or text_at(dict(target.value), ("type",)) in _FILLED_TYPES:
        return True
    value = dict(target.value)
    marks = (*mapping_at(value, ("metadata", "annotations")), *mapping_at(value, ("metadata", "labels")))
    return any(mark in key for key in marks for mark in _FILLING_MARKS)
