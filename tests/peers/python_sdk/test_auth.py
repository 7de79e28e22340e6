# SPDX-License-Identifier: Apache-2.0
"""AuthClient: who the user is, identities, consents, clients; and its errors."""

import os
import unittest

import globus_sdk
from globus_sdk.scopes import AuthScopes, TransferScopes

import sandbox
from browser import Browser
from calls import Counted

USER_ID = sandbox.user_id(sandbox.USERNAME)
SECOND = "second-user@globus-sandbox.example"


def auth_client(token=os.environ["GLOBUS_SANDBOX_AUTH_TOKEN"]):
    return Counted(
        globus_sdk.AuthClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))
    )


def make_project(client):
    made = client.create_project("a project", "mail@example.org", admin_ids=USER_ID)
    return made["project"]["id"]


class Identities(unittest.TestCase):
    def setUp(self):
        self.client = auth_client()

    def test_userinfo(self):
        answer = self.client.userinfo()
        self.assertEqual(answer["sub"], USER_ID)
        self.assertEqual(answer["preferred_username"], sandbox.USERNAME)
        self.assertEqual(answer["email"], sandbox.USERNAME)
        self.assertEqual([each["sub"] for each in answer["identity_set"]], [USER_ID])

    def test_by_usernames(self):
        answer = self.client.get_identities(usernames=[sandbox.USERNAME, SECOND])
        self.assertEqual([each["username"] for each in answer], [sandbox.USERNAME, SECOND])
        self.assertEqual(answer["identities"][0]["id"], USER_ID)
        self.assertEqual(answer["identities"][0]["status"], "used")

    def test_by_ids_with_providers(self):
        answer = self.client.get_identities(
            ids=USER_ID, query_params={"include": "identity_provider"}
        )
        provider = answer["included"]["identity_providers"][0]
        self.assertEqual(answer["identities"][0]["identity_provider"], provider["id"])
        same = self.client.get_identity_providers(ids=[provider["id"]])
        self.assertEqual([each["id"] for each in same], [provider["id"]])
        same = self.client.get_identity_providers(domains="globus-sandbox.example")
        self.assertEqual(same["identity_providers"][0]["domains"], ["globus-sandbox.example"])

    def test_provisioning(self):
        name = "nobody-yet@globus-sandbox.example"
        self.assertEqual(self.client.get_identities(usernames=name)["identities"], [])
        made = self.client.get_identities(usernames=name, provision=True)
        self.assertEqual(made["identities"][0]["status"], "unused")
        again = self.client.get_identities(usernames=name)
        self.assertEqual(again["identities"][0]["id"], made["identities"][0]["id"])

    def test_identity_map(self):
        sandbox.forget_requests()
        known = Counted(
            globus_sdk.IdentityMap(self.client, [USER_ID, SECOND], id_batch_size=100)
        )
        known.add(sandbox.USERNAME)
        self.assertEqual(known.get(USER_ID)["username"], sandbox.USERNAME)
        self.assertEqual(known.get(SECOND)["username"], SECOND)
        self.assertEqual(known.get(sandbox.USERNAME)["id"], USER_ID)
        self.assertIsNone(known.get("absent@globus-sandbox.example"))
        # one for the ids, one for the usernames, one for the one that is not known
        self.assertEqual(sandbox.received("/v2/api/identities"), [200] * 3)


class Consents(unittest.TestCase):
    def test_of_a_login(self):
        native = globus_sdk.NativeAppAuthClient(sandbox.NATIVE_CLIENT_ID)
        self.addCleanup(
            sandbox.change_collection, sandbox.SOURCE, entity_type="GCP_mapped_collection"
        )
        sandbox.change_collection(sandbox.SOURCE, entity_type="GCSv5_mapped_collection")
        data_access = f"https://auth.globus.org/scopes/{sandbox.SOURCE}/data_access"
        transfer = TransferScopes.all.with_dependency(globus_sdk.Scope(data_access))
        scopes = [AuthScopes.openid, AuthScopes.manage_projects, transfer]
        native.oauth2_start_flow(scopes)
        code = Browser().code_shown(native.oauth2_get_authorize_url(), SECOND)
        tokens = native.oauth2_exchange_code_for_tokens(code)
        second = sandbox.user_id(SECOND)
        client = auth_client(tokens.by_resource_server["auth.globus.org"]["access_token"])
        answer = client.get_consents(second, all=True)
        names = [consent["scope_name"] for consent in answer["consents"]]
        self.assertIn(str(TransferScopes.all), names)
        forest = answer.to_forest()
        self.assertTrue(forest.meets_scope_requirements(transfer))
        other = f"https://auth.globus.org/scopes/{sandbox.DESTINATION}/data_access"
        other = TransferScopes.all.with_dependency(globus_sdk.Scope(other))
        self.assertFalse(forest.meets_scope_requirements(other))


class Clients(unittest.TestCase):
    def test_life_of_a_client(self):
        client = auth_client()
        project = make_project(client)
        made = client.create_client(
            "of a project",
            project,
            client_type="confidential_client",
            redirect_uris=["https://example.org/back"],
            terms_and_conditions="https://example.org/terms",
            privacy_policy="https://example.org/privacy",
        )["client"]
        self.assertEqual((made["name"], made["project"]), ("of a project", project))
        found = client.get_client(client_id=made["id"])["client"]
        self.assertEqual(found, made)
        self.assertEqual(found["links"]["privacy_policy"], "https://example.org/privacy")
        self.assertEqual(client.delete_client(made["id"])["client"]["id"], made["id"])
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            client.get_client(client_id=made["id"])
        self.assertEqual(caught.exception.http_status, 404)

    def test_life_of_a_project(self):
        client = auth_client()
        project = make_project(client)
        client.update_project(project, display_name="renamed")
        found = client.get_project(project)["project"]
        self.assertEqual((found["display_name"], found["admin_ids"]), ("renamed", [USER_ID]))
        self.assertEqual(found["admins"]["identities"][0]["username"], sandbox.USERNAME)
        policy = client.create_policy(
            project_id=project, display_name="p", description="d", high_assurance=True
        )["policy"]["id"]
        client.update_policy(policy, domain_constraints_include=["example.org"])
        self.assertEqual([each["id"] for each in client.get_policies()], [policy])
        found = client.get_policy(policy)["policy"]
        self.assertEqual(found["domain_constraints_include"], ["example.org"])
        client.delete_policy(policy)
        self.assertIn(project, [each["id"] for each in client.get_projects()])
        client.delete_project(project)
        self.assertNotIn(project, [each["id"] for each in client.get_projects()])

    def test_credentials_and_scopes(self):
        client = auth_client()
        project = make_project(client)
        made = client.create_client("c", project, client_type="resource_server")["client"]["id"]
        client.update_client(made, name="other", visibility="public")
        self.assertEqual([each["name"] for each in client.get_clients()], ["other"])
        secret = client.create_client_credential(made, "second")["credential"]
        app = globus_sdk.ConfidentialAppAuthClient(made, secret["secret"])
        app.oauth2_client_credentials_tokens("openid")
        client.delete_client_credential(made, secret["id"])
        self.assertNotIn(secret["id"], [each["id"] for each in client.get_client_credentials(made)])
        with self.assertRaises(globus_sdk.AuthAPIError):
            app.oauth2_client_credentials_tokens("openid")
        scope = client.create_scope(made, "n", "d", "all")["scope"]
        client.update_scope(scope["id"], advertised=True)
        self.assertTrue(client.get_scope(scope["id"])["scope"]["advertised"])
        found = client.get_scopes(scope_strings=scope["scope_string"])
        self.assertEqual([each["id"] for each in found], [scope["id"]])
        client.delete_scope(scope["id"])
        client.delete_client(made)
        client.delete_project(project)

    def test_plain_requests(self):
        client = auth_client()
        project = make_project(client)
        document = {"client": {"name": "plain", "project": project, "public_client": True}}
        made = client.post("/v2/api/clients", data=document)["client"]
        self.assertIs(made["public_client"], True)
        path = f"/v2/api/clients/{made['id']}"
        self.assertEqual(client.get(path)["client"]["name"], "plain")
        self.assertEqual(client.delete(path)["client"]["id"], made["id"])


class Errors(unittest.TestCase):
    def refused(self, call, *arguments, **options):
        with self.assertRaises(globus_sdk.AuthAPIError) as caught:
            call(*arguments, **options)
        return caught.exception

    def test_no_such_token(self):
        error = self.refused(auth_client("no token").userinfo)
        self.assertEqual((error.http_status, error.code), (401, "UNAUTHORIZED"))
        self.assertTrue(error.message)
        self.assertTrue(error.errors)

    def test_a_parameter_that_is_none(self):
        error = self.refused(auth_client().get_identities, ids="no-uuid")
        self.assertEqual(error.http_status, 400)
        self.assertIn("no-uuid", error.message)

    def test_others_consents(self):
        error = self.refused(auth_client().get_consents, sandbox.user_id(SECOND))
        self.assertEqual((error.http_status, error.code), (403, "FORBIDDEN"))

    def test_what_is_not_served_says_so(self):
        error = self.refused(auth_client().get, "/v2/api/anything")
        self.assertEqual(error.http_status, 501)
        self.assertIn("/v2/api/anything", error.message)


class Configuration(unittest.TestCase):
    def test_keys_and_configuration(self):
        client = auth_client()
        configuration = client.get_openid_configuration()
        self.assertEqual(configuration["issuer"], sandbox.AUTH_URL.rstrip("/"))
        self.assertEqual(client.get_jwk(configuration, as_pem=True).public_numbers().e, 65537)


if __name__ == "__main__":
    unittest.main()
