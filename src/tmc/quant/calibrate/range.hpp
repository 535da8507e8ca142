// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The range of reals that a tensor's integers shall stand for, chosen from the distribution seen in calibration.
//
//  - min-max: everything that was seen; nothing saturates, an outlier makes every step coarse
//  - percentile: cuts the same small share of the elements off at either end
//  - mean-squared error: the range whose rounding and saturation together cost least energy
//  - KL: the range whose quantised distribution tells least apart from the real one (Migacz, "8-bit inference with
//    TensorRT", GTC 2017, made for ranges that are not symmetric)
//
// Every range holds zero, so that padding and ReLU are exact.

#include <string_view>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/quantization.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/ir/activation.hpp"
#include "tmc/quant/calibrate/histogram.hpp"

namespace tmc::quant {

enum class RangeMethod : uint8_t { kMinMax, kPercentile, kMeanSquaredError, kKl };

inline constexpr RangeMethod kRangeMethods[] = {RangeMethod::kMeanSquaredError, RangeMethod::kMinMax,
                                                RangeMethod::kPercentile, RangeMethod::kKl};

const char* to_string(RangeMethod method);
// "minmax", "percentile", "mse", "kl". kBadUsage for anything else.
Result<RangeMethod> parse_range_method(std::string_view text);

struct RangeOptions {
  RangeMethod method = RangeMethod::kMeanSquaredError;
  double percentile = 99.99;  // of the elements that stay inside, for kPercentile
  bool symmetric = false;     // zero point 0
};

ir::RealRange choose_range(const Histogram& histogram, const RangeOptions& options);

// Scale and zero point of a tensor of signed integers for the range, as TFLite chooses them: zero is exact. Symmetric:
// zero point 0 and the integers without the least one. A range of zero alone gets scale 1.
Quantization integer_parameters(const ir::RealRange& range, DType dtype, bool symmetric);

}  // namespace tmc::quant
