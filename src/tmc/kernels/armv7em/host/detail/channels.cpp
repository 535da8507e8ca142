// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/channels.hpp"

#include <algorithm>
#include <cstring>

namespace tmc::kernels::armv7em {
namespace {

template <typename Weight>
SumRange sum_range(int64_t bias, std::span<Weight> weights) {
  SumRange range{bias, bias};
  for (const int64_t weight : weights) {
    range.low += std::min(weight * 127, weight * -128);
    range.high += std::max(weight * 127, weight * -128);
  }
  return range;
}

// detail/channel.hpp says when the contract's own multiplier is exact.
std::optional<Channel> prove_channel(int64_t bias, const SumRange& sums, const Wanted& wanted, int32_t max_widening) {
  const int32_t right = -wanted.shift;
  const bool is_exact = right <= 12 || std::max(-sums.low, sums.high) < int64_t{1} << (32 - right);
  const auto channel = encode_channel(bias, sums, wanted.multiplier, right, 0);
  return channel && is_exact ? channel : find_equal_channel(bias, sums, wanted, max_widening);
}

template <typename Weight>
int64_t folded_bias(int64_t bias, std::span<Weight> weights, int32_t input_zero_point) {
  for (const Weight weight : weights) bias -= int64_t{input_zero_point} * weight;
  return bias;
}

std::optional<WideChannel> prove_wide_channel(int64_t bias, const SumRange& sums, const Wanted& wanted) {
  const int32_t right = -wanted.shift;
  const bool is_exact = right <= 12 || std::max(-sums.low, sums.high) < int64_t{1} << (32 - right);
  if (is_exact && has_short_form(wanted.multiplier, wanted.shift, 31)) {
    return WideChannel{static_cast<int32_t>(static_cast<uint32_t>(bias)), short_form(wanted.multiplier, wanted.shift)};
  }
  const auto channel = find_equal_channel(bias, sums, wanted, 0);
  if (!channel) return std::nullopt;
  return WideChannel{channel->bias(), channel->requantization()};
}

}  // namespace

std::optional<std::vector<Channel>> prove_channels(ChannelConstants& constants, int32_t input_zero_point,
                                                   const OutputRange& output, int32_t max_widening) {
  std::vector<Channel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const Wanted wanted{constants.multiplier[i], constants.shift[i], output};
    const std::span<int8_t> weights = constants.weights_of(i);
    const int64_t bias = folded_bias(constants.bias[i], weights, input_zero_point);
    const SumRange sums = sum_range(bias, weights);
    if (wanted.shift > 0 || sums.low < INT32_MIN || sums.high > INT32_MAX) return std::nullopt;

    if (wanted(sums.low) == wanted(sums.high)) {
      channels.push_back(constant_channel(wanted(sums.low), wanted));
      std::ranges::fill(weights, int8_t{0});
      continue;
    }
    const auto channel = prove_channel(bias, sums, wanted, max_widening);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

template <typename Weight>
std::optional<std::vector<WideChannel>> prove_wide_channels(ChannelConstantsOf<Weight>& constants,
                                                            int32_t input_zero_point, const OutputRange& output) {
  std::vector<WideChannel> channels;
  for (size_t i = 0; i < constants.channels(); ++i) {
    const Wanted wanted{constants.multiplier[i], constants.shift[i], output};
    const std::span<Weight> weights = constants.weights_of(i);
    const int64_t bias = folded_bias(constants.bias[i], weights, input_zero_point);
    const SumRange sums = sum_range(bias, weights);
    const bool wraps = sums.low < INT32_MIN || sums.high > INT32_MAX;
    if (wanted.shift > 0 || (wraps && wanted.shift < -12)) return std::nullopt;
    if (!wraps && wanted(sums.low) == wanted(sums.high)) {
      const Channel constant = constant_channel(wanted(sums.low), wanted);
      channels.push_back({constant.bias(), constant.requantization()});
      std::ranges::fill(weights, Weight{0});
      continue;
    }
    const auto channel = prove_wide_channel(bias, sums, wanted);
    if (!channel) return std::nullopt;
    channels.push_back(*channel);
  }
  return channels;
}

template std::optional<std::vector<WideChannel>> prove_wide_channels(ChannelConstantsOf<int8_t>&, int32_t,
                                                                     const OutputRange&);
template std::optional<std::vector<WideChannel>> prove_wide_channels(ChannelConstantsOf<int16_t>&, int32_t,
                                                                     const OutputRange&);

Blob channels_blob(const std::vector<Channel>& channels) {
  return make_blob(DType::kI32, channels);
}

Blobs blobs_that_round_once(Blobs blobs) {
  if (!blobs) return std::nullopt;
  const std::vector<std::byte>& bytes = (*blobs)[1].bytes;
  std::vector<Channel> channels(bytes.size() / sizeof(Channel));
  std::memcpy(channels.data(), bytes.data(), bytes.size());
  if (!std::ranges::all_of(channels, &Channel::rounds_once)) return std::nullopt;
  return blobs;
}

}  // namespace tmc::kernels::armv7em
