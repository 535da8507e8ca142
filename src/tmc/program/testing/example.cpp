// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/testing/example.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::program::testing {

Program example(bool is_placed) {
  const kernels::FullyConnectedS8::Params params{1, 3, 2, 5, -7, -100, 101};
  Step step;
  step.name = "dense";
  step.op = "fully_connected";
  step.implementation = kernels::find_implementation("portable", "fully_connected_s8");
  step.params = kernels::to_words(params);
  step.operands = {{Operand::Kind::kBuffer, 0, 0, 3},
                   {Operand::Kind::kConstant, 0, 0, 0},
                   {Operand::Kind::kConstant, 1, 0, 0},
                   {Operand::Kind::kBuffer, 1, 0, 0},
                   {}};
  step.macs = 6;
  step.choice = "the only one";
  step.stripe = 3;

  Program program;
  program.name = "example";
  program.target = "host";
  program.regions = {{"arena", is_placed ? 32 : 0}};
  program.buffers = {{"x", Buffer::Kind::kInput, 3, 0, is_placed ? 0 : kOpen},
                     {"y\n", Buffer::Kind::kOutput, 2, 0, is_placed ? 16 : kOpen}};
  program.constants = {{"w", kernels::make_blob<int8_t>(DType::kI8, {1, 2, 3, -4, 5, 6})},
                       {"channels", kernels::make_blob<int32_t>(DType::kI32, {1, 2, 3, 4, 5, 6}, true)}};
  program.steps = {step};
  program.tensors = {{"x", DType::kI8, Shape::of(1, 3), Quantization::per_tensor(0.1f, 5), "x0", 0, 0, -1},
                     {"y\n", DType::kI8, Shape::of(2), {}, "", 1, 0, 0}};
  program.inputs = {0};
  program.outputs = {1};
  program.plan = {"best fit", 16, false, true, 2, 1, 64};
  program.keep_inputs = true;
  return program;
}

namespace {

auto fields(const Operand& o) {
  return std::tuple(o.kind, o.index, o.byte_offset, o.bytes, o.advance_bytes);
}
auto fields(const Loop& l) {
  return std::tuple(l.trips);
}
auto fields(const Buffer& b) {
  return std::tuple(b.name, b.kind, b.bytes, b.region, b.offset);
}
auto fields(const Region& r) {
  return std::tuple(r.name, r.used_bytes);
}
auto fields(const Constant& c) {
  return std::tuple(c.name, c.blob.dtype, c.blob.bytes, c.blob.is_table);
}
auto fields(const PlanInfo& p) {
  return std::tuple(p.method, p.lower_bound_bytes, p.optimal, p.reordered, p.views, p.striped_nodes, p.moved_bytes);
}
auto fields(const Tensor& t) {
  return std::tuple(t.name, t.dtype, std::vector(t.shape.begin(), t.shape.end()), t.quantization.scales,
                    t.quantization.zero_points, t.quantization.axis, t.channels_last_of, t.buffer, t.byte_offset,
                    t.step);
}
auto fields(const Step& s) {
  return std::tuple(s.name, s.op, s.implementation, s.params, s.macs, s.choice, s.stripe, s.loop);
}

template <typename T>
void expect_equal(const std::vector<T>& a, const std::vector<T>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) EXPECT_EQ(fields(a[i]), fields(b[i])) << "element " << i;
}

}  // namespace

void expect_equal(const Program& a, const Program& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.target, b.target);
  EXPECT_EQ(a.keep_inputs, b.keep_inputs);
  EXPECT_EQ(fields(a.plan), fields(b.plan));
  expect_equal(a.regions, b.regions);
  expect_equal(a.buffers, b.buffers);
  expect_equal(a.constants, b.constants);
  expect_equal(a.steps, b.steps);
  expect_equal(a.loops, b.loops);
  for (size_t i = 0; i < std::min(a.steps.size(), b.steps.size()); ++i) {
    expect_equal(a.steps[i].operands, b.steps[i].operands);
  }
  expect_equal(a.tensors, b.tensors);
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_EQ(a.state_buffer, b.state_buffer);
  EXPECT_EQ(a.initial_state, b.initial_state);
  EXPECT_EQ(a.outputs, b.outputs);
}

}  // namespace tmc::program::testing
