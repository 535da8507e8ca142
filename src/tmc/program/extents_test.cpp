// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/extents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/params.hpp"
#include "tmc/program/testing/example.hpp"

namespace tmc::program {
namespace {

using ::testing::HasSubstr;

// 3x4x2 to 2x2x4 by 3x3, stride 2, in buffers that fit to the byte.
Program convolution() {
  kernels::Conv2dS8::Params p{};
  p.batch = 1, p.input_h = 3, p.input_w = 4, p.input_c = 2;
  p.output_h = 2, p.output_w = 2, p.output_c = 4;
  p.kernel_h = p.kernel_w = 3, p.stride_h = p.stride_w = 2, p.dilation_h = p.dilation_w = 1;
  p.pad_top = p.pad_left = 1, p.groups = 1;
  Program program;
  program.buffers = {{.name = "x", .bytes = 24}, {.name = "y", .bytes = 16}, {.name = "scratch", .bytes = 4096}};
  program.constants = {{"w", kernels::make_blob<int8_t>(DType::kI8, std::vector<int8_t>(72))},
                       {"channels", kernels::make_blob<int32_t>(DType::kI32, std::vector<int32_t>(12))}};
  Step step;
  step.name = "conv";
  step.implementation = kernels::find_implementation("armv7em", "conv2d_s8");
  step.params = kernels::to_words(p);
  step.operands = {{Operand::Kind::kBuffer, 0, 0, 0},
                   {Operand::Kind::kConstant, 0, 0, 0},
                   {Operand::Kind::kConstant, 1, 0, 0},
                   {Operand::Kind::kBuffer, 1, 0, 0},
                   {Operand::Kind::kBuffer, 2, 0, 0}};
  program.steps = {step};
  return program;
}

std::string refusal(const Program& program) {
  return verify_extents(program, program.steps.front()).message();
}

std::string refusal_with(const char* param, int32_t value) {
  Program program = convolution();
  Step& step = program.steps.front();
  find_param(*step.implementation->kernel, std::span(step.params), param).front() = value;
  return refusal(program);
}

TEST(Extents, ParamsFitTheirBuffers) {
  EXPECT_EQ(refusal(convolution()), "");
  Program program = convolution();
  program.buffers[0].bytes = 23;
  EXPECT_THAT(refusal(program), HasSubstr("'input' has 23 bytes, the parameters ask for 24"));
  program = convolution();
  program.buffers[1].bytes = 15;
  EXPECT_THAT(refusal(program), HasSubstr("'output' has 15 bytes"));
  program = convolution();
  program.buffers[2].bytes = 16;
  EXPECT_THAT(refusal(program), HasSubstr("'scratch' has 16 bytes"));
  program = convolution();
  program.steps[0].operands[0].bytes = 20;  // a part of the buffer
  EXPECT_THAT(refusal(program), HasSubstr("'input' has 20 bytes"));
}

// As custom operators do.
TEST(Extents, AKernelMaySayTheBytesOfEveryOutput) {
  constexpr kernels::ParamInfo kParams[] = {{"output_bytes", 3}, {"input_bytes", 2}};
  constexpr kernels::BufferInfo kBuffers[] = {{"a", kernels::Role::kInput},
                                              {"b", kernels::Role::kInput},
                                              {"x", kernels::Role::kOutput},
                                              {"y", kernels::Role::kOutput},
                                              {"z", kernels::Role::kOutput}};
  const kernels::KernelInfo kernel{"said", "Said", kParams, kBuffers, 5, {}, kernels::Access::kSaid};
  const std::vector<int32_t> words = {10, 20, 30, 4, 5};
  const auto bytes = needed_bytes(kernel, words);
  ASSERT_TRUE(bytes.ok()) << bytes.status().text();
  EXPECT_EQ(*bytes, (std::vector<int64_t>{4, 5, 10, 20, 30}));
}

TEST(Extents, ParamsAreThoseOfATensor) {
  EXPECT_THAT(refusal_with("batch", 2), HasSubstr("ask for 48"));
  EXPECT_THAT(refusal_with("input_w", INT32_MAX), HasSubstr("'input' has 24 bytes"));
  EXPECT_THAT(refusal_with("stride_h", 0), HasSubstr("no tensor has"));
  EXPECT_THAT(refusal_with("output_c", -4), HasSubstr("no tensor has"));
  EXPECT_THAT(refusal_with("groups", 3), HasSubstr("no tensor has"));
  EXPECT_THAT(refusal_with("groups", 2), HasSubstr("does not take"));  // the armv7em implementation has no groups
}

TEST(Extents, OperandsAreOfTheContractsDtype) {
  Program program = convolution();
  program.tensors = {
      {.name = "x", .dtype = DType::kI8, .shape = Shape::of(1, 3, 4, 2), .quantization = {}, .buffer = 0},
      {.name = "y", .dtype = DType::kI8, .shape = Shape::of(1, 2, 2, 4), .quantization = {}, .buffer = 1, .step = 0}};
  EXPECT_EQ(verify(program, /*placed=*/false).text(), "ok");
  program.tensors[1].dtype = DType::kU8;
  EXPECT_THAT(verify(program, false).text(), HasSubstr("'y' is u8, the kernel conv2d_s8 takes i8"));
  program = convolution();
  program.steps[0].operands[0] = {Operand::Kind::kConstant, 1, 0, 0};
  EXPECT_THAT(refusal(program), HasSubstr("'input' is i32, the kernel conv2d_s8 takes i8"));
}

TEST(Extents, StridesReachNoFurtherThanTheirOperand) {
  kernels::AddS8::Params p{};
  const int32_t extents[] = {1, 2, 3, 4};
  const int32_t dense[] = {24, 12, 4, 1};
  const int32_t by_channel[] = {0, 0, 0, 1};
  std::ranges::copy(extents, p.extents);
  std::ranges::copy(dense, p.a_strides);
  std::ranges::copy(by_channel, p.b_strides);
  Program program;
  program.buffers = {{.name = "a", .bytes = 24}, {.name = "b", .bytes = 4}};
  program.constants = {{.name = "packed", .blob = {DType::kI32, {}}}};
  Step step;
  step.implementation = kernels::find_implementation("portable", "add_s8");
  step.params = kernels::to_words(p);
  step.operands = {{Operand::Kind::kBuffer, 0, 0, 0},
                   {Operand::Kind::kBuffer, 1, 0, 0},
                   {Operand::Kind::kConstant, 0, 0, 0},
                   {Operand::Kind::kBuffer, 0, 0, 0}};
  program.steps = {step};
  EXPECT_EQ(refusal(program), "");
  program.buffers[1].bytes = 3;
  EXPECT_THAT(refusal(program), HasSubstr("'b' has 3 bytes, the parameters ask for 4"));
}

// A contract that follows no rule of extents.cpp cannot be read back.
TEST(Extents, EveryContractHasARule) {
  for (const kernels::ImplementationInfo* implementation : kernels::all_implementations()) {
    Step step;
    step.implementation = implementation;
    step.params.assign(implementation->kernel->param_words,
                       static_cast<int32_t>(DType::kI8));  // and 4 of everything else
    step.operands.resize(implementation->kernel->buffers.size());
    Program program;
    program.steps = {step};
    EXPECT_THAT(refusal(program), ::testing::Not(HasSubstr("unknown extents"))) << implementation->type_name;
    EXPECT_THAT(refusal(program), HasSubstr("0 bytes")) << implementation->type_name << " needs nothing";
  }
}

TEST(Extents, AProgramThatIsReadIsHeldToThem) {
  std::string json = to_json(testing::example(true));
  EXPECT_TRUE(from_json(json).ok()) << from_json(json).status().text();
  const std::string inputs = "\"inputs\":3";
  ASSERT_NE(json.find(inputs), std::string::npos);
  json.replace(json.find(inputs), inputs.size(), "\"inputs\":4");
  const auto refused = from_json(json);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.status().text(), HasSubstr("operand 'input' has 3 bytes, the parameters ask for 4"));
}

TEST(Extents, WholeTensorsSayTheirElementsByName) {
  kernels::SignalPcan::Params p{.elements = 40, .gains_elements = 125, .snr_shift = 6};
  const kernels::KernelInfo& kernel = *kernels::find_kernel(kernels::SignalPcan::kName);
  EXPECT_THAT(needed_bytes(kernel, kernels::to_words(p)).value(), ::testing::ElementsAre(160, 160, 250, 160));
  p.gains_elements = 0;
  EXPECT_FALSE(needed_bytes(kernel, kernels::to_words(p)).ok());
}

}  // namespace
}  // namespace tmc::program
