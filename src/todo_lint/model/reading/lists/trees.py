"""Trees of resources, drawn with lines: kinds, and below each the names of its resources.

``├── Services`` and below it ``│   └── web (ClusterIP, port: 80)``. A tree of files is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import kind_of_words
from todo_lint.model.reading.lists.nesting import is_own_name
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place, named
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import last_remark, not_understood
from todo_lint.model.reading.values.summaries import Summary, read_summary
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_LANGUAGES = ("", "text", "txt", "plaintext", "tree")
_BRANCH = pattern(r"(?P<lines>[\s│|]*)(?:[├└+`][─-]+\s*)(?P<text>\S.*)")
_FILE = pattern(r".*(?:/|\.\w{2,4})(?:\s+#.*)?")
_ROOT = pattern(r"(?P<kind>[A-Za-z ]+):\s+`?(?P<name>[a-z0-9][a-z0-9.-]*)`?")
_NAME = pattern(r"(?P<name>[a-z0-9][a-z0-9.-]*)(?::?\s+(?P<said>\S.*))?")


@dataclass(frozen=True, slots=True)
class _Node:
    """A line of a tree: what stands behind its branch, and how far that is to the right; 0 for the root."""

    line: int
    depth: int
    text: str


def read_tree(page: Page, block: Block, scope: Scope) -> bool:
    """Read a code block that is a tree of kinds and names; False for any other, and for one that states nothing."""
    if scope.silent or block.info.lower() not in _LANGUAGES:
        return False
    nodes = list(_nodes(block))
    kinds = [kind_of_words(node.text.rstrip(":")) for node in nodes]
    if any(_FILE.fullmatch(node.text) for node in nodes) or not any(_leads(nodes, kinds)):
        return False
    kind, depth = "", 0
    for node, of in zip(nodes, kinds, strict=True):
        if of and describes_resource(of[0]):
            kind, depth = of[0], node.depth
        elif kind and node.depth > depth:
            _name(page, node, kind, scope)
        elif not node.depth and (root := _ROOT.fullmatch(node.text)):
            if root["kind"].lower() == "namespace":
                _state(page, node, Kind.NAMESPACE, root["name"], scope)
        else:
            kind = ""
    page.prose(block.line, block.end_line, "part of the tree around it")
    return True


def _nodes(block: Block) -> Iterator[_Node]:
    for number, line in enumerate(block.content.split("\n"), start=block.first_line):
        branch = _BRANCH.fullmatch(line.rstrip())
        if branch:
            yield _Node(number, branch.start("text"), branch["text"])
        elif line.strip(" │|"):
            yield _Node(number, 0, line.strip())


def _leads(nodes: list[_Node], kinds: list[tuple[str, bool] | None]) -> Iterator[bool]:
    """For each line whether it is a kind, with the name of a resource on the line below it."""
    for node, of, inner in zip(nodes, kinds, nodes[1:], strict=False):
        name = _NAME.fullmatch(inner.text)
        deeper = inner.depth > node.depth > 0
        yield of is not None and describes_resource(of[0]) and deeper and bool(name and is_own_name(name["name"]))


def _name(page: Page, node: _Node, kind: str, scope: Scope) -> None:
    """A line below a kind: the name of a resource, with what is said of it in parentheses."""
    match = _NAME.fullmatch(node.text)
    if match is None or not is_own_name(match["name"]):
        return
    remark = last_remark(node.text)
    summary = read_summary(kind, remark[1]) if remark else Summary()
    entity = _state(page, node, kind, match["name"], scope, summary.facts)
    if unread := [part for part in summary.unread if re.search(r"\d", part)]:
        page.unclear(entity, _place(node, scope), not_understood(unread))


def _state(page: Page, node: _Node, kind: str, name: str, scope: Scope, facts: tuple[Fact, ...] = ()) -> Entity:
    place = _place(node, scope)
    entity = page.names.named((kind,), name) or Entity(
        *(kind, name, "", node.line, place.text), *(scope.modality, scope.environment, scope.section)
    )
    page.state(page.add(entity), (named(name), *facts), place)
    return entity


def _place(node: _Node, scope: Scope) -> Place:
    return Place(node.line, node.text, scope.modality, scope.environment, scope.section)
