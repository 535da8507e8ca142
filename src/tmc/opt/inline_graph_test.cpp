// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/inline_graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::opt {
namespace {

using ::testing::HasSubstr;

constexpr const char* kModel = R"(graph "model" {
  input x: i8[1,2,1,1] scale=0.5 zero_point=3
  y: f32[1,2,1,1] = dequantize(x)
  z: f32[1,2,1,1] = exp(y)
  output z
}
)";
constexpr const char* kPart = R"(graph "part" {
  input x: f32[4,2]
  const y: f32[2] = [1,2]
  z: f32[4,2] = mul(x, y)
  sums: f32[1,2] = reduce_sum(z) axes=[0] keep_dims=true
  output sums
  output z
}
)";

TEST(PrependGraph, PutsThePartBeforeAQuantisedInput) {
  auto graph = ir::from_text(kModel);
  const auto part = ir::from_text(kPart);
  ASSERT_TRUE(graph.ok() && part.ok());
  const auto outputs = prepend_graph(*graph, graph->inputs()[0], *part);
  ASSERT_TRUE(outputs.ok()) << outputs.status().text();
  ASSERT_TRUE(ir::verify(*graph).ok()) << ir::verify(*graph).text();
  EXPECT_EQ(outputs->size(), 2);
  const std::string text = ir::to_text(*graph);
  EXPECT_THAT(text, HasSubstr("input x: f32[4,2]\n"));
  EXPECT_THAT(text, HasSubstr("scale=0.5 zero_point=3 = quantize(x_shaped)"));
}

TEST(PrependGraph, RefusesAnotherNumberOfElements) {
  auto graph = ir::from_text("graph \"model\" {\n  input x: f32[3]\n  y: f32[3] = exp(x)\n  output y\n}\n");
  const auto part = ir::from_text(kPart);
  ASSERT_TRUE(graph.ok() && part.ok());
  const auto outputs = prepend_graph(*graph, graph->inputs()[0], *part);
  EXPECT_THAT(outputs.status().text(), HasSubstr("it has 3 elements, the preprocessing makes 2 features"));
}

}  // namespace
}  // namespace tmc::opt
