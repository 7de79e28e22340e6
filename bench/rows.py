# SPDX-License-Identifier: Apache-2.0
"""What the bench compares: one row for each comparison, with what would be good."""

SDK, LIBCURL, CURL, PYTHON = "SDK", "libcurl", "curl", "Python SDK"


def cpu_per_call(figures):
    return figures["cpu_seconds"] / figures["calls"] * 1e6


def calls_per_second(figures):
    return figures["calls"] / figures["seconds"]


def megabytes_per_second(figures):
    return figures["bytes"] / figures["seconds"] / 1e6


def seconds(figures):
    return figures["seconds"]


def cpu_milliseconds(figures):
    """For what one thread does alone: a busy machine does not make it more."""
    return figures["cpu_seconds"] * 1e3


def milliseconds_late(figures):
    """The worst of several calls, whose limits came while a name was looked up."""
    return figures["seconds"] * 1e3


def peak_megabytes(figures):
    return figures["peak_kilobytes"] / 1024


def resident_megabytes(figures):
    return figures["resident_kilobytes"] / 1024


def since_start(figures):
    return (figures["answered_at"] - figures["started_at"]) * 1e3


class Row:
    """One comparison: what is measured, against whom, and what would be good."""

    def __init__(self, name, title, against, mode, figure, unit, goal, more=False,
                 calls=(1, 1), speed=False, rounds=9, awake=False, at_most=None):
        self.name, self.title, self.against, self.mode = name, title, against, mode
        self.figure, self.unit = figure, unit
        self.goal, self.more = goal, more  # the ratio is to be at most, or at least, the goal
        self.calls = dict(zip((SDK, against), calls))
        self.speed = speed  # the ratio says how many times as fast the SDK is
        self.rounds = rounds
        self.awake = awake  # processors are kept from going idle meanwhile
        self.at_most = at_most  # what each of the SDK's figures is to be, in place of a ratio's goal

    def ratio(self, own, other):
        return other / own if self.speed else own / other

    def is_met(self, ratio, own):
        if self.at_most is not None:
            return max(own) <= self.at_most
        if self.goal is None:
            return None
        return ratio >= self.goal if self.more else ratio <= self.goal

    def goal_text(self):
        if self.at_most is not None:
            return f"SDK <= {self.at_most} {self.unit}"
        if self.goal is None:
            return "none"
        return f"{'>=' if self.more else '<='} {self.goal:.3g}"


# calls of a service, at the bench's own server
CALLS = [
    Row("blocking-libcurl", "CPU of a blocking call", LIBCURL, "blocking",
        cpu_per_call, "µs", 1.10, calls=(3000, 3000), rounds=61, awake=True),
    Row("whole-answer-libcurl", "the same, an answer of 50 members (1.9 KB)", LIBCURL,
        "whole-answer", cpu_per_call, "µs", None, calls=(3000, 3000), rounds=61, awake=True),
    Row("blocking-idle", "the same, where processors go idle between calls", LIBCURL, "blocking",
        cpu_per_call, "µs", None, calls=(3000, 3000), rounds=61),
    Row("blocking-python", "CPU of a blocking call", PYTHON, "blocking",
        cpu_per_call, "µs", 1 / 10, calls=(20000, 1000), awake=True),
    Row("threads-libcurl", "8 threads on one client", LIBCURL, "threads",
        calls_per_second, "calls/s", 0.9, more=True, calls=(16000, 16000), rounds=31),
    Row("threads-python", "8 threads on one client", PYTHON, "threads",
        calls_per_second, "calls/s", 20, more=True, calls=(32000, 1600)),
    Row("async-libcurl", "64 in flight on one thread", LIBCURL, "async",
        calls_per_second, "calls/s", 0.9, more=True, calls=(16000, 16000), rounds=31),
    Row("async-threads-libcurl", "the same on two threads", LIBCURL, "async-threads",
        calls_per_second, "calls/s", 0.9, more=True, calls=(16000, 16000), rounds=31),
    Row("async-threads-cpu", "CPU of a call of these", LIBCURL, "async-threads",
        cpu_per_call, "µs", 1 / 0.9, calls=(16000, 16000), rounds=31),
    Row("listing-python", "100,000 entries (30 MB) parsed and walked", PYTHON, "listing",
        cpu_milliseconds, "ms", 3, more=True, speed=True),
    Row("listing-memory-python", "peak memory of fetching and walking them", PYTHON,
        "listing-memory", peak_megabytes, "MB", 1 / 2),
    Row("start-python", "process start to first authorized answer", PYTHON, "small",
        since_start, "ms", 1 / 15),
    Row("slow-look-up", "end of a call after its limit, in a look-up of 20 s (worst of 6)", LIBCURL,
        "slow-look-up", milliseconds_late, "ms", None, at_most=100),
    Row("memory-python", "resident memory of a small program", PYTHON, "small",
        resident_megabytes, "MB", 1 / 2),
]

# files over HTTPS, at nginx
FILES = [
    Row("file-curl", "a file of 2 GiB to disk", CURL, "download",
        megabytes_per_second, "MB/s", 0.97, more=True, rounds=5),
    Row("file-tls-curl", "the same over TLS", CURL, "download-tls",
        megabytes_per_second, "MB/s", 0.97, more=True, rounds=5),
    Row("file-memory-curl", "peak memory of the download without TLS", CURL, "download",
        peak_megabytes, "MB", 2, rounds=3),
    Row("small-files-curl", "10,000 files of 4 KiB to disk", CURL, "tree",
        calls_per_second, "files/s", 1.0, more=True),
    Row("small-files-tls-curl", "the same over TLS", CURL, "tree-tls",
        calls_per_second, "files/s", None, more=True),
    Row("random-reads-libcurl", "CPU of a random read of 64 KiB, on 2 threads", LIBCURL, "random",
        cpu_per_call, "µs", 1.10, calls=(10000, 10000), rounds=21, awake=True),
    Row("sequential-read-curl", "a file of 1 GiB read by 4 KiB (curl: to a pipe)", CURL, "read",
        megabytes_per_second, "MB/s", 0.9, more=True, rounds=7),
    Row("file-python", "a file of 512 MiB to disk (Python: into memory)", PYTHON, "whole",
        seconds, "s", 3, more=True, speed=True, rounds=3),
    Row("file-memory-python", "peak memory of that", PYTHON, "whole",
        peak_megabytes, "MB", 1 / 20, rounds=3),
]
