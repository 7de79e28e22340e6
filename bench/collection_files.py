# SPDX-License-Identifier: Apache-2.0
"""The sides of the rows about files: the SDK, the curl program, libcurl and the Python SDK, each
with the same files of the same nginx, to the same file system."""

import contextlib
import filecmp
import os
import shutil
from pathlib import Path

from nginx import Nginx, why_not as why_no_nginx
from rows import CURL, PYTHON, SDK
from side_programs import figures_of

HERE = Path(__file__).resolve().parent
MIB = 1 << 20
# what a run leaves free on the disk
MARGIN = 1 << 30
SMALL_FILES, SMALL_SIZE = 10_000, 4096


class NoRoom(Exception):
    pass


def small_names():
    """As the bench's own server lists them."""
    return [f"measurement-{number:07d}.h5" for number in range(SMALL_FILES)]


class Files:
    """What nginx serves: bytes that are random and really there, made when a row needs them."""

    SIZES = {"2GiB.bin": 2048 * MIB, "1GiB.bin": 1024 * MIB, "512MiB.bin": 512 * MIB}

    def __init__(self, folder):
        self.folder = folder

    def need(self, name):
        """That file, with as much room on the disk as a copy takes."""
        file = self.folder / name
        size = self.SIZES[name]
        missing = 0 if file.exists() else size
        self._require_room(missing + size)
        if missing:
            self._write(file, size)
        return file

    def need_small(self):
        folder = self.folder / "small"
        if not folder.exists():
            self._require_room(4 * SMALL_FILES * SMALL_SIZE)
            folder.mkdir()
            for name in small_names():
                (folder / name).write_bytes(os.urandom(SMALL_SIZE))
        return folder

    def _require_room(self, size):
        free = shutil.disk_usage(self.folder).free
        if free < size + MARGIN:
            raise NoRoom(f"the disk has {free >> 20} MiB left, and {(size + MARGIN) >> 20} are needed")

    @staticmethod
    def _write(file, size):
        # each MiB differs from the others, so that bytes in a wrong place are seen
        block = bytearray(os.urandom(MIB))
        with file.open("wb") as stream:
            for number in range(size // MIB):
                block[:8] = number.to_bytes(8, "little")
                stream.write(block)


def why_not():
    """Why the rows about files cannot be measured here; None where they can."""
    if not shutil.which("curl"):
        return "curl is not installed (scripts/install-deps.sh bench)"
    return why_no_nginx()


class FileSides:
    """How the programs of the sides are started, and whether they fetched what they should."""

    def __init__(self, programs, python, calls_url, nginx, folder):
        self.programs, self.python = Path(programs), python
        self.calls_url = calls_url  # of the bench's own server, which lists folders
        self.nginx = nginx
        self.files = Files(folder / "served")
        self.target = folder / "fetched"
        self.trees = folder / "trees"
        self.compared = set()

    def run(self, side, mode, calls):
        """What a side did in a mode: its figures."""
        runs = {
            "download": lambda: self._download(side, "2GiB.bin", tls=False),
            "download-tls": lambda: self._download(side, "2GiB.bin", tls=True),
            "whole": lambda: self._whole(side),
            "tree": lambda: self._tree(side, tls=False),
            "tree-tls": lambda: self._tree(side, tls=True),
            "read": lambda: self._read(side),
            "random": lambda: self._random(side, calls),
        }
        shutil.rmtree(self.target, ignore_errors=True)
        self.target.mkdir()
        return runs[mode]()

    def _whole(self, side):
        return self._python_read() if side == PYTHON else self._download(side, "512MiB.bin", False)

    def _download(self, side, name, tls):
        source, target = self.files.need(name), self.target / name
        url = self.nginx.url(tls)
        if side == SDK:
            command = self._sdk("download", url, f"/{name}", target)
        else:
            command = self._curl("--output", target, f"{url}/{name}")
        figures = self._measure(command)
        self._require_same(side, source, target)
        return self._of_bytes(figures, source)

    def _tree(self, side, tls):
        source, target = self.files.need_small(), self._new_tree()
        url = self.nginx.url(tls)
        if side == SDK:
            command = self._sdk("tree", url, "/small/", target, self.calls_url)
        else:
            command = self._curl("--parallel", "--config", self._list_of_urls(url, target))
        figures = self._measure(command)
        fetched = {entry.name: entry.stat().st_size for entry in os.scandir(target)}
        if fetched != dict.fromkeys(small_names(), SMALL_SIZE):
            raise RuntimeError(f"{side}: {len(fetched)} small files came, or of other sizes")
        for name in small_names()[::1000]:
            self._require_same(side, source / name, target / name)
        return {**figures, "calls": SMALL_FILES, "answer": "all files"}

    def _new_tree(self):
        """A folder that stays until the end: ext4 searches long for an inode where thousands of
        files were deleted a moment ago, and whoever comes next would pay for it."""
        self.trees.mkdir(exist_ok=True)
        target = self.trees / str(len(os.listdir(self.trees)))
        target.mkdir()
        os.sync()
        return target

    def _list_of_urls(self, url, target):
        file = self.target / "urls"
        file.write_text("".join(
            f'url = "{url}/small/{name}"\noutput = "{target}/{name}"\n' for name in small_names()))
        return file

    def _read(self, side):
        source = self.files.need("1GiB.bin")
        if side == SDK:
            command = self._sdk("read", self.nginx.url(), f"/{source.name}")
        else:
            command = self._curl(f"{self.nginx.url()}/{source.name}")
        figures = self._measure(command)
        # the SDK's program counts for itself
        if side == CURL and figures["output_bytes"] != source.stat().st_size:
            raise RuntimeError(f"{side}: {figures['output_bytes']} bytes came")
        return self._of_bytes(figures, source)

    def _random(self, side, calls):
        source = self.files.need("1GiB.bin")
        if side == SDK:
            command = self._sdk("random", self.nginx.url(), f"/{source.name}", calls)
        else:
            command = [self.programs / "bench_libcurl_random_reads",
                       f"{self.nginx.url()}/{source.name}", calls]
        return self._figures(command)

    def _python_read(self):
        source = self.files.need("512MiB.bin")
        figures = self._figures([self.python, HERE / "clients" / "python_client.py",
                                     "read-file", f"{self.nginx.url()}/{source.name}"])
        if figures["answer"] != str(source.stat().st_size):
            raise RuntimeError(f"{PYTHON}: {figures['answer']} bytes were read")
        return self._of_bytes(figures, source)

    @staticmethod
    def _of_bytes(figures, source):
        size = source.stat().st_size
        return {**figures, "bytes": size, "answer": str(size)}

    def _sdk(self, *arguments):
        return [self.programs / "bench_files_client", *arguments]

    def _curl(self, *arguments):
        return ["curl", "--disable", "--silent", "--show-error", "--no-progress-meter", "--fail",
                "--cacert", self.nginx.certificate, *arguments]

    def _measure(self, command):
        """The figures of a whole program, from its start to its end."""
        return self._figures([self.programs / "bench_command", *command])

    def _figures(self, command):
        return figures_of(command, BENCH_CA_FILE=str(self.nginx.certificate))

    def _require_same(self, side, source, target):
        """The size each time, and the content once."""
        if source.stat().st_size != target.stat().st_size:
            raise RuntimeError(f"{side}: {target} has {target.stat().st_size} bytes")
        if (side, target) in self.compared:
            return
        if not filecmp.cmp(source, target, shallow=False):
            raise RuntimeError(f"{side}: {target} has other bytes")
        self.compared.add((side, target))


@contextlib.contextmanager
def file_sides(programs, python, calls_url, folder):
    """The sides, with their server and a folder that is gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "served").mkdir(parents=True)
    try:
        with Nginx(folder / "nginx", folder / "served") as nginx:
            yield FileSides(programs, python, calls_url, nginx, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
