# SPDX-License-Identifier: Apache-2.0
"""The command as an application: a client's id and secret in its environment, and no login."""

import os
import pathlib
import tempfile
import unittest

import sandbox
from globus import Globus, side_by_side

SOURCE, DESTINATION = sandbox.SOURCE, sandbox.DESTINATION
SOURCE_FOLDER, DESTINATION_FOLDER = sandbox.folder(SOURCE), sandbox.folder(DESTINATION)


def setUpModule():
    ClientIdentity.globus = Globus(
        GLOBUS_CLI_CLIENT_ID=sandbox.CLIENT_ID, GLOBUS_CLI_CLIENT_SECRET=sandbox.CLIENT_SECRET
    )
    unittest.addModuleCleanup(ClientIdentity.globus.close)
    # the first call fetches the tokens that the others find stored
    ClientIdentity.username = ClientIdentity.globus.run("whoami").strip()


class ClientIdentity(unittest.TestCase):
    globus = username = None


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


class Tasks(ClientIdentity):
    def test_a_tree(self):
        files = {f"folder {n % 2}/{n}": os.urandom(1000 * n) for n in range(20)}
        sandbox.write_tree(SOURCE_FOLDER / "tree", files)
        submitted = self.globus.record(
            "transfer", "--recursive", SOURCE + ":/tree", DESTINATION + ":/tree copy",
            "--label", "by hand", "--sync-level", "checksum",
        )
        task_id = submitted["Task ID"]
        self.assertIn("accepted", submitted["Message"])
        self.globus.run("task", "wait", task_id, "--timeout", "60", "--polling-interval", "1")
        self.assertEqual(sandbox.read_tree(DESTINATION_FOLDER / "tree copy"), files)
        shown, moved, events, listed, over = side_by_side(
            lambda: self.globus.record("task", "show", task_id),
            lambda: self.globus.table("task", "show", "--successful-transfers", task_id),
            lambda: self.globus.table("task", "event-list", task_id),
            lambda: self.globus.table("task", "list", "--filter-label", "by hand"),
            lambda: self.globus.run("task", "cancel", task_id),
        )
        self.assertEqual((shown["Status"], shown["Files"], shown["Label"]),
                         ("SUCCEEDED", "20", "by hand"))
        self.assertEqual({row[1] for row in moved}, {f"/tree copy/{name}" for name in files})
        self.assertEqual([row[1] for row in events][::len(events) - 1], ["SUCCEEDED", "STARTED"])
        self.assertEqual(listed, [[task_id, "SUCCEEDED", "TRANSFER", "SOURCE", "DESTINATION",
                                   "by hand"]])
        self.assertIn("completed before the cancel", over)

    def test_a_batch_and_its_removal(self):
        sandbox.write_tree(SOURCE_FOLDER, {"batch/a": b"a", "batch/b c": b"bc", "batch/d/e": b"e"})
        with tempfile.TemporaryDirectory() as folder:
            batch = pathlib.Path(folder) / "batch"
            batch.write_text('# comments are skipped\n/batch/a /batch/A\n"/batch/b c" "/batch/B C"\n'
                             "--recursive /batch/d /batch/D\n")
            submitted = self.globus.json("transfer", "--batch", str(batch), SOURCE, DESTINATION)
        self.assertEqual((submitted["DATA_TYPE"], submitted["code"]),
                         ("transfer_result", "Accepted"))
        self.globus.run("task", "wait", submitted["task_id"], "--polling-interval", "1")
        self.assertEqual(sandbox.read_tree(DESTINATION_FOLDER / "batch"),
                         {"A": b"a", "B C": b"bc", "D/e": b"e"})
        one = self.globus.run("rm", DESTINATION + ":/batch/A", with_errors=True)
        self.assertRegex(one, 'Delete task submitted under ID "[0-9a-f-]{36}"')
        self.assertFalse((DESTINATION_FOLDER / "batch/A").exists())
        rest = self.globus.json("rm", "--recursive", DESTINATION + ":/batch")
        self.assertEqual((rest["type"], rest["status"]), ("DELETE", "SUCCEEDED"))
        self.assertFalse((DESTINATION_FOLDER / "batch").exists())

    def test_a_task_that_is_canceled(self):
        submitted = self.globus.json("transfer", SOURCE + ":/not/there", DESTINATION + ":/nor/here")
        task_id = submitted["task_id"]
        number, changed, waited = side_by_side(
            lambda: self.globus.run("task", "generate-submission-id"),
            lambda: self.globus.json("task", "update", task_id, "--label", "changed"),
            lambda: self.globus.run("task", "wait", task_id, "--timeout", "1",
                                    "--polling-interval", "1", status=1),
        )
        self.assertRegex(number.strip(), "^[0-9a-f-]{36}$")
        self.assertEqual(changed["code"], "Updated")
        self.assertIn("Task has yet to complete after 1 seconds", waited)
        canceled = self.globus.run("task", "cancel", task_id)
        self.assertIn("cancelled successfully", canceled)
        shown, events = side_by_side(
            lambda: self.globus.record("task", "show", task_id),
            lambda: self.globus.json("task", "event-list", task_id, "--filter-errors"),
        )
        self.assertEqual((shown["Status"], shown["Label"]), ("FAILED", "changed"))
        self.assertIn("FILE_NOT_FOUND", {event["code"] for event in events["DATA"]})


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
