"""What a value says of one attribute, and how firmly; or the reason why it says nothing."""

from __future__ import annotations

from todo_lint.model.statements import Modality
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What a value says of one attribute, and how firmly: the fields are those of a Statement."""

    attribute: str
    value: str
    modality: Modality = Modality.REQUIRED
    environment: str = ""
    alternatives: tuple[str, ...] = ()
    bounds: tuple[str, str] = ("", "")
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of a key and a value; without facts, why they are prose, else the hint of what would be read."""

    facts: tuple[Fact, ...] = ()
    prose: str = ""
    hint: str = ""
