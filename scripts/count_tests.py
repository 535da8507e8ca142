# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Adds up JUnit files: count_tests.py FOLDER [failed stage...]. A failed stage counts as one failure where none of its
tests does. The last line printed is 'N passed, N failed, N skipped'; exit code 1 where something failed or nothing ran."""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count(path):
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None or case.get("status") == "fail":
            failed += 1
            print(f"failed: {path.stem}: {case.get('classname')}.{case.get('name')}")
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main():
    folder, stages = pathlib.Path(sys.argv[1]), sys.argv[2:]
    totals = [sum(column) for column in zip((0, 0, 0), *(count(path) for path in sorted(folder.glob("*.xml"))))]
    passed, failed, skipped = totals
    for stage in stages:
        print(f"failed stage: {stage}")
    failed = max(failed, len(stages))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
