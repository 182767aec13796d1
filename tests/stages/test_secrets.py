"""Which texts of Secrets are kept out of what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint import cli
from todo_lint.findings import Layer
from todo_lint.helm.chart import Chart
from todo_lint.helm.metadata import read_metadata
from todo_lint.manifests.resources import Source
from todo_lint.stages import secrets
from todo_lint.stages.profile_run import DocumentReader
from todo_lint.stages.secrets import public_names, secret_texts


def texts(data: str, public: str = "", kind: str = "Secret") -> set[str]:
    text = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: a}}\nstringData:\n  {data}\n"
    reader = DocumentReader(("1.37",))
    return set(secret_texts(reader.resources([Source("a.yaml", Layer.MANIFEST, text)]).resources, public))


def test_values_are_kept_out_and_keys_are_not() -> None:
    assert texts("password: correct-horse") == {"correct-horse"}
    assert texts("port: '5432'") == set()
    assert texts("password: correct-horse", kind="ConfigMap") == set()


def test_what_cannot_be_a_key_is_a_value_in_the_wrong_place() -> None:
    assert texts('"postgresql://user:pass@db/shop": x') == {"postgresql://user:pass@db/shop"}
    assert texts("tls.crt: x") == set()


SHOWN_AS_KEY = """\
apiVersion: v1
kind: Secret
metadata: {name: web}
stringData:
  password: hunter-2-hunter
  hunter-2-hunter: x
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1.0
      env:
        - {name: A, valueFrom: {secretKeyRef: {name: web, key: pass}}}
"""


@pytest.mark.parametrize("arguments", [["a.yaml"], ["a.yaml", "--format", "json"], ["graph", "a.yaml"]])
def test_a_key_that_is_the_value_of_another_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(SHOWN_AS_KEY)
    cli.run(arguments)
    out = capsys.readouterr().out
    assert "hunter" not in out
    assert "password" in out


def test_a_word_of_the_charts_name_tells_nothing() -> None:
    assert texts("username: elastic", "elasticsearch") == set()
    assert texts("username: elastic7", "elasticsearch") == {"elastic7"}


def test_public_are_the_names_of_the_chart_and_its_subcharts() -> None:
    meta = b"apiVersion: v2\nname: web\nversion: 0.1.0\n"
    files = {"Chart.yaml": meta, "charts/cache/Chart.yaml": b"", "charts/cache/values.yaml": b"", "charts/x.txt": b""}
    assert public_names(Chart("web", read_metadata(files, "web"), files)) == "web cache"


@given(
    st.frozensets(st.text("abcfgk", min_size=1, max_size=9), max_size=30),
    st.lists(st.sampled_from("abcfgk"), max_size=60).map("".join),
)
def test_many_texts_are_blotted_like_few(texts: frozenset[str], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        one_by_one = secrets.cleaner.__wrapped__(texts)(text)
        patch.setattr(secrets, "FEW", 0)
        assert secrets.cleaner.__wrapped__(texts)(text) == one_by_one
