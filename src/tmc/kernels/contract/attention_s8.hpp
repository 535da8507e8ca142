// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Scaled dot-product attention (contract/attention.hpp) of int8, in integers alone. Neither scores nor exponentials of
// all keys are ever there.
//
// Scores are integers, 64 to a power of two of what they stand for:
//
//   product = sum over d of (query[d] - query_zero_point) * key[d]    the zero point of keys moves all scores alike
//   score = (product * 2^score_shift * score_multiplier + 2^31) >> 32
//
// A mask of int16 is added to the scores, of which -32768 hides. The model's constant: exponentials i16 [1024], of
// which element n belongs to a score that lies n below the largest; those that lie further below, and hidden ones,
// count as n = 1023, of which it is 0.
//
// Keys are taken in runs of kRun, the first from key 0. `largest` is that of all scores so far; where a run of which
// the query sees any key raises it by n, what was added up before is made less first:
//
//   sum = less(sum, n), totals[d] = less(totals[d], n),  less(x, n) = 2 * ((x * exponentials[n] * 2^16 + 2^31) >> 32)
//   sum += sum over the run of exponential
//   totals[d] += (sum over the run of exponential * value[d] + half) >> total_shift,  half = 2^total_shift / 2 rounded
//   down
//
// At the end, with Reciprocal (common/reciprocal.hpp) r of the sum, an integer, and high_mul(a, b) = (a * b + 2^30) >>
// 31:
//
//   mean = (totals[d] * high_mul(r.reciprocal, output_multiplier)) >> 32
//   shift = r.exponent - total_shift - output_shift - 9
//   output = ((mean >> shift, or << -shift) + output_offset) >> 8, saturated
//
// output_multiplier * 2^(output_shift - 31) is the scale of values over that of the output; output_offset has 8
// fractional bits and is the output's zero point less the values' times that quotient, and a half. The output of a
// query that sees nothing is output_zero_point. keys <= 512 << total_shift, and size << score_shift <= 2^15.

#include "tmc/kernels/contract/attention.hpp"

namespace tmc::kernels {

#define TMC_ATTENTION_S8                                                               \
  TMC_ATTENTION int32_t query_zero_point, score_multiplier, score_shift, exponentials; \
  int32_t total_shift;                                                                 \
  int32_t output_zero_point, output_multiplier, output_shift, output_offset;

struct AttentionS8 {
  static constexpr const char* kName = "attention_s8";
  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(TMC_ATTENTION_S8)

  static constexpr int32_t kRun = 32;
  static constexpr int32_t kExponentials = 1024;
  static constexpr int32_t kMaxSize = 1 << 15;  // times 2^score_shift
  static constexpr int32_t kMaxKeys = 512;      // times 2^total_shift
  static constexpr int32_t kMaxTotalShift = 6;  // sums stay below 2^30
  static constexpr int16_t kHides = INT16_MIN;

  struct Buffers {
    const int8_t* query;
    const int8_t* key;
    const int8_t* value;
    const void* mask;
    const int16_t* exponentials;
    int8_t* output;
    void* scratch;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"query", Role::kInput},           {"key", Role::kInput},     {"value", Role::kInput},    {"mask", Role::kInput},
      {"exponentials", Role::kConstant}, {"output", Role::kOutput}, {"scratch", Role::kScratch}};
};

}  // namespace tmc::kernels
