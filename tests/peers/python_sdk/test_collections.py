# SPDX-License-Identifier: Apache-2.0
"""Files of a collection over HTTPS: GCSDownloader, GCSCollectionClient, and the curl program.

Run by main.py with the other tests, and once more by itself with a sandbox that speaks TLS."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import globus_sdk
from globus_sdk.experimental.gcs_collection_client import GCSCollectionClient
from globus_sdk.experimental.gcs_downloader import GCSDownloader

import sandbox

SOURCE = sandbox.SOURCE
FOLDER = sandbox.folder(SOURCE)
URL = os.environ["GLOBUS_SANDBOX_SOURCE_HTTPS_URL"]
TOKEN = os.environ["GLOBUS_SANDBOX_SOURCE_HTTPS_TOKEN"]
CONTENT = bytes(range(256)) * 4000


class CollectionTest(unittest.TestCase):
    def setUp(self):
        sandbox.write_tree(
            FOLDER, {"files/a ä.bin": CONTENT, "files/text.txt": b"a line\n"}
        )
        self.addCleanup(sandbox.change_collection, SOURCE, entity_type=None, public=None)


class Downloader(CollectionTest):
    def downloader(self):
        app = globus_sdk.ClientApp(
            "downloads",
            client_id=sandbox.CLIENT_ID,
            client_secret=sandbox.CLIENT_SECRET,
            config=globus_sdk.GlobusAppConfig(token_storage="memory"),
        )
        self.addCleanup(app.close)
        downloader = GCSDownloader(app)
        self.addCleanup(downloader.close)
        return downloader

    def test_of_each_kind_of_collection(self):
        for kind in ("GCSv5_mapped_collection", "GCSv5_guest_collection", "GCP_mapped_collection"):
            with self.subTest(kind):
                sandbox.change_collection(SOURCE, entity_type=kind)
                downloader = self.downloader()
                uri = URL + "/files/a%20%C3%A4.bin"
                self.assertEqual(downloader.read_file(uri, as_text=False), CONTENT)
                # with what the first file told
                self.assertEqual(downloader.read_file(URL + "/files/text.txt"), "a line\n")
                self.assertEqual(downloader.gcs_client.collection_id, SOURCE)

    def test_a_file_that_is_not_there(self):
        with self.assertRaises(globus_sdk.GlobusAPIError) as caught:
            self.downloader().read_file(URL + "/files/nothing")
        self.assertEqual((caught.exception.http_status, caught.exception.code), (404, "not_found"))

    def test_a_public_collection_sends_nobody_to_a_login(self):
        sandbox.change_collection(SOURCE, public=True)
        with self.assertRaisesRegex(RuntimeError, "Did not receive a redirect"):
            self.downloader().read_file(URL + "/files/text.txt")


class CollectionClient(CollectionTest):
    def client(self, token=TOKEN):
        return GCSCollectionClient(
            SOURCE, URL, authorizer=globus_sdk.AccessTokenAuthorizer(token)
        )

    @unittest.skipUnless(URL.startswith("https://"), "it makes https of each address")
    def test_get_put_delete(self):
        client = self.client()
        self.assertEqual(client.get("/files/a ä.bin").binary_content, CONTENT)
        self.assertEqual(client.put("/files/new.bin", data=CONTENT[::-1]).http_status, 201)
        self.assertEqual((FOLDER / "files/new.bin").read_bytes(), CONTENT[::-1])
        self.assertEqual(client.delete("/files/new.bin").http_status, 204)
        self.assertFalse((FOLDER / "files/new.bin").exists())

    def test_a_missing_consent_is_told(self):
        client = self.client(os.environ["GLOBUS_SANDBOX_TRANSFER_TOKEN"])
        with self.assertRaises(globus_sdk.GlobusAPIError) as caught:
            client.get(URL + "/files/text.txt")
        error = caught.exception
        scope = f"https://auth.globus.org/scopes/{SOURCE}/https"
        self.assertEqual(error.http_status, 403)
        self.assertEqual(error.info.consent_required.required_scopes, [scope])
        self.assertEqual(error.raw_json["authorization_parameters"]["required_scopes"], [scope])


class Curl(CollectionTest):
    def curl(self, path, *options, token=TOKEN):
        """The output of curl, which must succeed."""
        command = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*"]
        if URL.startswith("https://"):
            command += ["--cacert", os.environ["GLOBUS_SDK_VERIFY_SSL"]]
        if token:
            command += ["--header", "@-"]
        return subprocess.run(
            [*command, *options, URL + path],
            input=f"Authorization: Bearer {token}\n".encode() if token else b"",
            stdout=subprocess.PIPE,
            check=True,
            timeout=60,
        ).stdout

    def test_reads(self):
        path = "/files/a%20%C3%A4.bin"
        self.assertEqual(self.curl(path), CONTENT)
        self.assertEqual(self.curl(path, "--range", "1000-1999"), CONTENT[1000:2000])
        self.assertEqual(self.curl(path, "--compressed"), CONTENT)
        self.assertIn(CONTENT[5:6], self.curl(path, "--range", "5-5,9-9"))
        head = self.curl(path, "--head").decode()
        self.assertIn(f"Content-Length: {len(CONTENT)}\r\n", head)

    def test_goes_on_where_it_broke_off_and_saves_by_name(self):
        with tempfile.TemporaryDirectory() as folder:
            part = pathlib.Path(folder) / "part"
            part.write_bytes(CONTENT[:12345])
            path = "/files/a%20%C3%A4.bin"
            self.curl(path, "--continue-at", "-", "--output", str(part))
            self.assertEqual(part.read_bytes(), CONTENT)
            options = ["--remote-name", "--remote-header-name", "--output-dir", folder]
            self.curl("/files/text.txt?download", *options)
            self.assertEqual((pathlib.Path(folder) / "text.txt").read_text(), "a line\n")

    def test_writes(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(CONTENT)
            file.flush()
            self.curl("/files/put.bin", "--upload-file", file.name)
        self.assertEqual((FOLDER / "files/put.bin").read_bytes(), CONTENT)
        self.curl("/files/put.bin", "--request", "DELETE")
        self.assertFalse((FOLDER / "files/put.bin").exists())

    def test_reads_what_is_public_without_a_token(self):
        sandbox.change_collection(SOURCE, public=True)
        self.assertEqual(self.curl("/files/text.txt", token=None).decode(), "a line\n")


if __name__ == "__main__":
    unittest.main()
