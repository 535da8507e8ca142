// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/tensor_dumps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::firmware {
namespace {

program::Tensor tensor(int32_t buffer, int64_t byte_offset, int64_t elements, int32_t step) {
  program::Tensor tensor;
  tensor.shape = Shape::of(elements);
  tensor.buffer = buffer;
  tensor.byte_offset = byte_offset;
  tensor.step = step;
  return tensor;
}

TEST(TensorDumps, ListsWhatStepsWriteInTheirOrder) {
  program::Program program;
  program.regions = {{"SRAM", 96}, {"PSRAM", 64}};
  using Kind = program::Buffer::Kind;
  program.buffers = {{"input", Kind::kInput, 16, 0, 0},
                     {"sum", Kind::kActivation, 64, 0, 32},
                     {"in another arena", Kind::kActivation, 64, 1, 0}};
  program.tensors = {tensor(0, 0, 16, -1), tensor(1, 48, 10, 1), tensor(1, 0, 40, 0), tensor(2, 0, 64, 1)};
  const TensorDumps dumps = tensor_dumps(program);
  EXPECT_THAT(dumps.tensors, testing::ElementsAre(2, 1, 3));
  ASSERT_EQ(dumps.dumps.size(), 3U);
  EXPECT_EQ(dumps.dumps[0].step, 0U);
  EXPECT_EQ(dumps.dumps[0].region, (Region{32, 40}));
  EXPECT_EQ(dumps.dumps[1].step, 1U);
  EXPECT_EQ(dumps.dumps[1].region, (Region{80, 10}));
  EXPECT_EQ(dumps.dumps[2].region, (Region{0, 64, 1}));
}

}  // namespace
}  // namespace tmc::firmware
