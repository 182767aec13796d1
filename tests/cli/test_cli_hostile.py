"""Charts from strangers: they end in time, leave nothing behind, read nothing, and colour no terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TodoLint = Callable[..., Any]
WriteChart = Callable[..., Path]

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks through /proc")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and links of POSIX")

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n"
WRONG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Wrong_Name\n"
LOOP = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"
HOSTILE = {
    "endless loop": LOOP,
    "tpl recursion": '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t "Template" .Template) }}',
    "include recursion": '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    "memory": '{{ $x := "0123456789abcdef" }}{{ range until 40 }}{{ $x = printf "%s%s" $x $x }}{{ end }}{{ len $x }}',
    "engine abort": '{{ $d := dict "a" 1 }}{{ $_ := set $d "self" $d }}{{ $d }}',
}
CANARY = "canary-4c1b9d77-value"


def workers() -> set[int]:
    """The process ids of all render workers that are alive, whoever started them."""
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if any(part.endswith(b"todo_lint/helm/worker.py") for part in command) and state[0] != "Z":
            found.add(int(entry.name))
    return found


def children(pid: int) -> set[int]:
    """Those of the workers that the process started."""
    own = set()
    for worker in workers():
        try:
            stat = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat[1]) == pid:
            own.add(worker)
    return own


def gone(pids: set[int], seconds: float = 2) -> bool:
    end = time.monotonic() + seconds
    while pids & workers():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "todo_lint", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def rendering_worker(process: subprocess.Popen[bytes], busy: float = 0.5) -> set[int]:
    """Wait until the run's worker has used so many seconds of processor time, more than its start takes."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for worker in children(process.pid):
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") >= busy:
                return {worker}
        time.sleep(0.02)
    raise AssertionError("no worker became busy")


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_chart_is_3_within_the_deadline_and_the_others_are_checked(
    write_chart: WriteChart, todo_lint: TodoLint, template: str
) -> None:
    write_chart("hostile", {"templates/a.yaml": template})
    write_chart("wrong", {"templates/a.yaml": WRONG})
    began = time.monotonic()
    run = todo_lint("hostile", "wrong", "--deadline", "1", "--format", "json")
    took = time.monotonic() - began
    report = run.report
    assert run.code == report["exit"] == 3 or template == HOSTILE["include recursion"]
    if template == HOSTILE["include recursion"]:  # Helm itself ends it after 1000 includes
        assert (run.code, run.rules[0], report["failures"]) == (1, "chart-does-not-render", [])
        assert report["findings"][0]["location"]["file"] == "hostile/templates/a.yaml"
    else:
        (failure,) = report["failures"]
        assert failure["kind"] == "internal"
        assert failure["location"]["file"] == "hostile"
        assert "\n" not in failure["message"]
    assert took < 1 + 1 + 1.5, "the deadline, a second, and what checking the other chart takes"
    assert "invalid-name" in run.rules
    assert report["summary"]["charts"] == 2


@LINUX
def test_a_run_leaves_no_worker(write_chart: WriteChart, tmp_path: Path) -> None:
    write_chart("hostile", {"templates/a.yaml": LOOP})
    with start(tmp_path, "hostile", "--deadline", "1") as process:
        own = rendering_worker(process, busy=0)
        out, err = process.communicate()
    assert process.returncode == 3
    assert gone(own, 0.5)
    assert out.count(b"failed: hostile: profile default: rendering took longer than") == 1
    assert err == b""


@LINUX
@POSIX
def test_ctrl_c_while_a_chart_loops_is_130_and_leaves_no_worker(write_chart: WriteChart, tmp_path: Path) -> None:
    write_chart("hostile", {"templates/a.yaml": LOOP})
    with start(tmp_path, "hostile", "--deadline", "60") as process:
        own = rendering_worker(process)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert time.monotonic() - began < 1
    assert process.returncode == 130
    assert (out, err.strip()) == (b"", b"todo-lint: interrupted")
    assert gone(own)


@LINUX
@POSIX
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_leaves_no_worker(write_chart: WriteChart, tmp_path: Path, number: signal.Signals) -> None:
    write_chart("hostile", {"templates/a.yaml": LOOP})
    with start(tmp_path, "hostile", "--deadline", "60") as process:
        own = rendering_worker(process)
        process.send_signal(number)
        process.communicate(timeout=10)
    assert process.returncode == -number
    assert gone(own)


@POSIX
def test_a_reader_that_closes_the_pipe_sees_no_traceback(shipped: Path, tmp_path: Path) -> None:
    for arguments in (["chart/"], ["explain"], ["--help"], ["--version"]):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "todo_lint", *arguments]
        done = subprocess.run(command, cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_3_in_one_line(shipped: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "todo_lint", "chart/"]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 3
    assert done.stderr == "todo-lint: the report cannot be written: No space left on device\n"


MODULES = ("json", "click", "yaml", "__future__", "ctypes", "re", "hashlib", "todo_lint_report", "jsonschema_rs")


def test_modules_of_the_current_folder_are_not_executed(shipped: Path, tmp_path: Path, todo_lint: TodoLint) -> None:
    for folder in (tmp_path, shipped):
        for module in MODULES:
            (folder / f"{module}.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'a').write(__name__)\n")
    assert todo_lint("chart/").code == 0
    assert todo_lint(".", cwd=shipped).code == 0
    assert not (tmp_path / "executed").exists()


@POSIX
@pytest.mark.parametrize("link", ["templates/secret.txt", "values.yaml", "ci/a-values.yaml", "charts", "Chart.yaml"])
def test_a_link_out_of_the_chart_is_not_followed(
    tmp_path: Path, write_chart: WriteChart, todo_lint: TodoLint, link: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text(f"name: {CANARY}\nversion: 1.0.0\n")
    chart = write_chart("app", {"templates/a.yaml": GOOD + '{{ .Files.Get "secret.txt" }}'})
    (chart / link).parent.mkdir(exist_ok=True)
    (chart / link).unlink(missing_ok=True)
    (chart / link).symlink_to(outside if link == "charts" else outside / "file")
    run = todo_lint("app")
    assert run.code == 2
    assert len(run.failed) == 1
    assert "app/" in run.failed[0]
    assert "leads out of the chart" in run.failed[0]
    assert CANARY not in run.out + run.err


@POSIX
def test_a_link_out_of_a_folder_of_manifests_is_skipped_and_counted(tmp_path: Path, todo_lint: TodoLint) -> None:
    (tmp_path / "outside.yaml").write_text(WRONG)
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "a.yaml").write_text(GOOD)
    (tmp_path / "manifests" / "b.yaml").symlink_to(tmp_path / "outside.yaml")
    run = todo_lint("manifests", "--format", "json")
    assert run.code == 0
    assert run.report["summary"]["skipped"] == [
        {"resource": "manifests/b.yaml", "reason": "a link that leads out of the folder"}
    ]


@POSIX
def test_a_named_pipe_does_not_stop_the_run(tmp_path: Path, todo_lint: TodoLint) -> None:
    os.mkfifo(tmp_path / "pipe")
    run = todo_lint("pipe")
    assert run.code == 2
    assert run.failed == ["failed: pipe: it is neither a folder nor a file"]


ESCAPE = "\x1b]0;owned\x07\x1b[31m"


def test_no_escape_of_a_chart_reaches_the_terminal(
    tmp_path: Path, write_chart: WriteChart, todo_lint: TodoLint
) -> None:
    text = json.dumps(ESCAPE)
    write_chart("app", {"templates/a.yaml": WRONG.replace("Wrong_Name", text) + f"{text}: \u202eevil\n"})
    write_chart("stops", {"templates/a.yaml": f"{{{{ fail {text} }}}}"})
    (tmp_path / f"{ESCAPE}.yaml").write_text(WRONG + f"data: {text}\n")
    run = todo_lint("app", "stops", f"{ESCAPE}.yaml", "missing" + ESCAPE)
    assert run.code == 2
    assert "\x1b" not in run.out + run.err
    assert "\x07" not in run.out + run.err
    assert "\u202e" not in run.out
    assert "\\x1b]0;owned\\x07" in run.out
    option = todo_lint("app", "--format", ESCAPE)
    assert option.code == 2
    assert "\x1b" not in option.err


CANARY_VALUES = {
    "as it should be": {},
    "the schema refuses it": {"backend": {"replicaCount": CANARY}},
    "the whole section is wrong": {"secrets": CANARY},
    "an unknown key beside it": {"secrets": {"more": CANARY}},
}
CANARY_TEMPLATES = {
    "shipped": "",
    "fails with it": "{{ fail .Values.secrets.databaseUrl }}",
    "reads a field of it": "{{ .Values.secrets.databaseUrl.host }}",
    "broken yaml around it": "kind: Secret\nstringData: {{ .Values.secrets.databaseUrl }}: x: [\n",
    "a secret of the wrong type": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n"
    "data: {{ .Values.secrets.databaseUrl | quote }}\n",
    "a secret that is no base64": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n"
    "data: {a: {{ .Values.secrets.databaseUrl | quote }}}\n",
    "in clear elsewhere": "apiVersion: v1\nkind: ConfigMap\n"
    "metadata: {name: {{ .Values.secrets.databaseUrl | quote }}}\n"
    "spec: {{ .Values.secrets.databaseUrl | quote }}\n",
    "as a number": "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
    "spec: {ports: [{port: {{ .Values.secrets.cohereApiKey | quote }}}]}\n",
    "encoded where it is no secret": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    "spec: {{ .Values.secrets.databaseUrl | b64enc | quote }}\n",
    "as a kind": "apiVersion: v1\nkind: {{ .Values.secrets.databaseUrl | quote }}\nmetadata: {name: a}\n",
}


BROKEN_SECRET = """apiVersion: v1
kind: Secret
metadata:
  name: app-secrets
stringData:
  database_url: {{ .Values.secrets.databaseUrl }}: "{{ .Values.secrets.cohereApiKey }}
"""


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_secret_that_is_no_yaml_is_not_quoted(
    shipped: Path, tmp_path: Path, run_inside: TodoLint, format_: str
) -> None:
    (tmp_path / "given.yaml").write_text(f"secrets: {{databaseUrl: {CANARY}, cohereApiKey: {CANARY}}}\n")
    (shipped / "templates" / "app-secrets.yaml").write_text(BROKEN_SECRET)
    run = run_inside("chart/", "-f", "given.yaml", "--format", format_)
    assert run.code == 1
    assert "rendered-yaml-unreadable" in run.out
    assert CANARY not in run.out


def canary_runs() -> Iterator[Any]:
    for name, values in CANARY_VALUES.items():
        yield pytest.param(values, "", id=name)
    for name, template in CANARY_TEMPLATES.items():
        yield pytest.param({}, template, id=name)


@pytest.mark.parametrize(("values", "template"), list(canary_runs()))
def test_no_output_holds_the_value_of_a_secret(
    shipped: Path, tmp_path: Path, run_inside: TodoLint, values: dict[str, Any], template: str
) -> None:
    import base64

    secrets: Any = {"databaseUrl": f"postgresql://u:{CANARY}@h/d", "cohereApiKey": CANARY}
    merged = {"secrets": secrets, **values}
    if isinstance(merged["secrets"], dict):
        merged["secrets"] = {**secrets, **merged["secrets"]}
    (tmp_path / "given.yaml").write_text(json.dumps(merged))
    if template:
        (shipped / "templates" / "zz.yaml").write_text(template)
    for format_ in ("text", "json"):
        run = run_inside("chart/", "-f", "given.yaml", "--format", format_)
        assert run.code == (1 if values or template else 0)
        assert CANARY not in run.out + run.err
        assert base64.b64encode(CANARY.encode()).decode() not in run.out + run.err
        url = base64.b64encode(secrets["databaseUrl"].encode()).decode()
        assert url not in run.out + run.err


@pytest.mark.parametrize(
    "options",
    [
        ["--set-json", f'secrets={{"databaseUrl": "{CANARY}"'],
        ["--set-json", f"secrets={CANARY}"],
        ["--set", f"secrets.databaseUrl[x]={CANARY}"],
        ["--set", f"secrets[0].a={CANARY},b"],
        ["--set-file", f"secrets.databaseUrl=missing-file,{CANARY}"],
        ["-f", "broken.yaml"],
        ["-f", "scalar.yaml"],
    ],
    ids=["json", "json text", "set", "two settings", "set-file", "broken file", "no mapping"],
)
def test_no_error_about_options_holds_a_secret(
    shipped: Path, tmp_path: Path, run_inside: TodoLint, options: list[str]
) -> None:
    (tmp_path / "broken.yaml").write_text(f"secrets:\n  databaseUrl: [{CANARY}\n  a: {CANARY}: {CANARY}\n")
    (tmp_path / "scalar.yaml").write_text(f"{CANARY}\n")
    run = run_inside("chart/", *options)
    assert run.code == 2
    assert len(run.failed) == 1
    assert CANARY not in run.out + run.err


def test_a_manifest_that_is_a_bomb_of_aliases_ends_at_once(tmp_path: Path, todo_lint: TodoLint) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (tmp_path / "bomb.yaml").write_text(GOOD + "\n".join(lines) + "\n")
    began = time.monotonic()
    run = todo_lint("bomb.yaml")
    assert time.monotonic() - began < 5
    assert run.code in (1, 2)
    assert len(run.out) < 5_000


def test_a_manifest_of_deep_nesting_ends_in_one_line(tmp_path: Path, todo_lint: TodoLint) -> None:
    (tmp_path / "deep.yaml").write_text(GOOD + "data: " + "[" * 50_000 + "\n")
    run = todo_lint("deep.yaml")
    assert run.code == 2
    assert len(run.failed) == 1


@LINUX
def test_comparisons_with_the_document_keep_the_deadline(shipped: Path, todo_lint: TodoLint) -> None:
    """Values that the document states, and that make a template loop, are tried once and not once per statement."""
    values = shipped / "values.yaml"
    values.write_text(values.read_text().replace("port: 8000", "port: 9000").replace("port: 80\n", "port: 81\n"))
    loop = "{{ if or (eq (int .Values.backend.service.port) 8000) (eq (int .Values.frontend.service.port) 80) }}"
    (shipped / "templates" / "zz.yaml").write_text(f"{loop}{LOOP}{{{{ end }}}}")
    began = time.monotonic()
    run = todo_lint("chart/", "--deadline", "1", "--format", "json")
    assert time.monotonic() - began < 4
    assert run.code == 3
    assert "documented-port-differs" in run.rules
    (failure,) = run.report["failures"]
    assert failure["message"].startswith("values that the document is compared with: rendering took longer than")


@LINUX
def test_a_chart_that_loops_under_another_release_name_only(shipped: Path, todo_lint: TodoLint) -> None:
    (shipped / "templates" / "zz.yaml").write_text(f'{{{{ if eq .Release.Name "release-name" }}}}{LOOP}{{{{ end }}}}')
    run = todo_lint("chart/", "--deadline", "2", "--format", "json")
    assert run.code == 3
    (failure,) = run.report["failures"]
    assert failure["message"].startswith("profile minimal as release-name: rendering took longer than")


@POSIX
@pytest.mark.parametrize(
    ("redirection", "code", "told"),
    [
        ("chart/ >&-", 3, b"todo-lint: the report cannot be written: standard output is closed\n"),
        ("- <&- >&2", 2, b"failed: <stdin>: it cannot be read: standard input is closed\n"),
        ("missing >&- 2>&-", 3, b""),
    ],
)
def test_closed_streams(shipped: Path, tmp_path: Path, redirection: str, code: int, told: bytes) -> None:
    command = ["sh", "-c", f'"$0" -m todo_lint {redirection}', sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith(told)
    assert b"Traceback" not in done.stderr


def test_thousands_of_findings_take_time_in_proportion(
    tmp_path: Path, run_inside: TodoLint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is not split anew for each finding."""
    from todo_lint.stages import locate

    locate._lines.cache_clear()
    (tmp_path / "many.yaml").write_text("---\n".join(f"{GOOD}{number}: x\n" for number in range(100)))
    run = run_inside("many.yaml", "--format", "json")
    assert run.code == 1
    assert len(run.report["findings"]) >= 100
    assert locate._lines.cache_info().misses == 1
