"""Tables with a volume in each row: ``| Volume | Kind | Mounted at | Workload |``."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import later_of
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Place, named
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.vocabulary.volumes import FORM, volume_of
from todo_lint.model.statements import Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import replace

_VOLUMES = ("volume", "volumes", "volume name", "volume mount", "mount")
_NAMES = ("volume", "volumes", "volume name")
_PATHS = ("mounted at", "mount path", "mount point", "path", "mount", "mounted to", "mounted on", "container path")
_HELD = (
    "kind",
    "type",
    "source",
    "backed by",
    "volume type",
    "backing",
    "from",
    "medium",
    "volume source",
    "storage",
)
_OWNERS = (
    *("workload", "workloads", "used by", "mounted by", "mounted in", "deployment", "pod", "pods", "container", "in"),
    *("component", "service", "app", "owner", "consumer"),
)
_CLAIM = pattern(r"(?P<what>(?:PVC|PersistentVolumeClaim|persistent volume claim|claim) `?[a-z0-9][a-z0-9.-]*`?)"
                 r"\s*[,(:]\s*(?P<rest>.+?)\)?", re.IGNORECASE)  # fmt: skip
_ALL = pattern(
    r"(?:both|all|each|every|all of them|any)(?: (?:workloads|pods|deployments|containers))?", re.IGNORECASE
)
_ALWAYS = ("always", "everywhere", "in all pods", "in every pod")
"""What a row without an owner says of a volume that all workloads have."""
_ONLY = pattern(r"(?:the )?(?P<who>[\w-]+)(?: only| alone)", re.IGNORECASE)
_SWITCH = pattern(r"`?[A-Za-z][\w.]*enabled`?\s*(?:=|:|is)\s*`?true`?.*|optional.*|(?:if|when)\b.*", re.IGNORECASE)
"""What a row says of a volume that is there at times."""


class VolumeRows(Rows):
    """Rows that are volumes of the workload above, or of those that each row names."""

    def are_volumes(self) -> bool:
        """Whether the first column names volumes, and another says where they are mounted."""
        heads = [words_of(head) for head in self.columns.heads]
        if heads[0] in _PATHS and heads[0] not in _VOLUMES:
            return self._named_at() > 0
        first = heads[0] in _VOLUMES or (self._below_volumes() and heads[0] in ("name", ""))
        return first and any(head in _PATHS for head in heads[1:])

    def _named_at(self) -> int:
        """The column of the names: the first, unless that has the paths (``| Mount Path | Volume Name |``)."""
        heads = [words_of(head) for head in self.columns.heads]
        if heads[0] not in _PATHS or heads[0] in _VOLUMES:
            return 0
        return next((number for number, head in enumerate(heads) if head in _NAMES), 0)

    def _below_volumes(self) -> bool:
        return "volume" in self.scope.about or "volume" in self.scope.topic or "mounts" in self.scope.topic

    def volume(self, row: Block) -> None:
        """Read a row: which volume, from what, mounted where, in which workloads."""
        cells = cells_of(row)
        named_at = self._named_at()
        name = plain(cells[named_at]) if named_at < len(cells) else ""
        path, held = self._cell(cells, _PATHS), self._cell(cells, _HELD)
        if not name or is_nothing(name) or is_nothing(path):
            self.page.prose(row.line, row.end_line, "a row that names no volume")
            return
        claim = _CLAIM.fullmatch(plain(held))
        facts = volume_of(name, f"{plain(claim['what']) if claim else plain(held)}, mounted at {plain(path)}")
        owners = self._owners(cells)
        place = self.place(row)
        if any(_SWITCH.fullmatch(cell) for cell in cells[1:]):
            place = replace(place, modality=later_of(place.modality, Modality.OPTIONAL))
        source = next((value for attribute, value in facts if attribute.startswith(Prefix.VOLUME)), "")
        if claim and source.startswith("PersistentVolumeClaim/"):
            self._claim(source.partition("/")[2], claim["rest"], place)
        if not facts or not owners:
            known = f"no workload of the document is named in its row; {_FORM}" if facts else FORM
            self.page.unclear(NO_ENTITY, place, known)
            return
        for entity in owners:
            self.page.state(entity, [Fact(attribute, value) for attribute, value in facts], place)

    def _claim(self, called: str, said: str, place: Place) -> None:
        """What a row says of the claim that its volume is from: its size, its access mode."""
        kind = Kind.PERSISTENT_VOLUME_CLAIM
        entity = self.page.add(
            self.page.names.named((kind,), called)
            or Entity(kind, called, line=place.line, text=place.text, modality=later_of(place.modality))
        )
        summary = read_summary(kind, said)
        self.page.state(entity, (named(called), *summary.facts), place)
        if summary.unread:
            self.page.unclear(entity, place, FORM)

    def _cell(self, cells: list[str], heads: tuple[str, ...]) -> str:
        """The first cell beside the name of a column with one of some heads."""
        columns = enumerate(zip(self.columns.heads, cells, strict=False))
        return next((cell for at, (head, cell) in columns if at != self._named_at() and words_of(head) in heads), "")

    def _owners(self, cells: list[str]) -> list[Entity]:
        """The workloads that have the volume of a row: of its own column, of the words of another, or that above."""
        above = self.scope.entity
        if above is not None and above.kind in WORKLOAD_KINDS and (above.known_as or above.members):
            return [above]
        said = self._cell(cells, _OWNERS)
        only = next((match for cell in cells[1:] if (match := _ONLY.fullmatch(plain(cell)))), None)
        if not said and only:
            said = only["who"]
        if _ALL.fullmatch(plain(said)):
            called = self.page.workloads()
            return called if not plain(said).lower().startswith("both") or len(called) == 2 else []
        if not said and any(words_of(cell) in _ALWAYS for cell in cells[1:]):
            return self.page.workloads()
        found = [self.page.find(sorted(WORKLOAD_KINDS), one) for one in _PARTS.split(plain(said)) if one]
        return [one for one in found if one] if found and all(found) else []


_PARTS = pattern(r"\s*(?:,|;|\n|/|\band\b|&|\+)\s*")
_FORM = "say it in a column Workload, or put the table below the name of one"

__all__ = ["VolumeRows"]
