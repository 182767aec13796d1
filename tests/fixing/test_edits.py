"""Edits change their span, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.errors import UserError
from todo_lint.findings import Edit
from todo_lint.fixing.diff import unified_diff
from todo_lint.fixing.edits import apply_edits, disjoint
from todo_lint.fixing.replace_file import replace_file

_PORT = Edit(2, 7, 2, 11, "8000")


def test_line_endings_comments_and_a_byte_order_mark_stay() -> None:
    old = b"\xef\xbb\xbfa: 1\r\nport: 8080   # \xc3\xa4\r\n\r\nlast: x"
    assert apply_edits(old, [_PORT]) == old.replace(b"8080", b"8000")


def test_columns_count_characters_and_the_mark_is_none() -> None:
    assert apply_edits("\ufeffä: 1\n".encode(), [Edit(1, 4, 1, 5, "22")]) == "\ufeffä: 22\n".encode()


def test_several_edits_in_any_order() -> None:
    edits = [Edit(1, 6, 1, 7, "30"), Edit(2, 4, 2, 5, "4"), Edit(1, 4, 1, 5, "20"), Edit(1, 4, 1, 5, "20")]
    assert apply_edits(b"[a,1,2]\nb: 3\n", edits) == b"[a,20,30]\nb: 4\n"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 1, 1, 3, "x"), Edit(1, 2, 1, 4, "y")],
        [Edit(9, 1, 9, 2, "x")],
        [Edit(1, 1, 1, 99, "x")],
        [Edit(1, 1, 2, 1, "x")],
    ],
)
def test_edits_that_cannot_be_made(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="line"):
        apply_edits(b"abcdef\n", edits)


def test_edits_of_one_text_in_two_ways_are_not_made_together() -> None:
    assert disjoint([_PORT, _PORT, Edit(2, 11, 2, 12, "")])
    assert not disjoint([_PORT, Edit(2, 7, 2, 11, "9000")])
    assert not disjoint([_PORT, Edit(2, 8, 2, 9, "")])


@given(st.text(max_size=60), st.data())
def test_all_outside_of_the_span_stays(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    number = data.draw(st.integers(1, len(lines)))
    line = lines[number - 1].removeprefix("\ufeff") if number == 1 else lines[number - 1]
    start = data.draw(st.integers(1, len(line) + 1))
    end = data.draw(st.integers(start, len(line) + 1))
    old = text.encode("utf-8", "replace")
    new = apply_edits(old, [Edit(number, start, number, end, "<new>")]).decode()
    before, _, behind = new.partition("<new>")
    kept = old.decode()
    assert kept.startswith(before)
    assert kept.endswith(behind)
    assert len(before) + len(behind) + end - start == len(kept)


def test_a_diff_shows_changed_lines_only_and_can_be_applied(tmp_path: Path) -> None:
    old = b"password: hunter2\nport: 8080\ntoken: t"
    new = b"password: hunter2\nport: 8000\ntoken: t"
    text = unified_diff("values.yaml", old, new)
    assert text == "--- a/values.yaml\n+++ b/values.yaml\n@@ -2 +2 @@\n-port: 8080\n+port: 8000\n"
    (tmp_path / "values.yaml").write_bytes(old)
    # --unidiff-zero: the hunks have no lines around them
    done = subprocess.run(["git", "apply", "--unidiff-zero"], input=text.encode(), cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "values.yaml").read_bytes() == new


def test_a_diff_of_a_last_line_without_its_end() -> None:
    text = unified_diff("v", b"port: 1", b"port: 2")
    assert text.splitlines()[3:] == [
        "-port: 1",
        "\\ No newline at end of file",
        "+port: 2",
        "\\ No newline at end of file",
    ]


def test_a_file_is_replaced_and_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    file = tmp_path / "values.yaml"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    replace_file(str(link), b"old", b"new")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.yaml", "values.yaml"]


def test_a_file_that_somebody_else_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "values.yaml"
    file.write_bytes(b"theirs")
    with pytest.raises(UserError, match="changed meanwhile"):
        replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"theirs"


@pytest.mark.parametrize("function", ["os.fsync", "os.replace"])
def test_an_interruption_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    file = tmp_path / "values.yaml"
    file.write_bytes(b"old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(function, interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["values.yaml"]
