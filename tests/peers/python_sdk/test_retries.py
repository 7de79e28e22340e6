# SPDX-License-Identifier: Apache-2.0
"""The SDK's own retries and renewals, when the sandbox fails on purpose."""

import os
import time
import unittest

import globus_sdk

import sandbox
from calls import Counted

PATH = "/v0.10/submission_id$"


def transfer_client(authorizer=None):
    token = os.environ["GLOBUS_SANDBOX_TRANSFER_TOKEN"]
    return Counted(
        globus_sdk.TransferClient(
            authorizer=authorizer or globus_sdk.AccessTokenAuthorizer(token)
        )
    )


class Retries(unittest.TestCase):
    def setUp(self):
        sandbox.forget_requests()
        self.addCleanup(sandbox.control, "DELETE", "faults")

    def check(self, statuses):
        self.assertTrue(transfer_client().get_submission_id()["value"])
        self.assertEqual(sandbox.received("/submission_id"), statuses)

    def test_transient_statuses(self):
        for status in (429, 503):
            sandbox.fail(PATH, status=status, headers={"Retry-After": "1"})
        started = time.monotonic()
        self.check([429, 503, 200])
        self.assertGreaterEqual(time.monotonic() - started, 2)

    def test_connections_that_break(self):
        sandbox.fail(PATH, drop="before")
        sandbox.fail(PATH, drop="after")
        self.assertTrue(transfer_client().get_submission_id()["value"])
        self.assertEqual(len(sandbox.received("/submission_id")), 3)

    def test_an_answer_that_is_lost_makes_no_second_task(self):
        sandbox.fail("/v0.10/delete$", method="POST", drop="after")
        order = globus_sdk.DeleteData(
            sandbox.DESTINATION, label="sent twice", ignore_missing=True
        )
        order.add_item("/never there")
        client = transfer_client()
        self.assertEqual(client.submit_delete(order)["code"], "Duplicate")
        self.assertEqual(client.task_list(filter="label:sent twice")["total"], 1)

    def test_it_gives_up(self):
        client = transfer_client()
        sandbox.fail(PATH, count=10, status=502, body="<html>bad gateway</html>")
        with client.retry_config.tune(max_retries=1, backoff=lambda _: 0):
            with self.assertRaises(globus_sdk.TransferAPIError) as caught:
                client.get_submission_id()
        self.assertEqual(caught.exception.http_status, 502)
        self.assertEqual(sandbox.received("/submission_id"), [502, 502])


class Renewals(unittest.TestCase):
    """Its renewing authorizers, when a token ends before its time."""

    def setUp(self):
        sandbox.forget_requests()
        self.login_client = globus_sdk.ConfidentialAppAuthClient(
            sandbox.CLIENT_ID, sandbox.CLIENT_SECRET
        )

    def check(self, authorizer, renewed):
        client = transfer_client(authorizer)
        self.assertTrue(client.get_submission_id()["value"])
        sandbox.control("POST", "expire", {"token": authorizer.access_token})
        self.assertTrue(client.get_submission_id()["value"])
        self.assertEqual(sandbox.received("/submission_id"), [200, 401, 200])
        self.assertEqual(len(renewed), 2)
        tokens = renewed[-1].by_resource_server["transfer.api.globus.org"]
        self.assertEqual(tokens["access_token"], authorizer.access_token)

    def test_by_refresh_token(self):
        renewed = []
        token = os.environ["GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN"]
        self.check(
            globus_sdk.RefreshTokenAuthorizer(
                token, self.login_client, on_refresh=renewed.append
            ),
            renewed,
        )

    def test_by_client_credentials(self):
        renewed = []
        self.check(
            globus_sdk.ClientCredentialsAuthorizer(
                self.login_client,
                "urn:globus:auth:scope:transfer.api.globus.org:all",
                on_refresh=renewed.append,
            ),
            renewed,
        )


if __name__ == "__main__":
    unittest.main()
