# SPDX-License-Identifier: Apache-2.0
"""TransferClient: files, tasks that really move them, paging, and its errors."""

import os
import unittest

import globus_sdk

import sandbox
from calls import Counted

SOURCE, DESTINATION = sandbox.SOURCE, sandbox.DESTINATION
SOURCE_FOLDER = sandbox.folder(SOURCE)
DESTINATION_FOLDER = sandbox.folder(DESTINATION)
TOKEN = os.environ["GLOBUS_SANDBOX_TRANSFER_TOKEN"]


def transfer_client(token=TOKEN):
    return Counted(
        globus_sdk.TransferClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))
    )


def data(**options):
    return globus_sdk.TransferData(SOURCE, DESTINATION, **options)


class TransferTest(unittest.TestCase):
    def setUp(self):
        self.client = transfer_client()

    def refused(self, call, *arguments, **options):
        with self.assertRaises(globus_sdk.TransferAPIError) as caught:
            call(*arguments, **options)
        return caught.exception

    def done(self, answer):
        """The finished task of a submission."""
        task_id = answer["task_id"]
        self.assertIs(self.client.task_wait(task_id, timeout=60, polling_interval=1), True)
        return self.client.get_task(task_id)


class Files(TransferTest):
    def test_listing(self):
        sandbox.write_tree(
            SOURCE_FOLDER / "listing",
            {"b.txt": b"bb", "a ä&?.txt": b"a", ".hidden": b"", "folder/inside": b"1"},
        )
        everything = self.client.operation_ls(SOURCE, "/listing/")
        self.assertEqual(everything["path"], "/listing/")
        self.assertEqual(
            [(each["name"], each["type"], each["size"]) for each in everything][:2],
            [(".hidden", "file", 0), ("a ä&?.txt", "file", 1)],
        )

        def names(**options):
            listing = self.client.operation_ls(SOURCE, "/listing/", **options)
            return [each["name"] for each in listing]

        self.assertNotIn(".hidden", names(show_hidden=False))
        self.assertEqual(names(filter={"name": "~*.txt"}, orderby=["name DESC"]),
                         ["b.txt", "a ä&?.txt"])
        self.assertEqual(names(filter=[{"type": "dir"}]), ["folder"])
        self.assertEqual(names(filter="size:>1/type:file"), ["b.txt"])
        self.assertEqual(names(orderby="name", limit=2, offset=1), ["a ä&?.txt", "b.txt"])

    def test_stat(self):
        sandbox.write_tree(SOURCE_FOLDER, {"stat/file": b"12345"})
        answer = self.client.operation_stat(SOURCE, "/stat/file")
        self.assertEqual((answer["name"], answer["type"], answer["size"]), ("file", "file", 5))
        self.assertRegex(answer["last_modified"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$")

    def test_mkdir_and_rename(self):
        made = self.client.operation_mkdir(SOURCE, "/made here/")
        self.assertEqual((made["DATA_TYPE"], made["code"]), ("mkdir_result", "DirectoryCreated"))
        renamed = self.client.operation_rename(SOURCE, "/made here", "/renamed é")
        self.assertEqual((renamed["DATA_TYPE"], renamed["code"]), ("result", "FileRenamed"))
        self.assertTrue((SOURCE_FOLDER / "renamed é").is_dir())
        self.assertFalse((SOURCE_FOLDER / "made here").exists())


class Endpoints(TransferTest):
    def test_get(self):
        answer = self.client.get_endpoint(SOURCE)
        self.assertEqual((answer["id"], answer["display_name"]), (SOURCE, "SOURCE"))
        self.assertEqual(answer["owner_string"], sandbox.USERNAME)
        self.assertIn("administrator", answer["my_effective_roles"])

    def test_search(self):
        found = self.client.endpoint_search("DESTINATION", filter_scope="my-endpoints")
        self.assertEqual([each["id"] for each in found], [DESTINATION])
        owner = sandbox.user_id(sandbox.USERNAME)
        mine = self.client.endpoint_search(filter_owner_id=owner, limit=1)
        self.assertEqual(len(mine["DATA"]), 1)
        self.assertIs(mine["has_next_page"], True)
        self.assertEqual(self.client.endpoint_search("no such words")["DATA"], [])

    def test_search_by_pages(self):
        folder = SOURCE_FOLDER / "of many"
        folder.mkdir()
        made = {
            sandbox.control("POST", "collections", {"name": f"Paged{n}", "path": str(folder)})["id"]
            for n in range(250)
        }
        pages = list(self.client.paginated.endpoint_search("Paged"))
        self.assertEqual([len(page["DATA"]) for page in pages], [100, 100, 50])
        items = self.client.paginated.endpoint_search("Paged").items()
        self.assertEqual({each["id"] for each in items}, made)


class Tasks(TransferTest):
    def test_a_tree_byte_for_byte(self):
        files = {f"folder {n % 3}/ä{n}": os.urandom(n * 100) for n in range(250)}
        files["binary"] = bytes(range(256)) * 5000
        sandbox.write_tree(SOURCE_FOLDER / "tree", files)
        order = data(label="byte for byte", sync_level="checksum", verify_checksum=True)
        order.add_item("/tree/", "/tree copy/", recursive=True)
        submitted = self.client.submit_transfer(order)
        self.assertEqual((submitted["code"], submitted["DATA_TYPE"]),
                         ("Accepted", "transfer_result"))
        task = self.done(submitted)
        self.assertEqual((task["status"], task["label"]), ("SUCCEEDED", "byte for byte"))
        self.assertEqual(task["files_transferred"], 251)
        self.assertEqual(task["bytes_transferred"], sum(map(len, files.values())))
        self.assertEqual(sandbox.read_tree(DESTINATION_FOLDER / "tree copy"), files)
        self.assertEqual(self.client.submit_transfer(order)["code"], "Duplicate")
        self.check_successes(submitted["task_id"], files)
        events = self.client.task_event_list(submitted["task_id"])
        self.assertEqual(events["DATA"][0]["code"], "SUCCEEDED")
        self.check_event_pages(submitted["task_id"], events["DATA"])

    def check_successes(self, task_id, files):
        pages = list(self.client.paginated.task_successful_transfers(task_id))
        self.assertGreaterEqual(len(pages), 3)
        moved = self.client.paginated.task_successful_transfers(task_id).items()
        self.assertEqual({each["destination_path"] for each in moved},
                         {f"/tree copy/{name}" for name in files})
        second = self.client.task_successful_transfers(task_id, marker=pages[0]["next_marker"])
        self.assertEqual(second["DATA"], pages[1]["DATA"])

    def check_event_pages(self, task_id, events):
        whole = list(self.client.paginated.task_event_list(task_id).items())
        self.assertEqual(whole, events)
        last = self.client.task_event_list(task_id, limit=1, offset=len(events) - 1)
        self.assertEqual(last["DATA"], events[-1:])

    def test_skipped_errors_by_pages(self):
        order = data(skip_source_errors=True)
        missing = {f"/absent/{number}" for number in range(250)}
        for path in missing:
            order.add_item(path, "/skipped" + path)
        task = self.done(self.client.submit_transfer(order))
        self.assertEqual(task["status"], "SUCCEEDED")
        self.assertEqual(task["subtasks_skipped_errors"], 250)
        pages = list(self.client.paginated.task_skipped_errors(task["task_id"]))
        self.assertGreaterEqual(len(pages), 3)
        skipped = self.client.paginated.task_skipped_errors(task["task_id"]).items()
        self.assertEqual({each["source_path"] for each in skipped}, missing)
        first = self.client.task_skipped_errors(task["task_id"])
        self.assertEqual(first["DATA"][0]["error_code"], "FILE_NOT_FOUND")

    def test_a_task_that_is_steered(self):
        order = data(label="never ends")
        order.add_item("/not/there", "/nor/here")
        task_id = self.client.submit_transfer(order)["task_id"]
        self.assertIs(self.client.task_wait(task_id, timeout=1, polling_interval=1), False)
        changed = self.client.update_task(task_id, {"DATA_TYPE": "task", "label": "other"})
        self.assertEqual(changed["code"], "Updated")
        task = self.client.get_task(task_id)
        self.assertEqual((task["label"], task["status"]), ("other", "ACTIVE"))
        self.assertGreaterEqual(task["faults"], 1)
        self.assertEqual(self.client.task_pause_info(task_id)["pause_rules"], [])
        self.assertEqual(self.client.cancel_task(task_id)["code"], "Canceled")
        ended = self.client.get_task(task_id)
        self.assertEqual((ended["status"], ended["fatal_error"]["code"]), ("FAILED", "CANCELED"))
        self.assertEqual(self.client.cancel_task(task_id)["code"], "TaskComplete")

    def test_delete(self):
        sandbox.write_tree(DESTINATION_FOLDER / "gone", {"a/b": b"1", "c": b"2"})
        order = globus_sdk.DeleteData(DESTINATION, recursive=True, label="delete")
        order.add_item("/gone")
        submitted = self.client.submit_delete(order)
        self.assertEqual(submitted["DATA_TYPE"], "delete_result")
        task = self.done(submitted)
        self.assertEqual((task["type"], task["status"]), ("DELETE", "SUCCEEDED"))
        self.assertFalse((DESTINATION_FOLDER / "gone").exists())

    def test_a_filter_and_a_submission_id_of_ours(self):
        sandbox.write_tree(SOURCE_FOLDER / "some", {"keep.txt": b"1", "drop.tmp": b"2"})
        number = self.client.get_submission_id()["value"]
        order = data(submission_id=number)
        order.add_item("/some/", "/some/", recursive=True)
        order.add_filter_rule("*.tmp", method="exclude", type="file")
        submitted = self.client.submit_transfer(order)
        self.assertEqual(submitted["submission_id"], number)
        self.assertEqual(self.done(submitted)["filter_rules"][0]["name"], "*.tmp")
        self.assertEqual(sandbox.read_tree(DESTINATION_FOLDER / "some"), {"keep.txt": b"1"})

    def test_lists(self):
        ids = []
        for number in range(5):
            order = globus_sdk.DeleteData(
                DESTINATION, label=f"listed {number}", ignore_missing=True
            )
            order.add_item(f"/absent {number}")
            ids.append(self.client.submit_delete(order)["task_id"])
        chosen = {"filter": {"task_id": ids}, "orderby": ["label ASC"]}
        walked = []
        while page := self.client.task_list(limit=2, offset=len(walked), **chosen)["DATA"]:
            walked += [task["task_id"] for task in page]
        self.assertEqual(walked, ids)
        whole = self.client.paginated.task_list(**chosen)
        self.assertEqual([task["task_id"] for task in whole.items()], ids)
        labelled = self.client.task_list(filter="label:listed 3/type:DELETE")
        self.assertEqual((labelled["total"], labelled["DATA"][0]["task_id"]), (1, ids[3]))

    def test_plain_requests(self):
        number = self.client.get("/v0.10/submission_id")["value"]
        document = dict(data(submission_id=number, label="plain"))
        document["DATA"] = [{"DATA_TYPE": "transfer_item", "source_path": "/nowhere",
                             "destination_path": "/nowhere"}]
        task_id = self.client.post("/v0.10/transfer", data=document)["task_id"]
        changed = self.client.put(f"/v0.10/task/{task_id}", data={"DATA_TYPE": "task",
                                                                  "label": "by put"})
        self.assertEqual(changed["code"], "Updated")
        answer = self.client.request("GET", f"/v0.10/task/{task_id}")
        self.assertEqual(answer["label"], "by put")
        self.assertEqual(self.client.cancel_task(task_id)["code"], "Canceled")


class Errors(TransferTest):
    def test_codes(self):
        for code, status, call in [
            ("EndpointNotFound", 404, lambda: self.client.get_endpoint(sandbox.CLIENT_ID)),
            ("TaskNotFound", 404, lambda: self.client.get_task(sandbox.CLIENT_ID)),
            ("ClientError.NotFound", 404, lambda: self.client.operation_ls(SOURCE, "/no/")),
        ]:
            with self.subTest(code):
                error = self.refused(call)
                self.assertEqual((error.http_status, error.code), (status, code))
                self.assertTrue(error.message)
                self.assertRegex(error.request_id, r"^\w{9}$")

    def test_a_folder_that_is_there(self):
        (SOURCE_FOLDER / "there").mkdir()
        error = self.refused(self.client.operation_mkdir, SOURCE, "/there")
        self.assertEqual(error.code, "ExternalError.MkdirFailed.Exists")

    def test_no_such_token(self):
        error = self.refused(transfer_client("none").task_list)
        self.assertEqual((error.http_status, error.code), (401, "AuthenticationFailed"))

    def test_a_consent_that_is_missing(self):
        sandbox.control("POST", "data_access", {"collection": DESTINATION, "required": True})
        try:
            error = self.refused(self.client.operation_ls, DESTINATION)
        finally:
            control = {"collection": DESTINATION, "required": False}
            sandbox.control("POST", "data_access", control)
        self.assertEqual((error.http_status, error.code), (403, "ConsentRequired"))
        self.assertTrue(error.info.consent_required)
        self.assertIn(DESTINATION, error.info.consent_required.required_scopes[0])

    def test_what_is_not_served_says_so(self):
        error = self.refused(self.client.bookmark_list)
        self.assertEqual(error.http_status, 501)
        self.assertIn("bookmark_list", error.message)


if __name__ == "__main__":
    unittest.main()
