# SPDX-License-Identifier: Apache-2.0
"""What a person does in a browser: open a page, choose who to be, allow or deny, read the code."""

import html.parser
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request


class _Page(html.parser.HTMLParser):
    """The forms of a page, and the code that a page shows."""

    def __init__(self, text):
        super().__init__()
        self.forms = {}  # by id: where they go to, and their hidden fields
        self.buttons = []  # form, name and value, what stands on it
        self.code = ""
        self._form = None
        self._in_button = self._in_code = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._form = attributes["id"]
            self.forms[self._form] = (attributes.get("action", ""), {})
        elif tag == "input" and attributes.get("type") == "hidden":
            self.forms[self._form][1][attributes["name"]] = attributes["value"]
        elif tag == "button":
            field = (attributes.get("name"), attributes.get("value"))
            self.buttons.append([self._form, field, ""])
            self._in_button = True
        self._in_code = attributes.get("id") == "auth-code"

    def handle_data(self, data):
        if self._in_code:
            self.code += data
        if self._in_button:
            self.buttons[-1][2] += data

    def handle_endtag(self, tag):
        self._in_code = False
        if tag == "button":
            self._in_button = False

    def press(self, name, wanted):
        """Where the form of a button goes to, and what it sends: the first that is wanted."""
        for form, field, label in self.buttons:
            if field[0] == name and wanted(field[1], label):
                action, hidden = self.forms[form]
                return action, dict(hidden, **{name: field[1]})
        raise AssertionError(f"no such button {name!r} among {self.buttons}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Browser:
    """Keeps its cookies, so that a second login may be remembered."""

    def __init__(self):
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
            _NoRedirects(),
        )
        self.asked = 0  # how often we had to sign in or to decide

    def _open(self, url, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        try:
            with self._opener.open(url, data, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers, answer.read().decode()

    def authorize(self, url, username=None, decision="allow"):
        """Sign in and decide; the query of where we are sent then, as a dict."""
        status, headers, text = self._open(url)
        self.asked += status == 200
        while status == 200:
            page = _Page(text)
            if "login" in page.forms and decision == "allow":
                action, form = page.press("identity", lambda _, label: (username or "") in label)
            else:
                action, form = page.press("decision", lambda value, _: value == decision)
            status, headers, text = self._open(urllib.parse.urljoin(url, action), form)
        if status != 302:
            raise AssertionError(f"no redirection but {status}: {text}")
        self.location = headers["Location"]
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.location).query))

    def code_shown(self, url, username=None):
        """Sign in, and read the code from the page that native applications are sent to."""
        self.authorize(url, username)
        _, _, text = self._open(self.location)
        return _Page(text).code.strip()
