"""What a document describes, while it is read."""

from __future__ import annotations

from todo_lint.model.statements import Modality
from todo_lint.records import dataclass, field


@dataclass(slots=True, eq=False)
class Entity:
    """Something that a document describes.

    ``name`` is the name in its label, ``role`` what the label says instead of one, ``stated`` the name that one of
    its own lines states: that wins. ``line`` and ``text`` are those of the label.
    """

    kind: str
    name: str = ""
    role: str = ""
    line: int = 0
    text: str = ""
    modality: Modality = Modality.REQUIRED
    environment: str = ""
    section: str = ""
    stated: str = ""
    announced: bool = True
    """Whether its label states that it exists."""
    asked: str = ""
    """What to write where its name is needed and none is given; empty: what is said of any entity."""
    members: list[Entity] = field(default_factory=list)
    """Those that a line of a description without a name lists: what it says is said of each."""

    @property
    def known_as(self) -> str:
        """The name by which statements call it."""
        return self.stated or self.name or self.role
