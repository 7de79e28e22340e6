# SPDX-License-Identifier: Apache-2.0
"""The OAuth2 flows of the login clients: codes, refresh tokens, client credentials, dependents."""

import unittest
import urllib.parse

import globus_sdk
from globus_sdk.scopes import AuthScopes, Scope, TransferScopes

import sandbox
from browser import Browser
from calls import Counted

OPENID = [AuthScopes.openid, AuthScopes.profile, AuthScopes.email]
TRANSFER = "transfer.api.globus.org"
AUTH = "auth.globus.org"


def confidential():
    return Counted(
        globus_sdk.ConfidentialAppAuthClient(sandbox.CLIENT_ID, sandbox.CLIENT_SECRET)
    )


def native():
    return Counted(globus_sdk.NativeAppAuthClient(sandbox.NATIVE_CLIENT_ID))


class NativeLogin(unittest.TestCase):
    """A public client, by PKCE."""

    def log_in(self, client, refresh_tokens=True, username=sandbox.USERNAME):
        flow = client.oauth2_start_flow(
            [*OPENID, TransferScopes.all], refresh_tokens=refresh_tokens, state="of the flow"
        )
        self.assertGreaterEqual(len(flow.verifier), 43)
        code = Browser().code_shown(client.oauth2_get_authorize_url(), username)
        return client.oauth2_exchange_code_for_tokens(code)

    def test_tokens_of_a_login(self):
        client = native()
        answer = self.log_in(client)
        tokens = answer.by_resource_server
        self.assertEqual(set(tokens), {AUTH, TRANSFER})
        self.assertEqual(tokens[TRANSFER]["scope"], str(TransferScopes.all))
        self.assertEqual(set(tokens[AUTH]["scope"].split()), {"openid", "profile", "email"})
        self.assertTrue(tokens[TRANSFER]["refresh_token"])
        self.assertEqual(tokens[TRANSFER]["token_type"], "Bearer")
        claims = answer.decode_id_token()
        self.assertEqual(claims["aud"], sandbox.NATIVE_CLIENT_ID)
        self.assertEqual(claims["sub"], sandbox.user_id(sandbox.USERNAME))
        self.assertEqual(claims["preferred_username"], sandbox.USERNAME)

    def test_refresh(self):
        client = native()
        old = self.log_in(client).by_resource_server[TRANSFER]
        new = client.oauth2_refresh_token(old["refresh_token"]).by_resource_server[TRANSFER]
        self.assertNotEqual(new["access_token"], old["access_token"])
        self.assertEqual(new["scope"], old["scope"])
        with globus_sdk.TransferClient(
            authorizer=globus_sdk.AccessTokenAuthorizer(new["access_token"])
        ) as transfer:
            self.assertEqual(transfer.get_endpoint(sandbox.SOURCE)["id"], sandbox.SOURCE)

    def test_access_tokens_alone(self):
        answer = self.log_in(native(), refresh_tokens=False)
        self.assertIsNone(answer.by_resource_server[TRANSFER]["refresh_token"])

    def test_revoke(self):
        client = native()
        token = self.log_in(client).by_resource_server[TRANSFER]["refresh_token"]
        self.assertIs(client.oauth2_revoke_token(token)["active"], False)
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            client.oauth2_refresh_token(token)
        self.assertEqual(caught.exception.http_status, 400)
        self.assertEqual(caught.exception.raw_json["error"], "invalid_grant")

    def test_validate(self):
        client = native()
        token = self.log_in(client).by_resource_server[AUTH]["access_token"]
        form = {"token": token, "client_id": sandbox.NATIVE_CLIENT_ID}
        path = "/v2/oauth2/token/validate"
        self.assertIs(client.post(path, data=form, encoding="form")["active"], True)
        client.oauth2_revoke_token(token)
        self.assertIs(client.post(path, data=form, encoding="form")["active"], False)

    def test_grants_by_form(self):
        client = native()
        token = self.log_in(client).by_resource_server[TRANSFER]["refresh_token"]
        form = {"grant_type": "refresh_token", "refresh_token": token}
        form["client_id"] = sandbox.NATIVE_CLIENT_ID
        answer = client.oauth2_token(form)
        self.assertEqual(set(answer.by_resource_server), {TRANSFER})
        self.assertGreater(answer.by_resource_server[TRANSFER]["expires_at_seconds"], 1.7e9)

    def test_a_code_is_good_once_and_for_its_verifier(self):
        client, other = native(), native()
        for each in (client, other):
            each.oauth2_start_flow(OPENID)
        code = Browser().code_shown(client.oauth2_get_authorize_url())
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            other.oauth2_exchange_code_for_tokens(code)
        self.assertEqual(caught.exception.http_status, 401)
        client.oauth2_exchange_code_for_tokens(code)
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            client.oauth2_exchange_code_for_tokens(code)
        self.assertEqual(caught.exception.raw_json["error"], "invalid_grant")

    def test_an_instance_of_a_template(self):
        answer = native().create_native_app_instance(sandbox.NATIVE_CLIENT_ID, "of this test")
        made, credential = answer["client"], answer["included"]["client_credential"]
        self.assertEqual(made["name"], "of this test")
        self.assertEqual(made["parent_client"], sandbox.NATIVE_CLIENT_ID)
        own = globus_sdk.ConfidentialAppAuthClient(made["id"], credential["secret"])
        tokens = own.oauth2_client_credentials_tokens(TransferScopes.all)
        self.assertEqual(set(tokens.by_resource_server), {TRANSFER})

    def test_keys_and_configuration(self):
        client = native()
        configuration = client.get_openid_configuration()
        self.assertEqual(
            configuration["token_endpoint"], sandbox.AUTH_URL.rstrip("/") + "/v2/oauth2/token"
        )
        keys = client.get_jwk(configuration)
        self.assertEqual((keys["keys"][0]["kty"], keys["keys"][0]["e"]), ("RSA", "AQAB"))
        self.assertEqual(client.get("/jwk.json").data, keys)


class ConfidentialLogin(unittest.TestCase):
    """A web application's client, with a redirection of its own."""

    redirect_uri = "http://localhost:8000/callback"

    def start(self, client, state="state & more", **options):
        client.oauth2_start_flow(
            self.redirect_uri, [*OPENID, TransferScopes.all], state=state, **options
        )

    def test_tokens_of_a_login(self):
        client, browser = confidential(), Browser()
        self.start(client, refresh_tokens=True)
        query = browser.authorize(client.oauth2_get_authorize_url(), sandbox.USERNAME)
        self.assertTrue(browser.location.startswith(self.redirect_uri + "?"))
        self.assertEqual(query["state"], "state & more")
        answer = client.oauth2_exchange_code_for_tokens(query["code"])
        self.assertEqual(set(answer.by_resource_server), {AUTH, TRANSFER})
        self.assertEqual(answer.decode_id_token()["aud"], sandbox.CLIENT_ID)
        refreshed = client.oauth2_refresh_token(
            answer.by_resource_server[AUTH]["refresh_token"]
        )
        self.assertEqual(set(refreshed.by_resource_server), {AUTH})

    def test_a_consent_is_remembered_until_a_prompt(self):
        client, browser = confidential(), Browser()
        self.start(client)
        browser.authorize(client.oauth2_get_authorize_url())
        browser.authorize(client.oauth2_get_authorize_url())
        self.assertEqual(browser.asked, 1)
        browser.authorize(client.oauth2_get_authorize_url(prompt="login"))
        self.assertEqual(browser.asked, 2)

    def test_a_user_says_no(self):
        client = confidential()
        self.start(client, state="kept")
        query = Browser().authorize(client.oauth2_get_authorize_url(), decision="deny")
        self.assertEqual((query["error"], query["state"]), ("access_denied", "kept"))

    def test_a_session_of_a_named_identity(self):
        client = confidential()
        second = "second-user@globus-sandbox.example"
        self.start(client)
        url = client.oauth2_get_authorize_url(
            session_required_identities=[sandbox.user_id(second)],
            session_message="Who are you?",
        )
        self.assertIn("Who", urllib.parse.unquote(url))
        code = Browser().authorize(url)["code"]
        answer = client.oauth2_exchange_code_for_tokens(code)
        self.assertEqual(answer.decode_id_token()["preferred_username"], second)

    def test_client_credentials(self):
        answer = confidential().oauth2_client_credentials_tokens(
            [TransferScopes.all, AuthScopes.openid]
        )
        self.assertEqual(set(answer.by_resource_server), {AUTH, TRANSFER})
        self.assertEqual(answer.decode_id_token()["sub"], sandbox.CLIENT_ID)

    def test_a_wrong_secret(self):
        client = globus_sdk.ConfidentialAppAuthClient(sandbox.CLIENT_ID, "wrong")
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            client.oauth2_client_credentials_tokens(TransferScopes.all)
        self.assertEqual(caught.exception.http_status, 401)
        self.assertEqual(caught.exception.raw_json["error"], "invalid_client")

    def test_introspection(self):
        client = confidential()
        token = client.oauth2_client_credentials_tokens(TransferScopes.all)
        token = token.by_resource_server[TRANSFER]["access_token"]
        answer = client.oauth2_token_introspect(token, include="session_info,identity_set")
        self.assertIs(answer["active"], True)
        self.assertEqual(answer["client_id"], sandbox.CLIENT_ID)
        self.assertEqual(answer["scope"], str(TransferScopes.all))
        self.assertEqual(answer["identity_set"], [sandbox.CLIENT_ID])
        self.assertIn(sandbox.CLIENT_ID, answer["session_info"]["authentications"])
        self.assertIs(client.oauth2_revoke_token(token)["active"], False)
        self.assertEqual(client.oauth2_token_introspect(token).data, {"active": False})

    def test_dependent_tokens(self):
        client = confidential()
        scope = Scope(f"https://auth.globus.org/scopes/{sandbox.CLIENT_ID}/all")
        scope = scope.with_dependency(Scope(str(TransferScopes.all)))
        client.oauth2_start_flow(self.redirect_uri, [scope])
        code = Browser().authorize(client.oauth2_get_authorize_url())["code"]
        answer = client.oauth2_exchange_code_for_tokens(code)
        own = answer.by_resource_server[sandbox.CLIENT_ID]["access_token"]
        dependent = client.oauth2_get_dependent_tokens(own, refresh_tokens=True)
        tokens = dependent.by_resource_server[TRANSFER]
        self.assertEqual(tokens["scope"], str(TransferScopes.all))
        self.assertTrue(tokens["refresh_token"])
        transfer = globus_sdk.TransferClient(
            authorizer=globus_sdk.AccessTokenAuthorizer(tokens["access_token"])
        )
        self.assertEqual(transfer.operation_ls(sandbox.SOURCE)["endpoint"], sandbox.SOURCE)

    def test_grants_by_form(self):
        answer = confidential().oauth2_token(
            {"grant_type": "client_credentials", "scope": str(TransferScopes.all)}
        )
        self.assertEqual(set(answer.by_resource_server), {TRANSFER})

    def test_a_child_client(self):
        answer = confidential().create_child_client(
            "child",
            public_client=True,
            visibility="private",
            redirect_uris=["https://example.org/callback"],
        )
        made = answer["client"]
        self.assertEqual((made["name"], made["parent_client"]), ("child", sandbox.CLIENT_ID))
        self.assertEqual(made["redirect_uris"], ["https://example.org/callback"])
        client = globus_sdk.NativeAppAuthClient(made["id"])
        client.oauth2_start_flow(OPENID, redirect_uri="https://example.org/callback")
        code = Browser().authorize(client.oauth2_get_authorize_url())["code"]
        self.assertEqual(
            client.oauth2_exchange_code_for_tokens(code).decode_id_token()["aud"], made["id"]
        )

    def test_keys_and_configuration(self):
        client = confidential()
        configuration = client.get_openid_configuration()
        self.assertIn("S256", configuration["code_challenge_methods_supported"])
        self.assertEqual(client.get_jwk(configuration, as_pem=True).key_size, 2048)

    def test_own_client_and_plain_requests(self):
        client = confidential()
        answer = client.get(f"/v2/api/clients/{sandbox.CLIENT_ID}")
        self.assertEqual(answer["client"]["client_type"],
                         "hybrid_confidential_client_resource_server")
        form = {"token": "no such token"}
        answer = client.post("/v2/oauth2/token/introspect", data=form, encoding="form")
        self.assertIs(answer["active"], False)


if __name__ == "__main__":
    unittest.main()
