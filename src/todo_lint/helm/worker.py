"""The render worker: a script of its own, started as a child process, that calls Helm's Go library.

A chart is untrusted input. Its templates can loop for ever, eat memory or abort the process, and a call into the
Go library cannot be interrupted; so the calls happen here, where the parent can end them. The script is run by
``python -I -S worker.py LIBRARY MEMORY_LIMIT LANES``, so that nothing from the current folder or from site-packages
is imported; it is never imported by todo-lint itself, and it is the only code that touches the library.

Protocol, on what were standard input and output: a frame is a length of 8 bytes (little endian) and as many bytes.
The worker first sends one frame that is empty when it is ready, or says why it is not. Then each request is three
frames (chart archive, values as JSON, render options as JSON) and each answer three frames (outcome, text, CRDs):
outcome ``rendered`` with a JSON object of file name to text and a JSON list of CRDs, or the step that
failed (``load``, ``values``, ``render``, ``panic``) with the library's message and an empty frame. An archive that
is empty stands for the one of the request before. Requests may be sent before the answers to earlier ones have come:
as many as there are lanes are rendered at once, and the answers come in the order of the requests.

At the end of its input the worker exits at once, even in the middle of a render: a thread waits for it. That is
how a parent that was killed leaves no worker behind.
"""

from __future__ import annotations

import _thread
import ctypes
import os
import sys
from _queue import SimpleQueue  # the module queue imports what takes longer than all else here

LENGTH_BYTES = 8
READ_LIMIT = 1 << 20

# helm_error_code of helm_c.h, as far as loading and rendering use it
CODE_PANIC = -5
CODE_VALUES = -22


class Helm:
    """The functions of the Helm library that rendering needs."""

    def __init__(self, path: str) -> None:
        library = ctypes.CDLL(path)
        text_out = ctypes.POINTER(ctypes.c_void_p)
        handle_out = ctypes.POINTER(ctypes.c_uint64)
        signatures: dict[str, tuple[type[ctypes.c_int32 | ctypes.c_int64] | None, list[type]]] = {
            "helm_free_string": (None, [ctypes.c_void_p]),
            "helm_open_handles_count": (ctypes.c_int64, []),
            "helm_chart_load_archive": (
                ctypes.c_int32,
                [ctypes.c_char_p, ctypes.c_uint64, handle_out, text_out],
            ),
            "helm_chart_free": (ctypes.c_int32, [ctypes.c_uint64, text_out]),
            "helm_chart_crds": (ctypes.c_int32, [ctypes.c_uint64, text_out, text_out]),
            "helm_render": (
                ctypes.c_int32,
                [ctypes.c_uint64, ctypes.c_char_p, ctypes.c_char_p, text_out, text_out],
            ),
        }
        for name, (result, arguments) in signatures.items():
            function = getattr(library, name)
            function.restype = result
            function.argtypes = arguments
        self._library = library
        library.helm_open_handles_count()  # any call waits until the Go runtime has started

    def answer(self, archive: bytes, values: bytes, options: bytes) -> tuple[bytes, bytes, bytes]:
        """Load the chart, render it once and give it back: a chart handle renders correctly only once."""
        handle = ctypes.c_uint64()
        message = ctypes.c_void_p()
        code = self._library.helm_chart_load_archive(
            archive, len(archive), ctypes.byref(handle), ctypes.byref(message)
        )
        if code:
            return step_of(code, b"load"), self._take(message), b""
        try:
            return self._render(handle, values, options)
        finally:
            self._library.helm_chart_free(handle, ctypes.byref(message))

    def _render(self, handle: ctypes.c_uint64, values: bytes, options: bytes) -> tuple[bytes, bytes, bytes]:
        rendered, crds, message = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
        code = self._library.helm_render(handle, values, options, ctypes.byref(rendered), ctypes.byref(message))
        if code:
            return step_of(code, b"render"), self._take(message), b""
        # asked after rendering, which has removed the subcharts that the values switch off
        code = self._library.helm_chart_crds(handle, ctypes.byref(crds), ctypes.byref(message))
        if code:
            return step_of(code, b"load"), self._take(message), b""
        return b"rendered", self._take(rendered), self._take(crds)

    def _take(self, text: ctypes.c_void_p) -> bytes:
        """Copy a string that the library owns, and free it."""
        if not text.value:
            return b""
        try:
            return ctypes.string_at(text.value)
        finally:
            self._library.helm_free_string(text)


def step_of(code: int, step: bytes) -> bytes:
    """The name of the step that failed, from the library's error code and the call that was made."""
    return {CODE_PANIC: b"panic", CODE_VALUES: b"values"}.get(code, step)


class Requests:
    """Reads requests in a thread of its own, so that the end of the input is seen while a render runs."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._arrived: SimpleQueue[tuple[bytes, bytes, bytes]] = SimpleQueue()
        _thread.start_new_thread(self._read, ())

    def next(self) -> tuple[bytes, bytes, bytes]:
        """Wait for the next request."""
        return self._arrived.get()

    def _read(self) -> None:
        archive = b""
        try:
            while True:
                archive = self._frame() or archive
                self._arrived.put((archive, self._frame(), self._frame()))
        finally:
            os._exit(0)

    def _frame(self) -> bytes:
        return self._exactly(int.from_bytes(self._exactly(LENGTH_BYTES), "little"))

    def _exactly(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = os.read(self._descriptor, min(size - len(parts), READ_LIMIT))
            if not part:
                os._exit(0)
            parts += part
        return bytes(parts)


class Lanes:
    """Answers requests, several at once, in the order in which they came. The library is called in each thread."""

    def __init__(self, helm: Helm, requests: Requests, sent: int) -> None:
        self._helm = helm
        self._requests = requests
        self._sent = sent
        self._taking = _thread.allocate_lock()
        self._last_is_sent = _thread.allocate_lock()  # free once the answer to the request taken last is sent

    def serve(self, lanes: int) -> None:
        """Answer until the input ends."""
        for _ in range(lanes - 1):
            _thread.start_new_thread(self._serve, ())
        self._serve()

    def _serve(self) -> None:
        try:
            while True:
                self._answer_next()
        except BrokenPipeError:
            os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)  # the other lanes would wait for this one

    def _answer_next(self) -> None:
        with self._taking:
            request = self._requests.next()
            one_before, own = self._last_is_sent, _thread.allocate_lock()
            own.acquire()
            self._last_is_sent = own
        answer = self._helm.answer(*request)
        one_before.acquire()
        send(self._sent, *answer)
        own.release()


def send(descriptor: int, *frames: bytes) -> None:
    """Write frames; a parent that has gone ends the worker."""
    message = memoryview(b"".join(len(frame).to_bytes(LENGTH_BYTES, "little") + frame for frame in frames))
    while message:
        message = message[os.write(descriptor, message) :]


def limit_memory(size: int) -> None:
    """Let allocations beyond ``size`` bytes fail, where the system can, and leave no core file behind."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_DATA, size), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        try:
            resource.setrlimit(kind, (limit, hard))
        except (OSError, ValueError):  # a system that knows the limit by name only
            continue


def close_the_world() -> None:
    """Let no file be opened and no connection be made from here on, where the system can.

    A values schema may refer to other schemas, by ``file:`` or on the web, and Helm's library would read them.
    """
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def take_descriptors() -> tuple[int, int]:
    """Move the protocol off the standard descriptors, so that a stray print cannot disturb it.

    Standard error stays as the parent set it, but never blocks: the first lines of a crash are enough.
    """
    received, sent = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(received, os.O_BINARY)
        msvcrt.setmode(sent, os.O_BINARY)
    else:
        os.set_blocking(2, False)
    return received, sent


def main(library: str, memory_limit: int, lanes: int) -> None:
    """Serve render requests until the input ends."""
    received, sent = take_descriptors()
    requests = Requests(received)
    limit_memory(memory_limit)
    try:
        helm = Helm(library)
    except (OSError, AttributeError) as error:
        send(sent, str(error).encode() or b"the library cannot be loaded")
        return
    close_the_world()
    send(sent, b"")
    Lanes(helm, requests, sent).serve(lanes)


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except BrokenPipeError:
        os._exit(0)
