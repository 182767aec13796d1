"""The graph as a flowchart of Mermaid, which GitHub shows in Markdown: https://mermaid.js.org/syntax/flowchart.html."""

from __future__ import annotations

from todo_lint.drawing.edges import Drawing, Edge, Node, Standing

_SHAPES = {"Service": ("([", "])"), "ConfigMap": ("[/", "/]"), "Secret": ("[/", "/]"), "Ingress": ("{{", "}}")}
_BOX = ("[", "]")
MOST_DETAILS = 4


def write(drawing: Drawing) -> str:
    """Write a drawing as a flowchart, ending in a line feed. What dangles is dashed and red."""
    lines = ["flowchart LR", f"  %% {_comment(drawing.title)}"]
    lines += [f"  {_node(number, node)}" for number, node in enumerate(drawing.nodes)]
    lines += [f"  {_edge(edge)}" for edge in drawing.edges]
    dangling = [number for number, edge in enumerate(drawing.edges) if edge.dangling]
    if dangling:
        lines.append(f"  linkStyle {','.join(map(str, dangling))} stroke:#d00,color:#d00")
    missing = [f"n{number}" for number, node in enumerate(drawing.nodes) if node.standing is Standing.MISSING]
    if missing:
        lines += ["  classDef missing stroke:#d00,stroke-dasharray:4", f"  class {','.join(missing)} missing"]
    outside = [f"n{number}" for number, node in enumerate(drawing.nodes) if node.standing is Standing.OUTSIDE]
    if outside:
        lines += ["  classDef outside stroke-dasharray:4", f"  class {','.join(outside)} outside"]
    return "\n".join(lines) + "\n"


def _node(number: int, node: Node) -> str:
    opening, closing = _SHAPES.get(node.kind, _BOX)
    text = [node.kind, node.name]
    if node.details:
        text.append(shortened(node.details))
    if node.standing is not Standing.RENDERED:
        text.append("not rendered" if node.standing is Standing.MISSING else "made outside")
    return f'n{number}{opening}"{"<br/>".join(map(_escape, text))}"{closing}'


def _edge(edge: Edge) -> str:
    arrow = "-.->" if edge.dangling or edge.optional else "-->"
    return f'n{edge.source} {arrow}|"{_escape(label(edge))}"| n{edge.target}'


def label(edge: Edge) -> str:
    """What stands at an edge: what it is for, what it names, and what of that is not there."""
    text = edge.use if not edge.details else f"{edge.use}: {shortened(edge.details)}"
    return f"{text} (DANGLING: {edge.dangling})" if edge.dangling else text


def shortened(details: tuple[str, ...]) -> str:
    """A list of keys, ports or addresses, cut where it is long."""
    more = f", +{len(details) - MOST_DETAILS}" if len(details) > MOST_DETAILS else ""
    return ", ".join(details[:MOST_DETAILS]) + more


def _escape(text: str) -> str:
    """A text without what would end a label or be read as markup."""
    for character, code in (
        ("&", "#amp;"),
        ('"', "#quot;"),
        ("<", "#lt;"),
        (">", "#gt;"),
        ("|", "#124;"),
        ("`", "#96;"),
    ):
        text = text.replace(character, code)
    return "".join(char if char.isprintable() else "?" for char in text)


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() and char not in "{}" else "?" for char in text)
