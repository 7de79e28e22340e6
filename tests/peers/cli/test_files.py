# SPDX-License-Identifier: Apache-2.0
"""Identities, files and collections, as an application."""

import unittest

import sandbox
from client_identity import ClientIdentity, tearDownModule
from globus import side_by_side

SOURCE, DESTINATION = sandbox.SOURCE, sandbox.DESTINATION
SOURCE_FOLDER = sandbox.folder(SOURCE)

__all__ = ["tearDownModule"]


class Identities(ClientIdentity):
    def test_who_it_is(self):
        self.assertEqual(self.username, sandbox.CLIENT_ID + "@clients.auth.globus.org")
        known, session = side_by_side(
            lambda: self.globus.record("whoami", "--verbose"),
            lambda: self.globus.table("session", "show"),
        )
        self.assertEqual((known["Name"], known["ID"]), ("Sandbox Application", sandbox.CLIENT_ID))
        self.assertEqual(session[0][:2], [self.username, sandbox.CLIENT_ID])

    def test_identities(self):
        user = sandbox.user_id(sandbox.USERNAME)
        ids, names, table = side_by_side(
            lambda: self.globus.run("get-identities", sandbox.USERNAME, "none@example.org"),
            lambda: self.globus.json("get-identities", user, sandbox.CLIENT_ID),
            lambda: self.globus.table("get-identities", "--verbose", sandbox.USERNAME),
        )
        self.assertEqual(ids.split(), [user, "NO_SUCH_IDENTITY"])
        self.assertEqual({each["username"] for each in names["identities"]},
                         {sandbox.USERNAME, self.username})
        self.assertEqual(table[0][:3], [user, sandbox.USERNAME, "Sandbox User"])


class Files(ClientIdentity):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sandbox.write_tree(
            SOURCE_FOLDER / "listed",
            {"one.txt": b"1", "two ä.txt": b"22", "three.csv": b"333", "in/deep/four.txt": b"4",
             ".hidden": b""},
        )

    def test_listings(self):
        place = SOURCE + ":/listed"
        plain, hidden, filtered, recursive, document, table = side_by_side(
            lambda: self.globus.run("ls", place),
            lambda: self.globus.run("ls", "--all", place),
            lambda: self.globus.run("ls", place, "--filter", "~*.txt"),
            lambda: self.globus.run("ls", place, "--recursive"),
            lambda: self.globus.json("ls", place),
            lambda: self.globus.table("ls", "--long", place),
        )
        names = ["in/", "one.txt", "three.csv", "two ä.txt"]
        self.assertEqual(plain.splitlines(), names)
        self.assertEqual(hidden.splitlines(), [".hidden", *names])
        self.assertEqual(filtered.splitlines(), ["one.txt", "two ä.txt"])
        self.assertEqual(sorted(recursive.splitlines()),
                         sorted([*names, "in/deep/", "in/deep/four.txt"]))
        self.assertEqual({each["name"]: each["size"] for each in document["DATA"]
                          if each["type"] == "file"},
                         {"one.txt": 1, "three.csv": 3, "two ä.txt": 2})
        self.assertEqual([(row[3], row[5], row[6]) for row in table][1:],
                         [("1", "file", "one.txt"), ("3", "file", "three.csv"),
                          ("2", "file", "two ä.txt")])

    def test_stat(self):
        known, document, absent = side_by_side(
            lambda: self.globus.record("stat", SOURCE + ":/listed/three.csv"),
            lambda: self.globus.json("stat", SOURCE + ":/listed/in"),
            lambda: self.globus.run("stat", SOURCE + ":/listed/absent"),
        )
        self.assertEqual((known["Name"], known["Type"], known["Size"]),
                         ("three.csv", "file", "3"))
        self.assertEqual((document["name"], document["type"]), ("in", "dir"))
        self.assertEqual(absent.strip(), "Nothing found at /listed/absent")

    def test_mkdir_and_rename(self):
        made = self.globus.run("mkdir", SOURCE + ":/made by hand")
        self.assertEqual(made.strip(), "The directory was created successfully")
        again, renamed = side_by_side(
            lambda: self.globus.run("mkdir", SOURCE + ":/listed", status=1),
            lambda: self.globus.run("rename", SOURCE, "/made by hand", "/renamed"),
        )
        self.assertIn("ExternalError.MkdirFailed.Exists", again)
        self.assertEqual(renamed.strip(), "File or directory renamed successfully")
        self.assertTrue((SOURCE_FOLDER / "renamed").is_dir())
        self.assertFalse((SOURCE_FOLDER / "made by hand").exists())

    def test_errors(self):
        missing, unknown = side_by_side(
            lambda: self.globus.run("ls", SOURCE + ":/absent", status=1),
            lambda: self.globus.run("endpoint", "show", sandbox.CLIENT_ID, status=1),
        )
        self.assertIn("ClientError.NotFound", missing)
        self.assertIn("EndpointNotFound", unknown)


class Endpoints(ClientIdentity):
    def test_search_and_show(self):
        found, none, shown, document = side_by_side(
            lambda: self.globus.table("endpoint", "search", "SOURCE"),
            lambda: self.globus.json("endpoint", "search", "--filter-scope", "my-endpoints"),
            lambda: self.globus.record("endpoint", "show", SOURCE),
            lambda: self.globus.json("endpoint", "show", DESTINATION),
        )
        self.assertEqual(found[0][:3], [SOURCE, sandbox.USERNAME, "SOURCE"])
        self.assertEqual(none["DATA"], [])
        self.assertEqual((shown["Display Name"], shown["ID"], shown["Owner"]),
                         ("SOURCE", SOURCE, sandbox.USERNAME))
        self.assertEqual((document["id"], document["display_name"]),
                         (DESTINATION, "DESTINATION"))


if __name__ == "__main__":
    unittest.main()
