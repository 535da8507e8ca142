// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/signal.hpp"

#include <cmath>
#include <numbers>

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/kernels/contract/signal_spectrum.hpp"

namespace tmc::select {
namespace {

int16_t to_int16(double real) {
  return static_cast<int16_t>(std::floor(real * INT16_MAX + 0.5));
}

void append_turn(std::vector<int16_t>& twiddles, double angle) {
  twiddles.push_back(to_int16(std::cos(angle)));
  twiddles.push_back(to_int16(std::sin(angle)));
}

}  // namespace

int32_t elements_of(const ir::Value& value) {
  return static_cast<int32_t>(value.type.shape.elements());
}

std::vector<int16_t> rfft_twiddles(int32_t length, bool inverse) {
  const double pi = inverse ? -std::numbers::pi : std::numbers::pi;
  const int32_t pairs = length / 2;
  std::vector<int16_t> twiddles;
  for (int32_t k = 0; k < kernels::rfft_stage_twiddles(length); ++k) append_turn(twiddles, -2 * pi * k / pairs);
  for (int32_t k = 1; k <= pairs / 2; ++k) append_turn(twiddles, -pi * (static_cast<double>(k) / pairs + 0.5));
  return twiddles;
}

std::vector<uint16_t> log_table() {
  std::vector<uint16_t> table;
  for (int32_t i = 0; i < kernels::kSignalLogTable; ++i) {
    const double fraction = i / 128.0;
    table.push_back(static_cast<uint16_t>(std::lround(65536 * (std::log2(1 + fraction) - fraction))));
  }
  return table;
}

Result<std::vector<int16_t>> spans_of(const Bands& bands, int64_t bins, int64_t weights) {
  std::vector<int16_t> spans;
  for (size_t i = 0; i < bands.widths.size(); ++i) {
    const int16_t width = bands.widths[i];
    if (width <= 0) {
      spans.insert(spans.end(), {0, 0, 0});
      continue;
    }
    const int16_t bin = bands.bin_starts[i];
    const int16_t place = bands.weight_starts[i];
    if (bin < 0 || place < 0 || bin + width > bins || place + width > weights) {
      return error(Error::kMalformed,
                   "band {} of the filter bank has bins from {} and weights from {}, {} of them; there are {} and {}",
                   i, bin, place, width, bins, weights)
          .with_hint("export the model again");
    }
    spans.insert(spans.end(), {bin, place, width});
  }
  return spans;
}

}  // namespace tmc::select
