"""Writes schemas/kubernetes/index-VERSION.json from the installed kubernetes-validate.

    python docs/generate_schema_index.py [--check]

With --check nothing is written: the exit code is 1 when a file is missing or stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from todo_lint.kubernetes.schema_index import definitions_path, index_file_name, pack_index
from todo_lint.kubernetes.versions import SUPPORTED

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    stale = []
    for version in SUPPORTED:
        target = ROOT / index_file_name(version)
        packed = pack_index(Path(definitions_path(version)).read_bytes())
        text = json.dumps(packed, separators=(",", ":")) + "\n"
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        stale.append(target.relative_to(ROOT))
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{'stale' if check else 'written'}: {path}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
