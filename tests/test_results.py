# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""scripts/results.py and scripts/count_tests.py: every test of a run of a test program is counted, also where that ends early."""
import subprocess
import sys
import xml.sax.saxutils as saxutils

from conftest import ROOT

WHOLE = """[==========] Running 3 tests from 1 test suite.
[ RUN      ] All/Sums.OfRows/2
a line without its end[ CPU seconds ] 0.25
[       OK ] All/Sums.OfRows/2 (250 ms)
[ RUN      ] All/Sums.OfColumns
[  SKIPPED ] All/Sums.OfColumns (0 ms)
[ RUN      ] All/Sums.OfAll
sums_test.cpp:7: Failure
[ CPU seconds ] 1.50
[  FAILED  ] All/Sums.OfAll, where GetParam() = "a.b" (1500 ms)
[==========] 3 tests from 1 test suite ran. (1750 ms total)
[  SKIPPED ] 1 test, listed below:
[  SKIPPED ] All/Sums.OfColumns
[  FAILED  ] 1 test, listed below:
[  FAILED  ] All/Sums.OfAll, where GetParam() = "a.b"
"""


def counted(folder, name, status, output):
    """What count_tests.py prints of one run of a program in a JUnit file as ctest writes it."""
    case = f'<testcase name="{name}" classname="{name}" status="{status}"><system-out>{saxutils.escape(output)}</system-out>'
    (folder / "unit.xml").write_text(f"<testsuite>{case}</testcase></testsuite>")
    done = subprocess.run([sys.executable, ROOT / "scripts/count_tests.py", folder], capture_output=True, text=True)
    return done.stdout.splitlines(), done.returncode


def test_each_test_of_a_program_counts(tmp_path):
    lines, code = counted(tmp_path, "sums.All/Sums#2", "fail", WHOLE)
    assert lines == ["failed: unit: sums.All/Sums.OfAll", "1 passed, 1 failed, 1 skipped"] and code == 1


def test_where_a_program_crashed_is_told_and_what_was_to_follow_failed(tmp_path):
    lines, _ = counted(tmp_path, "sums.All/Sums", "fail", WHOLE[: WHOLE.index("[  SKIPPED")])
    assert lines == ["failed: unit: sums.All/Sums.OfColumns",
                     "failed: unit: sums.All/Sums.OfColumns: one that was to come after it",
                     "1 passed, 2 failed, 0 skipped"]


def test_a_program_that_fails_at_its_end_fails(tmp_path):
    lines, _ = counted(tmp_path, "sums.All/Sums", "fail", WHOLE.replace("FAILED  ]", "     OK ]"))
    assert lines == ["failed: unit: sums.All/Sums: its end", "2 passed, 1 failed, 1 skipped"]


def test_cpu_seconds_are_of_the_test_that_took_them(tmp_path):
    sys.path.insert(0, str(ROOT / "scripts"))
    import results  # pylint: disable=import-outside-toplevel
    counted(tmp_path, "sums.All/Sums", "run", WHOLE)
    seconds = {test.name: test.cpu_seconds for test in results.tests_of(tmp_path / "unit.xml")}
    assert seconds == {"sums.All/Sums.OfRows/2": 0.25, "sums.All/Sums.OfColumns": None, "sums.All/Sums.OfAll": 1.5}
