# SPDX-License-Identifier: Apache-2.0
"""The Python SDK's side of the bench: the modes of sdk_client.cpp and small_program.cpp,
and a whole file."""

import json
import resource
import sys
import threading
import time

import globus_sdk

TOKEN = "AgBenchToken4yN2vQx8Lk0pRw6sTz1uHj3cVb5nMg7dFa9eXi2oKy4"
SHORT_TASK = "short-1a-5b7e-4a90-8c11-0e6f2d4b7a35"
COLLECTION_ID = "2c9e1d0f-7a44-4d6b-b8d5-93f1a7c60e21"
THREADS = 8


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def memory_figure(name):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(name + ":"):
                return int(line.split()[1])
    raise RuntimeError(f"/proc/self/status has no {name}")


def measure(calls, work):
    began, cpu_before = time.monotonic(), cpu_seconds()
    answer = work()
    cpu = cpu_seconds() - cpu_before
    answered_at = time.monotonic()
    return {
        "calls": calls,
        "seconds": answered_at - began,
        "cpu_seconds": cpu,
        "resident_kilobytes": memory_figure("VmRSS"),
        "peak_kilobytes": memory_figure("VmHWM"),
        "answered_at": answered_at,
        "answer": answer,
    }


def make_client(url):
    return globus_sdk.TransferClient(
        authorizer=globus_sdk.AccessTokenAuthorizer(TOKEN), base_url=url
    )


def call(client, calls):
    for _ in range(calls):
        status = client.get_task(SHORT_TASK)["status"]
    return status


def blocking(url, calls):
    client = make_client(url)
    call(client, 10)
    return measure(calls, lambda: call(client, calls))


def threads(url, calls):
    client = make_client(url)
    each = calls // THREADS

    def run(count):
        answers = []
        running = [
            threading.Thread(target=lambda: answers.append(call(client, count)))
            for _ in range(THREADS)
        ]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        return answers[0]

    run(10)
    return measure(each * THREADS, lambda: run(each))


def listing(url, _):
    content = make_client(url).operation_ls(COLLECTION_ID).binary_content

    def parse_and_walk():
        return str(sum(entry["size"] for entry in json.loads(content)["DATA"]))

    return measure(1, parse_and_walk)


def listing_memory(url, _):
    client = make_client(url)

    def ask_and_walk():
        return str(sum(entry["size"] for entry in client.operation_ls(COLLECTION_ID)))

    return measure(1, ask_and_walk)


def small(url, _):
    return measure(1, lambda: make_client(url).get_task(SHORT_TASK)["status"])


def read_file(file_url, _):
    from globus_sdk.experimental.gcs_collection_client import GCSCollectionClient
    from globus_sdk.experimental.gcs_downloader import GCSDownloader

    address = "/".join(file_url.split("/")[:3])
    client = GCSCollectionClient(
        COLLECTION_ID,
        address.replace("http://", "https://"),
        authorizer=globus_sdk.AccessTokenAuthorizer(TOKEN),
    )
    # a client is given, so that nobody is asked for the collection, and no app is needed
    downloader = GCSDownloader(None, gcs_client=client)
    return measure(1, lambda: str(len(downloader.read_file(file_url, as_text=False))))


MODES = {
    "blocking": blocking,
    "threads": threads,
    "listing": listing,
    "listing-memory": listing_memory,
    "small": small,
    "read-file": read_file,
}


def main():
    mode, url, *calls = sys.argv[1:]
    print(json.dumps(MODES[mode](url, int(calls[0]) if calls else 1)))


if __name__ == "__main__":
    main()
