"""Paragraphs that announce the variables of all workloads: ``All pods read these from `app-config`:``."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page
from todo_lint.model.reading.scope import Scope
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern
from todo_lint.records import replace

_ANNOUNCES = pattern(
    r"(?P<all>all|both|each|every)(?: of)?(?: the)? "
    r"(?:containers?|pods?|deployments?|workloads?|services?|components?) "
    r"(?:reads?|gets?|takes?|loads?|needs?|shares?|uses?|receives?|has|have)\b.*"
    r"\b(?:these|the following|environment|variables?)\b.*:",
    re.IGNORECASE | re.DOTALL,
)


_RUNS = pattern(
    r"(?P<all>all|both|each|every)(?: of)?(?: the)? "
    r"(?:containers?|pods?|deployments?|workloads?|services?|components?) (?:also |must |shall |will )?"
    r"(?:runs?|is|are|be|has|have|gets?|uses?|sets?|comes?|starts?) (?:(?:configured|run|set up|hardened) )?"
    r"(?:(?:with|as|under|using)\b)?[\w ,]*:",
    re.IGNORECASE,
)
_DECIDED = pattern(r"\bdecisions?\b", re.IGNORECASE)
"""Where decisions are told, such a line is one that was taken."""
_LASTING = (Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET)
"""Workloads that stay; where only jobs have a name, the one without is meant."""
FIELDS = "what all pods have"
"""What the scope is about in which a list stands of what all pods have."""


def fields_of_all(page: Page, block: Block, scope: Scope) -> Scope | None:
    """The scope of a list of what a paragraph says all workloads have: of those with a name, or the one without."""
    text = block.text
    match = _RUNS.fullmatch(text) if text.endswith(":") else None
    called = page.workloads() if match else []
    silent = scope.silent and not _DECIDED.search(scope.silent)
    if match is None or silent or (match["all"].lower() == "both" and len(called) != 2):
        return None
    everyone = Entity(Kind.DEPLOYMENT, modality=scope.modality, section=scope.section, members=called)
    if not any(entity.kind in _LASTING for entity in called):
        everyone = page.only(Kind.DEPLOYMENT)
    return replace(scope, kind=Kind.DEPLOYMENT, entity=everyone, topic="", about=FIELDS, silent="")


def variables_of_all(page: Page, block: Block, scope: Scope) -> Scope | None:
    """The scope of a list of variables that a paragraph says all workloads have; None for any other paragraph.

    Only workloads with a name are meant, of those that the document has named so far.
    """
    text = block.text
    match = _ANNOUNCES.fullmatch(text) if text.endswith(":") else None
    called = page.workloads() if match else []
    if match is None or scope.silent or not called or (match["all"].lower() == "both" and len(called) != 2):
        return None
    everyone = Entity(Kind.DEPLOYMENT, modality=scope.modality, section=scope.section, members=called)
    return replace(scope, kind=Kind.DEPLOYMENT, entity=everyone, topic="environment variables", about="")
