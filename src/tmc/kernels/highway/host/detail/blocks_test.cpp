// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/detail/blocks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {
namespace {

using ::testing::ElementsAre;

// Whether each block of channels has the short form: of layers with one input and a weight of 1.
std::vector<bool> short_blocks(const std::vector<int32_t>& bias, int32_t shift) {
  const size_t outputs = bias.size();
  const Blob constants[] = {make_blob(DType::kI8, std::vector<int8_t>(outputs, 1)), make_blob(DType::kI32, bias),
                            make_blob(DType::kI32, std::vector<int32_t>(outputs, 1 << 30)),
                            make_blob(DType::kI32, std::vector<int32_t>(outputs, shift))};
  std::vector<ConstantView> views;
  for (const Blob& blob : constants) views.push_back({blob.dtype, blob.bytes});
  const Blobs blobs = pack_rows(static_cast<int32_t>(outputs), 1, 1, 0, 0, views);
  const Blob& channels = blobs->at(1);
  const auto records = ConstantView{channels.dtype, channels.bytes}.to_vector<int32_t>();
  std::vector<bool> blocks;
  for (size_t at = kShortRow * kBlock; at < records.size(); at += kRecord) blocks.push_back(records[at] != 0);
  return blocks;
}

TEST(Blocks, TakeTheShortFormWhereSumsFitOnceTheyAreDoubledAndShifted) {
  constexpr int32_t kLimit = (1 << 30) - 1 - 255;  // an input adds 255 at most
  EXPECT_THAT(short_blocks({kLimit}, 0), ElementsAre(true));
  EXPECT_THAT(short_blocks({kLimit + 1}, 0), ElementsAre(false));
  EXPECT_THAT(short_blocks({-kLimit}, -5), ElementsAre(true));
  EXPECT_THAT(short_blocks({kLimit}, 1), ElementsAre(false));
  EXPECT_THAT(short_blocks({0}, -kMostShortRight - 1), ElementsAre(false));
}

TEST(Blocks, TakeItEachForItself) {
  std::vector<int32_t> bias(40, 100);
  bias[16] = INT32_MAX;
  EXPECT_THAT(short_blocks(bias, 0), ElementsAre(true, false, true));
}

}  // namespace
}  // namespace tmc::kernels::highway
