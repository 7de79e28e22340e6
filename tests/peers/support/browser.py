# SPDX-License-Identifier: Apache-2.0
"""What a person does in a browser: open a page, choose who to be, allow or deny, read the code."""

import html.parser
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request


class _Page(html.parser.HTMLParser):
    """The form of a page, and the code that a page shows."""

    def __init__(self, text):
        super().__init__()
        self.action = None
        self.fields = {}
        self.choices = {}  # values of radio buttons, by what stands beside them
        self.buttons = []
        self.code = ""
        self._radio = None
        self._in_code = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        kind = attributes.get("type")
        if tag == "form":
            self.action = attributes.get("action", "")
        elif tag == "input" and kind == "hidden":
            self.fields[attributes["name"]] = attributes["value"]
        elif tag == "input" and kind == "radio":
            self._radio = (attributes["name"], attributes["value"])
            if "checked" in attributes:
                self.fields[attributes["name"]] = attributes["value"]
        elif tag == "button":
            self.buttons.append((attributes.get("name"), attributes.get("value")))
        self._in_code = attributes.get("id") == "auth-code"

    def handle_data(self, data):
        if self._in_code:
            self.code += data
        if self._radio and data.strip():
            self.choices[data.strip()] = self._radio
            self._radio = None

    def handle_endtag(self, tag):
        self._in_code = False


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
        self.asked = 0  # pages on which we had to decide

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
        if status == 200:
            self.asked += 1
            page = _Page(text)
            if ("decision", decision) not in page.buttons:
                raise AssertionError(f"no button for {decision!r} among {page.buttons}")
            form = dict(page.fields, decision=decision)
            if username is not None:
                name, value = next(v for k, v in page.choices.items() if username in k)
                form[name] = value
            target = urllib.parse.urljoin(url, page.action)
            status, headers, text = self._open(target, form)
        if status != 302:
            raise AssertionError(f"no redirection but {status}: {text}")
        self.location = headers["Location"]
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.location).query))

    def code_shown(self, url, username=None):
        """Sign in, and read the code from the page that native applications are sent to."""
        self.authorize(url, username)
        _, _, text = self._open(self.location)
        return _Page(text).code.strip()
