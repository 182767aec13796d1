"""The expected outcomes are those of ``helm package`` (4.3.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.helm.ignore import IgnoreProblem, ignoring_rule, read_ignore_rules


def ignored(text: str, path: str, *, is_folder: bool = False) -> bool:
    rules = read_ignore_rules(text)
    assert not isinstance(rules, IgnoreProblem)
    return ignoring_rule(rules, path, is_folder=is_folder) is not None


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "docs/deep/a.txt", True),  # without a slash only the last part counts
        ("docs/*.txt", "docs/a.txt", True),
        ("docs/*.txt", "docs/deep/a.txt", False),  # a star does not cross a slash
        ("/a.txt", "a.txt", True),
        ("/a.txt", "docs/a.txt", False),
        ("a.tx?", "a.txt", True),
        ("[a-c].txt", "b.txt", True),
        ("[a-c].txt", "d.txt", False),
        ("[^R]*.md", "README.md", False),
        ("[^R]*.md", "guide.md", True),
        ("/docs[^x]a.txt", "docs/a.txt", True),  # Go's classes match a slash
        (r"\[x\].md", "[x].md", True),
        ("docs/", "docs", False),  # a file named like a folder
        ("# *.txt", "a.txt", False),
        ("  *.txt  ", "a.txt", True),
        ("!README.md", "Chart.yaml", True),
        ("!README.md", "README.md", False),
        ("!docs/", "a.txt", True),
        ("!", "a.txt", True),
        ("/", "a.txt", False),
        (".*", ".dotfile", True),
        ("", "templates/.hidden", True),  # Helm's own rule
        ("", "templates/_helpers.tpl", False),
        ("", "templates/tests/.hidden", False),
    ],
)
def test_a_file_is_ignored_as_helm_does(pattern: str, path: str, expected: bool) -> None:
    assert ignored(pattern, path) is expected


def test_a_folder_pattern_ignores_the_folder() -> None:
    assert ignored("docs/", "docs", is_folder=True)
    assert ignored("docs/", "sub/docs", is_folder=True)
    assert not ignored("docs/", "docs2", is_folder=True)


def test_the_first_match_decides() -> None:
    assert ignored("*.md\n!README.md", "README.md")
    assert not ignored("!README.md", "README.md")


@pytest.mark.parametrize("pattern", ["**/a", "[z-", "[a", "a\\", "[]a]", "[a-]b"])
def test_a_pattern_that_helm_refuses_is_a_problem_with_its_line(pattern: str) -> None:
    problem = read_ignore_rules(f"# first\n{pattern}\n")
    assert isinstance(problem, IgnoreProblem)
    assert problem.line == 2
    assert repr(pattern) in problem.message


@given(st.text(alphabet="ab*?[]^-\\/!#. ", max_size=12), st.text(alphabet="ab./-", min_size=1, max_size=8))
def test_no_pattern_breaks_the_reader(pattern: str, path: str) -> None:
    rules = read_ignore_rules(pattern)
    assert isinstance(rules, IgnoreProblem) or ignoring_rule(rules, path, is_folder=False) in (None, *rules)
