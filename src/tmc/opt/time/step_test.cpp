// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/time/step.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/ir/testing/golden.hpp"

namespace tmc::opt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Stepped {
  ir::Graph graph;
  std::vector<std::string> notes;
  std::string refusal;
};

Stepped stepped(std::string_view lines, const TimeSteps& steps) {
  auto graph = ir::testing::graph_of(lines);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  Stepped result{*std::move(graph), {}, {}};
  auto notes = step_over_time(result.graph, steps);
  if (!notes.ok()) {
    result.refusal = notes.status().text();
    return result;
  }
  result.notes = *std::move(notes);
  result.graph.compact();
  EXPECT_EQ(ir::verify(result.graph).text(), "ok");
  return result;
}

// Extents of what the graph keeps along the axis.
std::vector<int64_t> kept(const ir::Graph& graph, int axis) {
  std::vector<int64_t> frames;
  for (const ir::State& state : graph.states) frames.push_back(graph.value(state.initial).type.shape[axis]);
  return frames;
}

constexpr std::string_view kConvolution = R"(
    input x: i8[1,9,1,2] scale=1 zero_point=3
    const w: i8[1,2,1,2] scale=1 = [1,2,3,4]
    y: i8[1,7,1,1] scale=1 zero_point=-1 = conv2d(x, w) dilation_h=2
    m: i8[1,1,1,1] scale=1 zero_point=-1 = average_pool2d(y) kernel_h=7 stride_h=7
    output m
)";

TEST(StepOverTime, KeepsWhatLayersReadAgain) {
  const Stepped one = stepped(kConvolution, {.axes = {{"", 1}}, .frames = 1});
  EXPECT_EQ(one.refusal, "");
  EXPECT_THAT(kept(one.graph, 1), ElementsAre(2, 6));
  EXPECT_THAT(one.notes, IsEmpty());
  const std::string text = ir::to_text(one.graph);
  EXPECT_THAT(text, HasSubstr("input x: i8[1,1,1,2]"));
  // One window reads frames that stand apart: they are gathered, and the layer has no holes.
  EXPECT_THAT(text, HasSubstr("x_read: i8[1,2,1,2]"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("dilation_h")));
  EXPECT_THAT(text, HasSubstr("y: i8[1,1,1,1]"));
  EXPECT_THAT(text, HasSubstr("y_window: i8[1,7,1,1]"));
}

TEST(StepOverTime, BeginsWithZeroPointsInPlaceOfPadding) {
  const Stepped plain = stepped(kConvolution, {.axes = {{"", 1}}, .frames = 1});
  const auto first = [](const Stepped& result) {
    return result.graph.value(result.graph.states[0].initial).data->to_vector<int8_t>();
  };
  EXPECT_THAT(first(plain), ElementsAre(0, 0, 0, 0));
  const Stepped causal = stepped(R"(
    input x: i8[1,9,1,1] scale=1 zero_point=3
    const w: i8[1,3,1,1] scale=1 = [1,2,3]
    y: i8[1,9,1,1] scale=1 zero_point=-1 = conv2d(x, w) pad_top=2
    output y
)",
                                 {.axes = {{"", 1}}, .frames = 1});
  EXPECT_THAT(first(causal), ElementsAre(3, 3));
}

TEST(StepOverTime, TakesSeveralFrames) {
  const Stepped three = stepped(kConvolution, {.axes = {{"x", -3}}, .frames = 3});
  EXPECT_THAT(kept(three.graph, 1), ElementsAre(2, 4));
  EXPECT_THAT(ir::to_text(three.graph), HasSubstr("dilation_h=2"));
}

TEST(StepOverTime, LeavesOutWhatIsCutOffAtTheEnd) {
  const Stepped cut = stepped(R"(
    input x: f32[1,9,2]
    s: f32[1,5,2] = slice(x) begins=[0,2,0] sizes=[1,5,2] steps=[1,1,1]
    output s
)",
                              {.axes = {{"", 1}}, .frames = 1});
  EXPECT_THAT(kept(cut.graph, 1), ElementsAre(2));
  EXPECT_EQ(cut.graph.value(cut.graph.outputs()[0]).type.shape, Shape::of(1, 1, 2));
}

TEST(StepOverTime, SaysWherePaddingBecomesThePast) {
  const Stepped causal = stepped(R"(
    input x: f32[1,9,1,1]
    const w: f32[1,3,1,1] = [1,2,3]
    y: f32[1,9,1,1] = conv2d(x, w) pad_top=2
    output y
)",
                                 {.axes = {{"", 1}}, .frames = 1});
  EXPECT_THAT(kept(causal.graph, 1), ElementsAre(2));
  EXPECT_THAT(causal.notes, SizeIs(1));
}

TEST(StepOverTime, GivesUnknownOperatorsTheWindow) {
  const Stepped both = stepped(R"(
    input x: f32[1,6,2]
    const c: f32[1,6,1] = [1,2,3,4,5,6]
    y: f32[1,6,2] = add(x, c)
    output y
)",
                               {.axes = {{"", 1}}, .frames = 2});
  EXPECT_THAT(kept(both.graph, 1), ElementsAre(4));
  EXPECT_EQ(both.graph.value(both.graph.outputs()[0]).type.shape, Shape::of(1, 6, 2));
}

TEST(StepOverTime, RefusesByNameWithARemedy) {
  const auto refusal = [](std::string_view attributes, const char* shape, const TimeSteps& steps) {
    return stepped(fmt::format(R"(
    input x: f32[1,9,1,1]
    const w: f32[1,3,1,1] = [1,2,3]
    y: f32[1,{},1,1] = conv2d(x, w) {} @layer
    output y
)",
                               shape, attributes),
                   steps)
        .refusal;
  };
  EXPECT_THAT(refusal("pad_top=1 pad_bottom=1", "9", {.axes = {{"", 1}}}), HasSubstr("'layer'"));
  EXPECT_THAT(refusal("stride_h=2", "4", {.axes = {{"", 1}}, .frames = 3}), HasSubstr("--stream-hop 6"));
  EXPECT_THAT(refusal("", "7", {.axes = {{"", 4}}}), HasSubstr("no axis 4"));
  EXPECT_THAT(refusal("", "7", {.axes = {{"", 1}}, .frames = 9}), HasSubstr("9 frames"));
  EXPECT_THAT(refusal("", "7", {.axes = {{"z", 1}}}), HasSubstr("'z'"));
}

}  // namespace
}  // namespace tmc::opt
