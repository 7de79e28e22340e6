# SPDX-License-Identifier: Apache-2.0
"""The Python that docs/from-python.md shows beside the C++, run against the sandbox."""

import contextlib
import io
import os
import pathlib
import sys
import tempfile
import unittest

# [imports]
import globus_sdk
from globus_sdk.scopes import AuthScopes, GCSCollectionScopes, ScopeParser, TransferScopes
# [imports]

import sandbox
from test_apps import Terminal

collection_id = sandbox.SOURCE
other_id = sandbox.DESTINATION
client_id = sandbox.NATIVE_CLIENT_ID


class FromPython(unittest.TestCase):
    def setUp(self):
        self.output = io.StringIO()
        self.enterContext(contextlib.redirect_stdout(self.output))
        self.tc = globus_sdk.TransferClient(
            authorizer=globus_sdk.AccessTokenAuthorizer(os.environ["GLOBUS_SANDBOX_TRANSFER_TOKEN"])
        )
        self.addCleanup(self.tc.close)
        sandbox.write_tree(sandbox.folder(collection_id), {"data/one.csv": b"1"})

    def printed(self):
        return self.output.getvalue()

    def test_clients(self):
        access_token = os.environ["GLOBUS_SANDBOX_TRANSFER_TOKEN"]
        # [clients]
        tc = globus_sdk.TransferClient(
            authorizer=globus_sdk.AccessTokenAuthorizer(access_token), app_name="my-app"
        )
        print(tc.get_endpoint(collection_id)["display_name"])
        # [clients]
        self.assertEqual(self.printed(), "SOURCE\n")

    def test_authorizers(self):
        refresh_token = os.environ["GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN"]
        confidential_id, secret = sandbox.CLIENT_ID, sandbox.CLIENT_SECRET
        saved = []

        def save(token):
            saved.append(token)

        # [authorizers]
        login_client = globus_sdk.ConfidentialAppAuthClient(confidential_id, secret)
        authorizer = globus_sdk.RefreshTokenAuthorizer(
            refresh_token, login_client,
            on_refresh=lambda r: save(r.by_resource_server["transfer.api.globus.org"]),
        )
        tc = globus_sdk.TransferClient(authorizer=authorizer)
        tc.task_list()
        # [authorizers]
        self.assertEqual(len(saved), 1)

    def test_apps(self):
        with Terminal().present():
            # [apps]
            app = globus_sdk.UserApp(
                "my-app", client_id=client_id,
                config=globus_sdk.GlobusAppConfig(request_refresh_tokens=True),
            )
            tc = globus_sdk.TransferClient(app=app)
            tc.add_app_scope("urn:globus:auth:scope:transfer.api.globus.org:all")
            tc.task_list()  # logs in
            # [apps]
        self.assertFalse(app.login_required())
        app.logout()
        app.close()

    def test_options(self):
        tc = self.tc
        # [options]
        for entry in tc.operation_ls(
            collection_id, path="/data/", orderby=["type", "name"], filter={"type": "file"}
        ):
            print(entry["name"])
        # [options]
        self.assertEqual(self.printed(), "one.csv\n")

    def test_null(self):
        auth = globus_sdk.AuthClient(authorizer=globus_sdk.NullAuthorizer())
        with self.assertRaises(globus_sdk.AuthAPIError):
            # [null]
            auth.update_client(
                client_id,
                name="My app",
                visibility=globus_sdk.MISSING,  # not sent, as if it were left out
                required_idp=None,  # null: what there was is removed
            )
            # [null]

    def test_strings(self):
        access_token = os.environ["GLOBUS_SANDBOX_AUTH_TOKEN"]
        auth = globus_sdk.AuthClient(authorizer=globus_sdk.AccessTokenAuthorizer(access_token))
        first, second = sandbox.USERNAME, "second-user@globus-sandbox.example"
        # [strings]
        one = auth.get_identities(usernames=first)
        two = auth.get_identities(usernames=[first, second])
        # [strings]
        self.assertEqual((len(one["identities"]), len(two["identities"])), (1, 2))

    def test_payloads(self):
        tc = self.tc
        # [payloads]
        data = globus_sdk.TransferData(
            collection_id, other_id, label="nightly", sync_level="checksum"
        )
        data.add_item("/data/", "/copy/", recursive=True)
        data["notify_on_succeeded"] = False
        task = tc.submit_transfer(data)
        done = tc.task_wait(task["task_id"], timeout=60, polling_interval=1)
        # [payloads]
        self.assertTrue(done)

    def test_paging(self):
        tc = self.tc
        # [paging]
        for task in tc.paginated.task_list(limit=100).items():
            print(task["task_id"], task["status"])
        # [paging]
        self.assertEqual(len(self.printed().splitlines()), len(tc.task_list(limit=1000)["DATA"]))

    def test_responses(self):
        tc = self.tc
        # [responses]
        endpoint = tc.get_endpoint(collection_id)
        name = endpoint["display_name"]
        description = endpoint.get("description")
        is_managed = endpoint.get("subscription_id") is not None
        for key, value in endpoint.data.items():
            print(key, value)
        # [responses]
        self.assertEqual((name, is_managed), ("SOURCE", False))
        self.assertIn("display_name SOURCE\n", self.printed())
        self.assertEqual(description, "A folder of the local sandbox")

    def test_errors(self):
        tc = self.tc
        with contextlib.redirect_stderr(self.output):
            # [errors]
            try:
                tc.operation_ls(collection_id, path="/nowhere")
            except globus_sdk.TransferAPIError as error:
                if error.info.consent_required:
                    print("needs", error.info.consent_required.required_scopes)
                else:
                    print(error.http_status, error.code, error.message)
            except globus_sdk.NetworkError as error:
                print("no answer:", error, file=sys.stderr)
            # [errors]
        self.assertRegex(self.printed(), "^404 ClientError.NotFound ")

    def test_retries(self):
        tc = self.tc
        # [retries]
        with tc.transport.tune(http_timeout=5), tc.retry_config.tune(max_retries=1):
            tc.task_list()
        # [retries]
        self.assertEqual(tc.retry_config.max_retries, 5)

    def test_scopes(self):
        # [scopes]
        scope = TransferScopes.all.with_dependency(GCSCollectionScopes(collection_id).data_access)
        print(scope)
        for parsed in ScopeParser.parse("openid email"):
            print(parsed.scope_string)
        # [scopes]
        self.assertIn("/data_access]\n", self.printed())

    def test_storage(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "tokens.json")
            login_client = globus_sdk.ConfidentialAppAuthClient(
                sandbox.CLIENT_ID, sandbox.CLIENT_SECRET
            )
            response = login_client.oauth2_client_credentials_tokens(str(TransferScopes.all))
            # [storage]
            storage = globus_sdk.token_storage.JSONTokenStorage(path, namespace="work")
            storage.store_token_response(response)
            token = storage.get_token_data("transfer.api.globus.org")
            print(token.scope)
            # [storage]
            self.assertEqual(self.printed(), str(TransferScopes.all) + "\n")

    def test_login(self):
        with Terminal().present():
            # [login]
            client = globus_sdk.NativeAppAuthClient(client_id)
            login = globus_sdk.login_flows.CommandLineLoginFlowManager(
                client, request_refresh_tokens=True
            )
            tokens = login.run_login_flow(
                globus_sdk.gare.GlobusAuthorizationParameters(
                    required_scopes=[str(TransferScopes.all), str(AuthScopes.openid)]
                )
            )
            claims = tokens.decode_id_token()
            # [login]
        self.assertEqual(claims["sub"], sandbox.user_id(sandbox.USERNAME))

    def test_gares(self):
        tc = self.tc
        sandbox.control("POST", "data_access", {"collection": collection_id, "required": True})
        self.addCleanup(sandbox.control, "POST", "data_access",
                        {"collection": collection_id, "required": False})
        # [gares]
        try:
            tc.operation_ls(collection_id)
        except globus_sdk.GlobusAPIError as error:
            gare = globus_sdk.gare.to_gare(error)
            if gare is None:
                raise
            print(gare.code, gare.authorization_parameters.required_scopes)
        # [gares]
        self.assertRegex(self.printed(), r"^ConsentRequired \[")


if __name__ == "__main__":
    unittest.main()
