"""The version of todo-lint, read by the build and by ``todo-lint --version``."""

VERSION = "0.1.0"
