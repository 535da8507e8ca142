// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/resample.hpp"

#include <cmath>
#include <numeric>

namespace tmc::frontend {
namespace {

// Keys, Cubic convolution interpolation for digital image processing (1981), with its free coefficient.
double cubic(double distance, double a) {
  const double x = std::fabs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

double linear(double distance) {
  return std::max(0.0, 1 - std::fabs(distance));
}

// How far the taps reach to the left of the element that is left of a place between elements, and how many there are.
struct Reach {
  int64_t first, count;
  double shrink;  // distances count so much: a smaller result looks at more elements
};

Reach reach_of(const Resampling& how, float scale) {
  const double radius = how.is_cubic ? 2 : 1;
  const double shrink = how.antialias ? std::min(static_cast<double>(scale), 1.0) : 1;
  const auto first = static_cast<int64_t>(std::floor(-radius / shrink)) + 1;
  return {first, 2 - 2 * first, shrink};
}

Result<float> place_of(const Resampling& how, int64_t at, int64_t extent, int64_t resized, float scale) {
  if (how.coordinates != "tf_crop_and_resize") return source_coordinate(how.coordinates, at, extent, resized, scale);
  const auto last = static_cast<float>(extent - 1);
  if (resized <= 1) return (how.begin + how.end) / 2 * last;
  return how.begin * last + static_cast<float>(at) * (how.end - how.begin) * last / static_cast<float>(resized - 1);
}

}  // namespace

Result<Taps> taps_of(ConstantBudget& budget, const Resampling& how, int64_t extent, int64_t resized, float scale) {
  constexpr int64_t kMostTaps = 1 << 12;
  const Reach reach = reach_of(how, scale);
  if (resized < 1 || !(scale > 0) || reach.count > kMostTaps) {
    return error(Error::kUnsupportedShape, "an axis of {} is to have {} elements", extent, resized);
  }
  for (int64_t tap = 0; tap < reach.count; ++tap) TMC_TRY(take_indices(budget, resized));
  const auto count = static_cast<size_t>(reach.count);
  Taps result{std::vector<Tap>(count), std::vector<float>(static_cast<size_t>(resized), 0)};
  std::vector<double> weights(count);
  for (int64_t at = 0; at < resized; ++at) {
    TMC_ASSIGN(const float place, place_of(how, at, extent, resized, scale));
    // A region may lie anywhere, and have ends that are no numbers.
    const bool is_inside = place >= 0 && place <= static_cast<float>(extent - 1);
    const bool is_outside = how.coordinates == "tf_crop_and_resize" && !is_inside;
    const double left = is_outside ? 0 : static_cast<double>(std::floor(place));
    for (size_t tap = 0; tap < count; ++tap) {
      const int64_t offset = reach.first + static_cast<int64_t>(tap);
      const double distance = (static_cast<double>(place) - left - static_cast<double>(offset)) * reach.shrink;
      const int64_t index = static_cast<int64_t>(left) + offset;
      const bool is_left_out = is_outside || (how.exclude_outside && (index < 0 || index >= extent));
      weights[tap] = is_left_out ? 0 : how.is_cubic ? cubic(distance, how.cubic_coefficient) : linear(distance);
      result.taps[tap].indices.push_back(std::clamp<int64_t>(index, 0, extent - 1));
    }
    const double sum = is_outside ? 1 : std::accumulate(weights.begin(), weights.end(), 0.0);
    for (size_t tap = 0; tap < count; ++tap) {
      result.taps[tap].weights.push_back(static_cast<float>(weights[tap] / sum));
    }
    if (is_outside) result.offsets[static_cast<size_t>(at)] = how.extrapolation;
  }
  if (std::ranges::all_of(result.offsets, [](float offset) { return offset == 0; })) result.offsets.clear();
  return result;
}

}  // namespace tmc::frontend
