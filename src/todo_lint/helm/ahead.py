"""Calls that are made in a thread, a little ahead of who needs their results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

AHEAD = 2


def each_ahead(call: Callable[[Given], Result], given: Iterable[Given]) -> Iterator[Result]:
    """The result of a call for each of what is given, in order, while a thread makes the next call or two.

    What a call raises is raised where its result is asked for. Calls are made one after the other, and none is made
    after the iterator is closed but the one that is under way, which is waited for.
    """
    wanted: SimpleQueue[tuple[Given] | None] = SimpleQueue()
    results: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()
    over = threading.Event()

    def work() -> None:
        while (one := wanted.get()) is not None and not over.is_set():
            try:
                results.put((call(one[0]), None))
            except BaseException as error:  # raised again by who asks for the result
                results.put((None, error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    under_way = 0
    try:
        for one in given:
            wanted.put((one,))
            under_way += 1
            if under_way > AHEAD:
                under_way -= 1
                yield _taken(results.get())
        for _ in range(under_way):
            yield _taken(results.get())
    finally:
        over.set()
        wanted.put(None)
        thread.join()


def _taken(result: tuple[Result | None, BaseException | None]) -> Result:
    value, error = result
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # None only where the call gave it
