// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Single operators against LiteRT's reference kernels: every case in tests/operators/*.cases (made by generate.py
// there) is lowered, placed and run, and must give the same bytes, with the bodies of every instruction set; in the
// files float_*.cases the same numbers but for the order of roundings.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <utility>

#include "testing/targets_by_isa.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;

struct Case {
  std::string graph;
  std::vector<Bytes> inputs;
  Bytes output;
};

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
std::vector<Case> read_cases(const std::string& text) {
  std::vector<Case> cases;
  Case current;
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

Result<Bytes> run(const Case& from, const Target& target) {
  TMC_ASSIGN(const ir::Graph graph, ir::from_text(from.graph));
  TMC_ASSIGN(program::Program open, select::select(graph, target, {}));
  TMC_ASSIGN(const program::Program placed, storage::place(std::move(open)));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(placed));
  TMC_ASSIGN(std::vector<Bytes> outputs, executor.run(from.inputs));
  return outputs.front();
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

class OperatorsTest : public ::testing::TestWithParam<std::string> {};

TEST_P(OperatorsTest, GivesTheBytesOfLiteRt) {
  const auto text = read_file("tests/operators/" + GetParam() + ".cases");
  ASSERT_TRUE(text.ok()) << text.status().text();
  const std::vector<Case> cases = read_cases(*text);
  ASSERT_FALSE(cases.empty());
  for (const Target& target : testing::targets_by_isa()) {
    for (const Case& from : cases) {
      const auto output = run(from, target);
      ASSERT_TRUE(output.ok()) << output.status().text() << "\n" << from.graph;
      if (GetParam().starts_with("float_")) {
        expect_near(*output, from.output, target.name + "\n" + from.graph);
      } else {
        EXPECT_EQ(*output, from.output) << target.name << "\n" << from.graph;
      }
    }
  }
}

std::vector<std::string> case_files() {
  std::vector<std::string> names;
  std::error_code absent;  // no names, no tests: GoogleTest reports the suite
  for (const auto& entry : std::filesystem::directory_iterator("tests/operators", absent)) {
    if (entry.path().extension() == ".cases") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, OperatorsTest, ::testing::ValuesIn(case_files()),
                         [](const auto& of) { return of.param; });

}  // namespace
}  // namespace tmc
