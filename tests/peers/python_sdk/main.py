# SPDX-License-Identifier: Apache-2.0
"""Run the Python SDK's suite, and say how many different calls it made."""

import os
import pathlib
import sys
import tempfile
import time
import unittest

import globus_sdk

import calls

LEAST_CALLS = 60


class Result(unittest.TextTestResult):
    """Says of each test how long it took."""

    def startTest(self, test):
        self._started = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        super().addSuccess(test)
        if self.showAll:
            self.stream.writeln(f"    {time.monotonic() - self._started:.2f} s")


def main():
    here = pathlib.Path(__file__).parent
    # what apps store by default, and what a user of this machine has stored, is none of ours
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        suite = unittest.TestLoader().discover(str(here))
        runner = unittest.TextTestRunner(resultclass=Result, verbosity=2)
        result = runner.run(suite)
    methods = [name for name in calls.methods() if not name.startswith(("UserApp", "ClientApp"))]
    print(f"python sdk {globus_sdk.__version__}: {len(methods)} different calls over Auth and "
          f"Transfer ({len(calls.methods())} with those of the apps, {calls.forms()} forms), "
          f"{result.testsRun} tests")
    if len(methods) < LEAST_CALLS:
        print(f"that is fewer than {LEAST_CALLS}:", *methods)
        return 1
    return 0 if result.wasSuccessful() and result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
