# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Adds up JUnit files: count_tests.py FOLDER [failed stage...]. A failed stage counts as one failure where none of its
tests does. The last line printed is 'N passed, N failed, N skipped'; exit code 1 where something failed or nothing ran."""
import collections
import pathlib
import sys

import results


def count(path):
    tests = results.tests_of(path)
    for test in tests:
        if test.state == results.FAILED:
            print(f"failed: {path.stem}: {test.name}")
    return collections.Counter(test.state for test in tests)


def main():
    folder, stages = pathlib.Path(sys.argv[1]), sys.argv[2:]
    counts = sum((count(path) for path in sorted(folder.glob("*.xml"))), collections.Counter())
    passed, failed, skipped = (counts[state] for state in (results.PASSED, results.FAILED, results.SKIPPED))
    for stage in stages:
        print(f"failed stage: {stage}")
    failed = max(failed, len(stages))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
