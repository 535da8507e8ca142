// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/testing/golden.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

const ir::Pass& pass() {
  return *ir::find_pass(all_passes(), "fold_constants");
}

// Knows float addition only, of equal shapes.
class Adder : public ir::Evaluator {
 public:
  Result<std::vector<ir::TensorData>> evaluate(const ir::Graph& subgraph) override {
    EXPECT_EQ(ir::verify(subgraph).text(), "ok");
    EXPECT_TRUE(subgraph.inputs().empty());
    const ir::Node& node = subgraph.node(subgraph.order().at(0));
    if (!node.op.is<ops::Add>()) return error(failure, "no kernel for {}", node.op.name());
    std::vector<float> sum = subgraph.value(node.inputs[0]).data->to_vector<float>();
    const std::vector<float> addend = subgraph.value(node.inputs[1]).data->to_vector<float>();
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += addend[i];
    return std::vector{ir::TensorData::of<float>(sum)};
  }
  Error failure = Error::kUnsupportedOp;
};

constexpr std::string_view kBefore = R"(
  input x: f32[2]
  const a: f32[2] = [1,2]
  const b: f32[2] = [10,20]
  const w: i8[2,3] axis=0 scale=[1,2] = [1,2,3,4,5,6]
  sum: f32[2] = add(a, b)
  twice: f32[2] = add(sum, sum)
  root: f32[2] = tanh(twice)
  y: f32[2] = add(x, root)
  turned: i8[3,2] axis=1 scale=[1,2] = transpose(w) perm=[1,0]
  flat: i8[6] = reshape(w) shape=[6]
  real: f32[3,2] = dequantize(turned)
  output y
  output flat
  output real
)";

// Ties to even or away from zero, saturated; zero points count.
TEST(FoldConstants, QuantizesWeightsAlongAnAxis) {
  ir::testing::expect_rewrite(pass(), R"(
    const w: f32[2,3] = [0.25,-0.75,100,1,3,-1000]
    even: i8[2,3] axis=0 scale=[0.5,2] zero_point=[0,1] = quantize(w) ties_to_even=true
    away: i8[2,3] axis=1 scale=[0.5,0.5,1] = quantize(w)
    output even
    output away
)",
                              R"(  const w: f32[2,3] = [0.25,-0.75,100,1,3,-1000]
  const even: i8[2,3] axis=0 scale=[0.5,2] zero_point=[0,1] = [0,-2,127,1,3,-128]
  const away: i8[2,3] axis=1 scale=[0.5,0.5,1] = [1,-2,100,2,6,-128]
  output even
  output away
)");
}

TEST(FoldConstants, ComputesWhatReadsOnlyConstants) {
  Adder adder;
  ir::testing::expect_rewrite(pass(), kBefore, R"(  input x: f32[2]
  const a: f32[2] = [1,2]
  const b: f32[2] = [10,20]
  const w: i8[2,3] axis=0 scale=[1,2] = [1,2,3,4,5,6]
  const sum: f32[2] = [11,22]
  const twice: f32[2] = [22,44]
  const turned: i8[3,2] axis=1 scale=[1,2] = [1,4,2,5,3,6]
  const flat: i8[6] = [1,2,3,4,5,6]
  root: f32[2] = tanh(twice)
  y: f32[2] = add(x, root)
  real: f32[3,2] = dequantize(turned)
  output y
  output flat
  output real
)",
                              {&adder});
}

TEST(FoldConstants, MovesBytesWithoutAnEvaluator) {
  ir::testing::expect_rewrite(pass(), R"(
    const a: f32[1,2] = [1,2]
    b: f32[2,1] = transpose(a) perm=[1,0]
    c: f32[2,1] = tanh(b)
    output c
)",
                              R"(  const a: f32[1,2] = [1,2]
  const b: f32[2,1] = [1,2]
  c: f32[2,1] = tanh(b)
  output c
)");
}

TEST(FoldConstants, ReportsAnEvaluatorThatFails) {
  Adder broken;
  broken.failure = Error::kInternal;
  ir::Graph graph = ir::testing::graph_of(kBefore).value();
  const Status status = pass().run(graph, {&broken});
  EXPECT_EQ(status.code(), Error::kInternal);
  EXPECT_EQ(status.node(), "root");
}

TEST(FoldConstants, RefusesToGrowASmallFileIntoALargeConstant) {
  ir::testing::expect_unchanged(pass(), R"(  const a: f32[1] = [1]
  y: f32[16777217] = pad(a) pads=[16777216,0]
  output y
)");
}

}  // namespace
}  // namespace tmc::opt
