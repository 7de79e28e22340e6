# SPDX-License-Identifier: Apache-2.0
# Short names for what is done every day; CMakePresets.json has everything else.
# Each target works from a fresh clone on Debian 12: it first installs what is missing.

PRESET ?= dev
JOBS ?= $(shell nproc)
BUILD := build/$(PRESET)

.PHONY: help deps configure build test demo lint format clean

help:
	@echo "make demo     build, then move a real tree between two collections of a local Globus"
	@echo "make test     build everything and run every test"
	@echo "make build    build everything"
	@echo "make lint     check the layout of the code and run clang-tidy on it"
	@echo "make format   lay the code out"
	@echo "make clean    remove everything that was built"
	@echo "PRESET=dev|release|asan|tsan|clang|clang-asan and JOBS=N apply to build, test and demo"

deps:
	@scripts/install-deps.sh build $(if $(findstring clang,$(PRESET)),lint)

configure: deps
	@cmake --preset $(PRESET) >/dev/null

build: configure
	@cmake --build $(BUILD) -j $(JOBS)

test: build
	@scripts/run-tests.sh $(BUILD) $(JOBS)

demo: configure
	@cmake --build $(BUILD) -j $(JOBS) --target demo
	@exec $(BUILD)/examples/demo

lint:
	@scripts/install-deps.sh build lint
	@scripts/lint.sh

format:
	@scripts/install-deps.sh build lint
	@scripts/lint.sh --fix

clean:
	rm -rf build
