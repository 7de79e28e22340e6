# SPDX-License-Identifier: Apache-2.0
"""The command as an application: a client's id and secret in its environment, and no login."""

import unittest

import sandbox
from globus import Globus


class ClientIdentity(unittest.TestCase):
    """Tests of one process share what the command stores."""

    globus = Globus(
        GLOBUS_CLI_CLIENT_ID=sandbox.CLIENT_ID, GLOBUS_CLI_CLIENT_SECRET=sandbox.CLIENT_SECRET
    )
    username = None

    @classmethod
    def setUpClass(cls):
        # the first call fetches the tokens that the others find stored
        if ClientIdentity.username is None:
            ClientIdentity.username = cls.globus.run("whoami").strip()


def tearDownModule():
    """For the modules of the tests, which import it."""
    ClientIdentity.globus.close()
