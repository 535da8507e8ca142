// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/equal_channel.hpp"

#include <algorithm>

#include "tmc/base/fixed_point.hpp"

namespace tmc::kernels::armv7em {
namespace {

constexpr int64_t kSumLimit = int64_t{1} << 23;
constexpr int64_t kNeighbours = 32;  // multipliers tried on either side

// The least number of [low, high) that `holds`, which once true stays true; `high` where there is none.
template <typename Holds>
int64_t first_that(int64_t low, int64_t high, Holds holds) {
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

struct Scale {
  int32_t multiplier, right, widening;
};

// The changes of the bias by which sums of the channel step from value to value where the contract's do. Empty, with
// low > high, where there are none.
SumRange equal_changes(const SumRange& sums, const Wanted& wanted, const Scale& scale) {
  const Requantization requantization = short_form(scale.multiplier, -scale.right);
  const auto first_sum_of = [&](int32_t value) {
    return first_that(-2 * kSumLimit, 2 * kSumLimit, [&](int64_t sum) {
      return requantize(static_cast<int32_t>(sum), requantization, wanted.output.zero_point) >= value;
    });
  };
  const int64_t factor = int64_t{1} << scale.widening;
  SumRange changes{INT32_MIN * factor, INT32_MAX * factor};
  const auto reach = [&](int64_t sum, int32_t value) {  // the channel gives `value` or more for `sum`
    changes.low = std::max(changes.low, first_sum_of(value) - factor * sum);
  };
  const auto stay_below = [&](int64_t sum, int32_t value) {
    changes.high = std::min(changes.high, first_sum_of(value) - 1 - factor * sum);
  };
  const int32_t first = wanted(sums.low);
  const int32_t last = wanted(sums.high);
  if (first > wanted.output.low) reach(sums.low, first);
  if (last < wanted.output.high) stay_below(sums.high, last + 1);
  for (int32_t value = first + 1; value <= last && changes.low <= changes.high; ++value) {
    const int64_t step = first_that(sums.low, sums.high + 1, [&](int64_t sum) { return wanted(sum) >= value; });
    reach(step, value);
    stay_below(step - 1, value);
  }
  return changes;
}

std::optional<Channel> channel_with(int64_t bias, const SumRange& sums, const Wanted& wanted, const Scale& scale) {
  if (scale.multiplier < (1 << 30) || scale.right < 2 || scale.right > 30) return std::nullopt;
  const SumRange changes = equal_changes(sums, wanted, scale);
  if (changes.low > changes.high) return std::nullopt;
  const int64_t change = std::clamp<int64_t>(0, changes.low, changes.high);
  const int64_t factor = int64_t{1} << scale.widening;
  return encode_channel(bias * factor + change, {sums.low * factor + change, sums.high * factor + change},
                        scale.multiplier, scale.right, scale.widening);
}

}  // namespace

int32_t Wanted::operator()(int64_t sum) const {
  const int32_t scaled = multiply_by_quantized_multiplier(static_cast<int32_t>(sum), multiplier, shift);
  return static_cast<int32_t>(std::clamp<int64_t>(int64_t{scaled} + output.zero_point, output.low, output.high));
}

std::optional<Channel> encode_channel(int64_t bias, SumRange sums, int32_t multiplier, int32_t right,
                                      int32_t widening) {
  const auto fits = [](int64_t sum) { return sum > -kSumLimit && sum < kSumLimit; };
  if (!fits(bias) || !fits(sums.low) || !fits(sums.high)) return std::nullopt;
  if (!has_short_form(multiplier, -right, 30)) return std::nullopt;
  return Channel{static_cast<int32_t>(bias * 256 + widening * 32 + (right == 0 ? 0 : 32 - right)),
                 static_cast<int32_t>(2 * static_cast<uint32_t>(multiplier))};
}

Channel constant_channel(int32_t value, const Wanted& wanted) {
  const int64_t bias = int64_t{value - wanted.output.zero_point} * 8;  // at a multiplier of 1/8
  return rounds_once(wanted.multiplier, wanted.shift) ? *encode_channel(bias, {bias, bias}, 1 << 28, 0, 0)
                                                      : *encode_channel(bias, {bias, bias}, 1 << 30, 2, 0);
}

std::optional<Channel> find_equal_channel(int64_t bias, SumRange sums, const Wanted& wanted, int32_t max_widening) {
  // The contract's own multiplier is exact, and was refused because sums that saturate are too large.
  if (rounds_once(wanted.multiplier, wanted.shift)) return std::nullopt;
  const int32_t right = -wanted.shift;
  const int64_t magnitude = std::max({int64_t{1}, -sums.low, sums.high});
  const int64_t step = std::max<int64_t>(1, (int64_t{1} << 29) / magnitude);
  // The requantisation's second term is as if the multiplier were larger by 2^(e - 32) of itself.
  const int64_t center = wanted.multiplier - (right < 2 ? 0 : int64_t{wanted.multiplier} >> (32 - right));
  for (int32_t widening = 0; widening <= max_widening; ++widening) {
    for (int64_t i = 0; i < 2 * kNeighbours; ++i) {
      const int64_t multiplier =
          std::clamp<int64_t>(center + (i % 2 == 0 ? i / 2 : -(i / 2) - 1) * step, 1 << 30, INT32_MAX);
      const Scale scale{static_cast<int32_t>(multiplier), right + widening, widening};
      if (const auto channel = channel_with(bias, sums, wanted, scale)) return channel;
    }
  }
  // A function with a single step may be steeper than the contract's, and then needs a smaller bias.
  for (int32_t steeper = right - 1; steeper >= 2; --steeper) {
    if (const auto channel = channel_with(bias, sums, wanted, {1 << 30, steeper, 0})) return channel;
  }
  return std::nullopt;
}

}  // namespace tmc::kernels::armv7em
