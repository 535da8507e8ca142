// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/softmax_exponentials.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/base/host/quantization.hpp"

namespace tmc::select {
namespace {

constexpr int kIntegerBits = 5;
constexpr int kFractionBits = 31 - kIntegerBits;

int32_t product(int32_t a, int32_t b) {
  return saturating_rounding_doubling_high_mul(a, b);
}

// exp(x) in Q0.31 for x in [-1/4, 0) in Q0.31: a Taylor expansion of fourth degree around -1/8.
int32_t exp_on_last_quarter(int32_t x) {
  constexpr int32_t kExpOfMinusEighth = 1895147668;
  constexpr int32_t kThird = 715827883;
  const int32_t t = x + (1 << 28);
  const int32_t t2 = product(t, t);
  const int32_t t3 = product(t2, t);
  const int32_t t4_over_4 = rounding_divide_by_pot(product(t2, t2), 2);
  const int32_t tail = rounding_divide_by_pot(product(t4_over_4 + t3, kThird) + t2, 1);
  return kExpOfMinusEighth + product(kExpOfMinusEighth, t + tail);
}

}  // namespace

int32_t exp_on_negative(int32_t x) {
  if (x == 0) return INT32_MAX;
  constexpr int32_t kQuarter = 1 << (kFractionBits - 2);
  const int32_t in_last_quarter = (x & (kQuarter - 1)) - kQuarter;
  // Q5.26 to Q0.31 is exact here.
  int32_t result = exp_on_last_quarter(in_last_quarter * (1 << kIntegerBits));
  const int32_t remainder = in_last_quarter - x;
  // exp(-1/4), exp(-1/2), exp(-1) ... exp(-16) in Q0.31.
  constexpr int32_t kPowers[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  for (int bit = 0; bit < 7; ++bit) {
    if (remainder & (kQuarter << bit)) result = product(result, kPowers[bit]);
  }
  return result;
}

Result<std::vector<int32_t>> softmax_exponentials(double beta, float input_scale) {
  // TFLite holds beta as float.
  const double scale = static_cast<double>(static_cast<float>(beta)) * static_cast<double>(input_scale);
  const double real = std::min(scale * (1 << kFractionBits), 2147483647.0);
  if (!(real > 1)) {
    return error(Error::kUnsupportedType, "scale times beta is {}, too small for fixed point", scale)
        .with_hint("requantise the input of the softmax");
  }
  const FixedMultiplier fixed = quantize_multiplier(real);
  const double least =
      std::floor(static_cast<double>((1 << kIntegerBits) - 1) * (1 << kFractionBits) / std::ldexp(1.0, fixed.shift));
  std::vector<int32_t> exponentials;
  for (int below = 0; below < 256 && below <= least; ++below) {
    const int32_t exponential = exp_on_negative(product(wrapping_shift_left(-below, fixed.shift), fixed.multiplier));
    if (exponential < 1 << 11) break;
    exponentials.push_back(exponential);
  }
  return exponentials;
}

}  // namespace tmc::select
