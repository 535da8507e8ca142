// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/constant_reals.hpp"

#include "tmc/ir/testing/golden.hpp"

namespace tmc::ir {
namespace {

TEST(ConstantReals, AppliesScalesAlongTheAxis) {
  const Graph graph = testing::graph_of(R"(
    const a: i8[2,2] axis=1 scale=[0.5,2] zero_point=[1,0] = [3,4,-1,-2]
    const b: f32[2] = [1.5,-2]
    const c: i32[1] scale=0.25 = [6]
    output b
)")
                          .value();
  EXPECT_EQ(constant_reals(graph.value(graph.find_value("a"))), (std::vector<float>{1, 8, -1, -4}));
  EXPECT_EQ(constant_reals(graph.value(graph.find_value("b"))), (std::vector<float>{1.5, -2}));
  EXPECT_EQ(constant_reals(graph.value(graph.find_value("c"))), (std::vector<float>{1.5}));
}

}  // namespace
}  // namespace tmc::ir
