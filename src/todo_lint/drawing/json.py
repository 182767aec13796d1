"""The graph as JSON; schemas/graph.json describes it."""

from __future__ import annotations

import json

from todo_lint.drawing.edges import Drawing

VERSION = 1


def write(drawing: Drawing) -> str:
    """Write a drawing as JSON, ending in a line feed."""
    nodes = [
        {
            "id": number,
            "kind": node.kind,
            "name": node.name,
            "namespace": node.namespace or None,
            "standing": node.standing.value,
            "keys" if node.kind in ("ConfigMap", "Secret") else "ports": list(node.details),
        }
        for number, node in enumerate(drawing.nodes)
    ]
    edges = [
        {
            "from": edge.source,
            "to": edge.target,
            "use": edge.use,
            "path": edge.paths[0],
            "paths": list(edge.paths),
            "names": list(edge.details),
            "optional": edge.optional,
            "dangling": edge.dangling or None,
        }
        for edge in drawing.edges
    ]
    whole = {"version": VERSION, "title": drawing.title, "nodes": nodes, "edges": edges}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
