"""What the rules about keys of ConfigMaps and Secrets share."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.manifests.dangling import lacks_key
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.manifests.similar import SimilarNames
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect


def missing_keys(graph: Graph, kind: str) -> Iterator[Defect]:
    """A defect for each resource that reads a key which a rendered ConfigMap or Secret lacks, once for each key."""
    seen: set[tuple[int, str, str | None]] = set()
    for reference in graph.references:
        target = graph.target(reference) if reference.kind == kind and lacks_key(reference, graph) else None
        seen_as = (id(reference.source), reference.name, reference.key)
        if target is None or seen_as in seen:
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
        related=(_related(target, like),),
    )


def _related(target: Resource, like: str | None) -> tuple[str, Target]:
    """The key that is probably meant, or all that are there."""
    places = [place for place in ("data", "stringData", "binaryData") if target.get(place)]
    for place in places:
        if like is not None and like in mapping_at(dict(target.value), (place,)):
            return f"the key {like} stands here", Target((place, like), target, on_key=True)
    return "the keys that are there", Target(tuple(places[:1]), target)
