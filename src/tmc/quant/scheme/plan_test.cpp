// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/scheme/plan.hpp"

#include "tmc/quant/scheme/testing/planned.hpp"

namespace tmc::quant {
namespace {

using testing::plan_of;
using testing::Planned;
using testing::seen;

constexpr const char* kLayer = R"(
  input x: f32[1,2]
  const w: f32[2,2] = [1,-2,0.25,0.5]
  const b: f32[2] = [0.5,3e9]
  y: f32[1,2] = fully_connected(x, w, b)
  output y
)";

TEST(Plan, GivesWeightsAScaleAChannelAndTheBiasRoom) {
  const Planned planned = plan_of(kLayer, {{"x", seen(0, 255)}, {"y", seen(-1, 2)}});
  EXPECT_EQ(planned.of("x"), Quantization::per_tensor(1, -128));
  const IntegerConstant& weights = planned.constant("w");
  EXPECT_EQ(weights.quantization.axis, 0);
  EXPECT_FLOAT_EQ(weights.quantization.scale(0), 2.0F / 127);
  EXPECT_FLOAT_EQ(weights.quantization.scale(1), 3e9F / (1 << 30)) << "at 0.5 / 127 the bias would not fit 32 bits";
  EXPECT_EQ(weights.integers, (std::vector<int16_t>{64, -127, 0, 0}));
}

TEST(Plan, TakesOneScaleForAllWeightsOnRequest) {
  const Planned planned = plan_of(kLayer, {{"x", seen(0, 255)}, {"y", seen(-1, 2)}}, {.per_channel_weights = false});
  EXPECT_FALSE(planned.constant("w").quantization.per_axis());
}

TEST(Plan, KnowsTheNamesOfSchemes) {
  for (const char* name : {"int8", "int16x8", "int4", "int4:32", "int4:64"}) {
    EXPECT_EQ(to_string(parse_numbers(name).value()), name);
  }
  for (const char* name : {"int4:16", "int16", "int16x4"}) {
    EXPECT_EQ(parse_numbers(name).status().code(), Error::kBadUsage) << name;
  }
}

TEST(Plan, FewInputsStayInEightBits) {
  const Planned planned = plan_of(kLayer, {{"x", seen(0, 255)}, {"y", seen(-1, 2)}}, {.numbers = {.weights = {4, 32}}});
  EXPECT_EQ(planned.constant("w").form, WeightForm{});
}

TEST(Plan, SharesAScaleWhereElementsOnlyMove) {
  const Planned planned = plan_of(R"(
  input x: f32[1,2,2,1]
  input z: f32[1,1,1,1]
  const w: f32[1,1,1,1] = [1]
  p: f32[1,1,1,1] = max_pool2d(x) kernel_h=2 kernel_w=2
  c: f32[1,1,2,1] = concat(p, z) axis=2
  d: f32[1,2,2,1] = pad(c) pads=[0,1,0,0,0,0,0,0] value=-9.0
  y: f32[1,2,2,1] = conv2d(d, w)
  output y
)",
                                  {{"x", seen(-1, 1)},
                                   {"z", seen(0, 8)},
                                   {"p", seen(0, 1)},
                                   {"c", seen(0, 8)},
                                   {"d", seen(-9, 8)},
                                   {"y", seen(-9, 8)}});
  for (const char* name : {"x", "z", "p", "c", "d"}) EXPECT_EQ(planned.of(name), planned.of("d")) << name;
  EXPECT_FLOAT_EQ(planned.of("d").scale(), 17.0F / 255);
}

// Also the rows that nobody looked up hold what they are.
TEST(Plan, HoldsTheTableOfALookUpInTheScaleOfWhatIsRead) {
  const Planned planned = plan_of(R"(
  input ids: i32[2]
  const table: f32[3,2] = [1,2,3,-4,5,6]
  const s: f32[2] = [1,3]
  a: f32[2,2] = lookup(table, ids)
  y: f32[2,2] = layer_norm(a, s)
  output y
)",
                                  {{"a", seen(0, 2)}, {"y", seen(-1, 1)}});
  EXPECT_FLOAT_EQ(planned.of("a").scale(), 10.0F / 255);
  EXPECT_EQ(planned.constant("table").quantization, planned.of("a"));
  EXPECT_EQ(planned.plan.constants.size(), 1U) << "the scale of the norm stays float";
}

TEST(Plan, FixesTheRangesOfProbabilities) {
  const Planned planned =
      plan_of(R"(
  input x: f32[1,2]
  a: f32[1,2] = softmax(x)
  b: f32[1,2] = sigmoid(a)
  c: f32[1,2] = tanh(b)
  output c
)",
              {{"x", seen(-1, 1)}, {"a", seen(0.4F, 0.6F)}, {"b", seen(0.5F, 0.6F)}, {"c", seen(0, 0.1F)}});
  EXPECT_EQ(planned.of("a"), Quantization::per_tensor(1.0F / 256, -128));
  EXPECT_EQ(planned.of("b"), Quantization::per_tensor(1.0F / 256, -128));
  EXPECT_EQ(planned.of("c"), Quantization::per_tensor(1.0F / 128, 0));
}

TEST(Plan, RoundsConstantOperandsButLeavesSingleNumbers) {
  const Planned planned = plan_of(R"(
  input x: f32[1,2]
  const v: f32[2] = [0,255]
  const s: f32[] = [3]
  a: f32[1,2] = add(x, v)
  b: f32[1,2] = mul(a, s)
  output b
)",
                                  {{"x", seen(-1, 1)}, {"a", seen(-1, 256)}, {"b", seen(-3, 768)}});
  EXPECT_EQ(planned.constant("v").integers, (std::vector<int16_t>{-128, 127}));
  EXPECT_EQ(planned.plan.constants.size(), 1U);
}

TEST(Plan, MakesSixteenBitsSymmetricOverAllThatWasSeen) {
  Histogram outlier = seen(-1, 2);
  for (int i = 0; i < 100000; ++i) outlier.add(std::vector<float>{0.01F});
  const Statistics statistics = {{"x", outlier}, {"y", seen(-2, 4)}, {"z", seen(0, 1)}};
  const Scheme scheme = {.numbers = {.activations = DType::kI16}};
  const ir::Graph graph = ir::testing::graph_of(R"(
  input x: f32[1,2]
  const v: f32[2] = [-2,1]
  y: f32[1,2] = add(x, v)
  z: f32[1,2] = sigmoid(y)
  u: f32[1,2] = softmax(z)
  output u
)")
                              .value();
  const Plan plan = make_plan(graph, statistics, scheme).value();
  const auto activation = [&](const char* name) { return plan.activations.at(graph.find_value(name)); };
  for (const char* name : {"x", "y", "z"}) EXPECT_EQ(activation(name).dtype, DType::kI16) << name;
  EXPECT_EQ(activation("x").quantization, Quantization::per_tensor(2.0F / 32767, 0)) << "outlier and all";
  EXPECT_EQ(activation("z").quantization, Quantization::per_tensor(1.0F / 32768, 0));
  EXPECT_FALSE(plan.activations.contains(graph.find_value("u"))) << "softmax stays float";
  const IntegerConstant& constant = plan.constants.at(graph.find_value("v"));
  EXPECT_EQ(constant.dtype, DType::kI16);
  EXPECT_EQ(constant.integers, (std::vector<int16_t>{-32767, 16384}));
}

TEST(Plan, LimitsScalesWhereAnInputStepWouldSaturateSixteenBits) {
  const Statistics statistics = {{"x", seen(0, 32767)}, {"y", seen(-32767, 2)}};
  const Scheme scheme = {.numbers = {.activations = DType::kI16}};
  const Planned planned = plan_of(R"(
  input x: f32[1,2]
  const w: f32[2,2] = [1e12,-2e12,0.25,0.5]
  y: f32[1,2] = fully_connected(x, w)
  output y
)",
                                  statistics, scheme);
  const IntegerConstant& weights = planned.constant("w");
  EXPECT_EQ(weights.quantization.scale(0), 1024.0F);
  EXPECT_EQ(weights.integers, (std::vector<int16_t>{127, -127, 64, 127}));
}

TEST(Plan, NamesATensorThatWasNotSeen) {
  const ir::Graph graph = ir::testing::graph_of(kLayer).value();
  const Status status = make_plan(graph, {{"x", seen(0, 1)}}, {}).status();
  EXPECT_EQ(status.code(), Error::kInternal);
  EXPECT_NE(status.text().find("'y'"), std::string::npos);
}

}  // namespace
}  // namespace tmc::quant
