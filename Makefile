# SPDX-License-Identifier: Apache-2.0
# Short names for what is done every day; CMakePresets.json has everything else.
# Each target works from a fresh clone on Debian 12 or 13: it first installs what is missing.

PRESET ?= dev
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
# more options of the project, for cmake; .ci/run makes warnings errors by it
CMAKE_OPTIONS ?=
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?=
ENDURANCE_SECONDS ?= 600
SOAK_CALLS ?= 100000
SOAK_TASKS ?= 10000
# of each of its tests, at most
SOAK_SECONDS ?= 1800
FLEET_USERS ?= 10000
BUILD := build/$(PRESET)
RELEASE := build/release
BENCH := build/bench
PYTHON_SDK := $(CURDIR)/build/peers/python_sdk
INSTRUCTIONS := python3 bench/instructions.py $(RELEASE)/bench/bench_instructions bench/instructions.json

.PHONY: help deps configure build test check test-sanitized demo docs install package test-installation lint format clean
.PHONY: check-packages fuzz fuzz-keep endurance soak fleet
.PHONY: bench bench-storages bench-keep bench-build-instructions bench-instructions bench-instructions-accept

help:
	@echo "make demo     build, then move a real tree between two collections of a local Globus"
	@echo "make test     build everything and run every test"
	@echo "make check    build and run the quick suites, where something changed: for while you work"
	@echo "make test-sanitized  run the tests under each sanitizer, with both compilers"
	@echo "make build    build everything"
	@echo "make docs     make the reference, with the guide: build/docs/html/index.html"
	@echo "make install  build a release and install it (PREFIX=/usr/local, DESTDIR)"
	@echo "make package  build Debian packages, in build/package/packages"
	@echo "make test-installation  try the shared library and the packages as their users do"
	@echo "make check-packages  build the Conan package, and check the recipes whose tools can be had"
	@echo "make lint     check the layout of the code and run clang-tidy on it"
	@echo "make bench    measure the SDK against curl, libcurl and the Python SDK"
	@echo "make bench-storages  measure storages of tokens, with up to a million users"
	@echo "make fuzz     try the parsers on what nobody would write (FUZZ_SECONDS=60 each, FUZZ_TARGETS: all)"
	@echo "make endurance  kill processes and fill the disk for ENDURANCE_SECONDS=600: is anybody logged out, does a tree come whole?"
	@echo "make soak     make SOAK_CALLS=100000 calls and SOAK_TASKS=10000 tasks, with 10% faults: does each end right?"
	@echo "make fleet    eight hosts with FLEET_USERS=10000 in PostgreSQL: one renewal an expiry?"
	@echo "make format   lay the code out"
	@echo "make clean    remove everything that was built"
	@echo "PRESET=dev|release|asan|tsan|clang|clang-asan|clang-tsan and JOBS=N apply to build, test and demo"

deps:
	@scripts/install-deps.sh build $(if $(findstring clang,$(PRESET)),lint)

configure: deps
	@cmake --preset $(PRESET) $(CMAKE_OPTIONS) >/dev/null

build: configure
	@cmake --build $(BUILD) -j $(JOBS)

test: build
	@scripts/run-tests.sh $(BUILD) $(JOBS)

# what is quick and has changed; each program runs as soon as it is linked
check: configure
	@cmake --build $(BUILD) -j $(JOBS) --target check

# with each sanitizer and each compiler; a build of everything, four times
test-sanitized:
	@for preset in asan tsan clang-asan clang-tsan; do \
	  echo "test-sanitized: $$preset"; \
	  $(MAKE) --no-print-directory test PRESET=$$preset || exit 1; \
	done

demo: configure
	@cmake --build $(BUILD) -j $(JOBS) --target demo
	@exec $(BUILD)/examples/demo

# a warning fails it
docs:
	@scripts/install-deps.sh docs
	@docs/reference/make.sh

# a build folder of its own, without the tests and what they need
install:
	@scripts/install-deps.sh install
	@cmake --preset install $(CMAKE_OPTIONS) >/dev/null
	@cmake --build build/install -j $(JOBS)
	@DESTDIR="$(DESTDIR)" cmake --install build/install --prefix "$(PREFIX)"

package:
	@scripts/install-deps.sh install package
	@cmake --preset package $(CMAKE_OPTIONS) >/dev/null
	@cmake --build build/package -j $(JOBS)
	@cd build/package && cpack

# apart from `make test`, because it compiles everything once more, as a shared library and optimized
test-installation: deps package
	@tests/installation/run_all.sh build/package

# apart from `make test`, because it compiles everything once more
check-packages:
	@scripts/install-deps.sh build
	@packaging/check.sh

lint:
	@scripts/install-deps.sh build lint
	@scripts/lint.sh

format:
	@scripts/install-deps.sh build lint
	@scripts/lint.sh --fix

fuzz:
	@scripts/install-deps.sh build lint
	@cmake --preset fuzz $(CMAKE_OPTIONS) >/dev/null
	@cmake --build build/fuzz -j $(JOBS) --target fuzz_targets
	@scripts/run-fuzzers.sh build/fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS)

# what the runs found that reaches more of the code goes to tests/fuzz/corpus
fuzz-keep:
	@scripts/run-fuzzers.sh --keep build/fuzz $(FUZZ_TARGETS)

# each test in a program of its own, at the same time; as root, who may mount a small file system
endurance: configure
	@cmake --build $(BUILD) -j $(JOBS) --target endurance_tests
	@scripts/run-endurance.sh $(BUILD)/tests/endurance_tests $(ENDURANCE_SECONDS)

# SOAK_SEED repeats a run, SOAK_REPORT names a file for the figures
soak: configure
	@cmake --build $(BUILD) -j $(JOBS) --target soak_tests
	@SOAK_CALLS=$(SOAK_CALLS) SOAK_TASKS=$(SOAK_TASKS) SOAK_SECONDS=$(SOAK_SECONDS) \
	  bash -c 'source scripts/test-environment.sh && exec $(BUILD)/tests/soak_tests'

# as many users as a gateway has; `make test` has fewer
fleet:
	@scripts/install-deps.sh build postgres
	@cmake --preset $(PRESET) $(CMAKE_OPTIONS) >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target fleet_tests
	@FLEET_USERS=$(FLEET_USERS) $(BUILD)/tests/fleet_tests --gtest_filter=RenewalOfAFleet.IsOneAnExpiry

bench:
	@scripts/install-deps.sh build bench
	@cmake --preset release $(CMAKE_OPTIONS) >/dev/null
	@cmake --build $(RELEASE) -j $(JOBS) --target bench
	@tests/peers/environment.sh python tests/peers/python_sdk $(PYTHON_SDK)
	@python3 bench/run.py $(RELEASE)/bench $(PYTHON_SDK) $(BENCH)/results.json
	@python3 bench/chart.py $(BENCH)/results.json $(BENCH)/ratios.svg
	@echo "bench: figures in $(BENCH)/results.json; 'make bench-keep' keeps them in docs/bench"

# storages of many users' tokens: look-ups, and work with a million users
bench-storages:
	@scripts/install-deps.sh build bench postgres
	@cmake --preset release $(CMAKE_OPTIONS) >/dev/null
	@cmake --build $(RELEASE) -j $(JOBS) --target bench_storages
	@python3 -B bench/storages/measure_storages.py $(RELEASE)/bench $(BENCH)/storages.json

bench-keep:
	@mkdir -p docs/bench
	@cp $(BENCH)/results.json $(BENCH)/ratios.svg docs/bench/
	@python3 bench/table.py docs/bench/results.json docs/bench/README.md README.md
	@if [ -e $(BENCH)/storages.json ]; then cp $(BENCH)/storages.json docs/bench/; fi
	@python3 bench/storages/storages_table.py docs/bench/storages.json docs/bench/storages.md

bench-build-instructions:
	@scripts/install-deps.sh build bench
	@cmake --preset release $(CMAKE_OPTIONS) >/dev/null
	@cmake --build $(RELEASE) -j $(JOBS) --target bench_instructions

bench-instructions: bench-build-instructions
	@$(INSTRUCTIONS)

bench-instructions-accept: bench-build-instructions
	@$(INSTRUCTIONS) --accept

clean:
	rm -rf build
