"""What a value has to become for the field that it is part of to be the stated one."""

from __future__ import annotations


def mended_part(part: str, whole: str, stated: str) -> str | None:
    """The text that takes the place of ``part`` in ``whole`` to make it ``stated``.

    ``web`` stays and ``2.0`` becomes ``1.0`` where ``web:2.0`` is to be ``web:1.0``. None where no replacement of
    this one part does it, or where several would do, so that which is meant is not known.
    """
    if not part or whole == stated:
        return None
    found: set[str] = set()
    position = whole.find(part)
    while position >= 0:
        before, behind = whole[:position], whole[position + len(part) :]
        if len(before) + len(behind) <= len(stated) and stated.startswith(before) and stated.endswith(behind):
            found.add(stated[len(before) : len(stated) - len(behind)])
        position = whole.find(part, position + 1)
    return found.pop() if len(found) == 1 and all(found) else None
