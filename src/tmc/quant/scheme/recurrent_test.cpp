// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/recurrent.hpp"

#include "tmc/quant/scheme/testing/planned.hpp"

namespace tmc::quant {
namespace {

using testing::plan_of;
using testing::Planned;
using testing::seen;

constexpr const char* kLstm = R"(
  input x: f32[2,1,1]
  const w: f32[4,1] = [1,-2,4,8]
  const r: f32[4,1] = [1,2,3,4]
  const b: f32[4] = [1,1,1,1]
  const h: f32[1,1] = [0]
  const c: f32[1,1] = [0]
  y: f32[1,1,1,1] = lstm(x, w, r, b, h, c) sequence=false
  output y
)";

TEST(RecurrentScheme, FitsTheStatesOfAnLstmToAllSteps) {
  const Planned planned = plan_of(kLstm, {{"x", seen(0, 255)},
                                          {"y", seen(-0.1F, 0.1F)},
                                          {"y_every_state", seen(-0.5F, 0.52F)},
                                          {"y_every_cell", seen(-5, 3)}});
  EXPECT_EQ(planned.of("y"), integer_parameters({-0.1F, 0.1F}, DType::kI8, false));
  EXPECT_EQ(planned.constant("h").quantization, integer_parameters({-0.5F, 0.52F}, DType::kI8, false))
      << "what the steps before the last hold";
  EXPECT_EQ(planned.constant("c").quantization, Quantization::per_tensor(0x1p-12F, 0)) << "up to 8";
  EXPECT_EQ(planned.constant("c").dtype, DType::kI16);
  const IntegerConstant& weights = planned.constant("w");
  EXPECT_EQ(weights.quantization.scales, (std::vector<float>{1 / 127.0F, 2 / 127.0F, 4 / 127.0F, 8 / 127.0F}));
  EXPECT_EQ(weights.integers, (std::vector<int16_t>{127, -127, 127, 127}));
}

TEST(RecurrentScheme, LeavesACellThatSixteenBitsDoNotHoldInFloat) {
  const Planned planned = plan_of(
      kLstm, {{"x", seen(0, 255)}, {"y", seen(-1, 1)}, {"y_every_state", seen(-1, 1)}, {"y_every_cell", seen(-80, 3)}});
  EXPECT_TRUE(planned.plan.nodes.empty());
}

constexpr const char* kGru = R"(
  input x: f32[1,1,1]
  input h: f32[1,1]
  const w: f32[3,1] = [1,-2,4]
  const r: f32[3,1] = [1,2,3]
  const f: f32[1,1] = [2]
  y: f32[1,1,1,1] = gru(x, w, r, _, _, h)
  last: f32[1,1] = reshape(y) shape=[1,1]
  z: f32[1,1] = fully_connected(last, f)
  output z
)";

TEST(RecurrentScheme, GivesTheStateOfAGruFixedScales) {
  const Statistics statistics = {{"x", seen(0, 255)},
                                 {"h", seen(-0.3F, 0.2F)},
                                 {"y", seen(-0.2F, 0.1F)},
                                 {"last", seen(-0.2F, 0.1F)},
                                 {"z", seen(-1, 1)}};
  const Planned inner = plan_of(kGru, statistics);
  EXPECT_EQ(inner.of("h"), Quantization::per_tensor(0x1p-15F, 0));
  EXPECT_EQ(inner.activation("h").dtype, DType::kI16);
  for (const char* name : {"y", "last"}) {
    EXPECT_EQ(inner.of(name), Quantization::per_tensor(0x1p-7F, 0)) << name;
    EXPECT_EQ(inner.activation(name).dtype, DType::kI8) << name;
  }
  const Planned given = plan_of(std::string(kGru) + "  output last\n", statistics);
  EXPECT_EQ(given.activation("y").dtype, DType::kI16) << "the state is given with all its bits";
  EXPECT_EQ(given.of("y"), given.of("h"));
}

TEST(RecurrentScheme, DoesNotCoarsenAStateByWhatIsPutBesideIt) {
  const Planned planned = plan_of(R"(
  input x: f32[1,1,1]
  input other: f32[1,1]
  const w: f32[3,1] = [1,-2,4]
  const r: f32[3,1] = [1,2,3]
  const h: f32[1,1] = [0]
  const f: f32[1,2] = [2,1]
  y: f32[1,1,1,1] = gru(x, w, r, _, _, h)
  last: f32[1,1] = reshape(y) shape=[1,1]
  both: f32[1,2] = concat(last, other) axis=1
  z: f32[1,1] = fully_connected(both, f)
  output z
)",
                                  {{"x", seen(0, 255)},
                                   {"other", seen(-20, 20)},
                                   {"y", seen(-0.2F, 0.1F)},
                                   {"last", seen(-0.2F, 0.1F)},
                                   {"both", seen(-20, 20)},
                                   {"z", seen(-1, 1)}});
  EXPECT_EQ(planned.of("last"), Quantization::per_tensor(0x1p-7F, 0));
  EXPECT_GT(planned.of("both").scale(), 0.1F);
}

TEST(RecurrentScheme, FitsTheStateOfAGruToOneThatIsGiven) {
  const Planned planned = plan_of(
      kGru, {{"x", seen(0, 255)}, {"h", seen(-3, 2)}, {"y", seen(-2, 1)}, {"last", seen(-2, 1)}, {"z", seen(-1, 1)}});
  EXPECT_EQ(planned.of("h"), Quantization::per_tensor(0x1p-13F, 0));
}

TEST(RecurrentScheme, GivesStatesConstantsOfTheirOwn) {
  ir::Graph graph = ir::testing::graph_of(R"(
  input x: f32[1,1,1]
  const w: f32[4,1] = [1,-2,4,8]
  const r: f32[4,1] = [1,2,3,4]
  const zero: f32[1,1] = [0]
  y: f32[1,1,1,1] = lstm(x, w, r, _, zero, zero)
  output y
)")
                        .value();
  separate_states(graph);
  const ir::Node& layer = graph.node(graph.order().front());
  EXPECT_NE(layer.inputs[4], layer.inputs[5]);
  EXPECT_EQ(graph.find_value("zero"), ir::ValueId::kNone);
  for (const size_t state : {4, 5}) EXPECT_TRUE(graph.value(layer.inputs[state]).is_constant());
}

}  // namespace
}  // namespace tmc::quant
