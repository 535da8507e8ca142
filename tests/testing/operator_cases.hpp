// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files tests/operators/*.cases (made by generate.py there): a graph of one operator, inputs, and the output of
// LiteRT's reference kernels.

#include <cstddef>
#include <string>
#include <vector>

namespace tmc::testing {

using Bytes = std::vector<std::byte>;

struct OperatorCase {
  std::string graph;
  std::vector<Bytes> inputs;
  Bytes output;
};

// Their names, without folder and ending.
std::vector<std::string> operator_case_files();
// The cases of a file; a failure of the test where it cannot be read or holds none.
std::vector<OperatorCase> operator_cases(const std::string& name);

// Fails where the bytes differ; those of the files float_*, where the numbers do by more than the order of roundings.
void expect_same_values(const std::string& name, const Bytes& actual, const Bytes& expected, const std::string& what);

}  // namespace tmc::testing
