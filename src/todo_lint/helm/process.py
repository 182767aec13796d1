"""A child process that talks in frames over pipes, and that can be killed at a deadline.

On POSIX it is started by ``os.posix_spawn``: that takes 0.3 ms, while importing subprocess takes 5 ms before
anything is started. Elsewhere subprocess does it. Little is imported here, for the same reason.
"""

from __future__ import annotations

import _thread
import os
import sys

LENGTH_BYTES = 8
READ_LIMIT = 1 << 20
STDERR_KEPT = 1 << 16
LONGEST = 86_400.0  # seconds: as good as for ever
SIGKILL = 9  # the module signal would import enum


class ChildDiedError(Exception):
    """The child ended before it answered. ``expired``: because the deadline passed and it was killed."""

    def __init__(self, *, expired: bool, stderr: str) -> None:
        super().__init__("the child process ended")
        self.expired = expired
        self.stderr = stderr


class Child:
    """A running child: frames go to its standard input, and come from its standard output."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        """Start ``arguments[0]``; raises OSError if that is not possible. Returns at once."""
        child_in, self._input = os.pipe()
        self._output, child_out = os.pipe()
        self._errors, child_errors = os.pipe()
        self._came = bytearray()
        self._ended = False
        self._lock = _thread.allocate_lock()
        try:
            self._process = _spawn(arguments, environment, (child_in, child_out, child_errors))
        except BaseException:
            self._close()
            raise
        finally:
            for descriptor in (child_in, child_out, child_errors):
                os.close(descriptor)
        if sys.platform != "win32":
            os.set_blocking(self._input, False)  # a child that does not read must not hold up its deadline

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def exchange(self, frames: list[bytes], answers: int, deadline: float) -> list[bytes]:
        """Send ``frames`` and wait for as many frames as ``answers`` says.

        ``deadline`` is in seconds, from now. Raises ChildDiedError; the child is then gone and cleaned up.
        """
        message = b"".join(len(frame).to_bytes(LENGTH_BYTES, "little") + frame for frame in frames)
        watch = _watch(self, deadline)
        try:
            self._write(message, watch)
            return [self._read_frame(watch) for _ in range(answers)]
        except (EOFError, BrokenPipeError, ConnectionError):
            watch.end()
            raise ChildDiedError(expired=watch.expired, stderr=self.end()) from None
        finally:
            watch.end()

    def end(self) -> str:
        """Kill the child, wait for it, and return the first lines that it wrote to standard error."""
        with self._lock:
            if self._ended:
                return ""
        self.kill()
        with self._lock:
            if self._ended:  # by another thread, meanwhile
                return ""
            self._process.wait()
            self._ended = True
        try:
            if hasattr(os, "set_blocking"):
                os.set_blocking(self._errors, False)
            return os.read(self._errors, STDERR_KEPT).decode(errors="replace")
        except OSError:
            return ""
        finally:
            self._close()

    def dismiss(self) -> None:
        """Kill the child without waiting until the system has cleared it up, which takes some milliseconds.

        That is waited for when the next child is dismissed, or by the system when this process ends.
        """
        self.kill()
        _dismissed.append(self)
        _dismissed[:] = [child for child in _dismissed if not child._is_cleared_up()]

    def _is_cleared_up(self) -> bool:
        with self._lock:
            if not self._ended:
                if not self._process.has_ended():
                    return False
                self._ended = True
                self._close()
        return True

    def kill(self) -> None:
        """End the child now, whatever it is doing; ``end`` is still to be called."""
        # under the lock, since after the wait the process id may belong to another process
        with self._lock:
            if not self._ended:
                self._process.kill()

    def _close(self) -> None:
        for descriptor in (self._input, self._output, self._errors):
            os.close(descriptor)

    def _write(self, data: bytes, watch: _Watch) -> None:
        view = memoryview(data)
        while view:
            watch.until_writable(self._input)
            try:
                view = view[os.write(self._input, view[:READ_LIMIT]) :]
            except BlockingIOError:  # there is room, but not yet for as much as a pipe takes at once
                continue

    def _read_frame(self, watch: _Watch) -> bytes:
        return self._read(int.from_bytes(self._read(LENGTH_BYTES, watch), "little"), watch)

    def _read(self, size: int, watch: _Watch) -> bytes:
        """Read as many bytes as ``size`` says; what has come with them is kept for the next time."""
        while len(self._came) < size:
            watch.until_readable(self._output)
            part = os.read(self._output, READ_LIMIT)
            if not part:
                raise EOFError
            self._came += part
        taken = bytes(self._came[:size])
        del self._came[:size]
        return taken


class _Watch:
    """Ends a child at a deadline, by waiting for its pipes no longer than that."""

    def __init__(self, child: Child, deadline: float) -> None:
        from math import inf
        from time import monotonic

        self.expired = False
        self._child = child
        self._now = monotonic
        self._until = monotonic() + deadline if deadline < LONGEST else inf

    def until_readable(self, descriptor: int) -> None:
        """Wait until there is something to read, or the child has ended."""
        self._wait(descriptor, writing=False)

    def until_writable(self, descriptor: int) -> None:
        """Wait until something can be written, or the child has ended."""
        self._wait(descriptor, writing=True)

    def _wait(self, descriptor: int, *, writing: bool) -> None:
        import select

        waiting = select.poll()
        waiting.register(descriptor, select.POLLOUT if writing else select.POLLIN)
        while not self.expired:
            left = self._until - self._now()
            if left > 0 and waiting.poll(min(left, LONGEST) * 1000):
                return
            if self._now() >= self._until:
                self.expired = True
                self._child.kill()

    def end(self) -> None:
        """Watch no longer."""


class _TimedWatch(_Watch):
    """Ends a child at a deadline by a thread, where the system cannot wait for pipes."""

    def __init__(self, child: Child, deadline: float) -> None:
        import threading

        super().__init__(child, deadline)
        self._timer = threading.Timer(min(deadline, LONGEST), self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self) -> None:
        self.expired = True
        self._child.kill()

    def _wait(self, descriptor: int, *, writing: bool) -> None:
        """Reading and writing wait by themselves."""

    def end(self) -> None:
        """Watch no longer."""
        self._timer.cancel()


def _watch(child: Child, deadline: float) -> _Watch:
    return _TimedWatch(child, deadline) if sys.platform == "win32" else _Watch(child, deadline)


class _Spawned:
    """A process started by ``os.posix_spawn``."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        """End the process now. One that ended by itself is a zombie until the wait, so its id is still its own."""
        os.kill(self.pid, SIGKILL)

    def wait(self) -> None:
        """Wait until the process has ended."""
        os.waitpid(self.pid, 0)

    def has_ended(self) -> bool:
        """Say whether the process has ended, without waiting for it."""
        return os.waitpid(self.pid, os.WNOHANG)[0] != 0


if sys.platform == "win32":
    import subprocess

    class _Process(subprocess.Popen[bytes]):
        def has_ended(self) -> bool:
            """Say whether the process has ended, without waiting for it."""
            return self.poll() is not None

    def _spawn(arguments: list[str], environment: dict[str, str], streams: tuple[int, int, int]) -> _Process:
        # a group of its own: Ctrl-C is for the parent, which then ends the child
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
        stdin, stdout, stderr = streams
        return _Process(arguments, stdin=stdin, stdout=stdout, stderr=stderr, env=environment, creationflags=flags)
else:
    _Process = _Spawned

    def _spawn(arguments: list[str], environment: dict[str, str], streams: tuple[int, int, int]) -> _Process:
        # a group of its own: Ctrl-C is for the parent, which then ends the child
        actions = [(os.POSIX_SPAWN_DUP2, stream, number) for number, stream in enumerate(streams)]
        pid = os.posix_spawn(arguments[0], arguments, environment, file_actions=actions, setpgroup=0)
        return _Spawned(pid)


_dismissed: list[Child] = []
"""Children that were killed and have not been waited for."""
