// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Single operators against LiteRT's reference kernels: every case in tests/operators/*.cases (made by generate.py
// there) is lowered, placed and run, and must give the same bytes, with the implementations of every instruction set;
// in the files float_*.cases the same numbers but for the order of roundings.

#include <gtest/gtest.h>

#include "testing/operator_cases.hpp"
#include "testing/targets_by_isa.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using testing::Bytes;
using testing::OperatorCase;

Result<Bytes> run(const OperatorCase& from, const Target& target) {
  TMC_ASSIGN(const ir::Graph graph, ir::from_text(from.graph));
  TMC_ASSIGN(program::Program open, select::select(graph, target, {}));
  TMC_ASSIGN(const program::Program placed, storage::place(std::move(open)));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(placed));
  TMC_ASSIGN(std::vector<Bytes> outputs, executor.run(from.inputs));
  return outputs.front();
}

class OperatorsTest : public ::testing::TestWithParam<std::string> {};

TEST_P(OperatorsTest, GivesTheBytesOfLiteRt) {
  const std::vector<OperatorCase> cases = testing::operator_cases(GetParam());
  for (const Target& target : testing::targets_by_isa()) {
    for (const OperatorCase& from : cases) {
      const auto output = run(from, target);
      ASSERT_TRUE(output.ok()) << output.status().text() << "\n" << from.graph;
      testing::expect_same_values(GetParam(), *output, from.output, target.name + "\n" + from.graph);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, OperatorsTest, ::testing::ValuesIn(testing::operator_case_files()),
                         [](const auto& of) { return of.param; });

}  // namespace
}  // namespace tmc
