# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
# The commands of every day; CI runs the same. Each installs what it needs first (scripts/setup).

.PHONY: demo demo-story build python test test-full check bench conformance setup clients aarch64 clean
.DEFAULT_GOAL := build

demo: build ## a spoken word, from model file to emulated board
	@build/venv/bin/python examples/keywords/demo.py

demo-story: build ## a language model that writes a story on an emulated board, token by token
	@build/venv/bin/python examples/stories/demo.py

build: setup ## the command line: build/release/bin/tinymlc
	@scripts/build release tinymlc

python: setup ## the Python package: build/release/python (docs/python.md)
	@scripts/build release tinymlc_python

TIER ?= quick
test: clients ## quick tier: from nothing most of its time is compiling; TIER=ci is what CI runs
	@scripts/test $(TIER)

test-full: clients aarch64 ## all tiers, the longest suites, and the README's commands on an empty machine (as root)
	@scripts/test full

check: setup ## rules of the codebase: modules, format, lint, kernels
	@scripts/check

bench: build ## instructions, flash and RAM of every model, against bench/baseline.json
	@scripts/bench

conformance: build ## ONNX's own cases: how many pass as they ship
	@build/venv/bin/python tests/conformance.py

setup:
	@scripts/setup

clients: ## what tests of other libraries' files need besides
	@scripts/setup --clients

aarch64: ## what the engine for 64-bit Arm is built and tested with
	@scripts/setup --aarch64

clean:
	rm -rf build
