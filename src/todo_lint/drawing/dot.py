"""The graph in the DOT language of Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

from todo_lint.drawing.edges import Drawing, Edge, Node, Standing
from todo_lint.drawing.mermaid import label, shortened

_SHAPES = {"Service": "oval", "ConfigMap": "note", "Secret": "note", "Ingress": "hexagon"}


def write(drawing: Drawing) -> str:
    """Write a drawing as a digraph, ending in a line feed. What dangles is dashed and red."""
    lines = [f"digraph {_quote(drawing.title)} {{", "  rankdir=LR;"]
    lines += [f"  {_node(number, node)}" for number, node in enumerate(drawing.nodes)]
    lines += [f"  {_edge(edge)}" for edge in drawing.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _node(number: int, node: Node) -> str:
    text = [node.kind, node.name]
    if node.details:
        text.append(shortened(node.details))
    style = ""
    if node.standing is Standing.MISSING:
        text.append("not rendered")
        style = ", style=dashed, color=red"
    elif node.standing is Standing.OUTSIDE:
        text.append("made outside")
        style = ", style=dashed"
    shape = _SHAPES.get(node.kind, "box")
    return f"n{number} [label={_quote(*text)}, shape={shape}{style}];"


def _edge(edge: Edge) -> str:
    style = ", style=dashed, color=red, fontcolor=red" if edge.dangling else ", style=dashed" if edge.optional else ""
    return f"n{edge.source} -> n{edge.target} [label={_quote(label(edge))}{style}];"


def _quote(*lines: str) -> str:
    """A quoted string of several lines."""
    clean = ("".join(char if char.isprintable() else "?" for char in line) for line in lines)
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in clean) + '"'
