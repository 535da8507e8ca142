// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/program_builder.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/testing/channel_case.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::testing {
namespace {

using kernels::Role;
using program::Operand;

// A window of 3x3 over NHWC, padded by one on every side.
kernels::Conv2dS8::Params window_params(int32_t h, int32_t w, int32_t input_c, int32_t output_c, int32_t stride,
                                        int32_t groups) {
  kernels::Conv2dS8::Params p{};
  p.batch = 1;
  p.input_h = h, p.input_w = w, p.input_c = input_c;
  p.output_h = (h - 1) / stride + 1, p.output_w = (w - 1) / stride + 1, p.output_c = output_c;
  p.kernel_h = p.kernel_w = 3;
  p.stride_h = p.stride_w = stride;
  p.dilation_h = p.dilation_w = 1;
  p.pad_top = p.pad_left = 1;
  p.groups = groups;
  p.input_zero_point = -3, p.output_zero_point = 5;
  p.activation_min = -128, p.activation_max = 120;
  return p;
}

kernels::FullyConnectedS8::Params dense_params(int32_t inputs, int32_t outputs) {
  return {1, inputs, outputs, 5, -7, -128, 127};
}

}  // namespace

ProgramBuilder::ProgramBuilder(std::string name, std::vector<std::string> isas) : isas_(std::move(isas)) {
  program_.name = std::move(name);
  program_.target = "host";
  program_.regions = {{"arena", 0}};
}

ProgramBuilder::Choice ProgramBuilder::choose(const std::string& kernel, const std::vector<int32_t>& params,
                                              const std::vector<kernels::Blob>& constants) const {
  std::vector<kernels::ConstantView> views;
  for (const kernels::Blob& constant : constants) views.push_back({constant.dtype, constant.bytes});
  for (const std::string& isa : isas_) {
    for (const kernels::ImplementationInfo* implementation :
         kernels::implementations_of(*kernels::find_kernel(kernel), isa)) {
      if (!implementation->applies(params)) continue;
      if (auto packed = implementation->pack(params, views)) return {implementation, std::move(*packed)};
    }
  }
  ADD_FAILURE() << "no implementation of " << kernel << " applies";
  return {};
}

int32_t ProgramBuilder::add_buffer(const std::string& name, program::Buffer::Kind kind, int64_t bytes) {
  program_.buffers.push_back({name, kind, bytes, 0, program::kOpen});
  return static_cast<int32_t>(program_.buffers.size()) - 1;
}

int32_t ProgramBuilder::add_tensor(const std::string& name, const Shape& shape, program::Buffer::Kind kind,
                                   int32_t step) {
  const auto index = static_cast<int32_t>(program_.tensors.size());
  const int32_t buffer = add_buffer(name, kind, shape.elements());
  program_.tensors.push_back(
      {name, DType::kI8, shape, Quantization::per_tensor(0.0625F, 3 - index), {}, buffer, 0, step});
  return index;
}

int32_t ProgramBuilder::add_input(const std::string& name, const Shape& shape) {
  program_.inputs.push_back(add_tensor(name, shape, program::Buffer::Kind::kInput, -1));
  return program_.inputs.back();
}

int32_t ProgramBuilder::add_step(const std::string& name, const std::string& kernel, std::vector<int32_t> params,
                                 const std::vector<kernels::Blob>& constants, const std::vector<int32_t>& inputs,
                                 const Shape& output) {
  Choice choice = choose(kernel, params, constants);
  const kernels::ImplementationInfo& implementation = *choice.implementation;
  const int32_t result = add_tensor(name + "/output", output, program::Buffer::Kind::kActivation,
                                    static_cast<int32_t>(program_.steps.size()));
  program::Step step{name, kernel, &implementation, std::move(params), {}, output.elements() * 10, {}};
  std::size_t next_input = 0;
  std::size_t next_constant = 0;
  for (const kernels::BufferInfo& info : implementation.kernel->buffers) {
    Operand operand;
    if (info.role == Role::kConstant) {
      operand = {Operand::Kind::kConstant, static_cast<int32_t>(program_.constants.size()), 0};
      program_.constants.push_back({name + "/" + info.name, std::move(choice.packed.at(next_constant++))});
    } else if (info.role == Role::kScratch) {
      const int64_t bytes = implementation.scratch_bytes(step.params);
      if (bytes > 0) {
        const int32_t scratch = add_buffer(name + "/scratch", program::Buffer::Kind::kScratch, bytes);
        operand = {Operand::Kind::kBuffer, scratch, 0};
      }
    } else {
      const int32_t tensor = info.role == Role::kOutput ? result : inputs.at(next_input++);
      operand = {Operand::Kind::kBuffer, program_.tensors[static_cast<std::size_t>(tensor)].buffer, 0};
    }
    step.operands.push_back(operand);
  }
  program_.steps.push_back(std::move(step));
  return result;
}

void ProgramBuilder::set_output(int32_t tensor) {
  program_.outputs.push_back(tensor);
  const int32_t buffer = program_.tensors[static_cast<std::size_t>(tensor)].buffer;
  program_.buffers[static_cast<std::size_t>(buffer)].kind = program::Buffer::Kind::kOutput;
}

program::Program ProgramBuilder::place() && {
  auto placed = storage::place(std::move(program_));
  EXPECT_TRUE(placed.ok()) << placed.status().text();
  return std::move(placed).value();
}

program::Program small_network(const std::string& name, unsigned seed, const std::vector<std::string>& isas) {
  std::mt19937 rng(seed);
  const auto constants = [&](std::size_t weights, std::size_t outputs) {
    return kernels::testing::random_channel_constants(rng, weights, outputs, {});
  };
  ProgramBuilder builder(name, isas);
  const int32_t input = builder.add_input("image", Shape::of(1, 6, 5, 3));
  const int32_t conv = builder.add_step("conv", "conv2d_s8", kernels::to_words(window_params(6, 5, 3, 4, 1, 1)),
                                        constants(4 * 9 * 3, 4), {input}, Shape::of(1, 6, 5, 4));
  const int32_t depthwise =
      builder.add_step("depthwise", "depthwise_conv2d_s8", kernels::to_words(window_params(6, 5, 4, 4, 2, 4)),
                       constants(4 * 9, 4), {conv}, Shape::of(1, 3, 3, 4));
  int32_t dense = builder.add_step("dense0", "fully_connected_s8", kernels::to_words(dense_params(36, 9)),
                                   constants(36 * 9, 9), {depthwise}, Shape::of(1, 9));
  for (const char* step : {"dense1", "dense2"}) {
    dense = builder.add_step(step, "fully_connected_s8", kernels::to_words(dense_params(9, 9)), constants(81, 9),
                             {dense}, Shape::of(1, 9));
  }
  builder.set_output(dense);
  return std::move(builder).place();
}

std::vector<std::vector<std::byte>> random_inputs(const program::Program& program, unsigned seed) {
  std::mt19937 rng(seed);
  std::vector<std::vector<std::byte>> inputs;
  for (const int32_t input : program.inputs) {
    const auto bytes = static_cast<std::size_t>(program.tensors[static_cast<std::size_t>(input)].bytes());
    inputs.push_back(kernels::testing::to_bytes(kernels::testing::random_values<int8_t>(rng, bytes, -128, 127)));
  }
  return inputs;
}

}  // namespace tmc::testing
