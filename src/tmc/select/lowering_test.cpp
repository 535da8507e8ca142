// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// What a lowering may say is held to the contract of its kernel; and outputs that no step writes.

#include "tmc/select/lowering.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/function/unary/exp.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/kernels/contract/copy.hpp"
#include "tmc/kernels/contract/family/map.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/contract/table_s8.hpp"
#include "tmc/select/select.hpp"

namespace tmc::select {
namespace {

using ::testing::HasSubstr;

constexpr const char* kInts = R"(graph "ints" {
  input x: i8[3] scale=0.5
  y: i8[3] scale=0.5 = exp(x)
  output y
}
)";
constexpr const char* kFloats = R"(graph "floats" {
  input x: f32[3]
  y: f32[3] = exp(x)
  output y
}
)";

class LoweringTest : public ::testing::Test {
 protected:
  // The status of what `lower` makes of the only node.
  template <typename Lower>
  Status lowered(const char* text, Lower lower) {
    auto graph = ir::from_text(text);
    EXPECT_TRUE(graph.ok()) << graph.status().text();
    const std::vector<std::string> isas = {"portable"};
    program::Program program;
    Lowering lowering(*graph, isas, /*spend_flash=*/true, program);
    lowering.begin(graph->order().front());
    return lower(lowering);
  }
};

kernels::Map<function::Exp, float>::Params exp_of(int32_t elements) {
  return {elements, {}};
}

TEST_F(LoweringTest, AnotherDtypeIsRefusedByName) {
  const Status status = lowered(kInts, [](Lowering& lowering) {
    return lowering.emit<kernels::Map<function::Exp, float>>(exp_of(3), {}, {lowering.input_ref(0)},
                                                             {lowering.output_ref()});
  });
  EXPECT_EQ(status.code(), Error::kUnsupportedType);
  EXPECT_THAT(status.text(), HasSubstr("'x' is i8, the kernel exp_f32 takes f32"));
}

TEST_F(LoweringTest, ATableTakesBytesOnly) {
  const Status status = lowered(kFloats, [](Lowering& lowering) {
    return lowering.emit<kernels::TableS8>({1, 3, 3, 3}, {kernels::make_blob(DType::kI8, std::vector<int8_t>(256))},
                                           {lowering.input_ref(0)}, {lowering.output_ref()});
  });
  EXPECT_THAT(status.text(), HasSubstr("'x' is f32, the kernel table_s8 takes elements of 1 bytes"));
}

TEST_F(LoweringTest, OtherExtentsAreAFault) {
  for (const int32_t elements : {2, 4, 0, -1}) {
    const Status status = lowered(kFloats, [elements](Lowering& lowering) {
      return lowering.emit<kernels::Map<function::Exp, float>>(exp_of(elements), {}, {lowering.input_ref(0)},
                                                               {lowering.output_ref()});
    });
    EXPECT_EQ(status.code(), Error::kInternal) << elements;
  }
}

TEST_F(LoweringTest, APartStaysWithinItsTensor) {
  const auto copy = [](int64_t from_byte, int64_t bytes) {
    return [=](Lowering& lowering) {
      return lowering.emit<kernels::Copy>({1, 8, 8, 8}, {}, {lowering.input_ref(0, from_byte, bytes)},
                                          {lowering.output_ref(0, 0, 8)});
    };
  };
  EXPECT_EQ(lowered(kFloats, copy(4, 8)).text(), "ok");
  EXPECT_EQ(lowered(kFloats, copy(4, 0)).text(), "ok");
  EXPECT_EQ(lowered(kFloats, copy(8, 8)).code(), Error::kInternal);
  EXPECT_EQ(lowered(kFloats, copy(8, 0)).code(), Error::kInternal);
  EXPECT_EQ(lowered(kFloats, copy(4, 4)).code(), Error::kInternal);
}

TEST_F(LoweringTest, OtherCountsAreAFault) {
  const Status two = lowered(kFloats, [](Lowering& lowering) {
    return lowering.emit<kernels::Map<function::Exp, float>>(
        exp_of(3), {}, {lowering.input_ref(0), lowering.input_ref(0)}, {lowering.output_ref()});
  });
  EXPECT_THAT(two.text(), HasSubstr("2 inputs and 1 outputs, it has 1 and 1"));
  const auto table = [](const std::vector<kernels::Blob>& constants) {
    return [&constants](Lowering& lowering) {
      return lowering.emit<kernels::TableS8>({1, 3, 3, 3}, constants, {lowering.input_ref(0)}, {lowering.output_ref()});
    };
  };
  EXPECT_EQ(lowered(kInts, table({kernels::make_blob(DType::kI8, std::vector<int8_t>(256))})).text(), "ok");
  EXPECT_THAT(lowered(kInts, table({})).text(), HasSubstr("0 constants, it takes 1"));
  EXPECT_THAT(lowered(kInts, table({kernels::make_blob(DType::kU8, std::vector<uint8_t>(256))})).text(),
              HasSubstr("is u8 [256]"));
}

TEST_F(LoweringTest, WeightsAreAsManyAsTheExtentsSay) {
  const auto dense = [](DType dtype, size_t weights, size_t biases) {
    return [=](Lowering& lowering) {
      const std::vector<kernels::Blob> constants = {kernels::make_blob(dtype, std::vector<float>(weights)),
                                                    kernels::make_blob(DType::kF32, std::vector<float>(biases))};
      return lowering.emit<kernels::FullyConnectedF32>({1, 3, 3, 0, -1, 1}, constants, {lowering.input_ref(0)},
                                                       {lowering.output_ref()});
    };
  };
  EXPECT_EQ(lowered(kFloats, dense(DType::kF32, 9, 3)).text(), "ok");
  EXPECT_THAT(lowered(kFloats, dense(DType::kF32, 8, 3)).text(),
              HasSubstr("is f32 [8], the parameters ask for f32 [9]"));
  EXPECT_THAT(lowered(kFloats, dense(DType::kF32, 9, 4)).text(),
              HasSubstr("is f32 [4], the parameters ask for f32 [3]"));
  EXPECT_THAT(lowered(kFloats, dense(DType::kI32, 9, 3)).text(), HasSubstr("is i32 [9]"));
}

program::Program selected(const char* text) {
  auto graph = ir::from_text(text);
  EXPECT_TRUE(graph.ok()) << graph.status().text();
  auto program = select(*graph, load_target("host").value(), {});
  EXPECT_TRUE(program.ok()) << program.status().text();
  return program.ok() ? std::move(program).value() : program::Program();
}

// Names of the kernels, in order.
std::vector<std::string> kernels_of(const program::Program& program) {
  std::vector<std::string> names;
  for (const program::Step& step : program.steps) names.emplace_back(step.implementation->kernel->name);
  return names;
}

TEST(Outputs, AreWrittenByAStep) {
  const program::Program program = selected(R"(graph "idle" {
  input x: f32[2,3]
  const c: f32[2] = [1,2]
  y: f32[6] = reshape(x) shape=[6]
  output x
  output y
  output c
  output x
}
)");
  EXPECT_EQ(kernels_of(program), std::vector<std::string>(4, "copy"));
  ASSERT_EQ(program.outputs.size(), 4U);
  for (const int32_t output : program.outputs) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(output)];
    EXPECT_GE(tensor.step, 0);
    EXPECT_EQ(program.buffers[static_cast<size_t>(tensor.buffer)].kind, program::Buffer::Kind::kOutput);
  }
  EXPECT_EQ(program.tensors[static_cast<size_t>(program.outputs[1])].shape, Shape::of(6));
}

TEST(Outputs, WhatAStepWritesIsNotCopied) {
  EXPECT_EQ(kernels_of(selected(kFloats)), std::vector<std::string>{"exp_f32"});
}

}  // namespace
}  // namespace tmc::select
