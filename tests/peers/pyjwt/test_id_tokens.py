# SPDX-License-Identifier: Apache-2.0
"""A second opinion on id tokens and keys: PyJWT reads them, and refuses what was tampered with."""

import base64
import hashlib
import json
import time
import unittest
import urllib.parse
import urllib.request

import jwt

import sandbox
from browser import Browser

ISSUER = sandbox.AUTH_URL.rstrip("/")
VERIFIER = "of a test and long enough for what RFC 7636 asks of it".replace(" ", "-")
NONCE = "a nonce & more"

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(path):
    with _opener.open(ISSUER + path, timeout=30) as answer:
        return json.load(answer)


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def log_in():
    """The answer of the token endpoint to a login by code and PKCE, by nothing but the RFCs."""
    redirect_uri = "http://127.0.0.1:1/callback"
    challenge = unpadded(hashlib.sha256(VERIFIER.encode()).digest())
    query = urllib.parse.urlencode(
        {"client_id": sandbox.NATIVE_CLIENT_ID, "redirect_uri": redirect_uri,
         "response_type": "code", "scope": "openid profile email", "state": "s", "nonce": NONCE,
         "code_challenge": challenge, "code_challenge_method": "S256"}
    )
    configuration = get("/.well-known/openid-configuration")
    url = f"{configuration['authorization_endpoint']}?{query}"
    code = Browser().authorize(url, sandbox.USERNAME)["code"]
    form = urllib.parse.urlencode(
        {"client_id": sandbox.NATIVE_CLIENT_ID, "redirect_uri": redirect_uri, "code": code,
         "grant_type": "authorization_code", "code_verifier": VERIFIER}
    )
    with _opener.open(configuration["token_endpoint"], form.encode(), timeout=30) as answer:
        return json.load(answer)


class IdTokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answer = log_in()
        cls.token = cls.answer["id_token"]
        configuration = get("/.well-known/openid-configuration")
        with _opener.open(configuration["jwks_uri"], timeout=30) as answer:
            keys = jwt.PyJWKSet.from_json(answer.read().decode()).keys
        # as at Globus, neither keys nor tokens have a `kid`: there is one key to choose from
        (cls.key,) = keys
        cls.algorithms = configuration["id_token_signing_alg_values_supported"]

    def decode(self, token, key=None, **options):
        expected = {"audience": sandbox.NATIVE_CLIENT_ID, "issuer": ISSUER,
                    "options": {"require": ["exp", "iat", "sub", "aud", "iss"]}}
        expected.update(options)
        return jwt.decode(token, key or self.key.key, algorithms=self.algorithms, **expected)

    def test_claims(self):
        claims = self.decode(self.token)
        self.assertEqual(claims["sub"], sandbox.user_id(sandbox.USERNAME))
        self.assertEqual(claims["preferred_username"], sandbox.USERNAME)
        self.assertEqual(claims["nonce"], NONCE)
        self.assertLess(abs(claims["iat"] - time.time()), 60)
        self.assertGreater(claims["exp"], claims["iat"])

    def test_it_belongs_to_the_access_token(self):
        algorithm = jwt.get_algorithm_by_name(self.algorithms[0])
        digest = algorithm.compute_hash_digest(self.answer["access_token"].encode())
        claims = self.decode(self.token)
        self.assertEqual(claims["at_hash"], unpadded(digest[: len(digest) // 2]))

    def test_keys(self):
        header = jwt.get_unverified_header(self.token)
        self.assertEqual(header["alg"], self.algorithms[0])
        self.assertEqual((self.key.key_type, self.key.public_key_use, self.key.algorithm_name),
                         ("RSA", "sig", header["alg"]))
        self.assertGreaterEqual(self.key.key.key_size, 2048)

    def test_a_changed_byte_is_refused(self):
        parts = self.token.split(".")
        for number, part in enumerate(parts):
            with self.subTest(part=number):
                data = bytearray(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
                data[len(data) // 2] ^= 1
                changed = [*parts]
                changed[number] = unpadded(data)
                with self.assertRaises(jwt.InvalidTokenError):
                    self.decode(".".join(changed))

    def test_another_user_in_it_is_refused(self):
        head, body, signature = self.token.split(".")
        claims = jwt.decode(self.token, options={"verify_signature": False})
        claims["sub"] = sandbox.CLIENT_ID
        body = unpadded(json.dumps(claims).encode())
        with self.assertRaises(jwt.InvalidSignatureError):
            self.decode(".".join([head, body, signature]))

    def test_another_key_is_refused(self):
        from cryptography.hazmat.primitives.asymmetric import rsa

        other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
        with self.assertRaises(jwt.InvalidSignatureError):
            self.decode(self.token, other)

    def test_others_are_refused(self):
        with self.assertRaises(jwt.InvalidAudienceError):
            self.decode(self.token, audience=sandbox.CLIENT_ID)
        with self.assertRaises(jwt.InvalidIssuerError):
            self.decode(self.token, issuer="https://auth.globus.org")


if __name__ == "__main__":
    unittest.main()
