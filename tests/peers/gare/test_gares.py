# SPDX-License-Identifier: Apache-2.0
"""Globus Auth requirements errors, as the Python SDK and the C++ one find them."""

import copy
import json
import os
import random
import subprocess
import unittest

import requests
from globus_sdk import FlowsAPIError, GlobusAPIError, exc, gare

PARAMETERS = {
    "session_message": "please",
    "session_required_identities": ["i", "j"],
    "session_required_policies": ["p"],
    "session_required_single_domain": ["example.org"],
    "session_required_mfa": True,
    "required_scopes": ["s", "t"],
    "prompt": "login",
    "of_the_future": {"a": [1, None]},
}
FORMS = [
    {"code": "ConsentRequired", "authorization_parameters": PARAMETERS, "request_id": "r"},
    {"authorization_parameters": PARAMETERS, "status": 403},
    {
        "code": "AuthorizationRequired",
        "authorization_parameters": {
            "session_required_policies": "p,q",
            "session_required_single_domain": "a.org",
        },
    },
    {
        "code": "ConsentRequired",
        "message": "Missing consent",
        "required_scopes": ["s[*t]"],
        "request_id": "r",
        "resource": "/operation",
    },
    {"code": "ConsentRequired", "required_scope": "s", "description": "why"},
    {
        "code": "ConsentRequired",
        "required_scope": "s",
        "description": "why",
        "authorization_parameters": PARAMETERS | {"session_required_mfa": "true"},
    },
    {
        "error": "dependent_consent_required",
        "error_description": "why",
        "errors": [{"unapproved_scopes": ["s"]}, {"unapproved_scopes": ["t"]}],
    },
    {
        "code": "permission_denied",
        "http_response_code": 403,
        "detail": {"DATA_TYPE": "reauth#1.0.0"},
        "message": "no",
        "authorization_parameters": {"session_required_single_domain": "a.org,b.org"},
    },
    {"code": "NotFound", "message": "no such thing", "request_id": "r"},
]
ODD = [None, True, "x", "login", "a,b", ["a"], ["a", 1], [{}], {}, {"a": 1}, 2.5]
ABSENT = object()


def places(document, path=()):
    """Paths of all members, also of objects in lists."""
    members = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in members:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from places(value, (*path, key))


def changed(document, path, value):
    document = copy.deepcopy(document)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    if value is ABSENT:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return document


def with_one_change(document):
    for path in places(document):
        for value in [ABSENT, *ODD]:
            yield changed(document, path, value)


def with_some_changes(document, chance):
    for _ in range(chance.choice([2, 3])):
        everywhere = list(places(document))
        if everywhere:
            document = changed(document, chance.choice(everywhere), chance.choice([ABSENT, *ODD]))
    return document


def documents():
    chance = random.Random(20260101)
    for form in FORMS:
        yield form
        yield from with_one_change(form)
    for _ in range(1500):
        yield with_some_changes(chance.choice(FORMS), chance)
    for _ in range(800):
        inner = [
            with_some_changes(chance.choice(FORMS), chance) for _ in range(chance.choice([1, 2, 3]))
        ]
        outer = chance.choice(FORMS)
        yield chance.choice([{"errors": inner}, {**outer, "errors": inner}, {"error": inner[0]}])


def service_error(document):
    """What a client raises for this body; Flows' class where it looks deeper than others."""
    response = requests.Response()
    response.status_code = 403
    response.headers["Content-Type"] = "application/json"
    response._content = json.dumps(document).encode()
    response.request = requests.Request("GET", "https://service.example/").prepare()
    kind = FlowsAPIError if isinstance(document.get("error"), dict) else GlobusAPIError
    return kind(response)


def whole(found):
    return found.to_dict(include_extra=True) if found else None


def of_python(document):
    error = service_error(document)
    found = [whole(each) for each in gare.to_gares([error])]
    # where `errors` is no list of errors, Python takes the document for one of them, and again
    if error.errors and error.errors[0].raw is error.raw_json:
        found = found[:1]
    return {
        "document": whole(gare.to_gare(document)),
        "answer": found,
        "is_gare": gare.is_gare(error),
    }


class Gares(unittest.TestCase):
    def test_both_sides_find_the_same(self):
        questions, expected, troubled = [], [], 0
        for document in documents():
            if '"code": {}' in json.dumps(document):
                continue  # for Python that is as good as none
            try:
                answer = of_python(document)
            except exc.ValidationError:
                raise
            except Exception:  # Python stumbles over lists that are empty, texts for objects
                troubled += 1
                continue
            questions.append(document)
            expected.append(answer)
        self.assertLess(troubled, len(questions) / 20)
        self.assertGreater(sum(answer["is_gare"] for answer in expected), 500)
        self.assertGreater(sum(not answer["is_gare"] for answer in expected), 500)

        lines = "".join(json.dumps(question) + "\n" for question in questions)
        done = subprocess.run(
            [os.environ["GARE_PEER"]], input=lines, capture_output=True, text=True, timeout=120
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(answers), len(questions))
        for question, answer, python in zip(questions, answers, expected):
            with self.subTest(json.dumps(question)):
                self.assertEqual(answer, python)
        print(f"gares: {len(questions)} documents compared")


if __name__ == "__main__":
    unittest.main()
