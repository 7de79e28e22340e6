# SPDX-License-Identifier: Apache-2.0
"""A user logs in to a program of ours in a real browser, which the SDK opens."""

import os
import subprocess
import unittest
import urllib.parse

import sandbox
from webdriver import PATIENCE, Chromium, wait_for

ALLOW = "button[type=submit]"  # the first of a form: go on, allow
DENY = "button[type=submit][value=deny]"


class Login(unittest.TestCase):
    def setUp(self):
        sandbox.forget_requests()
        self.browser = Chromium()
        self.addCleanup(self.browser.close)
        environment = dict(os.environ, BROWSER=self.browser.command)
        for name in ("SSH_TTY", "SSH_CONNECTION"):
            environment.pop(name, None)
        self.program = subprocess.Popen(
            [os.environ["LOGIN_PROGRAM"]],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.addCleanup(self.end_program)
        self.browser.attach()

    def end_program(self):
        if self.program.poll() is None:
            self.program.kill()
        self.program.communicate()

    def sign_in(self, button):
        """Through the sandbox's forms, by this button of each, to the program's own page."""

        def step():
            if urllib.parse.urlsplit(self.browser.address()).path == "/":
                return True
            self.browser.click(button)
            return False

        wait_for(step, "the program's page")
        return self.browser.text("h1"), self.browser.text("p")

    def output(self):
        output, _ = self.program.communicate(timeout=PATIENCE)
        return output

    def test_a_user_allows(self):
        heading, message = self.sign_in(ALLOW)
        self.assertEqual(heading, "You are logged in")
        self.assertIn("Go back to the program", message)
        address = urllib.parse.urlsplit(self.browser.address())
        self.assertEqual(address.hostname, "127.0.0.1")
        self.assertEqual(
            self.output(), "logged in at auth.globus.org\nlogged in at transfer.api.globus.org\n"
        )
        self.assertEqual(self.program.returncode, 0)
        # what nobody else may have is in no command line
        shown = [line for line in self.browser.command_lines() if "file:///" in line]
        self.assertTrue(shown)
        self.assertFalse([line for line in self.browser.command_lines() if "state=" in line])
        # the page is whole in itself
        outside = [url for url in self.browser.requests_of_page() if "favicon" not in url]
        self.assertEqual(outside, [])

    def test_a_user_declines(self):
        heading, message = self.sign_in(DENY)
        self.assertEqual(heading, "You are not logged in")
        self.assertIn("access_denied", message)
        self.assertEqual(self.output(), "you did not log in: access_denied\n")
        self.assertEqual(self.program.returncode, 2)
        self.assertEqual(sandbox.received("/v2/oauth2/token", "POST"), [])


if __name__ == "__main__":
    unittest.main()
