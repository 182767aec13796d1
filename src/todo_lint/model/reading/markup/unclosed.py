"""HTML that ends nowhere but at its own end, as CommonMark has it, or else with the document.

Source: https://spec.commonmark.org/0.31.2/#html-blocks, start conditions 1 to 3 and 5.
"""

from __future__ import annotations

_CLOSED_BY = {
    "<!--": "-->", "<?": "?>", "<![cdata[": "]]>",
    **{f"<{tag}": f"</{tag}>" for tag in ("script", "pre", "style", "textarea")},
}  # fmt: skip


def closing_of(html: str) -> str:
    """What a block of HTML should be closed by, where it is not and hides the lines below its first; else empty."""
    lowered = html.lower().strip()
    closing = next((end for begin, end in _CLOSED_BY.items() if lowered.startswith(begin)), "")
    return closing if "\n" in lowered and closing not in lowered else ""


__all__ = ["closing_of"]
