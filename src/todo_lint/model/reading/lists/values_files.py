"""Items that say what the values file of an environment sets: ```values-prod.yaml`: 3 replicas, HPA enabled``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import environment_of
from todo_lint.model.reading.kinds import kind_of_words
from todo_lint.model.reading.lists.item_labels import place_of
from todo_lint.model.reading.lists.titles import split
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import plain
from todo_lint.model.statements import Attribute, Kind, Modality
from todo_lint.patterns import pattern
from todo_lint.records import replace

_FILE = pattern(r"values[-._](?P<name>\w+)\.ya?ml")
_REPLICAS = pattern(r"(?<![\w.-])(?P<count>\d+)(?P<more>\+)? (?:replicas?|pods?)\b", re.IGNORECASE)
_ENABLED = pattern(r"(?P<kinds>[\w /&,-]+?) (?:is |are )?(?:enabled|on)\b", re.IGNORECASE)
_AND = pattern(r"\s*(?:,|/|&|\band\b)\s*")
_NOT = pattern(r"\b(?:no|not|without|disabled|off)\b", re.IGNORECASE)


def read_values_file(page: Page, item: Block, scope: Scope) -> bool:
    """State what an item says that the values file of an environment sets; False for any other item.

    Each fact holds in that environment alone. Of what is switched off nothing is stated.
    """
    label, said = split(item)
    match = _FILE.fullmatch(plain(label))
    environment = environment_of(plain(label)) if match else ""
    if not environment or not said or scope.entity is not None:
        return False
    place = replace(place_of(item, scope), environment=environment)
    replicas, kinds = tuple(_replicas(said)), tuple(_kinds(said))
    if replicas:
        page.state(page.only(Kind.DEPLOYMENT), replicas, place)
    for kind in kinds:
        page.state(Entity(kind, section=scope.section), [Fact(Attribute.EXISTS, "")], place)
    return bool(replicas or kinds)


def _replicas(said: str) -> Iterator[Fact]:
    """``3 replicas``, ``2+ replicas``: of the only Deployment."""
    found = list(_REPLICAS.finditer(said))
    if len(found) == 1:
        count, more = found[0]["count"], found[0]["more"]
        bounds, modality = ((count, ""), Modality.RANGE) if more else (("", ""), Modality.REQUIRED)
        yield Fact(Attribute.REPLICAS, count + (more or ""), modality, bounds=bounds)


def _kinds(said: str) -> Iterator[str]:
    """``HPA, PDB and NetworkPolicy enabled``: there is one of each kind among the words in front."""
    for match in _ENABLED.finditer(said):
        before = re.split(r"[.;:]", match["kinds"])[-1]
        for part in _AND.split(before):
            found = kind_of_words(part.split(" ")[-1]) if part and not _NOT.search(part) else None
            if found and describes_resource(found[0]):
                yield found[0]
