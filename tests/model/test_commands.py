"""What containers and probes run: in code, as a list, or plainly a program; other words only describe it."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("Command: `npm run migrate`", "command", "npm run migrate"),
        ("Start command: python -m shop", "command", "python -m shop"),
        ("Entrypoint: /usr/bin/serve --all", "command", "/usr/bin/serve --all"),
        ('Args: ["--port", "80"]', "command", '["--port", "80"]'),
        ("Liveness Command: `pg_isready`", "livenessProbe.command", "pg_isready"),
        ("Liveness Probe: `pg_isready -U shop`", "livenessProbe.command", "pg_isready -U shop"),
        ("Readiness Probe: exec: `ready`", "readinessProbe.command", "ready"),
    ],
)
def test_a_command_is_read(line: str, attribute: str, value: str) -> None:
    assert stated(read("## Jobs", "- **shop-job**", f"  - {line}"))[1:] == [(3, "Job", "shop-job", attribute, value)]


def test_a_probe_says_how_often_it_runs() -> None:
    model = read("## Jobs", "- **shop-job**", "  - Startup probe: runs `pg_isready`, every 10s (timeout 3s)")
    assert [(attribute, value) for *_, attribute, value in stated(model)[1:]] == [
        ("startupProbe.command", "pg_isready"),
        ("startupProbe.periodSeconds", "10"),
        ("startupProbe.timeoutSeconds", "3"),
    ]


def test_code_that_is_a_request_is_no_command() -> None:
    model = read("## Jobs", "- **shop-job**", "  - Liveness probe: `GET /health`")
    assert stated(model)[1:] == [(3, "Job", "shop-job", "livenessProbe.path", "/health")]


@pytest.mark.parametrize("words", ["runs the migrations", "the image's own", "nothing of its own"])
def test_words_about_a_command_are_prose(words: str) -> None:
    model = read("## Jobs", "- **shop-job**", f"  - Command: {words}")
    assert (prose(model), told(model)) == ([1, 3], [])


def test_a_word_that_may_be_a_command_is_told_with_the_form() -> None:
    model = read("## Jobs", "- **shop-job**", "  - Command: migrate-4")
    hint = "its value is not understood; a command is read in code marks: `npm run migrate`"
    assert told(model) == [(3, hint)]
