# SPDX-License-Identifier: Apache-2.0
"""Apps of the Python SDK and of ours: scenarios.json is run by both, with the same events."""

import itertools
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import unittest.mock

import globus_sdk
from globus_sdk.gare import GlobusAuthorizationParameters
from globus_sdk.login_flows import LoginFlowManager
from globus_sdk.token_storage import JSONTokenStorage, SQLiteTokenStorage

import sandbox
from browser import Browser

APP_PEER = os.environ["APP_PEER"]
SCENARIOS = json.loads((pathlib.Path(__file__).parent / "scenarios.json").read_text())
STORAGES = {".json": JSONTokenStorage, ".db": SQLiteTokenStorage}


NUMBERS = itertools.count()


class Person:
    """Who logs in: opens the URL, and reads the code."""

    def __init__(self):
        self.username = sandbox.USERNAME
        self.logins = 0

    def code_for(self, url):
        self.logins += 1
        return Browser().code_shown(url, self.username)


class PersonLogin(LoginFlowManager):
    def __init__(self, person, login_client, refresh_tokens):
        super().__init__(login_client, request_refresh_tokens=refresh_tokens)
        self.person = person

    def run_login_flow(self, auth_parameters):
        url = self._get_authorize_url(
            auth_parameters, self.login_client.base_url + "v2/web/auth-code"
        )
        return self.login_client.oauth2_exchange_code_for_tokens(self.person.code_for(url))


class PythonPeer:
    """The Python SDK, told what to do as app_peer.cpp is."""

    def __init__(self, home, person):
        self.home = home
        self.person = person
        self.app = self.transfer = self.auth = None

    def close(self):
        if self.app:
            self.app.close()

    def do(self, step):
        with unittest.mock.patch.dict(os.environ, {"HOME": str(self.home)}):
            try:
                result = getattr(self, "step_" + step["do"])(step)
            except globus_sdk.GlobusAPIError as error:
                return f"GlobusAPIError {error.http_status}"
            except globus_sdk.GlobusError as error:
                return type(error).__name__
        return "done" if result is None else result

    def app_of(self, step):
        config = {
            "token_storage": step["token_storage"],
            "request_refresh_tokens": step.get("request_refresh_tokens", False),
            "auto_redrive_gares": step.get("auto_redrive_gares", False),
        }
        if step.get("no_handler"):
            config["token_validation_error_handler"] = None
        common = {"client_id": step["client_id"],
                  "scope_requirements": step.get("scope_requirements")}
        if "client_secret" in step:
            return globus_sdk.ClientApp(
                "peer", client_secret=step["client_secret"],
                config=globus_sdk.GlobusAppConfig(**config), **common,
            )
        client = globus_sdk.NativeAppAuthClient(common.pop("client_id"))
        manager = PersonLogin(self.person, client, config["request_refresh_tokens"])
        return globus_sdk.UserApp(
            "peer", login_client=client,
            config=globus_sdk.GlobusAppConfig(login_flow_manager=manager, **config), **common,
        )

    def step_app(self, step):
        self.close()
        self.app = self.app_of(step)

    def step_transfer(self, step):
        self.transfer = globus_sdk.TransferClient(
            app=self.app, app_scopes=[globus_sdk.Scope.parse(scope) for scope in step["app_scopes"]]
            if "app_scopes" in step else None,
        )

    def step_auth(self, _):
        self.auth = globus_sdk.AuthClient(app=self.app)

    def step_task_list(self, _):
        self.transfer.task_list(limit=1)

    def step_ls(self, step):
        self.transfer.operation_ls(step["collection"])

    def step_userinfo(self, _):
        self.auth.userinfo()

    def step_login(self, step):
        wanted = step.get("auth_params")
        self.app.login(
            force=step.get("force", False),
            auth_params=GlobusAuthorizationParameters(**wanted) if wanted else None,
        )

    def step_login_required(self, _):
        return self.app.login_required()

    def step_logout(self, step):
        self.app.logout(sweep=step.get("sweep", False))

    def step_close(self, _):
        self.app.close()

    def step_add_scope_requirements(self, step):
        self.app.add_scope_requirements(step["scope_requirements"])

    def step_add_data_access(self, step):
        self.transfer.add_app_data_access_scope(step["collections"])

    def step_get_authorizer(self, step):
        self.app.get_authorizer(step["resource_server"])

    def step_scope_requirements(self, _):
        return {name: [str(scope) for scope in scopes]
                for name, scopes in self.app.scope_requirements.items()}


class CppPeer:
    """app_peer.cpp."""

    def __init__(self, home, person):
        self.person = person
        self.process = subprocess.Popen(
            [APP_PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            env={**os.environ, "HOME": str(home)},
        )

    def close(self):
        self.process.communicate(timeout=30)

    def do(self, step):
        self.tell(json.dumps(step))
        while True:
            answer = json.loads(self.process.stdout.readline())
            if "login" not in answer:
                return answer["result"]
            self.tell(self.person.code_for(answer["login"]))

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()


class Stage:
    """Where a scenario is played, and what can be seen of it."""

    def __init__(self, kind, home):
        self.home = home
        self.person = Person()
        self.peer = kind(home, self.person)
        self.collection = None

    def stores(self):
        for path in self.home.glob(".globus/app/*/peer/tokens.*"):
            if path.suffix in STORAGES:
                store = STORAGES[path.suffix](path)
                yield store
                store.close()

    def content(self):
        """What is in the files; one without tokens, which Python makes early, is as none."""
        return [tokens for store in self.stores()
                if (tokens := store.get_token_data_by_resource_server())]

    def stored(self):
        return {
            name: [sorted(data.scope.split()), data.refresh_token is not None,
                   data.identity_id is not None]
            for store in self.stores()
            for name, data in store.get_token_data_by_resource_server().items()
        }

    def expire_stored(self, resource_server=None):
        for store in self.stores():
            tokens = store.get_token_data_by_resource_server()
            for name, data in tokens.items():
                if resource_server in (None, name):
                    data.expires_at_seconds = 1
            store.store_token_data_by_resource_server(tokens)

    def expire_tokens(self):
        for store in self.stores():
            for data in store.get_token_data_by_resource_server().values():
                sandbox.control("POST", "expire", {"token": data.access_token})

    def set_up(self, step):
        """What is no matter of the app; false when it is."""
        what = step["do"]
        if what == "be":
            self.person.username = step["username"]
        elif what == "expire_stored":
            self.expire_stored(step.get("resource_server"))
        elif what == "expire_tokens":
            self.expire_tokens()
        elif what == "require":
            sandbox.control(
                "POST", "faults", {"path": step["path"], "require": step["parameters"]}
            )
        elif what == "collection":
            # a new one, to which nobody has consented
            self.collection = sandbox.control(
                "POST", "collections", {"name": f"of-apps-{next(NUMBERS)}", "path": str(self.home),
                                        "entity_type": step["entity_type"]}
            )["id"]
        else:
            return False
        return True

    def completed(self, step):
        step = dict(step)
        if step["do"] == "app":
            is_user = step.pop("kind") == "user"
            step["client_id"] = sandbox.NATIVE_CLIENT_ID if is_user else sandbox.CLIENT_ID
            if not is_user:
                step["client_secret"] = sandbox.CLIENT_SECRET
        elif step["do"] == "ls":
            step["collection"] = self.collection
        elif step["do"] == "add_data_access":
            step["collections"] = [self.collection]
        return step

    def play(self, step):
        """The events of one step."""
        if self.set_up(step):
            return None
        sandbox.forget_requests()
        before, logins = self.content(), self.person.logins
        result = self.peer.do(self.completed(step))
        if isinstance(result, dict):
            result = {name: sorted(set(scopes)) for name, scopes in result.items()}
        return {
            "step": step["do"],
            "result": result,
            "logins": self.person.logins - logins,
            "token_requests": sandbox.received("/v2/oauth2/token"),
            "revocations": sandbox.received("/v2/oauth2/token/revoke"),
            "consents_read": len(sandbox.received("/consents")) > 0,
            "file_written": self.content() != before,
            "stored": self.stored(),
        }


class Apps(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.addCleanup(sandbox.control, "DELETE", "faults")

    def stage(self, kind, home=None):
        if home is None:
            folder = tempfile.TemporaryDirectory()
            self.addCleanup(folder.cleanup)
            home = pathlib.Path(folder.name)
        stage = Stage(kind, home)
        self.addCleanup(stage.peer.close)
        return stage

    def events(self, kind, scenario):
        stage = self.stage(kind)
        events = [stage.play(step) for step in scenario["steps"]]
        sandbox.control("DELETE", "faults")
        return [event for event in events if event is not None]

    def test_scenarios(self):
        for scenario in SCENARIOS:
            with self.subTest(scenario["name"]):
                python = self.events(PythonPeer, scenario)
                cpp = self.events(CppPeer, scenario)
                # where we differ on purpose, a scenario says in what of its last step
                python[-1] = {**python[-1], **scenario.get("last_step_of_ours", {})}
                self.assertEqual(cpp, python)
                for what, total in (("logins", sum(event["logins"] for event in cpp)),
                                    ("token_requests", sum(len(e["token_requests"]) for e in cpp))):
                    self.assertEqual(total, scenario[what], what)

    def test_a_login_on_one_side_is_one_on_the_other(self):
        for storage in ("json", "sqlite"):
            for refresh in (False, True):
                app = {"do": "app", "kind": "user", "token_storage": storage,
                       "request_refresh_tokens": refresh}
                steps = [app, {"do": "transfer"}, {"do": "task_list"}]
                for first, second in ((PythonPeer, CppPeer), (CppPeer, PythonPeer)):
                    with self.subTest(storage, refresh=refresh, first=first.__name__):
                        one = self.stage(first)
                        self.assertEqual(sum(one.play(step)["logins"] for step in steps), 1)
                        other = self.stage(second, one.home)
                        if refresh:
                            other.expire_stored("transfer.api.globus.org")
                        for step in steps:
                            event = other.play(step)
                            self.assertEqual((event["result"], event["logins"]), ("done", 0))
                        # and back again, with what the other has stored
                        self.assertEqual(one.play(steps[0])["result"], "done")
                        one.play(steps[1])
                        self.assertEqual(one.play(steps[2])["logins"], 0)


if __name__ == "__main__":
    unittest.main()
