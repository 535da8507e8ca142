// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/four_bit_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/quant/scheme/weight_form.hpp"

namespace tmc::quant {
namespace {

constexpr int32_t kMostMultiplier = 15;
// Steps of a group that are tried: as shares of the one with which sixteen integers reach all of it.
constexpr float kLeastReach = 0.5F, kMostReach = 1.15F;
constexpr int kTriedReaches = 14;
// Multipliers that the group with the widest step may have: products of larger ones leave eight bits where a group has
// weights on one side only.
constexpr float kWidestMultipliers[] = {7, 7.5F, 8, 8.5F, 9, 9.5F, 10, 11, 12, 13, 14, 15};

struct Range {
  float low = 0, high = 0;  // zero among them
  float full_step() const { return (high - low) / static_cast<float>(kMostInteger); }
};

Range range_of(std::span<const float> weights) {
  Range range;
  for (const float weight : weights) {
    range.low = std::min(range.low, weight);
    range.high = std::max(range.high, weight);
  }
  return range;
}

// What rounding to the step costs.
double energy(std::span<const float> weights, float step, int32_t zero_point) {
  const auto low = static_cast<float>(-zero_point), high = static_cast<float>(kMostInteger - zero_point);
  const float inverse = 1 / step;
  double sum = 0;
  for (const float weight : weights) {
    const float off = weight - step * std::clamp(std::nearbyint(weight * inverse), low, high);
    sum += static_cast<double>(off * off);
  }
  return sum;
}

struct Choice {
  FourBitGroup group;
  double energy = HUGE_VAL;
};

// The zero points that reach to either end of the range, or to neither.
std::vector<int32_t> zero_points(const Range& range, float step) {
  std::vector<int32_t> points;
  const float below = -range.low / step, above = static_cast<float>(kMostInteger) - range.high / step;
  for (const float point : {below, above, (below + above) / 2}) {
    for (const float near : {std::floor(point), std::ceil(point)}) {
      const auto whole = static_cast<int32_t>(std::clamp(near, 0.0F, static_cast<float>(kMostInteger)));
      if (std::ranges::find(points, whole) == points.end()) points.push_back(whole);
    }
  }
  return points;
}

void try_step(std::span<const float> weights, const Range& range, float step, int32_t multiplier, Choice& best) {
  for (const int32_t zero_point : zero_points(range, step)) {
    if (multiplier * std::max(zero_point, kMostInteger - zero_point) > kMostEightBit) continue;
    const double cost = energy(weights, step, zero_point);
    if (cost < best.energy) best = {{multiplier, zero_point}, cost};
  }
}

float best_step(std::span<const float> weights) {
  const Range range = range_of(weights);
  float best = range.full_step();
  Choice choice;
  for (int i = 0; i < kTriedReaches && range.full_step() > 0; ++i) {
    const float step = range.full_step() * (1 - (1 - kLeastReach) * static_cast<float>(i) / kTriedReaches);
    const double before = choice.energy;
    try_step(weights, range, step, 1, choice);
    if (choice.energy < before) best = step;
  }
  return best;
}

// Of a group at a scale: steps near what reaches all of it, or the nearest that there are.
Choice best_group(std::span<const float> weights, float scale) {
  const Range range = range_of(weights);
  Choice best;
  for (int32_t multiplier = 1; multiplier <= kMostMultiplier; ++multiplier) {
    const float step = scale * static_cast<float>(multiplier);
    const bool is_near = step >= kLeastReach * range.full_step() && step <= kMostReach * range.full_step();
    if (is_near || multiplier == 1) try_step(weights, range, step, multiplier, best);
  }
  return best;
}

}  // namespace

FourBitGrid four_bit_grid(std::span<const float> weights, size_t group_inputs) {
  std::vector<std::span<const float>> groups;
  for (size_t at = 0; at < weights.size(); at += group_inputs) {
    groups.push_back(weights.subspan(at, std::min(group_inputs, weights.size() - at)));
  }
  float widest = 0;
  for (const auto group : groups) widest = std::max(widest, best_step(group));
  if (!(widest >= std::numeric_limits<float>::min() * 256)) return {1, std::vector<FourBitGroup>(groups.size())};
  FourBitGrid best;
  double least = HUGE_VAL;
  for (const float multiplier : kWidestMultipliers) {
    FourBitGrid grid{groups.size() == 1 ? widest : widest / multiplier, {}};
    double cost = 0;
    for (const auto group : groups) {
      const Choice choice = best_group(group, grid.scale);
      grid.groups.push_back(choice.group);
      cost += choice.energy;
    }
    if (!(cost < least)) continue;
    least = cost;
    best = std::move(grid);
  }
  return best;
}

}  // namespace tmc::quant
