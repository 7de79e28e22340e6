# SPDX-License-Identifier: Apache-2.0
"""A person's login at a terminal without a browser, work as that person, and the logout."""

import unittest

import sandbox
from browser import Browser
from globus import Globus, side_by_side


def log_in(globus, username, *command):
    """Runs `globus login`, or another command that needs a browser; what it printed, and the
    browser that signed in for it."""
    browser = Browser()
    with globus.start(*(command or ["login"]), "--no-local-server") as process:
        url = ""
        while not url.startswith("http"):
            url = process.stdout.readline()
            if not url:
                raise AssertionError("no URL before the end: " + process.stderr.read())
        code = browser.code_shown(url.strip(), username)
        output, errors = process.communicate(code + "\n", timeout=60)
    if process.returncode != 0:
        raise AssertionError(output + errors)
    return output, browser


class UserLogin(unittest.TestCase):
    def setUp(self):
        self.globus = Globus()
        self.addCleanup(self.globus.close)

    def test_from_login_to_logout(self):
        before = self.globus.run("whoami", status=4)
        self.assertIn("globus login", before)
        sandbox.forget_requests()
        output, browser = log_in(self.globus, sandbox.USERNAME)
        self.assertIn("You have successfully logged in to the Globus CLI", output)
        self.assertEqual(browser.asked, 1)
        # a client of its own from the template, and a check of the id token's signature
        self.assertEqual(sandbox.received("/v2/api/clients", "POST"), [200])
        self.assertEqual(sandbox.received("/jwk.json"), [200])

        sandbox.write_tree(sandbox.folder(sandbox.SOURCE), {"of a user/file": b"1"})
        sandbox.forget_requests()
        name, known, listing, session, again = side_by_side(
            lambda: self.globus.run("whoami"),
            lambda: self.globus.json("whoami"),
            lambda: self.globus.run("ls", sandbox.SOURCE + ":/of a user/"),
            lambda: self.globus.table("session", "show"),
            lambda: self.globus.run("login", "--no-local-server"),
        )
        self.assertEqual(name.strip(), sandbox.USERNAME)
        self.assertEqual(known["sub"], sandbox.user_id(sandbox.USERNAME))
        self.assertEqual(listing, "file\n")
        self.assertEqual(session[0][0], sandbox.USERNAME)
        self.assertIn("already logged in", again)
        self.assertIn(200, sandbox.received("/v2/oauth2/token/validate"))

        self.log_out()

    def log_out(self):
        sandbox.forget_requests()
        output = self.globus.run("logout", "--yes", "--delete-client")
        self.assertIn("successfully logged out", output)
        revocations = sandbox.received("/v2/oauth2/token/revoke")
        self.assertTrue(revocations)
        self.assertEqual(set(revocations), {200})
        self.assertEqual(sandbox.received("", "DELETE"), [200])  # its client is gone, too
        self.assertIn("globus login", self.globus.run("whoami", status=4))

    def test_another_user(self):
        second = "second-user@globus-sandbox.example"
        log_in(self.globus, second)
        self.assertEqual(self.globus.run("whoami").strip(), second)

    def test_a_session_of_two_identities(self):
        first, second = "of-cli@home.example", "of-cli@work.example"
        ids = [sandbox.add_user(first), sandbox.add_user(second, linked_to=first)]
        log_in(self.globus, first)
        self.assertEqual(self.globus.run("whoami", "--linked-identities").split(), [first, second])
        self.assertEqual([row[1] for row in self.globus.table("session", "show")], ids[:1])
        output, browser = log_in(self.globus, None, "session", "update", "--all")
        self.assertIn("You have successfully updated your CLI session", output)
        self.assertEqual(browser.asked, 1)
        shown = self.globus.table("session", "show")
        self.assertEqual(sorted(row[1] for row in shown), sorted(ids))
        log_in(self.globus, None, "session", "update", "work.example")
        self.assertEqual([row[0] for row in self.globus.table("session", "show")], [second])
        self.assertEqual(self.globus.run("whoami").strip(), first)


if __name__ == "__main__":
    unittest.main()
