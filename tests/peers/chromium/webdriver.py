# SPDX-License-Identifier: Apache-2.0
"""A Chromium that a test or a program of ours starts, and what a person does in it, through chromedriver."""

import contextlib
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 60  # seconds
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of W3C's WebDriver

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NotThere(Exception):
    """What is looked for is not on the page, or no longer."""


def wait_for(look, what):
    """What `look` returns, as soon as it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what} did not come within {PATIENCE} s")


class Chromium:
    """A profile of its own, the command that starts a browser with it, and its remote control.

    Switches are written as a shell reads them."""

    def __init__(self, *more_switches):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chromium-"))
        switches = [
            "--headless=new",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-proxy-server",
            "--disable-background-networking",
            "--remote-debugging-port=0",
            f"--user-data-dir={self.folder}",
            *more_switches,
        ]
        if os.geteuid() == 0:
            switches.append("--no-sandbox")  # Chromium refuses to run as root with it
        # what it keeps elsewhere goes to its folder, too
        self.command = " ".join(["env", f"TMPDIR={self.folder}", "chromium", *switches, "%s"])
        self._browser = None
        self._driver = None
        self._url = None

    def start(self, address):
        """Starts it at that address, where nobody else does, and takes control of it."""
        command = shlex.split(self.command % address)
        self._browser = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self.attach()

    def attach(self):
        """Takes control of the browser that was started with `command`."""
        address = wait_for(self._debugger_address, "Chromium")
        port = wait_for(self._start_driver, "chromedriver")
        self._url = f"http://127.0.0.1:{port}/session"
        options = {"goog:chromeOptions": {"debuggerAddress": address}}
        session = self._command("POST", "", {"capabilities": {"alwaysMatch": options}})
        self._url += "/" + session["sessionId"]

    def _start_driver(self):
        """Its port; none where it has ended: the one that IPv4 gave it may be taken in IPv6."""
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True
        )
        for line in self._driver.stdout:
            port = re.search(r"started successfully on port (\d+)", line)
            if port:
                return port[1]
        self._end_driver()
        return None

    def _end_driver(self):
        self._driver.terminate()
        self._driver.wait()
        self._driver.stdout.close()

    def _debugger_address(self):
        with contextlib.suppress(FileNotFoundError):
            text = (self.folder / "DevToolsActivePort").read_text()
            if "\n" in text:
                return "127.0.0.1:" + text.split("\n")[0]
        return None

    def _command(self, method, path, document=None):
        body = None if document is None else json.dumps(document).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, body, headers, method=method)
        try:
            with _opener.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as answer:
            with answer:
                error = json.load(answer)["value"]
            # the last is chromedriver's word for an element of a page that has just gone
            gone = error["error"] in ("no such element", "stale element reference")
            if gone or "does not belong to the document" in error["message"]:
                raise NotThere(error["error"]) from None
            raise AssertionError(f"{method} {path}: {error['message']}") from None

    def _element(self, selector):
        query = {"using": "css selector", "value": selector}
        return "/element/" + self._command("POST", "/element", query)[_ELEMENT]

    def text(self, selector):
        """The text of the first element that is so; nothing where there is none."""
        try:
            return self._command("GET", self._element(selector) + "/text")
        except NotThere:
            return None

    def click(self, selector):
        """Clicks the first element that is so; whether there was one."""
        try:
            self._command("POST", self._element(selector) + "/click", {})
            return True
        except NotThere:
            return False

    def open(self, address):
        self._command("POST", "/url", {"url": address})

    def address(self):
        return self._command("GET", "/url")

    def requests_of_page(self):
        """Addresses that the page has asked for besides its own."""
        script = "return performance.getEntriesByType('resource').map(entry => entry.name)"
        return self._command("POST", "/execute/sync", {"script": script, "args": []})

    def close(self):
        if self._driver is not None:
            self._end_driver()
        self._end_browser()
        if self._browser is not None:
            self._browser.wait()
        wait_for(lambda: not self._is_running(), "the end of Chromium's processes")
        shutil.rmtree(self.folder)

    def _end_browser(self):
        """The browser may be nobody's child any more; its profile says which process it is."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            process = int(os.readlink(self.folder / "SingletonLock").rsplit("-", 1)[1])
            os.kill(process, signal.SIGTERM)

    def _is_running(self):
        """Whether there is a process for the folder; helpers outlive the browser for a moment, and
        write there to the end. One that nobody has collected yet has no command line any more."""
        return bool(self.command_lines())

    def command_lines(self):
        """Those of the processes for the folder, as every user of the machine can read them."""
        lines = []
        for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                lines.append(file.read_bytes().decode(errors="replace"))
        return [line for line in lines if str(self.folder) in line]
