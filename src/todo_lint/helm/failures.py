"""Helm's error messages made readable."""

from __future__ import annotations

from dataclasses import dataclass

from todo_lint.helm.engine import EngineFailure


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """Why a chart does not render."""

    kind: str
    message: str


def explain(failure: EngineFailure, archive: bytes) -> RenderFailure:
    """Turn an engine's failure into a readable one."""
    return RenderFailure(failure.stage.value, failure.text)
