# SPDX-License-Identifier: Apache-2.0
"""A user opens files of a public collection in a real browser."""

import os
import unittest

import sandbox
from webdriver import Chromium, wait_for

URL = os.environ["GLOBUS_SANDBOX_SOURCE_HTTPS_URL"]
FOLDER = sandbox.folder(sandbox.SOURCE)

PAGE = b"""<!DOCTYPE html>
<title>a page among the files</title>
<p id="said">nothing</p>
<script>
document.getElementById("said").textContent = "it ran";
fetch("/_sandbox/users", {method: "POST", headers: {"Content-Type": "application/json"},
                          body: JSON.stringify({username: "user@evil.example"})});
</script>
"""


class Files(unittest.TestCase):
    def setUp(self):
        sandbox.write_tree(
            FOLDER, {"a b.txt": "Zeile äöü %?#\n".encode(), "page.html": PAGE, "data.json": b"[1, 2]"}
        )
        sandbox.change_collection(sandbox.SOURCE, public=True)
        self.addCleanup(sandbox.change_collection, sandbox.SOURCE, public=None)
        self.browser = Chromium()
        self.addCleanup(self.browser.close)
        self.browser.start("about:blank")

    def shown(self, path, selector):
        self.browser.open(URL + path)
        return wait_for(lambda: self.browser.text(selector), f"the text of {path}")

    def test_they_are_shown(self):
        self.assertIn("Zeile", self.shown("/a%20b.txt", "pre"))
        self.assertIn("[1, 2]", self.shown("/data.json", "body"))

    def test_a_page_among_them_does_nothing(self):
        self.assertEqual(self.shown("/page.html", "#said"), "nothing")
        users = [user["username"] for user in sandbox.control("GET", "state")["users"]]
        self.assertNotIn("user@evil.example", users)


if __name__ == "__main__":
    unittest.main()
