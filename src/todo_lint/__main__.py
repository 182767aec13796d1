"""The entry point: starts the render worker first of all, then everything else.

Both ``todo-lint`` and ``python -m todo_lint`` come here. Nothing is imported at the top but modules that
Python has loaded itself by then, so that the worker starts up while this process imports what it needs.
"""

import gc
import os
import sys  # not __future__ either: python -m would take a file of that name from the current folder

COLLECT_AFTER = 200_000  # objects: some tens of megabytes at most
SWITCH_AFTER = 0.0005  # seconds


def main() -> int:
    """Run todo-lint and end the process with its exit code, without the 15 ms that Python takes to tidy up.

    All that must be done at the end is done by then: the worker is ended, the report written. Where output cannot
    be written the exit code is returned, and Python ends in its own way.
    """
    code = start()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # so Python says that it is closed
                stream.flush()
    except OSError:
        return code
    os._exit(code)


def start() -> int:
    """Run todo-lint and return its exit code: 0, 1, 2, 3, or 130 after an interruption."""
    _forget_current_folder()
    # Imports alone make enough objects for dozens of collections that find nothing; a run holds few cycles.
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    # A thread talks to the worker while this one imports, and must not wait 5 ms for each of its turns.
    sys.setswitchinterval(SWITCH_AFTER)
    try:
        from todo_lint.helm.launch import launch_early

        if _may_render(sys.argv[1:]):
            launch_early()
        from todo_lint.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while everything is imported; run() sees to it later
        print("todo-lint: interrupted", file=sys.stderr)
        return 130
    except Exception as error:  # a broken installation; Python's own exit code would be 1
        print(f"todo-lint: it cannot start: {type(error).__name__}: {error}", file=sys.stderr)
        return 3


def _forget_current_folder() -> None:
    """Take the current folder off the import path, where ``python -m`` puts it.

    A file ``json.py`` of somebody's chart repository must not be executed. This package is found all the same: its
    parts are looked up beside this file.
    """
    if not sys.flags.safe_path and sys.path and __name__ == "__main__":
        del sys.path[0]


def _may_render(arguments: list[str]) -> bool:
    """Whether a chart seems to be among the arguments, whatever the command is.

    A worker started in vain is a little waste; for charts below a folder it is started when they are found. There is
    no time to tell options from paths.
    """
    return any(word.endswith((".tgz", ".tar.gz")) or os.path.isfile(f"{word}/Chart.yaml") for word in arguments)  # noqa: PTH113


if __name__ == "__main__":
    sys.exit(main())
