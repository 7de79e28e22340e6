# SPDX-License-Identifier: Apache-2.0
"""UserApp and ClientApp: they log in by themselves, and keep their tokens."""

import contextlib
import io
import json
import os
import pathlib
import tempfile
import threading
import unittest
import unittest.mock
import urllib.request
import webbrowser

import globus_sdk
from globus_sdk.scopes import TransferScopes
from globus_sdk.token_storage import JSONTokenStorage, MemoryTokenStorage, SQLiteTokenStorage

import sandbox
from browser import Browser
from calls import Counted

TRANSFER = "transfer.api.globus.org"


class Terminal:
    """A person at a terminal: reads the URL that is printed, and types the code."""

    def __init__(self):
        self.logins = 0
        self.username = sandbox.USERNAME

    @contextlib.contextmanager
    def present(self):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            with unittest.mock.patch("builtins.input", lambda *_: self.type_code(output)):
                yield

    def type_code(self, output):
        self.logins += 1
        urls = [word for word in output.getvalue().split() if word.startswith("http")]
        return Browser().code_shown(urls[-1], self.username)


class LocalBrowser(webbrowser.BaseBrowser):
    """What opens pages on a desktop: it follows the redirection to the program's own server."""

    name = "of the tests"

    def open(self, url, new=0, autoraise=True):
        threading.Thread(target=self.visit, args=[url]).start()
        return True

    @staticmethod
    def visit(url):
        browser = Browser()
        browser.authorize(url, sandbox.USERNAME)
        with urllib.request.urlopen(browser.location, timeout=30) as answer:
            answer.read()


class AppTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.terminal = Terminal()

    def user_app(self, **config):
        app = globus_sdk.UserApp(
            "peer", client_id=sandbox.NATIVE_CLIENT_ID,
            config=globus_sdk.GlobusAppConfig(**config),
        )
        self.addCleanup(app.close)
        return Counted(app)

    def client_app(self, **config):
        app = globus_sdk.ClientApp(
            "peer", client_id=sandbox.CLIENT_ID, client_secret=sandbox.CLIENT_SECRET,
            config=globus_sdk.GlobusAppConfig(**config),
        )
        self.addCleanup(app.close)
        return Counted(app)

    def transfer(self, app):
        return Counted(globus_sdk.TransferClient(app=app._client))


class UserApps(AppTest):
    def test_login_at_a_terminal_and_a_second_run(self):
        path = self.folder / "tokens.json"
        app = self.user_app(
            token_storage=JSONTokenStorage(path), request_refresh_tokens=True
        )
        client = self.transfer(app)
        self.assertIs(app.login_required(), True)
        with self.terminal.present():
            app.login()
        self.assertEqual(client.operation_ls(sandbox.SOURCE)["endpoint"], sandbox.SOURCE)
        self.assertIs(app.login_required(), False)
        stored = json.loads(path.read_text())
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        token = stored["data"]["DEFAULT"][TRANSFER]["refresh_token"]
        self.assertTrue(token)

        again = self.user_app(
            token_storage=JSONTokenStorage(path), request_refresh_tokens=True
        )
        self.assertEqual(self.transfer(again).get_endpoint(sandbox.SOURCE)["id"], sandbox.SOURCE)
        self.assertEqual(self.terminal.logins, 1)

    def test_a_token_that_expires_is_renewed_and_stored(self):
        storage = MemoryTokenStorage()
        app = self.user_app(token_storage=storage, request_refresh_tokens=True)
        client = self.transfer(app)
        with self.terminal.present():
            app.login()
        refresh_token = storage.get_token_data(TRANSFER).refresh_token
        for _ in range(2):
            old = storage.get_token_data(TRANSFER).access_token
            sandbox.control("POST", "expire", {"token": old})
            sandbox.forget_requests()
            self.assertTrue(client.get_submission_id()["value"])
            self.assertEqual(sandbox.received("/submission_id"), [401, 200])
            self.assertNotEqual(storage.get_token_data(TRANSFER).access_token, old)
        self.assertEqual(storage.get_token_data(TRANSFER).refresh_token, refresh_token)
        self.assertEqual(self.terminal.logins, 1)

    def test_login_by_a_browser_and_a_local_server(self):
        webbrowser.register("of the tests", None, LocalBrowser("of the tests"), preferred=True)
        self.addCleanup(setattr, webbrowser, "_tryorder", None)
        with unittest.mock.patch.dict(os.environ):
            os.environ.pop("SSH_TTY", None)
            os.environ.pop("SSH_CONNECTION", None)
            app = self.user_app(
                token_storage=SQLiteTokenStorage(self.folder / "tokens.db"),
                login_flow_manager="local-server",
            )
            client = self.transfer(app)
            app.login()
        self.assertEqual(client.task_list(limit=1)["DATA_TYPE"], "task_list")
        header = app.get_authorizer(TRANSFER).get_authorization_header()
        self.assertRegex(header, "^Bearer .{20,}")

    def test_a_consent_more_by_a_second_login(self):
        data_access = f"https://auth.globus.org/scopes/{sandbox.SOURCE}/data_access"
        app = self.user_app(token_storage=MemoryTokenStorage())
        client = self.transfer(app)
        with self.terminal.present():
            app.login()
            self.assertIs(app.login_required(), False)
            client.add_app_data_access_scope(sandbox.SOURCE)
            self.assertIs(app.login_required(), True)
            sandbox.control("POST", "data_access",
                            {"collection": sandbox.SOURCE, "required": True})
            try:
                answer = client.operation_ls(sandbox.SOURCE)
            finally:
                sandbox.control("POST", "data_access",
                                {"collection": sandbox.SOURCE, "required": False})
        self.assertEqual(answer["endpoint"], sandbox.SOURCE)
        self.assertEqual(self.terminal.logins, 2)
        self.assertIn(data_access, str(app.scope_requirements[TRANSFER]))

    def test_a_consent_that_the_service_asks_for(self):
        app = self.user_app(token_storage=MemoryTokenStorage(), auto_redrive_gares=True)
        client = self.transfer(app)
        with self.terminal.present():
            app.login()
            sandbox.control("POST", "data_access",
                            {"collection": sandbox.DESTINATION, "required": True})
            try:
                answer = client.operation_ls(sandbox.DESTINATION)
            finally:
                sandbox.control("POST", "data_access",
                                {"collection": sandbox.DESTINATION, "required": False})
        self.assertEqual(answer["endpoint"], sandbox.DESTINATION)
        self.assertEqual(self.terminal.logins, 2)

    def test_what_a_collection_asks_of_the_session(self):
        home, work = "of-app@home.example", "of-app@work.example"
        sandbox.add_user(home)
        sandbox.add_user(work, linked_to=home)
        app = self.user_app(token_storage=MemoryTokenStorage(), auto_redrive_gares=True)
        client = self.transfer(app)
        asked = {
            "entity_type": "GCSv5_mapped_collection", "high_assurance": True,
            "authentication_assurance_timeout": 600, "session_required_mfa": True,
            "session_required_single_domain": ["work.example"],
        }
        self.addCleanup(
            sandbox.change_collection, sandbox.DESTINATION, **dict.fromkeys(asked)
        )
        self.terminal.username = home
        with self.terminal.present():
            app.login()
            self.terminal.username = work
            sandbox.change_collection(sandbox.DESTINATION, **asked)
            self.assertIs(client.get_endpoint(sandbox.DESTINATION)["high_assurance"], True)
            answer = client.operation_ls(sandbox.DESTINATION)
            client.operation_ls(sandbox.DESTINATION)
        self.assertEqual(answer["endpoint"], sandbox.DESTINATION)
        self.assertEqual(self.terminal.logins, 2)

    def test_what_a_request_is_made_to_require(self):
        app = self.user_app(token_storage=MemoryTokenStorage(), auto_redrive_gares=True)
        client = self.transfer(app)
        with self.terminal.present():
            app.login()
            self.addCleanup(sandbox.control, "DELETE", "faults")
            for require in (
                {"session_required_mfa": True, "session_message": "Two factors, please"},
                {"prompt": "login"},
                {"required_scopes": [f"{TransferScopes.all}[openid]"]},
            ):
                sandbox.control("POST", "faults", {"path": "/task_list$", "require": require})
                sandbox.forget_requests()
                self.assertEqual(client.task_list(limit=1)["DATA_TYPE"], "task_list")
                self.assertEqual(sandbox.received("/task_list"), [403, 200])
                self.assertEqual(client.task_list(limit=1)["DATA_TYPE"], "task_list")
                sandbox.control("DELETE", "faults")
        self.assertEqual(self.terminal.logins, 4)

    def test_logout(self):
        storage = MemoryTokenStorage()
        app = self.user_app(token_storage=storage)
        client = self.transfer(app)
        with self.terminal.present():
            app.login()
        token = storage.get_token_data(TRANSFER).access_token
        app.logout()
        self.assertIsNone(storage.get_token_data(TRANSFER))
        self.assertIs(app.login_required(), True)
        bare = globus_sdk.TransferClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))
        with self.assertRaises(globus_sdk.TransferAPIError) as caught:
            bare.get_submission_id()
        self.assertEqual(caught.exception.http_status, 401)
        with self.terminal.present():
            self.assertTrue(client.get_submission_id()["value"])
        self.assertEqual(self.terminal.logins, 2)

    def test_an_auth_client_of_an_app(self):
        app = self.user_app(token_storage=MemoryTokenStorage())
        client = globus_sdk.AuthClient()
        Counted(client).attach_globus_app(app._client, app_scopes=["openid", "profile"])
        Counted(client).add_app_scope("email")
        with self.terminal.present():
            answer = Counted(client).userinfo()
        self.assertEqual(answer["preferred_username"], sandbox.USERNAME)
        self.assertEqual(answer["email"], sandbox.USERNAME)


class ClientApps(AppTest):
    def test_works_as_itself(self):
        app = self.client_app(token_storage=JSONTokenStorage(self.folder / "tokens.json"))
        app.add_scope_requirements({TRANSFER: [TransferScopes.all]})
        self.assertIs(app.login_required(), False)  # there is nobody whom it would ask
        client = self.transfer(app)
        order = globus_sdk.TransferData(sandbox.SOURCE, sandbox.DESTINATION)
        sandbox.write_tree(sandbox.folder(sandbox.SOURCE), {"of an app": b"content"})
        order.add_item("/of an app", "/of an app")
        task_id = client.submit_transfer(order)["task_id"]
        self.assertIs(client.task_wait(task_id, timeout=30, polling_interval=1), True)
        self.assertEqual(client.get_task(task_id)["owner_id"], sandbox.CLIENT_ID)
        destination = sandbox.folder(sandbox.DESTINATION) / "of an app"
        self.assertEqual(destination.read_bytes(), b"content")

    def test_a_token_that_expires_is_fetched_again(self):
        storage = MemoryTokenStorage()
        app = self.client_app(token_storage=storage)
        client = self.transfer(app)
        app.login()
        old = storage.get_token_data(TRANSFER).access_token
        sandbox.control("POST", "expire", {"token": old})
        self.assertTrue(client.get_submission_id()["value"])
        self.assertNotEqual(storage.get_token_data(TRANSFER).access_token, old)

    def test_logout(self):
        storage = MemoryTokenStorage()
        app = self.client_app(token_storage=storage)
        self.transfer(app)
        app.login()
        header = app.get_authorizer(TRANSFER).get_authorization_header()
        self.assertEqual(header, "Bearer " + storage.get_token_data(TRANSFER).access_token)
        app.logout()
        self.assertIsNone(storage.get_token_data(TRANSFER))


if __name__ == "__main__":
    unittest.main()
