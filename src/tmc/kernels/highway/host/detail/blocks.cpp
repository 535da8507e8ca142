// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/detail/blocks.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "tmc/base/fixed_point.hpp"
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

// The largest sums that weights can make of inputs, which are within 255 of their zero point.
std::vector<int64_t> largest_sums(const std::vector<int8_t>& weights, const std::vector<int32_t>& bias) {
  std::vector<int64_t> sums;
  for (const int32_t value : bias) sums.push_back(std::abs(int64_t{value}));
  const size_t inputs = bias.empty() ? 0 : weights.size() / bias.size();
  for (size_t i = 0; i < weights.size(); ++i) sums[i / inputs] += 255 * std::abs(int64_t{weights[i]});
  return sums;
}

// The short form doubles sums and shifts them to the left in 32 bits.
bool is_short(int64_t largest_sum, int32_t left, int32_t right) {
  return left < 31 && right <= kMostShortRight && largest_sum <= INT32_MAX >> (left + 1);
}

void set_channel(int32_t* record, size_t lane, int32_t bias, FixedMultiplier by, int32_t output_zero_point) {
  const int32_t left = std::max(by.shift, 0), right = std::max(-by.shift, 0);
  record[kBiasRow * kBlock + lane] = bias;
  record[kMultiplierRow * kBlock + lane] = by.multiplier;
  record[kLeftRow * kBlock + lane] = left + 1;
  record[kRightRow * kBlock + lane] = right;
  if (right > kMostShortRight) return;
  const int64_t added = short_form_added(right, output_zero_point);
  std::memcpy(record + (lane % 2 == 0 ? kEvenRow : kOddRow) * kBlock + lane / 2 * 2, &added, sizeof(added));
}

std::optional<Blob> pack_channels(const std::vector<int8_t>& weights, int32_t offset, int32_t output_zero_point,
                                  Constants constants) {
  const auto bias = constants[1].to_vector<int32_t>();
  const auto multiplier = constants[2].to_vector<int32_t>();
  const auto shift = constants[3].to_vector<int32_t>();
  const auto of_offset = sums_of_offset(weights, bias.size(), offset);
  const auto largest = largest_sums(weights, bias);
  std::vector<int32_t> records(
      static_cast<size_t>(round_up(static_cast<int32_t>(bias.size()), kBlock) / kBlock * kRecord));
  for (size_t o = 0; o < bias.size(); ++o) {
    if (multiplier[o] < 0 || shift[o] > 31 || shift[o] < -31) return std::nullopt;
    int32_t* const record = records.data() + o / kBlock * kRecord;
    int32_t* const shorts = record + kShortRow * kBlock;
    if (o % kBlock == 0) {
      std::fill_n(shorts, kBlock, 1);
      std::fill_n(record + kLeftRow * kBlock, kBlock, 1);  // of channels past the end, too
    }
    if (!is_short(largest[o], std::max(shift[o], 0), std::max(-shift[o], 0))) std::fill_n(shorts, kBlock, 0);
    const auto rest = static_cast<int32_t>(static_cast<uint32_t>(bias[o]) - of_offset[o]);
    set_channel(record, o % kBlock, rest, {multiplier[o], shift[o]}, output_zero_point);
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

Blobs pack_rows(int32_t outputs, int32_t runs, int32_t values, int32_t zero_point, int32_t output_zero_point,
                Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto channels = pack_channels(weights, zero_point + 128, output_zero_point, constants);
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

Blobs pack_taps(int32_t channels, int32_t taps, int32_t zero_point, int32_t output_zero_point, Constants constants) {
  const auto weights = constants[0].to_vector<int8_t>();
  const auto records = pack_channels(weights, zero_point, output_zero_point, constants);
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
