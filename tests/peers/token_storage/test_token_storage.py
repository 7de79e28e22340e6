# SPDX-License-Identifier: Apache-2.0
"""The Python SDK and token_store_peer.cpp share files of tokens, in every format, both ways."""

import base64
import json
import os
import pathlib
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import unittest.mock

from globus_sdk import GlobusAppConfig, ValidationError
from globus_sdk.token_storage import JSONTokenStorage, SQLiteTokenStorage, TokenStorageData
from globus_sdk.token_storage import base
from globus_sdk.token_storage.legacy import SimpleJSONFileAdapter, SQLiteAdapter

TOKEN_STORE = os.environ["TOKEN_STORE_PEER"]
NAMESPACES = ["DEFAULT", "userprofile/production", "a 'quoted' \u00e9 \U0001F600 one"]


def token(resource_server, mark="1", **changes):
    values = {
        "resource_server": resource_server, "identity_id": "an-identity", "scope": "openid email",
        "access_token": f"access-{mark}", "refresh_token": f"refresh-{mark}",
        "expires_at_seconds": 4_000_000_000, "token_type": "Bearer",
    }
    return TokenStorageData(**{**values, **changes})


TOKENS = {
    "auth.globus.org": token("auth.globus.org"),
    "bare": token("bare", identity_id=None, refresh_token=None, token_type=None, scope=""),
    "odd \u00e9\U0001F600\"\\": token("odd \u00e9\U0001F600\"\\", mark="\u00e9\n\t\x01"),
}


def as_dicts(tokens):
    return {name: data.to_dict(include_extra=True) for name, data in tokens.items()}


class Response:
    """What the older adapters want to store."""

    def __init__(self, *names):
        self.by_resource_server = {
            name: {"scope": "email", "access_token": f"old-{name}", "refresh_token": None,
                   "token_type": "Bearer", "expires_at_seconds": 7, "resource_server": name}
            for name in names
        }


def without_null(values):
    return {name: value for name, value in values.items() if value is not None}


class Shared(unittest.TestCase):
    kind = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.file = self.folder / "tokens"

    def start(self, namespace, *command):
        return subprocess.Popen(
            [TOKEN_STORE, self.kind, self.file, namespace, *command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def cpp(self, namespace, *command, document=None):
        text = json.dumps(document).encode()
        run = subprocess.run([TOKEN_STORE, self.kind, self.file, namespace, *command], input=text,
                             capture_output=True, check=False, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        return run.stdout.decode()

    def cpp_get(self, namespace="DEFAULT"):
        return json.loads(self.cpp(namespace, "get"))

    def cpp_store(self, tokens, namespace="DEFAULT"):
        self.cpp(namespace, "store", document=as_dicts(tokens))

    def python(self, namespace="DEFAULT"):
        storage = {"json": JSONTokenStorage, "sqlite": SQLiteTokenStorage}[self.kind](
            self.file, namespace=namespace)
        self.addCleanup(storage.close)
        return storage

    def python_get(self, namespace="DEFAULT"):
        return as_dicts(self.python(namespace).get_token_data_by_resource_server())

    def wait(self, *processes):
        for process in processes:
            _, errors = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, errors.decode())


class Both:
    """What holds for either kind of file."""

    def test_python_reads_what_cpp_stored(self):
        for namespace in NAMESPACES:
            self.cpp_store(TOKENS, namespace)
        for namespace in NAMESPACES:
            self.assertEqual(self.python_get(namespace), as_dicts(TOKENS))
        self.assertEqual(self.python_get("another"), {})
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)

    def test_cpp_reads_what_python_stored(self):
        for namespace in NAMESPACES:
            self.python(namespace).store_token_data_by_resource_server(TOKENS)
        for namespace in NAMESPACES:
            self.assertEqual(self.cpp_get(namespace), as_dicts(TOKENS))
        self.assertEqual(self.cpp_get("another"), {})

    def test_each_replaces_and_removes_what_the_other_stored(self):
        python = self.python()
        self.cpp_store(TOKENS)
        python.store_token_data_by_resource_server({"bare": token("bare", "2")})
        self.cpp_store({"new": token("new", "3")})
        expected = {**TOKENS, "bare": token("bare", "2"), "new": token("new", "3")}
        self.assertEqual(self.cpp_get(), as_dicts(expected))
        self.assertEqual(self.python_get(), as_dicts(expected))
        self.assertTrue(python.remove_token_data("new"))
        self.assertEqual(self.cpp("DEFAULT", "remove", "new"), "false\n")
        self.assertEqual(self.cpp("DEFAULT", "remove", "bare"), "true\n")
        self.assertFalse(python.remove_token_data("bare"))

    def test_files_of_apps_are_where_pythons_are(self):
        names = ["My App", "a.b c", "Sl/ash:es?", "\u00c4pfel \u00d6l"]
        config = GlobusAppConfig(environment="sandbox")
        with unittest.mock.patch.dict(os.environ, {"HOME": str(self.folder)}):
            for name in names:
                storage = type(self.python()).for_globus_app("an-id", name, config, "x")
                self.assertEqual(self.cpp("x", "path", "an-id", name, "sandbox").strip(),
                                 storage.filepath)


class JsonTest(Both, Shared):
    kind = "json"

    def test_the_older_format_is_read_and_upgraded(self):
        adapter = SimpleJSONFileAdapter(self.file)
        adapter.store(Response("a", "b"))
        self.assertEqual(json.loads(self.file.read_text())["format_version"], "1.0")
        expected = {name: without_null(values)
                    for name, values in Response("a", "b").by_resource_server.items()}
        self.assertEqual(self.cpp_get(), expected)
        self.cpp_store({"c": token("c")})
        self.assertEqual(json.loads(self.file.read_text())["format_version"], "2.0")
        self.assertEqual(self.python_get(), {**expected, "c": token("c").to_dict()})

    def test_cpp_and_python_upgrade_alike(self):
        SimpleJSONFileAdapter(self.file).store(Response("a"))
        old = self.file.read_text()
        self.cpp_store({"c": token("c")}, "x")
        by_cpp = json.loads(self.file.read_text())
        self.file.write_text(old)
        self.python("x").store_token_data_by_resource_server({"c": token("c")})
        by_python = json.loads(self.file.read_text())
        self.assertRegex(by_cpp.pop("globus-sdk.version"), r"^globus-sdk-cpp-\d")
        del by_python["globus-sdk.version"]
        self.assertEqual(by_cpp, by_python)

    def test_cpp_reads_on_while_python_writes_over_the_file(self):
        python = self.python()
        python.store_token_data_by_resource_server(TOKENS)
        watchers = [self.start("DEFAULT", "watch", "300") for _ in range(2)]
        while any(watcher.poll() is None for watcher in watchers):
            python.store_token_data_by_resource_server({"a": token("a" * 5000)})
        self.wait(*watchers)

    def test_python_reads_on_while_cpp_writes(self):
        self.cpp_store(TOKENS)
        writers = [self.start("DEFAULT", "write", str(i), "100") for i in range(2)]
        while any(writer.poll() is None for writer in writers):
            self.assertIn("bare", self.python_get())
        self.wait(*writers)
        self.assertEqual(len(self.python_get()), len(TOKENS) + 200)


class SqliteTest(Both, Shared):
    kind = "sqlite"

    def adapter(self, namespace="DEFAULT"):
        adapter = SQLiteAdapter(self.file, namespace=namespace)
        self.addCleanup(adapter.close)
        return adapter

    def test_the_older_adapters_file_is_shared(self):
        """The schema and the namespaces of the `globus` command's storage.db."""
        namespace = "userprofile/production"
        adapter = self.adapter(namespace)
        adapter.store_config("auth_client_data", {"client_id": "an-id"})
        adapter.store(Response("a", "b"))
        old = Response("a", "b").by_resource_server
        self.assertEqual(self.cpp_get(namespace),
                         {name: without_null(values) for name, values in old.items()})
        self.cpp_store({"b": token("b")}, namespace)
        self.assertEqual(adapter.get_by_resource_server(),
                         {"a": old["a"], "b": token("b").to_dict()})
        self.assertEqual(adapter.read_config("auth_client_data"), {"client_id": "an-id"})
        self.assertEqual(self.cpp(namespace, "remove", "a"), "true\n")
        self.assertIsNone(adapter.get_token_data("a"))

    def test_the_older_adapter_reads_a_file_of_cpps(self):
        self.cpp_store({"a": token("a")})
        adapter = self.adapter()
        self.assertEqual(adapter.get_token_data("a"), token("a").to_dict())
        adapter.store(Response("b"))
        self.assertEqual(self.cpp_get()["b"]["access_token"], "old-b")

    def test_namespaces_are_named_alike(self):
        for namespace in NAMESPACES:
            self.cpp_store(TOKENS, namespace)
        self.assertEqual(sorted(self.python().iter_namespaces()), sorted(NAMESPACES))
        self.assertEqual(sorted(self.cpp("x", "namespaces").splitlines()), sorted(NAMESPACES))

    def test_both_write_at_once_and_nothing_is_lost(self):
        self.cpp_store(TOKENS)
        writers = [self.start("DEFAULT", "write", f"cpp-{i}", "25") for i in range(4)]
        script = (
            "import sys; from globus_sdk.token_storage import *\n"
            "storage = SQLiteTokenStorage(sys.argv[1])\n"
            # it gives up after 5 s, which is little where many others run
            "storage._connection.execute('PRAGMA busy_timeout = 60000')\n"
            "for i in range(25):\n"
            "    name = f'python-{sys.argv[2]}-{i}'\n"
            "    storage.store_token_data_by_resource_server({name: TokenStorageData(\n"
            "        name, None, 'email', 't', None, 1, None)})\n")
        writers += [
            subprocess.Popen([sys.executable, "-c", script, self.file, str(i)],
                             stderr=subprocess.PIPE) for i in range(4)]
        self.wait(*writers)
        self.assertEqual(len(self.python_get()), len(TOKENS) + 200)
        self.assertEqual(len(self.cpp_get()), len(TOKENS) + 200)


class Sealed:
    """What Python meets in a file whose tokens are sealed. It has no key."""

    def setUp(self):
        super().setUp()
        key = base64.b64encode(bytes(range(32))).decode()
        patch = unittest.mock.patch.dict(os.environ, {"SEALING_KEY": key})
        patch.start()
        self.addCleanup(patch.stop)
        self.cpp_store(TOKENS)

    def assert_untouched(self):
        self.assertEqual(self.cpp_get(), as_dicts(TOKENS))

    def test_nothing_of_a_token_is_in_the_file(self):
        content = self.file.read_bytes()
        for data in TOKENS.values():
            for secret in (data.access_token, data.refresh_token):
                if secret:
                    self.assertNotIn(json.dumps(secret)[1:-1].encode(), content)
        self.assert_untouched()


class SealedJsonTest(Sealed, Shared):
    kind = "json"

    def test_python_says_that_it_is_sealed(self):
        for action in (lambda: self.python().get_token_data_by_resource_server(),
                       lambda: self.python().store_token_data_by_resource_server(TOKENS),
                       lambda: self.python().remove_token_data("bare")):
            with self.assertRaisesRegex(ValueError, "sealed by globus-sdk-cpp"):
                action()
        self.assert_untouched()


class SealedSqliteTest(Sealed, Shared):
    kind = "sqlite"

    def test_python_takes_no_sealed_token_for_one(self):
        with self.assertRaisesRegex(ValidationError, "must be a string"):
            self.python().get_token_data_by_resource_server()
        self.assert_untouched()

    def test_python_is_told_why_it_cannot_replace_one(self):
        storage = self.python()
        with self.assertRaisesRegex(sqlite3.IntegrityError, "sealed by globus-sdk-cpp"):
            storage.store_token_data_by_resource_server(TOKENS)
        storage.close()
        self.assert_untouched()

    def test_python_stores_and_removes_beside_them(self):
        storage = self.python("another")
        storage.store_token_data_by_resource_server(TOKENS)
        self.assertEqual(storage.get_token_data_by_resource_server().keys(), TOKENS.keys())
        self.assertEqual(self.cpp_get("another"), as_dicts(TOKENS))
        self.assertTrue(self.python().remove_token_data("bare"))
        self.assertNotIn("bare", self.cpp_get())


def is_known(c):
    """Whether this Python's Unicode has the character, or says that there never will be one."""
    never = c & 0xFFFE == 0xFFFE or 0xFDD0 <= c <= 0xFDEF
    return never or unicodedata.category(chr(c)) != "Cn"


class AppNamesTest(unittest.TestCase):
    def test_every_character_is_kept_or_dropped_alike(self):
        # but a line's end, halves of surrogate pairs, which cannot be sent, and characters that
        # this Python's Unicode does not have yet: the C library's may be a newer one
        characters = [chr(c) for c in range(1, sys.maxunicode + 1)
                      if c != 0x0A and not 0xD800 <= c <= 0xDFFF and is_known(c)]
        names = ["x" + "".join(characters[i:i + 128]) for i in range(0, len(characters), 128)]
        names += ["\u0391\u03a3 \u03a3\u0391\u03a3", "\u0130stanbul"]
        run = subprocess.run([TOKEN_STORE, "slugs"], input="\n".join(names).encode(),
                             capture_output=True, check=True)
        slugs = run.stdout.decode().split("\n")[:-1]
        self.assertEqual(len(slugs), len(names))
        for name, slug in zip(names, slugs):
            self.assertEqual(slug, base._slugify_app_name(name))


if __name__ == "__main__":
    unittest.main()
