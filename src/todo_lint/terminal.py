"""Text of others made fit for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Text made harmless for a terminal: control and direction-changing characters are spelt out."""
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def one_line(text: str) -> str:
    """A text for an error message: on one line, and without what a terminal would act upon."""
    return printable(" ".join(text.split()))


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
