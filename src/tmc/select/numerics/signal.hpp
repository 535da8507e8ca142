// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the signal operators' kernels.

#include <cstdint>
#include <vector>

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Elements of an input, or of the output.
int32_t elements_of(const ir::Value& value);

// The twiddles of a transform of `length` real samples (contract/signal_spectrum.hpp), or of its inverse.
std::vector<int16_t> rfft_twiddles(int32_t length, bool inverse = false);

// What signal_log adds to the fraction of a logarithm to base 2 (contract/signal_filter_bank.hpp).
std::vector<uint16_t> log_table();

// The bands of a filter bank over `bins` bins, side by side: first bin, place of the weights, bins. kMalformed where
// one reaches outside of the bins or of the weights. A band of no bins, or less, is {0, 0, 0}.
struct Bands {
  std::vector<int16_t> bin_starts, weight_starts, widths;
};
Result<std::vector<int16_t>> spans_of(const Bands& bands, int64_t bins, int64_t weights);

}  // namespace tmc::select
