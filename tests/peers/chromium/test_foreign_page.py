# SPDX-License-Identifier: Apache-2.0
"""A page of another site, in a real browser of the sandbox's owner, gets nothing done."""

import http.server
import json
import threading
import unittest
import urllib.parse
import urllib.request

import sandbox
from webdriver import Chromium, wait_for

MARK = "mark@home.example"  # a user whom a reset would take away

PAGE = """<!DOCTYPE html>
<title>another site</title>
<p id="done"></p>
<script>
const sandboxes = %(sandboxes)s, login = %(login)s;
const evil = number => JSON.stringify({username: `user${number}@evil.example`});
const folder = JSON.stringify({name: "EVERYTHING", path: "/"});
let number = 0;

const attempts = [];
const attempt = promise => attempts.push(Promise.resolve(promise).catch(() => "refused"));

function postForm(url, fields, enctype, rules) {
  const frame = document.createElement("iframe");
  if (rules !== undefined) frame.sandbox = rules;
  const form = document.createElement("form");
  Object.assign(form, {method: "POST", action: url, enctype});
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, {type: "hidden", name, value});
    form.append(input);
  }
  frame.srcdoc = form.outerHTML + "<script>document.forms[0].submit()<" + "/script>";
  attempt(new Promise(done => {
    let loads = 0;
    frame.onload = () => { if (++loads == 2) done(); };
    setTimeout(done, 3000);
  }));
  document.body.append(frame);
}

function load(tag, attribute, url) {
  const element = document.createElement(tag);
  attempt(new Promise(done => { element.onload = element.onerror = done; setTimeout(done, 3000); }));
  element[attribute] = url;
  document.body.append(element);
}

function attack(root) {
  const control = root + "/_sandbox/";
  for (const mode of ["no-cors", "cors"]) {
    const typed = type => new Blob([evil(++number)], {type});
    attempt(fetch(control + "collections", {method: "POST", mode, body: folder}));
    attempt(fetch(control + "users", {method: "POST", mode, body: evil(++number)}));
    attempt(fetch(control + "users", {method: "POST", mode, body: typed("application/json")}));
    attempt(fetch(control + "users", {method: "POST", mode, body: typed("text/plain")}));
    attempt(fetch(control + "users", {method: "POST", mode, body: typed("")}));
    attempt(fetch(control + "reset", {method: "POST", mode}));
    attempt(fetch(control + "requests", {method: "DELETE", mode}));
    attempt(fetch(root + "/auth/jwk.json", {mode}));
    attempt(fetch(root + "/auth/v2/oauth2/authorize",
                  {method: "POST", mode, credentials: "include", body: new URLSearchParams(login)}));
    attempt(fetch(root + "/auth/v2/oauth2/token",
                  {method: "POST", mode, body: new URLSearchParams(login)}));
  }
  attempt(fetch(control + "users", {method: "POST", headers: {"Content-Type": "application/json"},
                                    body: evil(++number)}));
  navigator.sendBeacon(control + "users", evil(++number));
  navigator.sendBeacon(control + "users", new Blob([evil(++number)], {type: "text/plain"}));
  for (const rules of [undefined, "allow-scripts allow-forms"]) {
    const text = evil(++number);
    postForm(control + "users", {[text.slice(0, -1) + ', "name": "']: '"}'}, "text/plain", rules);
    postForm(control + "reset", {}, "text/plain", rules);
    postForm(root + "/auth/v2/oauth2/authorize", login, "application/x-www-form-urlencoded", rules);
  }
  for (const path of ["_sandbox/state", "auth/jwk.json", "auth/v2/oauth2/authorize?" +
                      new URLSearchParams(login)]) {
    load("img", "src", root + "/" + path);
    load("script", "src", root + "/" + path);
    load("iframe", "src", root + "/" + path);
    load("object", "data", root + "/" + path);
  }
}

addEventListener("load", async () => {
  for (const root of sandboxes) attack(root);
  await Promise.all(attempts);
  // with an opaque origin
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.srcdoc = `<script>fetch("${sandboxes[0]}/_sandbox/collections",
    {method: "POST", mode: "no-cors", body: ${JSON.stringify(folder)}})
    .finally(() => parent.postMessage("done", "*"))<` + "/script>";
  addEventListener("message", () => { document.getElementById("done").textContent = "done"; });
  document.body.append(frame);
});
</script>
<body></body>
"""


def login_fields():
    return {
        "client_id": sandbox.NATIVE_CLIENT_ID,
        "redirect_uri": "https://auth.globus.org/v2/web/auth-code",
        "scope": "openid",
        "response_type": "code",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
        "username": "somebody@evil.example",
        "decision": "allow",
    }


class Site(http.server.BaseHTTPRequestHandler):
    """Another site: every path of it is the page."""

    def do_GET(self):
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class ForeignPage(unittest.TestCase):
    def setUp(self):
        sandbox.forget_requests()
        self.port = urllib.parse.urlsplit(sandbox.URL).port
        self.site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        self.site.page = PAGE % {
            "sandboxes": json.dumps([f"http://{h}:{self.port}" for h in ("127.0.0.1", "localhost")]),
            "login": json.dumps(login_fields()),
        }
        thread = threading.Thread(target=self.site.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.site.server_close)
        self.addCleanup(self.site.shutdown)
        self.users = len(sandbox.control("GET", "state")["users"])

    def open_browser(self, address, *switches):
        browser = Chromium(*switches)
        self.addCleanup(browser.close)
        browser.start(address)
        return browser

    def test_another_port_is_another_site(self):
        sandbox.control("POST", "users", {"username": MARK})
        with urllib.request.urlopen(sandbox.AUTH_URL + "jwk.json") as answer:
            self.assertEqual(answer.status, 200)
        for host in ("127.0.0.1", "localhost", "another.example"):
            with self.subTest(host=host):
                browser = self.open_browser(
                    f"http://{host}:{self.site.server_port}/",
                    '"--host-resolver-rules=MAP another.example 127.0.0.1"',
                )
                wait_for(lambda: browser.text("#done") == "done", "the end of the page's attempts")
                state = sandbox.control("GET", "state")
                usernames = [user["username"] for user in state["users"]]
                self.assertEqual(len(usernames), self.users + 1, usernames)
                self.assertIn(MARK, usernames)
                self.assertEqual(len(state["collections"]), 2, state["collections"])
                # neither cleared nor added to: what was refused is not counted
                self.assertEqual(sandbox.received("/jwk.json"), [200])
                self.assertEqual(len(sandbox.control("GET", "requests")["requests"]), 1)

    def test_another_name_is_another_site(self):
        address = f"http://another.example:{self.port}"
        browser = self.open_browser(
            address + "/_sandbox/state", '"--host-resolver-rules=MAP another.example 127.0.0.1"'
        )
        for path in ("/_sandbox/state", "/auth/jwk.json", "/no/such/path"):
            browser.open(address + path)
            text = wait_for(lambda: browser.text("body"), "an answer")
            self.assertIn("this sandbox is called 127.0.0.1", text)

    def test_a_link_leads_to_a_login(self):
        link = sandbox.AUTH_URL + "v2/oauth2/authorize?" + urllib.parse.urlencode(login_fields())
        self.site.page = f'<a href="{link.replace("&", "&amp;")}">log in</a>'
        browser = self.open_browser(f"http://127.0.0.1:{self.site.server_port}/")
        wait_for(lambda: browser.click("a"), "the link")
        wait_for(lambda: browser.text("form#login"), "the login page")


if __name__ == "__main__":
    unittest.main()
