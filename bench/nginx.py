# SPDX-License-Identifier: Apache-2.0
"""Debian's nginx, with the files of a folder, on loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parent / "server" / "nginx.conf"
# where Debian has it, which is on the path of root alone
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def why_not():
    """Why there is no server; None where there is one."""
    for program, found in {"nginx": PROGRAM, "openssl": shutil.which("openssl")}.items():
        if not found:
            return f"{program} is not installed (scripts/install-deps.sh bench)"
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


class Nginx:
    """The server, for as long as the block lasts.

    It takes no port 0, so another program may be faster to take a port: then it starts with others.
    """

    def __init__(self, folder, files):
        self.folder, self.files = Path(folder), Path(files)

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self._make_certificate()
        for _ in range(10):
            if self._start():
                return self
        raise RuntimeError("nginx does not start: " + self._log().read_text())

    def __exit__(self, *_):
        self._stop()
        shutil.rmtree(self.folder)

    @property
    def certificate(self):
        """Its certificate, which nobody issued but itself: what a client has to trust."""
        return self.folder / "certificate.pem"

    def url(self, tls=False):
        return f"https://127.0.0.1:{self.tls_port}" if tls else f"http://127.0.0.1:{self.port}"

    def _make_certificate(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
             "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate)],
            check=True, capture_output=True)

    def _write_configuration(self):
        # nginx as root has its files read by `nobody`, who may not reach the folder
        own_name = pwd.getpwuid(os.getuid()).pw_name if os.getuid() == 0 else None
        text = CONFIGURATION.read_text()
        for name, value in {
            "USER": f"user {own_name};" if own_name else "",
            "FOLDER": self.folder,
            "FILES": self.files,
            "PORT": self.port,
            "TLS_PORT": self.tls_port,
        }.items():
            text = text.replace(f"@{name}@", str(value))
        file = self.folder / "nginx.conf"
        file.write_text(text)
        return file

    def _log(self):
        return self.folder / "error.log"

    def _start(self):
        self.port, self.tls_port = free_port(), free_port()
        command = [PROGRAM, "-p", str(self.folder), "-e", str(self._log()),
                   "-c", str(self._write_configuration())]
        # it goes with this process, however that ends
        self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1000):
            if self.process.poll() is not None:
                return False
            if answers(self.port) and answers(self.tls_port):
                return True
            time.sleep(0.01)
        self._stop()
        return False

    def _stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
