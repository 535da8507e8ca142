// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/operator_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <utility>

#include "tmc/base/host/files.hpp"

namespace tmc::testing {
namespace {

Bytes from_hex(std::string_view text) {
  Bytes bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

Bytes every_int8() {
  Bytes bytes;
  for (int value = -128; value < 128; ++value) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

// generate.py describes the lines; a case ends with its line "output HEX".
std::vector<OperatorCase> read_cases(const std::string& text) {
  std::vector<OperatorCase> cases;
  OperatorCase current;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    if (line.starts_with("#")) continue;
    if (line == "input every int8") {
      current.inputs.push_back(every_int8());
    } else if (line.starts_with("input ")) {
      current.inputs.push_back(from_hex(line.substr(6)));
    } else if (line.starts_with("output ")) {
      current.output = from_hex(line.substr(7));
      cases.push_back(std::exchange(current, {}));
    } else {
      current.graph += std::string(line) + "\n";
    }
  }
  return cases;
}

std::vector<float> to_floats(const Bytes& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

void expect_near(const Bytes& actual_bytes, const Bytes& expected_bytes, const std::string& what) {
  ASSERT_EQ(actual_bytes.size(), expected_bytes.size()) << what;
  const std::vector<float> actual = to_floats(actual_bytes);
  const std::vector<float> expected = to_floats(expected_bytes);
  float largest = 0;
  for (const float value : expected) largest = std::max(largest, std::abs(value));
  for (size_t i = 0; i < actual.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i], static_cast<double>(largest) * 2e-6) << what << " at " << i;
  }
}

}  // namespace

std::vector<std::string> operator_case_files() {
  std::vector<std::string> names;
  std::error_code absent;  // no names, no tests: GoogleTest reports the suite
  for (const auto& entry : std::filesystem::directory_iterator("tests/operators", absent)) {
    if (entry.path().extension() == ".cases") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::vector<OperatorCase> operator_cases(const std::string& name) {
  const auto text = read_file("tests/operators/" + name + ".cases");
  EXPECT_TRUE(text.ok()) << text.status().text();
  std::vector<OperatorCase> cases = text.ok() ? read_cases(*text) : std::vector<OperatorCase>();
  EXPECT_FALSE(cases.empty());
  return cases;
}

void expect_same_values(const std::string& name, const Bytes& actual, const Bytes& expected, const std::string& what) {
  if (name.starts_with("float_")) {
    expect_near(actual, expected, what);
  } else {
    EXPECT_EQ(actual, expected) << what;
  }
}

}  // namespace tmc::testing
