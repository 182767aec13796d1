"""Charts as they lie on disk: what is read, what is refused, and how that is said."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.errors import UserError
from todo_lint.helm import chart as chart_module
from todo_lint.helm import package
from todo_lint.helm.archive import pack
from todo_lint.helm.chart import is_chart, load_chart

WriteChart = Callable[..., Path]
LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")


def refusal(path: Path | str) -> UserError:
    with pytest.raises(UserError) as raised:
        load_chart(str(path))
    assert "\n" not in str(raised.value)
    return raised.value


def test_a_folder_and_its_package_hold_the_same_chart(write_chart: WriteChart, tmp_path: Path) -> None:
    folder = write_chart(
        "app",
        {"templates/a.yaml": "\ufeffa: 1\n", "ci/b-values.yaml": "b: 1\n"},
        "appVersion: '1.0'\ntype: application\n",
    )
    chart = load_chart(str(folder))
    assert chart.files["templates/a.yaml"] == b"a: 1\n"
    assert dict(chart.ci_values) == {"ci/b-values.yaml": b"b: 1\n"}
    assert (chart.metadata.name, chart.metadata.version, chart.metadata.app_version) == ("app", "0.1.0", "1.0")
    packed = tmp_path / "app-0.1.0.tgz"
    packed.write_bytes(pack(chart))
    again = load_chart(str(packed))
    assert again.packaged
    assert (again.files, again.metadata, again.ci_values) == (chart.files, chart.metadata, chart.ci_values)
    assert is_chart(str(folder))
    assert is_chart(str(packed))
    assert not is_chart(str(tmp_path))
    assert not is_chart(str(folder / "Chart.yaml"))


def test_unquoted_versions_become_text_as_in_helm(write_chart: WriteChart) -> None:
    chart = load_chart(str(write_chart("app", {"Chart.yaml": "name: app\nversion: 1.10\nappVersion: 7\n"})))
    assert (chart.metadata.version, chart.metadata.app_version, chart.metadata.api_version) == ("1.1", "7", "")


def test_helmignore_leaves_files_out_but_ci_values_are_still_found(write_chart: WriteChart) -> None:
    files = {".helmignore": "ci/\n*.md\n", "ci/a-values.yaml": "a: 1\n", "README.md": "x", "ci/other.yaml": ""}
    chart = load_chart(str(write_chart("app", files)))
    assert sorted(chart.files) == [".helmignore", "Chart.yaml"]
    assert list(chart.ci_values) == ["ci/a-values.yaml"]


def test_a_helmignore_that_ignores_the_chart_is_named_with_its_line(write_chart: WriteChart) -> None:
    error = refusal(write_chart("app", {".helmignore": "*.txt\n!README.md\n"}))
    assert (Path(error.file or "").name, error.line) == (".helmignore", 2)
    assert "'!README.md' leaves Chart.yaml out of the chart" in error.message


def test_what_is_no_chart(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone").message == "no such file or folder"
    assert refusal(tmp_path).message == "the folder is empty"
    (tmp_path / "values.yaml").write_text("a: 1\n")
    assert refusal(tmp_path).message == "the folder holds no Chart.yaml: it is no Helm chart"
    assert refusal(tmp_path / "values.yaml").message == "it is no packaged chart: not a gzipped archive"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name: [", 1, ""),
        ("- a\n", 1, "the file must hold a YAML mapping (key: value)"),
        ("version: 0.1.0\n", None, "the chart has no name; add `name:`"),
        ("", None, "the chart has no name; add `name:`"),
        ("name: [a]\n", None, "name must be text"),
        ("name: a\ndependencies: 5\n", None, "dependencies must be a list"),
        ("name: a\ndeprecated: 'yes please'\n", None, "deprecated must be true or false"),
    ],
)
def test_a_chart_yaml_that_helm_cannot_read(
    write_chart: WriteChart, text: str, line: int | None, message: str
) -> None:
    error = refusal(write_chart("app", {"Chart.yaml": text}))
    assert (error.file or "").endswith("app/Chart.yaml")
    if message:
        assert (error.line, error.message) == (line, message)


def test_a_chart_yaml_that_is_no_text(write_chart: WriteChart) -> None:
    folder = write_chart("app")
    (folder / "Chart.yaml").write_bytes(b"name: a\nx: \xff\xfe\n")
    error = refusal(folder)
    assert (error.line, error.message) == (2, "the file is not text in UTF-8")


@LINKS
def test_a_link_out_of_the_chart_is_not_followed(write_chart: WriteChart, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    folder = write_chart("app", {"templates/a.yaml": "a: 1\n"})
    (folder / "templates" / "b.yaml").symlink_to(secret)
    error = refusal(folder)
    assert (error.file or "").endswith("app/templates/b.yaml")
    assert error.message.startswith("the link leads out of the chart's folder and is not followed")
    (folder / ".helmignore").write_text("b.yaml\n")
    assert "templates/b.yaml" not in load_chart(str(folder)).files


@LINKS
@pytest.mark.parametrize("name", ["templates", "Chart.yaml", ".helmignore", "ci"])
def test_no_part_of_a_chart_may_be_a_link_out(write_chart: WriteChart, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "app-outside" / name  # a neighbour whose name begins with the chart's
    folder = write_chart("app")
    outside.parent.mkdir()
    if name in ("templates", "ci"):
        outside.mkdir()
        (outside / "x-values.yaml").write_text("a: 1\n")
    else:
        outside.write_text("name: app\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside)
    assert "leads out of the chart's folder" in refusal(folder).message


@LINKS
def test_links_inside_the_chart_are_followed_and_circles_are_refused(write_chart: WriteChart) -> None:
    folder = write_chart("app", {"templates/a.yaml": "a: 1\n", "files/x.txt": "x"})
    (folder / "templates" / "b.yaml").symlink_to("a.yaml")
    (folder / "linked").symlink_to("files")
    chart = load_chart(str(folder))
    assert chart.files["templates/b.yaml"] == b"a: 1\n"
    assert chart.files["linked/x.txt"] == b"x"
    (folder / "files" / "up").symlink_to("..")
    assert "leads back to a folder that holds it" in refusal(folder).message
    (folder / "files" / "up").unlink()
    (folder / "gone").symlink_to("nowhere")
    assert refusal(folder).message == "no such file or folder"


@LINKS
def test_a_pipe_is_refused_and_not_waited_for(write_chart: WriteChart) -> None:
    folder = write_chart("app")
    os.mkfifo(folder / "pipe")
    assert refusal(folder).message == "it is no regular file, so Helm refuses the chart"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(write_chart: WriteChart) -> None:
    folder = write_chart("app", {"values.yaml": "a: 1\n"})
    (folder / "values.yaml").chmod(0)
    assert refusal(folder).message == "it cannot be read: permission denied"


def test_limits_of_a_folder(write_chart: WriteChart, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_chart("app", {"a": "x" * 1000, "b": "y" * 1000})
    monkeypatch.setattr(chart_module, "MAX_CHART_SIZE", 1500)
    assert refusal(folder).message.startswith("the chart is larger than ")
    monkeypatch.setattr(chart_module, "MAX_CHART_SIZE", 5000)
    assert len(load_chart(str(folder)).files) == 3
    monkeypatch.setattr(chart_module, "MAX_FILES", 2)
    assert refusal(folder).message.startswith("the chart is larger than ")
    monkeypatch.setattr(chart_module, "MAX_FILE_SIZE", 999)
    assert refusal(folder).message.startswith("the file is larger than ")


def archive(tmp_path: Path, *members: tuple[str, bytes, bytes]) -> Path:
    """A package of members: name, tar type, content."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, kind, content in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.size = len(content)
            info.linkname = "target"
            tar.addfile(info, io.BytesIO(content))
    path = tmp_path / "x.tgz"
    path.write_bytes(gzip.compress(buffer.getvalue()))
    return path


CHART = ("app/Chart.yaml", tarfile.REGTYPE, b"name: app\n")


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("app/../../etc/x", tarfile.REGTYPE, "outside of the chart's folder"),
        ("app//etc/x", tarfile.REGTYPE, "outside of the chart's folder"),
        ("app/c:/x", tarfile.REGTYPE, "outside of the chart's folder"),
        ("app\\..\\x", tarfile.REGTYPE, "outside of the chart's folder"),
        ("x", tarfile.REGTYPE, "outside of the chart's folder"),
        ("Chart.yaml", tarfile.REGTYPE, "does not lie in a folder"),
        ("app/link", tarfile.SYMTYPE, "a link or a device"),
        ("app/link", tarfile.LNKTYPE, "a link or a device"),
        ("app/dev", tarfile.CHRTYPE, "a link or a device"),
        ("app/pipe", tarfile.FIFOTYPE, "a link or a device"),
    ],
)
def test_a_package_with_unsafe_members(tmp_path: Path, name: str, kind: bytes, reason: str) -> None:
    assert reason in refusal(archive(tmp_path, CHART, (name, kind, b""))).message


def test_a_good_package_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path, ("app/", tarfile.DIRTYPE, b""), CHART, ("app/./a/../b", tarfile.REGTYPE, b"x"))
    assert dict(load_chart(str(path)).files) == {"Chart.yaml": b"name: app\n", "b": b"x"}


def test_bombs_and_damaged_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = archive(tmp_path, CHART).read_bytes()
    path = tmp_path / "y.tgz"
    for data, reason in [
        (good[:20], "the archive is cut off"),
        (b"\x1f\x8b\x08garbage", "the archive is damaged"),
        (gzip.compress(b"no tar at all" * 100), "the archive is damaged"),
        (gzip.compress(bytes(1024)), "the archive is empty"),
        (gzip.compress(b""), "the archive is damaged"),
    ]:
        path.write_bytes(data)
        assert reason in refusal(path).message
    monkeypatch.setattr(package, "MAX_CHART_SIZE", 1 << 20)
    monkeypatch.setattr(package, "TAR_OVERHEAD", 0)
    path.write_bytes(gzip.compress(bytes(8 << 20)))
    assert refusal(path).message.startswith("the chart is larger than 1 MiB")
    assert len(path.read_bytes()) < 1 << 16
    path = archive(tmp_path, ("app/a", tarfile.REGTYPE, b"x"))
    assert refusal(path).message == "the package holds no Chart.yaml: it is no Helm chart"
