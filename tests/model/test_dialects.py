"""Documents in each dialect: which statements are read of them, and no others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel

HERE = Path(__file__).parent / "dialects"
BESIDE = Path(__file__).parents[3] / "shared" / "dialects"
"""Further documents, where they lie beside the checkout."""

Row = dict[str, str]


def rows(path: Path) -> dict[str, list[Row]]:
    """The rows of a table of expected statements, by the name of the document."""
    found: dict[str, list[Row]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            found.setdefault(row["file"], []).append(row)
    return found


def said(model: DataModel, columns: list[str]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(getattr(s, column)) for column in columns) for s in model.statements)


def check(folder: Path, document: str, expected: list[Row]) -> DataModel:
    model = read_markdown((folder / document).read_text(encoding="utf-8"), document)
    columns = [column for column in expected[0] if column != "file"]
    assert said(model, columns) == sorted(tuple(row[column] or "" for column in columns) for row in expected)
    return model


@pytest.mark.parametrize("document", sorted(path.name for path in HERE.glob("*.md")))
def test_a_document_states_what_it_is_meant_to_state_and_no_more(document: str) -> None:
    model = check(HERE, document, rows(HERE / "expected.tsv")[document])

    assert all(statement.understood for statement in model.statements)


@pytest.mark.skipif(not BESIDE.exists(), reason="the documents do not lie beside the checkout")
@pytest.mark.parametrize("document", sorted(path.name for path in BESIDE.glob("*-*.md")))
def test_documents_beside_the_checkout_are_read_as_their_table_says(document: str) -> None:
    check(BESIDE, document, rows(BESIDE / "EXPECTED.tsv")[document])


@pytest.mark.parametrize("document", sorted(path.name for path in HERE.glob("*.md")))
def test_damage_to_the_file_changes_nothing(document: str) -> None:
    text = (HERE / document).read_text(encoding="utf-8")
    plain = read_markdown(text, document)

    for damaged in (
        "\ufeff" + text,
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        text + "\n<!-- - **ledger-x Secret**\n  - a: b -->\n",
        text.rstrip("\n"),
    ):
        assert said(read_markdown(damaged, document), COLUMNS) == said(plain, COLUMNS)


COLUMNS = ["line", "kind", "name", "attribute", "value", "modality", "environment", "part", "understood"]


def test_what_is_secret_is_kept_out() -> None:
    for document in HERE.glob("*.md"):
        model = read_markdown(document.read_text(encoding="utf-8"), document.name)
        assert "hunter2" not in repr(model)
        assert "aHVudGVyMg" not in repr(model)


def test_alternatives_and_bounds_are_kept_apart() -> None:
    labels = read_markdown((HERE / "labels.md").read_text(encoding="utf-8"), "labels.md")
    by_line = {statement.line: statement for statement in labels.statements}

    assert by_line[31].alternatives == ("ClusterIP", "NodePort")
    assert by_line[43].alternatives == ("fast", "safe")
    assert by_line[11].bounds == ("2", "5")
    assert by_line[16].bounds == ("", "1")
    assert by_line[11].section == "Ledger API Deployment"
