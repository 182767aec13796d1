"""Several processes that do one kind of work, item by item; results come in the order of the items.

On Linux the processes are forked: they begin with all that is imported, at no cost. This process never loads Helm's
library, which a fork would not survive (the render worker has it), and runs no thread by then. Elsewhere they are
spawned.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from todo_lint.errors import ToolError

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 8
_LENGTH_BYTES = 8
_FORKS = sys.platform == "linux"


def workers_for(items: int) -> int:
    """How many processes to use: as many as there are processors for this one, at most eight."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _MOST, items))


def map_in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], *, fork: bool = _FORKS, workers: int | None = None
) -> Iterator[Result]:
    """Do the work for each item and yield the results in order, no faster than they are taken.

    ``work`` and its results must be picklable. An exception in a worker ends in a ToolError here, and so does a
    worker that is killed.

    Raises:
        ToolError: when a worker does not finish.
    """
    workers = workers or workers_for(len(items))
    if workers == 1 or not items:
        yield from map(work, items)
    elif fork:
        yield from _forked(work, items, workers)
    else:
        yield from _spawned(work, items, workers)


def _forked(work: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result]:
    """Worker k does the items k, k + workers, k + 2 workers ...; a full pipe makes it wait."""
    children: list[tuple[int, BinaryIO]] = []
    try:
        for first in range(workers):
            children.append(_fork(work, items[first::workers], [pipe for _, pipe in children]))
        for number in range(len(items)):
            yield _take(children[number % workers][1])
    finally:
        for _, pipe in children:
            pipe.close()  # a worker that still writes ends
        for pid, _ in children:
            os.waitpid(pid, 0)


def _fork(work: Callable[[Item], Result], items: Sequence[Item], others: list[BinaryIO]) -> tuple[int, BinaryIO]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, os.fdopen(reading, "rb")
    try:
        os.close(reading)
        for pipe in others:
            os.close(pipe.fileno())
        _serve(work, items, writing)
    finally:
        os._exit(0)  # whatever happened: only the parent writes a report


def _serve(work: Callable[[Item], Result], items: Sequence[Item], writing: int) -> None:
    """Do the work in a worker. The first item that fails ends it, with what went wrong as its last result."""
    import gc

    gc.freeze()
    gc.disable()
    with os.fdopen(writing, "wb") as pipe:
        for item in items:
            try:
                packed = pickle.dumps((True, work(item)), pickle.HIGHEST_PROTOCOL)
            except Exception as error:
                from todo_lint.stages.crashes import describe

                packed = pickle.dumps((False, describe(error)))
            pipe.write(len(packed).to_bytes(_LENGTH_BYTES, "little"))
            pipe.write(packed)
            pipe.flush()


def _take(pipe: BinaryIO) -> Result:  # type: ignore[type-var]
    length = int.from_bytes(pipe.read(_LENGTH_BYTES), "little")
    packed = pipe.read(length)
    if not length or len(packed) < length:
        raise ToolError("a process that checks manifests ended before it was done (is there too little memory?)")
    worked, result = pickle.loads(packed)  # noqa: S301 - from our own child
    if not worked:
        raise ToolError(f"todo-lint failed: {result}; please report this")
    return result  # type: ignore[no-any-return]


def _spawned(work: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        try:
            yield from pool.map(work, items)
        except BrokenProcessPool as error:
            message = "a process that checks manifests ended before it was done (is there too little memory?)"
            raise ToolError(message) from error
