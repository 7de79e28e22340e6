# SPDX-License-Identifier: Apache-2.0
"""A provider whose id tokens PyJWT signs: serve its keys, run a command with it, end as it does.

usage: provider.py COMMAND...

Under /tokens are tokens right and wrong, with what PyJWT itself says of each, so that the command
can compare its own judgement.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import subprocess
import sys
import threading
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

CLIENT = "0c1c1c5e-5a54-4b34-9a0c-5f1c1f1d7e01"
LEEWAY = 64
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
              "EdDSA"]
CURVES = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1, "ES512": ec.SECP521R1}


def new_key(algorithm):
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    if algorithm in CURVES:
        return ec.generate_private_key(CURVES[algorithm]())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(algorithm, key):
    made = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**made, "kid": algorithm, "use": "sig", "alg": algorithm}


def pem_of(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_secret(claims, algorithm, secret):
    """A token that a public key would verify, if it were taken for a shared secret."""
    head = unpadded(json.dumps({"alg": "HS256", "kid": algorithm}).encode())
    signed = f"{head}.{unpadded(json.dumps(claims).encode())}"
    mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{unpadded(mac)}"


class Provider:
    def __init__(self, issuer):
        self.issuer = issuer
        self.keys = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
        self.others = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
        self.now = int(time.time())

    def claims(self, **changes):
        claims = {"iss": self.issuer, "sub": "a user of PyJWT's, é", "aud": CLIENT,
                  "iat": self.now, "exp": self.now + 3600, **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def sign(self, algorithm, claims, key=None, **headers):
        return jwt.encode(claims, key or self.keys[algorithm], algorithm,
                          headers={"kid": algorithm, **headers})

    def tokens(self):
        """Each with a name and the algorithm whose key PyJWT is to verify it with."""
        for algorithm in ALGORITHMS:
            claims = self.claims()
            token = self.sign(algorithm, claims)
            head, body, signature = token.split(".")
            yield "right", algorithm, token
            yield "another key", algorithm, self.sign(algorithm, claims, self.others[algorithm])
            yield "no signature", algorithm, f"{head}.{body}."
            yield "half a signature", algorithm, f"{head}.{body}.{signature[:len(signature) // 2]}"
            yield "another's claims", algorithm, ".".join(
                [head, unpadded(json.dumps(self.claims(sub="other")).encode()), signature])
            yield "alg none", algorithm, jwt.encode(claims, None, "none",
                                                    headers={"kid": algorithm})
            yield "public key as secret", algorithm, with_secret(
                claims, algorithm, pem_of(self.keys[algorithm]))
        for name, changes in {
            "several audiences": {"aud": [CLIENT, "other"], "azp": CLIENT},
            "another audience": {"aud": "other"}, "other audiences": {"aud": ["a", "b"]},
            "no audience": {"aud": None}, "another issuer": {"iss": "https://auth.globus.org"},
            "no issuer": {"iss": None}, "no subject": {"sub": None}, "no expiry": {"exp": None},
            "no time": {"iat": None}, "just expired": {"exp": self.now - LEEWAY + 30},
            "expired": {"exp": self.now - LEEWAY - 1}, "early": {"nbf": self.now + LEEWAY + 600},
            "soon": {"nbf": self.now + 30}, "of the future": {"iat": self.now + LEEWAY + 600},
            "expiry as text": {"exp": "never"}, "audience as number": {"aud": 7},
        }.items():
            yield name, "RS512", self.sign_raw("RS512", self.claims(**changes))

    def sign_raw(self, algorithm, claims):
        """As jwt.encode does, but of claims that it would not take."""
        return jwt.PyJWS().encode(json.dumps(claims).encode(), self.keys[algorithm], algorithm,
                                  headers={"kid": algorithm})

    def accepts(self, algorithm, token):
        try:
            jwt.decode(token, self.keys[algorithm].public_key(), [algorithm], audience=CLIENT,
                       issuer=self.issuer, leeway=LEEWAY,
                       options={"require": ["exp", "iat", "sub", "aud", "iss"]})
        except jwt.InvalidTokenError:
            return False
        return True

    def documents(self):
        tokens = [{"name": f"{name}, {algorithm}", "token": token,
                   "accepted": self.accepts(algorithm, token)}
                  for name, algorithm, token in self.tokens()]
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer, "jwks_uri": self.issuer + "/jwk.json",
                "id_token_signing_alg_values_supported": ALGORITHMS},
            "/jwk.json": {"keys": [public_jwk(*item) for item in self.keys.items()]},
            "/tokens": {"tokens": tokens},
        }


def serve():
    documents = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(documents.get(self.path)).encode()
            self.send_response(200 if self.path in documents else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    documents.update(Provider(url).documents())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, url


def main():
    server, url = serve()
    environment = dict(os.environ, PYJWT_PROVIDER_URL=url, PYJWT_CLIENT_ID=CLIENT)
    status = subprocess.call(sys.argv[1:], env=environment)
    server.shutdown()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
