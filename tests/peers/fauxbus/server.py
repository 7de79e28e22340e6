# SPDX-License-Identifier: Apache-2.0
"""Start fauxbus, a fake of Globus that nobody here wrote, run a command with it, end as it does.

usage: server.py COMMAND...
"""

import os
import subprocess
import sys
import threading
import time

from fauxbus.server import make_server

CLIENT = "0c1c1c5e-5a54-4b34-9a0c-5f1c1f1d7e01"
SECRET = "a secret of the tests"
USER = "7d0e8c9a-3d0c-4a39-8a52-0d0c3b6d2b02"
PROVIDER = "41143743-f3c8-4d60-bbdb-eeecaba85bd9"
COLLECTION = "5f6a1c2e-8a7b-4c0f-9a37-3c1b2f4d5e03"
GROUP = "9e2b7c40-6d1f-4a58-b0c3-5e8f2a7d6c04"
SUBSCRIPTION = "b3d5f7a9-1c2e-4b60-8d4f-6a7b8c9d0e05"
REDIRECT_URI = "http://127.0.0.1:1/callback"


def world(url):
    """One client, which watches one collection, and one user, who has a group with a
    subscription."""
    return {
        "clock": int(time.time()),
        "oidc": {"issuer": url, "signed_token_clock": "wall"},
        "identity_providers": {PROVIDER: {"name": "Peer University"}},
        "accounts": {
            USER: {
                "identities": {
                    USER: {
                        "username": "peer@example.org",
                        "identity_provider": PROVIDER,
                        "name": "Peer User",
                        "email": "peer@example.org",
                    }
                }
            }
        },
        "clients": {
            CLIENT: {"secret": SECRET, "name": "Peer", "redirect_uris": [REDIRECT_URI]}
        },
        "collections": {
            COLLECTION: {
                "display_name": "Landing",
                "subscription_id": PROVIDER,
                "roles": {CLIENT: "activity_monitor"},
            }
        },
        "groups": {
            GROUP: {
                "name": "Peer Subscribers",
                "group_type": "plus",
                "subscription_id": SUBSCRIPTION,
                "subscription_info": {"name": "Peer", "is_high_assurance": True},
                "memberships": {USER: {"role": "admin"}},
            }
        },
    }


def main():
    server = make_server("127.0.0.1", 0, require_issued_tokens=True)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    server.world.load(world(url))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = dict(
        os.environ,
        FAUXBUS_URL=url,
        FAUXBUS_CLIENT_ID=CLIENT,
        FAUXBUS_CLIENT_SECRET=SECRET,
        FAUXBUS_USER=USER,
        FAUXBUS_COLLECTION=COLLECTION,
        FAUXBUS_GROUP=GROUP,
        FAUXBUS_SUBSCRIPTION=SUBSCRIPTION,
        FAUXBUS_REDIRECT_URI=REDIRECT_URI,
    )
    status = subprocess.call(sys.argv[1:], env=environment)
    server.shutdown()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
