"""The cache of data models changes nothing but the time that a run takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from todo_lint import cli
from todo_lint.errors import UserError
from todo_lint.model import cache
from todo_lint.model.discovery import load_data_model

CANARY = "hunter2-canary-value"
DOCUMENT = f"""# The app

A sentence about {CANARY}-in-prose.

## Kubernetes Services

- **backend-service**
  - Type: ClusterIP
  - Port: 8000
  - Colour: blue

## Secrets

- **app-secrets**
  - password: {CANARY}
  - user: [from the vault]
"""
MANIFEST = """apiVersion: v1
kind: Service
metadata: {name: backend-service}
spec: {type: NodePort, ports: [{port: 8001}]}
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that is on, in a folder that does not exist yet, beside a document and a manifest."""
    (tmp_path / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "app.yaml").write_text(MANIFEST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.model")) if folder.exists() else []


def run(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.run(["app.yaml", "--data-model", "document.md", "--format", "json"])
    out, err = capsys.readouterr()
    return code, out, err


def test_no_cache_cold_and_warm_give_the_same_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    without = run(capsys)
    assert without[0] == 1
    assert "documented-port-differs" in without[1]
    assert "statement-not-understood" in without[1]
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    cold = run(capsys)
    assert len(entries(folder)) == 1
    monkeypatch.setattr("todo_lint.model.reader.read_markdown", lambda *_: pytest.fail("the document was read again"))
    assert run(capsys) == cold == without


def test_a_remembered_model_is_the_one_that_was_read(folder: Path) -> None:
    read, recalled = load_data_model("document.md"), load_data_model("document.md")
    assert recalled.statements == read.statements
    assert repr(recalled.statements) == repr(read.statements)
    assert [(p.line, p.reason) for p in recalled.prose] == [(p.line, p.reason) for p in read.prose]
    assert recalled.lines == read.lines


def test_an_entry_says_nothing_about_the_file_s_name(folder: Path) -> None:
    load_data_model("document.md")
    Path("other.md").write_text(DOCUMENT, encoding="utf-8")
    assert load_data_model("other.md").file == "other.md"
    assert len(entries(folder)) == 1


def test_a_changed_document_is_read_again(folder: Path) -> None:
    assert [s.value for s in load_data_model("document.md").statements if s.attribute == "port"] == ["8000"]
    Path("document.md").write_text(DOCUMENT.replace("8000", "8001"), encoding="utf-8")
    assert [s.value for s in load_data_model("document.md").statements if s.attribute == "port"] == ["8001"]


def test_entries_of_other_readers_are_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_data_model("document.md")
    raw = Path("document.md").read_bytes()
    assert cache.recall(raw, "document.md") is not None
    monkeypatch.setattr(cache, "VERSION", "0.0.0")
    assert cache.recall(raw, "document.md") is None


def change_a_word(entry: bytes) -> bytes:
    assert b"8000" in entry
    return entry.replace(b"8000", b"9000")


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: b"",
        lambda entry: entry[:-20],
        lambda entry: b"\xff\xfe\n" + entry,
        lambda entry: entry.split(b"\n")[0] + b"\n{}",
        change_a_word,
    ],
    ids=["empty", "cut", "no text", "other content", "one word"],
)
def test_a_damaged_entry_is_as_good_as_none(folder: Path, damage: object, capsys: pytest.CaptureFixture[str]) -> None:
    cold = run(capsys)
    [entry] = entries(folder)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))  # type: ignore[operator]
    assert run(capsys) == cold
    assert entry.read_bytes() == whole, "the entry is written anew"


def test_a_folder_that_cannot_be_made_does_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cold = run(capsys)
    monkeypatch.setenv(cache.VARIABLE, str(Path("app.yaml", "below").absolute()))
    assert run(capsys) == cold


@posix
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    load_data_model("document.md")
    folder.chmod(0o777)
    assert cache.recall(Path("document.md").read_bytes(), "document.md") is None
    entries(folder)[0].unlink()
    load_data_model("document.md")
    assert entries(folder) == []


@posix
def test_only_the_owner_can_read_it(folder: Path) -> None:
    load_data_model("document.md")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [entry.stat().st_mode & 0o777 for entry in entries(folder)] == [0o600]


def test_no_value_of_a_secret_and_no_prose_is_written(folder: Path) -> None:
    load_data_model("document.md")
    [entry] = entries(folder)
    text = entry.read_text(encoding="ascii")
    assert "[not shown]" in text
    assert CANARY not in text


@pytest.mark.parametrize(
    "line",
    [
        f"## ConfigMaps\n\n- **app-config**\n  - api_token: {CANARY}\n",
        f"## ConfigMaps\n\n- **app-config**\n  - smtp_pass: {CANARY}\n",
        f"## values.yaml\n\n- secrets.signing: {CANARY}\n",
        f"## ConfigMaps\n\n- **app-config**\n  - address: postgres://me:{CANARY}@db/x\n",
    ],
)
def test_a_document_that_seems_to_state_a_secret_is_not_kept(folder: Path, line: str) -> None:
    Path("document.md").write_text(f"{DOCUMENT}\n{line}", encoding="utf-8")
    load_data_model("document.md")
    assert entries(folder) == []


@pytest.mark.parametrize(
    "line",
    [
        f"## Other\n\n- Password: {CANARY}\n",
        f"## ConfigMaps\n\n- **app-config**\n  - header: Bearer {CANARY}\n",
        f"## Secrets\n\n- **more-secrets**\n  - key\n    - Value: {CANARY}\n",
    ],
)
def test_what_is_no_statement_is_not_written(folder: Path, line: str) -> None:
    Path("document.md").write_text(f"{DOCUMENT}\n{line}", encoding="utf-8")
    load_data_model("document.md")
    assert all(CANARY not in entry.read_text(encoding="ascii") for entry in entries(folder))


def test_a_document_without_statements_is_refused_each_time(folder: Path) -> None:
    Path("document.md").write_text("Only prose.\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UserError, match="0 statements read"):
            load_data_model("document.md")


def test_old_entries_are_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ENTRIES", 3)
    for port in range(8000, 8005):
        Path("document.md").write_text(DOCUMENT.replace("8000", str(port)), encoding="utf-8")
        load_data_model("document.md")
        os.utime(max(entries(folder), key=lambda entry: entry.stat().st_mtime_ns), ns=(port, port))
    assert len(entries(folder)) == 3
    assert cache.recall(Path("document.md").read_bytes(), "document.md") is not None


@pytest.mark.parametrize("off", ["", "off", "OFF"])
def test_it_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv(cache.VARIABLE, off)
    load_data_model("document.md")
    assert entries(folder) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have folders of their own")
def test_it_lies_where_caches_lie(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    load_data_model("document.md")
    assert len(entries(folder / "home" / ".cache" / "todo-lint")) == 1
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "xdg"))
    load_data_model("document.md")
    assert len(entries(folder / "xdg" / "todo-lint")) == 1


def test_a_secret_in_the_words_of_a_line_is_not_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "The admin password is hunter2SuperS3cret."
    document = DOCUMENT.split("\n## Secrets")[0] + f"  - Type: ClusterIP {said}\n{said}\n\n{said}\n"
    Path("document.md").write_text(document, encoding="utf-8")
    first, second = run(capsys), run(capsys)
    assert first == second
    for entry in entries(folder):
        assert b"SuperS3cret" not in entry.read_bytes()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_words_of_statements_come_back(ends: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("document.md").write_bytes(DOCUMENT.split("\n## Secrets")[0].replace("\n", ends).encode())
    first = load_data_model("document.md")
    second = load_data_model("document.md")
    assert [entry.suffix for entry in entries(folder)] == [".model"]
    assert second.statements == first.statements
