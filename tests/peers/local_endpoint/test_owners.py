# SPDX-License-Identifier: Apache-2.0
"""Owners of Globus Connect Personal, as the Python SDK and the C++ one read them."""

import base64
import json
import os
import random
import subprocess
import unittest
import uuid

from globus_sdk import GlobusConnectPersonalOwnerInfo

START = '"/C=US/O=Globus Consortium/OU=Globus Connect User/CN='


def lines():
    chance = random.Random(20260102)
    for _ in range(200):
        identity = uuid.UUID(int=chance.getrandbits(128))
        encoded = base64.b32encode(identity.bytes).decode().rstrip("=")
        encoded = chance.choice([encoded.lower(), encoded, encoded.title()])
        yield f'{START}u_{encoded}" local'
        at = chance.randrange(len(encoded))
        yield f'{START}u_{encoded[:at]}{chance.choice("01!=zA7")}{encoded[at + 1:]}" local'
        yield f'{START}u_{encoded[:at]}" local'
    pieces = ["a", "=", " ", "\t", '"', "'", "\\", "u_", "/CN=", "\u00e9", "#", "\\\\", '\\"', "\\'"]
    for _ in range(3000):
        yield START + "".join(chance.choices(pieces, k=chance.randrange(12)))
        yield "".join(chance.choices(pieces, k=chance.randrange(12)))


def of_python(line):
    try:
        owner = GlobusConnectPersonalOwnerInfo(config_dn=line)
    except ValueError:
        return None
    return {"id": owner.id, "username": owner.username}


class Owners(unittest.TestCase):
    def test_both_sides_read_the_same(self):
        asked = list(lines())
        expected = [of_python(line) for line in asked]
        self.assertGreater(sum(owner is not None for owner in expected), 500)
        self.assertGreater(sum(owner is None for owner in expected), 500)
        self.assertGreater(sum(bool(owner and owner["id"]) for owner in expected), 200)
        questions = "".join(json.dumps(line) + "\n" for line in asked)
        done = subprocess.run(
            [os.environ["OWNER_PEER"]], input=questions, capture_output=True, text=True, timeout=60
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        answers = [json.loads(answer) for answer in done.stdout.splitlines()]
        self.assertEqual(len(answers), len(asked))
        for line, answer, python in zip(asked, answers, expected):
            with self.subTest(line):
                self.assertEqual(answer, python)


if __name__ == "__main__":
    unittest.main()
