# SPDX-License-Identifier: Apache-2.0
"""Transfers, deletions and what becomes of them, as an application."""

import os
import pathlib
import tempfile
import unittest

import sandbox
from client_identity import ClientIdentity, tearDownModule
from globus import side_by_side

SOURCE, DESTINATION = sandbox.SOURCE, sandbox.DESTINATION
SOURCE_FOLDER, DESTINATION_FOLDER = sandbox.folder(SOURCE), sandbox.folder(DESTINATION)

__all__ = ["tearDownModule"]


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
            batch.write_text("# comments are skipped\n/batch/a /batch/A\n"
                             '"/batch/b c" "/batch/B C"\n--recursive /batch/d /batch/D\n')
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


if __name__ == "__main__":
    unittest.main()
