# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What cmake/batches.py puts into one compiler run: files that define no name alike and say none of another's."""
import importlib.util

from conftest import ROOT

SPEC = importlib.util.spec_from_file_location("batches", ROOT / "cmake/batches.py")
batches = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(batches)


def source(folder, name, private, public=""):
    path = folder / name
    path.write_text(f"namespace tmc {{\nnamespace {{\n\n{private}\n\n}}  // namespace\n\n{public}\n}}  // namespace tmc\n",
                    encoding="utf-8")
    return path


def names_in_batches(*files, most_lines=2000):
    return [[path.name for path in batch.files] for batch in batches.batches_of(files, most_lines)]


def test_files_with_other_names_come_together(tmp_path):
    a = source(tmp_path, "a.cpp", "using ir::Graph;\nint left(int x) {\n  return x;\n}\nTEST(One, Two) {}")
    b = source(tmp_path, "b.cpp", "using ir::Graph;\nstruct Right {};\nTEST(One, Three) {}", "int f(Right& r) { return r.left(1); }")
    assert names_in_batches(a, b) == [["a.cpp", "b.cpp"]]
    assert names_in_batches(a, b, most_lines=12) == [["a.cpp"], ["b.cpp"]]


def test_files_with_a_name_in_common_stay_apart(tmp_path):
    a = source(tmp_path, "a.cpp", "constexpr int kOne = 1, kTwo = 2;")
    b = source(tmp_path, "b.cpp", "enum class kTwo { kThree };")
    c = source(tmp_path, "c.cpp", "using other::kTwo;")
    d = source(tmp_path, "d.cpp", "template <typename T>\nT any(T value) {\n  return value;\n}")
    assert names_in_batches(a, b, c, d) == [["a.cpp", "d.cpp"], ["b.cpp"], ["c.cpp"]]


def test_a_file_that_says_the_name_of_another_does_not_come_behind_it(tmp_path):
    a = source(tmp_path, "a.cpp", "long touched_bytes(int step) {\n  return step;\n}")
    b = source(tmp_path, "b.cpp", "", "Extent g() { return touched_bytes(1, 2, 3); }")
    assert names_in_batches(a, b) == [["a.cpp"], ["b.cpp"]]
    assert names_in_batches(b, a) == [["b.cpp", "a.cpp"]]
