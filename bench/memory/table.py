# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/memory.md from what memory_churn wrote: table.py churn.json (--benchmark_format=json)."""
import json
import re
import sys

NAMES = {"OurArena": "`Arena`", "OurPoolOfArenas": "`Arena`, leased of an `ObjectPool`", "OurTensorPool2": "`TensorPool`, keeping 2 %",
         "OurTensorPool50": "`TensorPool`, keeping 50 %",
         "StdAllocator": "`std::allocator`", "PmrUnsynchronized": "`pmr::unsynchronized_pool_resource`",
         "PmrSynchronized": "`pmr::synchronized_pool_resource`", "PmrMonotonic": "`pmr::monotonic_buffer_resource`",
         "Mimalloc": "mimalloc"}


def main(path):
    rows = {}
    for run in json.load(open(path))["benchmarks"]:
        name, pages, threads = re.match(r"(\w+)/pages:(\d)/.*threads:(\d+)", run["name"]).groups()
        cell = " / ".join(f"{run[p] / 1000:.2f}" for p in ("p50", "p99", "p99.9"))
        rows.setdefault(pages, {}).setdefault(name, {})[threads] = cell
    for pages, of_pages in rows.items():
        print("| a write to each page |" if pages == "1" else "| a write to each block |", "1 thread | 2 threads | 8 threads |")
        print("| --- | --- | --- | --- |")
        for name, cells in of_pages.items():
            print(f"| {NAMES[name]} |", " | ".join(cells.values()), "|")
        print()


main(sys.argv[1])
