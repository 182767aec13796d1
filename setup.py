"""Packaging is described in setup.cfg; this adds the shipped data folders to what is built."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED_FOLDERS = ("policies", "schemas")


class BuildWithShippedFolders(build_py):
    """Copy policies/ and schemas/ into the built package; an editable install reads them in place."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        package = Path(self.build_lib) / "todo_lint"
        for folder in SHIPPED_FOLDERS:
            shutil.copytree(folder, package / folder, dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithShippedFolders})
