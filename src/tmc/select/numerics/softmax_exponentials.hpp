// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exponentials of softmax_s8: element d is exp(-d * input_scale * beta) in Q0.31, computed as TFLite's reference
// does with gemmlowp: the difference is scaled into Q5.26, reduced modulo 1/4, put through a polynomial around -1/8 and
// multiplied by exp(-2^k) for every remaining bit.
//
// Trailing elements below 2^11 are left out: they round to zero in the sum and in the output.

#include <cstdint>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::select {

// exp(x) in Q0.31 for x <= 0 in Q5.26.
int32_t exp_on_negative(int32_t x);

// kUnsupportedType where scale times beta is not positive or so small that the reference refuses it.
Result<std::vector<int32_t>> softmax_exponentials(double beta, float input_scale);

}  // namespace tmc::select
