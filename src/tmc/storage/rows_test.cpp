// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/rows.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/storage/stripes.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;
using program::Step;

constexpr size_t kInput = 0;

void add_tensor(Program& program, int64_t height, int64_t channels, int32_t step) {
  const Shape shape = Shape::of(1, height, 8, channels);
  program.tensors.push_back({.name = "t",
                             .shape = shape,
                             .quantization = {},
                             .buffer = static_cast<int32_t>(program.buffers.size()),
                             .step = step});
  program.buffers.push_back({.name = "t", .bytes = shape.elements()});
}

// 3x3 over rows of 8 pixels by 4 channels, padded by one.
Program convolution(int32_t height, int32_t stride) {
  kernels::Conv2dS8::Params p{};
  p.batch = 1, p.input_h = height, p.input_w = 8, p.input_c = 4;
  p.output_h = (height - 1) / stride + 1, p.output_w = 8, p.output_c = 4;
  p.kernel_h = p.kernel_w = 3, p.stride_h = stride, p.stride_w = p.dilation_h = p.dilation_w = 1;
  p.pad_top = p.pad_left = 1, p.groups = 1;
  Program program;
  add_tensor(program, height, 4, -1);
  add_tensor(program, p.output_h, 4, 0);
  Step step;
  step.name = "conv";
  step.implementation = kernels::find_implementation("portable", "conv2d_s8");
  step.params = kernels::to_words(p);
  step.operands = {{Operand::Kind::kBuffer, 0}, {}, {}, {Operand::Kind::kBuffer, 1}, {}};
  program.steps = {step};
  return program;
}

kernels::Conv2dS8::Params params_of(const RowForm& form, const Rows& rows) {
  return kernels::from_words<kernels::Conv2dS8::Params>(form.params(rows));
}

TEST(Rows, AWindowReadsTheRowsAroundItsOwn) {
  const Program program = convolution(8, 1);
  const auto form = RowForm::of(program, program.steps[0]);
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->output_rows(), 8);
  EXPECT_EQ(form->output_row_bytes(), 32);
  EXPECT_FALSE(form->keeps_rows(kInput));
  struct Case {
    Rows output, input;
    int32_t pad_top;
  };
  for (const Case& each : {Case{{0, 2}, {0, 3}, 1}, Case{{2, 4}, {1, 5}, 0}, Case{{6, 8}, {5, 8}, 0}}) {
    const Rows input = form->input_rows(kInput, each.output);
    EXPECT_EQ(input.begin, each.input.begin);
    EXPECT_EQ(input.end, each.input.end);
    const auto p = params_of(*form, each.output);
    EXPECT_EQ(p.input_h, each.input.count());
    EXPECT_EQ(p.output_h, 2);
    EXPECT_EQ(p.pad_top, each.pad_top);
    EXPECT_EQ(p.input_w, 8);
  }
}

TEST(Rows, AStrideSkipsRows) {
  const Program program = convolution(9, 2);
  const auto form = RowForm::of(program, program.steps[0]);
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->input_rows(kInput, {1, 3}).begin, 1);
  EXPECT_EQ(form->input_rows(kInput, {1, 3}).end, 6);
  EXPECT_EQ(params_of(*form, {4, 5}).input_h, 2);  // rows 7 and 8; below is padding
}

TEST(Rows, ABatchHasNone) {
  Program program = convolution(8, 1);
  auto p = kernels::from_words<kernels::Conv2dS8::Params>(program.steps[0].params);
  p.batch = 2;
  program.steps[0].params = kernels::to_words(p);
  EXPECT_FALSE(RowForm::of(program, program.steps[0]).has_value());
}

TEST(Rows, APlanarImageHasNone) {
  Program program = convolution(8, 1);
  program.steps[0].implementation = kernels::find_implementation("portable", "conv2d_planar_f32");
  ASSERT_NE(program.steps[0].implementation, nullptr);
  for (program::Buffer& buffer : program.buffers) buffer.bytes *= 4;
  for (program::Tensor& tensor : program.tensors) tensor.dtype = DType::kF32;
  EXPECT_FALSE(RowForm::of(program, program.steps[0]).has_value());
  program.steps[0].implementation = kernels::find_implementation("portable", "conv2d_f32");
  EXPECT_TRUE(RowForm::of(program, program.steps[0]).has_value());
}

TEST(Rows, ARunOfElementsIsCutWhereRowsAre) {
  Program program;
  add_tensor(program, 6, 4, -1);
  add_tensor(program, 6, 4, 0);
  Step step;
  step.implementation = kernels::find_implementation("portable", "table_s8");
  step.params = kernels::to_words(kernels::TableS8::Params{1, 192, 192, 192});
  step.operands = {{Operand::Kind::kBuffer, 0}, {}, {Operand::Kind::kBuffer, 1}};
  program.steps = {step};
  const auto form = RowForm::of(program, program.steps[0]);
  ASSERT_TRUE(form.has_value());
  EXPECT_TRUE(form->keeps_rows(kInput));
  EXPECT_EQ(kernels::from_words<kernels::TableS8::Params>(form->params({2, 5})).row_bytes, 96);
}

TEST(Rows, WhatIsBroadcastAlongThemHasNone) {
  kernels::AddS8::Params p{};
  const int32_t extents[] = {1, 6, 8, 4};
  const int32_t dense[] = {192, 32, 4, 1};
  const int32_t by_channel[] = {0, 0, 0, 1};
  std::ranges::copy(extents, p.extents);
  std::ranges::copy(dense, p.a_strides);
  std::ranges::copy(by_channel, p.b_strides);
  Program program;
  add_tensor(program, 6, 4, -1);
  add_tensor(program, 6, 4, 0);
  program.buffers.push_back({.name = "b", .bytes = 4});
  Step step;
  step.implementation = kernels::find_implementation("portable", "add_s8");
  step.params = kernels::to_words(p);
  step.operands = {{Operand::Kind::kBuffer, 0}, {Operand::Kind::kBuffer, 2}, {}, {Operand::Kind::kBuffer, 1}};
  program.steps = {step};
  const auto form = RowForm::of(program, program.steps[0]);
  ASSERT_TRUE(form.has_value());
  EXPECT_TRUE(form->has_rows(0));
  EXPECT_FALSE(form->has_rows(1));
  EXPECT_EQ(kernels::from_words<kernels::AddS8::Params>(form->params({1, 3})).extents[1], 2);
}

// x -> a -> y, 3x3 each: two rows at a time need two rows of a and one above and below.
TEST(Stripes, HoldOnlyTheRowsThatAreStillNeeded) {
  Program program = convolution(8, 1);
  add_tensor(program, 8, 4, 1);
  Step second = program.steps[0];
  second.operands = {{Operand::Kind::kBuffer, 1}, {}, {}, {Operand::Kind::kBuffer, 2}, {}};
  program.steps.push_back(second);
  program.inputs = {0};
  program.outputs = {2};
  const auto striped = with_stripes(program, {0, 1, 2});
  ASSERT_TRUE(striped.has_value());
  ASSERT_EQ(striped->buffers.size(), 3U);
  EXPECT_EQ(striped->buffers[1].bytes, 4 * 32);
  EXPECT_EQ(striped->tensors.size(), 2U);
  EXPECT_EQ(striped->outputs.front(), 1);
  EXPECT_EQ(striped->plan.striped_nodes, 2);
  // Four stripes of two steps, and a move of two rows before each but the first.
  EXPECT_EQ(striped->steps.size(), 4U * 2 + 3);
  EXPECT_EQ(striped->plan.moved_bytes, 3 * 2 * 32);
  EXPECT_EQ(striped->tensors[1].step, 10);
  EXPECT_FALSE(with_stripes(program, {0, 1, 8}).has_value()) << "one stripe is no stripe";
}

}  // namespace
}  // namespace tmc::storage
