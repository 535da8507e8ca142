// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/rotary_steps.hpp"

#include <cmath>
#include <numbers>

namespace tmc::opt {
namespace {

constexpr double kTurn = 2 * std::numbers::pi, kParts = 4294967296.0;
// What cosines and sines of float32 may be off by: their own rounding, and that of an angle, which grows with it.
constexpr double kRounding = 1e-6, kOfAngle = 2.5e-7;
// All of the first positions are looked at, and of those behind them as many as this.
constexpr int64_t kFirst = 64, kOthers = 200;

double wrapped(double angle) {
  return angle - kTurn * std::nearbyint(angle / kTurn);
}

// Angles of the first token, known the better the further it stands, as an error is that of one token times as many:
// at twice the position, where the angle is known well enough to tell how many whole turns there are.
std::optional<std::vector<double>> estimated(const AnglesAt& at, size_t angles, int64_t positions) {
  std::vector<double> grows(angles, 0);
  for (int64_t position = 1; position < positions; position *= 2) {
    const std::optional<Turned> turned = at(position);
    if (!turned) return std::nullopt;
    for (size_t i = 0; i < angles; ++i) {
      const double seen = std::atan2(static_cast<double>(turned->sines[i]), static_cast<double>(turned->cosines[i]));
      const auto tokens = static_cast<double>(position);
      grows[i] += wrapped(seen - grows[i] * tokens) / tokens;
    }
  }
  return grows;
}

bool agrees(const Turned& turned, const std::vector<double>& grows, int64_t first, int64_t block) {
  const size_t angles = grows.size();
  for (size_t i = 0; i < turned.cosines.size(); ++i) {
    const int64_t row = static_cast<int64_t>(i / angles) % block;
    const double angle = grows[i % angles] * static_cast<double>(first + row);
    const double most = kRounding + kOfAngle * std::abs(angle);
    if (!(std::abs(static_cast<double>(turned.cosines[i]) - std::cos(angle)) <= most) ||
        !(std::abs(static_cast<double>(turned.sines[i]) - std::sin(angle)) <= most)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<std::vector<int64_t>> rotary_steps(const AnglesAt& at, size_t angles, int64_t block, int64_t positions) {
  const int64_t last = positions - block;
  if (last < 2) return std::nullopt;
  const auto grows = estimated(at, angles, last + 1);
  if (!grows) return std::nullopt;
  const int64_t stride = 1 + last / kOthers;
  for (int64_t first = 0; first <= last; first += first < kFirst ? 1 : stride) {
    const std::optional<Turned> turned = at(first);
    if (!turned || !agrees(*turned, *grows, first, block)) return std::nullopt;
  }
  std::vector<int64_t> steps;
  for (const double grow : *grows) {
    const auto parts = static_cast<int64_t>(std::llround(grow / kTurn * kParts));
    steps.push_back(parts & int64_t{UINT32_MAX});
  }
  return steps;
}

}  // namespace tmc::opt
