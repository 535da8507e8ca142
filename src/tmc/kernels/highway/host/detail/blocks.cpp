// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/detail/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::kernels::highway {
namespace {

// What the inputs' offset adds to the sum of every channel, modulo 2^32.
std::vector<uint32_t> sums_of_offset(const std::vector<int8_t>& weights, size_t outputs, int32_t offset) {
  std::vector<uint32_t> sums(outputs);
  const size_t inputs = outputs > 0 ? weights.size() / outputs : 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    sums[i / inputs] += static_cast<uint32_t>(offset * weights[i]);
  }
  return sums;
}

std::optional<Blob> pack_channels(const std::vector<uint32_t>& of_offset, Constants constants) {
  const auto bias = constants[1].to_vector<int32_t>();
  const auto multiplier = constants[2].to_vector<int32_t>();
  const auto shift = constants[3].to_vector<int32_t>();
  const auto outputs = static_cast<int32_t>(bias.size());
  std::vector<int32_t> records(static_cast<size_t>(round_up(outputs, kBlock) / kBlock * kRecord));
  for (size_t o = 0; o < bias.size(); ++o) {
    if (multiplier[o] < 0 || shift[o] > 31 || shift[o] < -31) return std::nullopt;
    int32_t* const record = records.data() + o / kBlock * kRecord + o % kBlock;
    record[0] = static_cast<int32_t>(static_cast<uint32_t>(bias[o]) - of_offset[o]);
    record[kBlock] = multiplier[o];
    record[2 * kBlock] = std::max(shift[o], 0);
    record[3 * kBlock] = std::max(-shift[o] - 1, 0);
    record[4 * kBlock] = shift[o] < 0 ? 1 : 0;
  }
  return make_blob(DType::kI32, records);
}

// Weights [outputs, runs, values] in blocks.
std::vector<int8_t> weight_blocks(const std::vector<int8_t>& weights, int32_t outputs, int32_t runs, int32_t values) {
  const auto run_quads = static_cast<size_t>(round_up(values, kQuad) / kQuad);
  const size_t quads = static_cast<size_t>(runs) * run_quads;
  std::vector<int8_t> blocks(static_cast<size_t>(round_up(outputs, kBlock)) * quads * kQuad);
  size_t at = 0;
  for (size_t o = 0; o < static_cast<size_t>(outputs); ++o) {
    for (size_t run = 0; run < static_cast<size_t>(runs); ++run) {
      for (size_t i = 0; i < static_cast<size_t>(values); ++i) {
        const size_t quad = (o / kBlock * quads + run * run_quads + i / kQuad) * kBlock + o % kBlock;
        blocks[quad * kQuad + i % kQuad] = weights[at++];
      }
    }
  }
  return blocks;
}

}  // namespace

Blobs pack_rows(int32_t outputs, int32_t runs, int32_t values, int32_t zero_point, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto channels =
      pack_channels(sums_of_offset(weights, static_cast<size_t>(outputs), zero_point + 128), constants);
  if (!channels) return std::nullopt;
  const auto blocks = weight_blocks(weights, outputs, runs, values);
  return {{make_blob(DType::kI8, blocks), *channels}};
}

Blobs pack_hybrid_rows(int32_t outputs, int32_t inputs, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto whole = static_cast<size_t>(round_up(outputs, kBlock));
  auto sums = sums_of_offset(weights, static_cast<size_t>(outputs), 1);
  sums.resize(whole);
  const auto blocks = weight_blocks(weights, outputs, 1, inputs);
  std::vector<int8_t> packed(sums.size() * sizeof(uint32_t) + blocks.size());
  std::memcpy(packed.data(), sums.data(), sums.size() * sizeof(uint32_t));
  std::ranges::copy(blocks, packed.end() - std::ssize(blocks));
  auto scales = constants[1].to_vector<float>(), bias = constants[2].to_vector<float>();
  scales.resize(whole);
  bias.resize(whole);
  return {{make_blob(DType::kI8, packed), make_blob(DType::kF32, scales), make_blob(DType::kF32, bias)}};
}

Blobs pack_taps(int32_t channels, int32_t taps, int32_t zero_point, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto records = pack_channels(sums_of_offset(weights, static_cast<size_t>(channels), zero_point), constants);
  if (!records) return std::nullopt;
  const auto pairs = static_cast<size_t>(round_up(taps, 2) / 2);
  std::vector<int8_t> blocks(static_cast<size_t>(round_up(channels, kBlock)) * pairs * 2);
  for (size_t c = 0; c < static_cast<size_t>(channels); ++c) {
    for (size_t tap = 0; tap < static_cast<size_t>(taps); ++tap) {
      const size_t pair = (c / kBlock * pairs + tap / 2) * kBlock + c % kBlock;
      blocks[pair * 2 + tap % 2] = weights[c * static_cast<size_t>(taps) + tap];
    }
  }
  return {{make_blob(DType::kI8, blocks), *records}};
}

}  // namespace tmc::kernels::highway
