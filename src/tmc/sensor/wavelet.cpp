// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "tmc/ops/op/concat.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using preprocess::Wavelet;

// Where the elements around a line of that length, and those of it, are read: mirrored at its ends, which are
// repeated, or around the ends of a line that is made even by repeating its last element.
int64_t place_of(int64_t index, int64_t samples, bool is_periodic) {
  const int64_t period = is_periodic ? samples + samples % 2 : 2 * samples;
  const int64_t within = (index % period + period) % period;
  if (is_periodic) return std::min(within, samples - 1);
  return within < samples ? within : period - 1 - within;
}

// Approximation and detail, [channels, coefficients] each.
std::pair<ValueId, ValueId> append_level(Builder& builder, ValueId signal, const Wavelet& wavelet) {
  if (signal == ValueId::kNone) return {signal, signal};
  const Shape shape = builder.shape(signal);
  const int64_t samples = shape[1];
  const int64_t taps = std::ssize(wavelet.low_pass);
  const int64_t count = preprocess::wavelet_extent(wavelet, samples);
  // The last element that coefficient 0 reads.
  const int64_t last = wavelet.is_periodic ? taps / 2 : 1;
  std::vector<int64_t> indices;
  for (int64_t i = last - taps + 1; i <= last + 2 * (count - 1); ++i) {
    indices.push_back(place_of(i, samples, wavelet.is_periodic));
  }
  const std::vector<std::vector<double>> filters = {{wavelet.low_pass.rbegin(), wavelet.low_pass.rend()},
                                                    {wavelet.high_pass.rbegin(), wavelet.high_pass.rend()}};
  const ValueId both = append_convolution(builder, builder.at(signal, indices), filters, 2);
  const auto coefficients = [&](int64_t filter) {
    return builder.reshaped(builder.part(both, filter, 1), {shape[0], count});
  };
  return {coefficients(0), coefficients(1)};
}

}  // namespace

ValueId append_wavelet(Builder& builder, ValueId signal, const Wavelet& wavelet) {
  std::vector<ValueId> columns;
  for (int64_t level = 0; level < wavelet.levels; ++level) {
    const auto [approximation, detail] = append_level(builder, signal, wavelet);
    columns.push_back(append_statistics(builder, detail, wavelet.statistics));
    signal = approximation;
  }
  columns.push_back(append_statistics(builder, signal, wavelet.statistics));
  std::ranges::reverse(columns);
  return builder.add("wavelet", ops::Concat{1}, columns);
}

}  // namespace tmc::sensor
