"""Tables of images with the repository of each in a column of its own: ``| Image | Registry |``."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import named
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_HEADS = ("registry", "repository", "image repository", "location", "reference", "pull from", "path")
_REPOSITORY = pattern(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?(?:/[a-z0-9][a-z0-9._-]*)+(?::[\w][\w.-]*)?")
"""The repository of an image at a host, which nothing else looks like."""


class ImageRows(Rows):
    """Rows that say where images are."""

    def are_images(self) -> bool:
        """Whether the first column is of images, and another one has where each of them is."""
        number = self._where()
        first = words_of(self.columns.heads[0])
        if not number or self.scope.entity is not None or first not in ("image", "images", "component", "name"):
            return False
        about = first in ("image", "images") or self.kind == Kind.IMAGE
        return about and all(_REPOSITORY.fullmatch(self._repository(row, number)) for row in self.rows)

    def image(self, row: Block) -> None:
        """State that there is the image of a row."""
        repository = self._repository(row, self._where())
        place = self.place(row)
        entity = Entity(Kind.IMAGE, repository, "", row.line, place.text, place.modality, place.environment)
        self.page.state(self.page.add(entity), [named(repository)], place)

    def _repository(self, row: Block, number: int) -> str:
        cells = cells_of(row)
        return plain(without_remarks(cells[number])) if number < len(cells) else ""

    def _where(self) -> int:
        return next((n for n, head in enumerate(self.columns.heads) if n and words_of(head) in _HEADS), 0)
