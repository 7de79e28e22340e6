# SPDX-License-Identifier: Apache-2.0
"""Records what the Python SDK reads from the recorded answers, in python.json beside this file.

usage: read_with_python.py RECORDS...

RECORDS are folders with files of records; the first one has answers.json. It is run by hand, with
the Python SDK of the version that the records name (build/peers/python_sdk/bin/python), when
records change.

Each answer goes through a call that is recorded: one of the method that the answer is of, or else
one that sends to such a path. A reading has the call (client, method, variant), the class of the
response and how many items one sees when one goes over it, or the error.
"""

import copy
import datetime
import json
import re
import sys
from pathlib import Path

import globus_sdk
import requests
from globus_sdk import GlobusAPIError
from globus_sdk.experimental import TransferClientV2
from globus_sdk.response import ArrayResponse, IterableResponse

HERE = Path(__file__).resolve().parent

# of each service of the answers: its clients, those that are asked first in front
CLIENTS = {
    "auth": ["AuthClient", "ConfidentialAppAuthClient", "NativeAppAuthClient"],
    "compute": ["ComputeClientV2", "ComputeClientV3"],
    "flows": ["FlowsClient", "SpecificFlowClient"],
    "gcs": ["GCSClient"],
    "groups": ["GroupsClient"],
    "search": ["SearchClient"],
    "timer": ["TimersClient"],
    "transfer": ["TransferClient", "TransferClientV2"],
}

# what cannot be called without a login before it, and what sends the same
INSTEAD = {"oauth2_exchange_code_for_tokens": "oauth2_token"}

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OneAnswer(requests.adapters.BaseAdapter):
    """Gives one answer to the last request of a call, and to others what lets the call go on."""

    def __init__(self, answer, requests_of_the_call):
        super().__init__()
        self.answer, self.left = answer, requests_of_the_call

    def send(self, request, **_kwargs):
        self.left -= 1
        status, body = 200, {"value": "val-submission-id"}
        if self.left == 0:
            status, body = self.answer["status"], self.answer["body"]
        response = requests.Response()
        response.status_code = status
        response.reason = requests.status_codes._codes.get(status, ("",))[0]
        response.headers["Content-Type"] = "application/json"
        response._content = json.dumps(body).encode()
        response.request, response.url = request, request.url
        return response

    def close(self):
        pass


def load(folders, name):
    for folder in folders:
        path = Path(folder) / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
    return None


def likeness(path, call):
    """How many parts a path and a recorded call's have in common; none when they differ in more
    than ids and what else the call's arguments put into its path."""
    given = {str(value) for value in call["args"].values()}
    recorded = call["requests"][-1]["path"].removeprefix("/api").split("/")
    pairs = list(zip(path.split("/"), recorded))
    if path.count("/") != len(recorded) - 1 or not all(
            part == own or own in given or UUID.fullmatch(own) for part, own in pairs):
        return 0
    return sum(part == own for part, own in pairs)


def call_of(answer, records):
    """The client and the recorded call that an answer goes through: of the version of the service
    that it is of, of its method, of the path that is most like its own."""
    *versions, method = answer["answer_of"].split(".")
    method = INSTEAD.get(method, method)
    calls = [(client, call) for client in CLIENTS[answer["service"]]
             for call in records[client]["calls"]
             if call["requests"] and "raises" not in call
             and call["requests"][-1]["method"] == answer["method"]
             and likeness(answer["path"], call)]

    def rank(found):
        client, call = found
        return (client[-2:].lower() in versions, call["method"] == method,
                likeness(answer["path"], call))
    return max(calls, key=rank, default=(None, None))


def argument(value):
    """A recorded argument as Python's SDK is given it: a copy, since it may add to documents."""
    if isinstance(value, dict) and list(value) == ["$datetime"]:
        return datetime.datetime.fromisoformat(value["$datetime"])
    return copy.deepcopy(value)


def client_for(name, answer, call):
    options = {"authorizer": globus_sdk.AccessTokenAuthorizer("access-token")}
    kind = TransferClientV2 if name == "TransferClientV2" else getattr(globus_sdk, name)
    if name == "ConfidentialAppAuthClient":
        client = kind("client-id", "client-secret")
    elif name == "NativeAppAuthClient":
        client = kind("client-id")
    elif name == "GCSClient":
        client = kind("abc.xyz.data.globus.org", **options)
    elif name == "SpecificFlowClient":
        client = kind("24bc4997-b483-4c25-a19c-64b0afc00743", **options)
    else:
        client = kind(**options)
    client.transport.session.mount("https://", OneAnswer(answer, len(call["requests"])))
    client.retry_config.max_retries = 0
    return client


def reading_of_error(error):
    parameters = error.info.authorization_parameters
    consent = error.info.consent_required
    names = ("session_message", "session_required_identities", "session_required_single_domain",
             "session_required_policies", "session_required_mfa")
    return {
        "class": type(error).__name__,
        "http_status": error.http_status,
        "code": error.code,
        "message": error.message,
        "messages": error.messages,
        "request_id": error.request_id,
        "errors": [{"code": one.code, "message": one.message, "raw": one.raw}
                   for one in error.errors],
        "authorization_parameters":
            {name: getattr(parameters, name) for name in names} if parameters else None,
        "required_scopes": consent.required_scopes if consent else None,
    }


def reading(answer, records):
    name, call = call_of(answer, records)
    if name is None:
        return {"client": None}
    read = {"client": name, "method": call["method"], "variant": call["variant"]}
    method = getattr(client_for(name, answer, call), call["method"])
    try:
        response = method(**{key: argument(value) for key, value in call["args"].items()})
    except GlobusAPIError as error:
        return {**read, "error": reading_of_error(error)}
    items = None
    if isinstance(response, (IterableResponse, ArrayResponse)):
        items = len(list(response))
    return {**read, "class": type(response).__name__, "items": items}


def main():
    folders = sys.argv[1:]
    answers = load(folders, "answers")
    if answers["sdk"] != globus_sdk.__version__:
        sys.exit(f"the records are of {answers['sdk']}, this is {globus_sdk.__version__}")
    records = {name: load(folders, name) for names in CLIENTS.values() for name in names}
    lines = [json.dumps(reading(answer, records), ensure_ascii=False)
             for answer in answers["answers"]]
    text = ('{"sdk": "' + globus_sdk.__version__ + '", "readings": [\n' + ",\n".join(lines)
            + "\n]}\n")
    (HERE / "python.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
