"""Several processes that do one kind of work, item by item; results come in the order of the items.

On Linux the processes are forked: they begin with all that is imported, at no cost. This process never loads Helm's
library, which a fork would not survive (the render worker has it), and runs no thread by then. Elsewhere they are
spawned.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO, TypeVar

from todo_lint.errors import ToolError

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 8
_NUMBER_BYTES = 8
_DONE, _FAILED = -1, -2
_FORKS = sys.platform == "linux"


def workers_for(items: int) -> int:
    """How many processes to use: as many as there are processors for this one, at most eight."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _MOST, items))


def map_in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], *, fork: bool = _FORKS, workers: int | None = None
) -> Iterator[Result]:
    """Do the work for each item and yield the results in order.

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
    """Each worker takes the next item that nobody has taken, since one processor may be busier than another.

    The number of that item goes round through a pipe that all workers read: whoever has read it puts the next one in.
    """
    turns = os.pipe()
    os.write(turns[1], (0).to_bytes(_NUMBER_BYTES, "little"))
    children: dict[BinaryIO, int] = {}
    try:
        for _ in range(workers):
            pid, pipe = _fork(partial(_serve, work, items, turns), list(children))
            children[pipe] = pid
        yield from _in_order(_collect(list(children)), len(items))
    finally:
        for end in turns:
            os.close(end)
        for pipe, pid in children.items():
            pipe.close()
            os.kill(pid, signal.SIGKILL)  # it has ended already, or nobody waits for what it does
            os.waitpid(pid, 0)


def _in_order(results: Iterator[tuple[int, Result]], count: int) -> Iterator[Result]:
    """Give numbered results by their numbers; those that come too early are kept until then."""
    early: dict[int, Result] = {}
    for wanted in range(count):
        while wanted not in early:
            number, result = next(results)
            early[number] = result
        yield early.pop(wanted)


def _collect(pipes: list[BinaryIO]) -> Iterator[tuple[int, Any]]:
    """Take numbered results from all workers as they come."""
    while pipes:
        ready, _, _ = select.select(pipes, [], [])
        for pipe in ready:
            number, result = _take(pipe)
            if number == _DONE:
                pipes.remove(pipe)
            else:
                yield number, result


def _fork(serve: Callable[[int], None], others: list[BinaryIO]) -> tuple[int, BinaryIO]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, os.fdopen(reading, "rb", buffering=0)
    try:
        os.close(reading)
        for pipe in others:
            os.close(pipe.fileno())
        serve(writing)
    finally:
        os._exit(0)  # whatever happened: only the parent writes a report


def _serve(work: Callable[[Item], Result], items: Sequence[Item], turns: tuple[int, int], writing: int) -> None:
    """Do the work in a worker. The first item that fails ends it, with what went wrong as its last result."""
    import gc

    gc.freeze()
    gc.disable()
    with os.fdopen(writing, "wb") as pipe:
        while (number := _next(turns)) < len(items):
            _send(pipe, _attempt(work, items[number], number))
        _send(pipe, pickle.dumps((_DONE, None)))


def _next(turns: tuple[int, int]) -> int:
    number = int.from_bytes(os.read(turns[0], _NUMBER_BYTES), "little")
    os.write(turns[1], (number + 1).to_bytes(_NUMBER_BYTES, "little"))
    return number


def _attempt(work: Callable[[Item], Result], item: Item, number: int) -> bytes:
    try:
        return pickle.dumps((number, work(item)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        from todo_lint.stages.crashes import describe

        return pickle.dumps((_FAILED, describe(error)))


def _send(pipe: BinaryIO, packed: bytes) -> None:
    pipe.write(len(packed).to_bytes(_NUMBER_BYTES, "little"))
    pipe.write(packed)
    pipe.flush()


def _take(pipe: BinaryIO) -> tuple[int, Any]:
    packed = _read(pipe, int.from_bytes(_read(pipe, _NUMBER_BYTES), "little"))
    number, result = pickle.loads(packed)  # noqa: S301 - from our own child
    if number == _FAILED:
        raise ToolError(f"todo-lint failed: {result}; please report this")
    return number, result


def _read(pipe: BinaryIO, length: int) -> bytes:
    """Read so many bytes, no more: whether more is there is asked of the pipe itself."""
    parts = bytearray()
    while len(parts) < length:
        more = pipe.read(length - len(parts))
        if not more:
            raise ToolError("a process that checks manifests ended before it was done (is there too little memory?)")
        parts += more
    return bytes(parts)


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
