"""A hundred thousand paths in a hundredth of the memory that as many strings take."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

_CHUNK = 200
_BETWEEN = b"\0"


class Paths(Sequence[str]):
    """Paths in the order in which they were given, each chunk of two hundred packed into a few hundred bytes.

    What the paths of a chunk begin with, their folder for the most part, is kept once.
    """

    __slots__ = ("_chunks", "_count", "_open")

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._chunks: list[bytes] = []
        self._open: list[str] = []
        self._count = 0
        for path in paths:
            self.append(path)

    def append(self, path: str) -> None:
        """Add a path at the end."""
        self._open.append(path)
        self._count += 1
        if len(self._open) == _CHUNK:
            self._chunks.append(_packed(self._open))
            self._open = []

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._chunks) + 1):
            yield from self._chunk(number)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._count)
            if step != 1:
                raise ValueError("paths are given out one after the other")
            numbers = range(start // _CHUNK, -(-stop // _CHUNK))
            chunks = (self._chunk(number, start - number * _CHUNK, stop - number * _CHUNK) for number in numbers)
            return [path for chunk in chunks for path in chunk]
        number = range(self._count)[index]
        (path,) = self._chunk(number // _CHUNK, number % _CHUNK, number % _CHUNK + 1)
        return path

    def _chunk(self, number: int, start: int = 0, stop: int | None = None) -> list[str]:
        """The paths of a chunk between two of its places, which may lie outside of it."""
        part = slice(max(start, 0), stop)
        if number == len(self._chunks):
            return self._open[part]
        common, *rest = zlib.decompress(self._chunks[number]).split(_BETWEEN)
        return [os.fsdecode(common + end) for end in rest[part]]


def _packed(paths: list[str]) -> bytes:
    raw = [os.fsencode(path) for path in paths]
    start: bytes = os.path.commonprefix(raw)  # type: ignore[assignment]  # noqa: RUF071 - characters are meant
    return zlib.compress(_BETWEEN.join([start, *(path[len(start) :] for path in raw)]), 1)


class Batches(Sequence[Sequence[str]]):
    """A sequence of paths as batches of a size, each made when it is asked for."""

    __slots__ = ("_paths", "_starts")

    def __init__(self, paths: Sequence[str], size: int) -> None:
        self._paths = paths
        self._starts = range(0, len(paths), size)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Sequence[str]: ...

    @overload
    def __getitem__(self, index: slice) -> Batches: ...

    def __getitem__(self, index: int | slice) -> Sequence[str] | Batches:
        starts = self._starts[index]
        if isinstance(starts, int):
            return self._paths[starts : starts + self._starts.step]
        rest = Batches(self._paths, self._starts.step)
        rest._starts = starts
        return rest
