# SPDX-License-Identifier: Apache-2.0
"""The `globus` command, as a person or a script runs it, with a home of its own."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(sys.executable).parent / "globus"


class Globus:
    """Runs commands. What it stores is in a temporary folder, which goes with `close`."""

    def __init__(self, **variables):
        self._home = tempfile.TemporaryDirectory()
        self.environment = dict(os.environ, HOME=self._home.name, **variables)

    def close(self):
        self._home.cleanup()

    def start(self, *arguments):
        return subprocess.Popen(
            [PROGRAM, *arguments], env=self.environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def run(self, *arguments, typed="", status=0, with_errors=False):
        """What it prints, or says on stderr when it fails; it has to end with that status."""
        with self.start(*arguments) as process:
            output, errors = process.communicate(typed, timeout=60)
        if process.returncode != status:
            raise AssertionError(
                f"globus {' '.join(arguments)} ended with {process.returncode}:\n{output}{errors}"
            )
        if with_errors:
            return output + errors
        return output if status == 0 else errors

    def json(self, *arguments, **options):
        return json.loads(self.run(*arguments, "--format", "json", **options))

    def table(self, *arguments):
        """The rows of a table that is printed, without its head, as lists of texts."""
        lines = self.run(*arguments).splitlines()
        return [[cell.strip() for cell in line.split(" | ")] for line in lines[2:]]

    def record(self, *arguments):
        """What is printed as `Name: value` lines, as a dict."""
        pairs = (line.split(":", 1) for line in self.run(*arguments).splitlines() if ":" in line)
        return {name: value.strip() for name, value in pairs}


def side_by_side(*calls):
    """The answers of functions that do not depend on each other, two at a time."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]
