# SPDX-License-Identifier: Apache-2.0
"""The sandbox that `globus-sandbox exec` started us in: what it has, and how it is steered."""

import json
import os
import pathlib
import ssl
import urllib.request

URL = os.environ["GLOBUS_SANDBOX_URL"]
AUTH_URL = os.environ["GLOBUS_SDK_SERVICE_URL_AUTH"]
CLIENT_ID = os.environ["GLOBUS_SANDBOX_CLIENT_ID"]
CLIENT_SECRET = os.environ["GLOBUS_SANDBOX_CLIENT_SECRET"]
NATIVE_CLIENT_ID = os.environ["GLOBUS_SANDBOX_NATIVE_CLIENT_ID"]
USERNAME = os.environ["GLOBUS_SANDBOX_USERNAME"]
SOURCE = os.environ["GLOBUS_SANDBOX_COLLECTION_SOURCE"]
DESTINATION = os.environ["GLOBUS_SANDBOX_COLLECTION_DESTINATION"]

_opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({}),
    # its certificate authority, where it speaks TLS
    urllib.request.HTTPSHandler(
        context=ssl.create_default_context(cafile=os.environ.get("GLOBUS_SDK_VERIFY_SSL"))
    ),
)


def control(method, name, document=None):
    """One request below `/_sandbox/`."""
    body = None if document is None else json.dumps(document).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(URL + name, body, headers, method=method)
    with _opener.open(request, timeout=30) as answer:
        return json.load(answer)


def folder(collection_id):
    """Where a collection's files are on this machine."""
    collections = control("GET", "state")["collections"]
    return pathlib.Path(next(c["path"] for c in collections if c["id"] == collection_id))


def received(path_end, method=None):
    """Statuses of the requests whose path ends so, in their order."""
    return [
        request["status"]
        for request in control("GET", "requests")["requests"]
        if request["path"].endswith(path_end) and method in (None, request["method"])
    ]


def forget_requests():
    control("DELETE", "requests")


def fail(path, count=1, **how):
    """Let the next requests whose path matches fail, in one way of those that README names."""
    control("POST", "faults", {"path": path, "count": count, **how})


def user_id(username):
    return next(u["id"] for u in control("GET", "state")["users"] if u["username"] == username)


def change_collection(collection, **changes):
    control("PATCH", "collections", {"collection": collection, **changes})


def add_user(username, **more):
    """The id of a new user."""
    return control("POST", "users", {"username": username, **more})["id"]


def write_tree(root, files):
    """Make files from a dict of relative paths and contents."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read_tree(root):
    """The same dict back."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
