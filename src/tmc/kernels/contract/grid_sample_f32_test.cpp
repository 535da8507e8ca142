// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/grid_sample_f32.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tmc/kernels/testing/naive.hpp"
#include "tmc/kernels/testing/signal_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;
using Params = GridSampleF32::Params;

// Step by step, and turned at an end as often as one is met.
int64_t pixel_of(const Params& p, int64_t at, int64_t extent) {
  if (p.outside == GridSampleF32::kBorder) return std::clamp<int64_t>(at, 0, extent - 1);
  if (p.outside == GridSampleF32::kZeros) return at >= 0 && at < extent ? at : -1;
  while (at < 0 || at >= extent) {
    if (p.corners != 0 && extent == 1) return 0;
    const int64_t gap = p.corners != 0 ? 0 : 1;
    at = at < 0 ? -at - gap : 2 * (extent - 1) + gap - at;
  }
  return at;
}

double weight_of(const Params& p, double distance) {
  const double d = std::abs(distance);
  if (p.mode == GridSampleF32::kLinear) return std::max(0.0, 1 - d);
  if (d <= 1) return 1.25 * d * d * d - 2.25 * d * d + 1;
  return d < 2 ? -0.75 * d * d * d + 3.75 * d * d - 6 * d + 3 : 0;
}

class Naive {
 public:
  Naive(const Params& p, const std::vector<float>& input) : p_(p), input_(input) {}

  // From axis `axis` on, the last of which is x; `first` is the element at the indices before.
  double read(const float* place, int32_t axis, int64_t first) const {
    if (axis == 3) return static_cast<double>(input_[static_cast<size_t>(first)]);
    const int64_t extent = p_.image[axis];
    if (axis < 3 - p_.axes) return read(place, axis + 1, first * extent);
    const auto n = static_cast<double>(place[2 - axis]);
    const auto size = static_cast<double>(extent);
    const double at = p_.corners != 0 ? (n + 1) / 2 * (size - 1) : ((n + 1) * size - 1) / 2;
    const auto value = [&](int64_t pixel) {
      const int64_t found = pixel_of(p_, pixel, extent);
      return found < 0 ? 0 : read(place, axis + 1, first * extent + found);
    };
    if (p_.mode == GridSampleF32::kNearest) return value(static_cast<int64_t>(std::nearbyint(at)));
    double sum = 0;
    const auto begin = static_cast<int64_t>(std::floor(at)) - 1;
    for (int64_t pixel = begin; pixel < begin + 4; ++pixel) {
      const double weight = weight_of(p_, at - static_cast<double>(pixel));
      if (weight != 0) sum += weight * value(pixel);
    }
    return sum;
  }

 private:
  const Params& p_;
  const std::vector<float>& input_;
};

Params any_params(std::mt19937& rng) {
  Params p{};
  p.items = pick(rng, 1, 2);
  p.channels = pick(rng, 1, 3);
  p.axes = pick(rng, 2, 3);
  p.mode = pick(rng, 0, 2);
  if (p.axes == 3) p.mode = pick(rng, 0, 1);
  p.outside = pick(rng, 0, 2);
  p.corners = pick(rng, 0, 1);
  for (int32_t axis = 0; axis < 3; ++axis) {
    const bool is_flat = axis == 0 && p.axes == 2;
    p.image[axis] = is_flat ? 1 : pick(rng, 1, 6);
    p.places[axis] = is_flat ? 1 : pick(rng, 1, 4);
  }
  const int32_t places = p.places[0] * p.places[1] * p.places[2];
  p.input_elements = p.items * p.channels * p.image[0] * p.image[1] * p.image[2];
  p.grid_elements = p.items * places * p.axes;
  p.output_elements = p.items * p.channels * places;
  return p;
}

TEST(GridSampleF32, ReadsWhereTheGridSays) {
  std::mt19937 rng(5);
  std::uniform_real_distribution<float> any(-2, 2);
  for (int round = 0; round < 400; ++round) {
    const Params p = any_params(rng);
    std::vector<float> input(static_cast<size_t>(p.input_elements)), grid(static_cast<size_t>(p.grid_elements));
    for (float& value : input) value = any(rng);
    // Sixteenths, of which coordinates are exact, and some of which lie in the middle between pixels.
    for (float& value : grid) value = static_cast<float>(pick(rng, -40, 40)) / 16;
    const auto output =
        run_signal<GridSampleF32, float>(p, {to_bytes(input), to_bytes(grid)}, static_cast<size_t>(p.output_elements));
    const int32_t places = p.output_elements / p.items / p.channels;
    const int32_t pixels = p.input_elements / p.items / p.channels;
    for (int32_t i = 0; i < p.output_elements; ++i) {
      const int32_t plane = i / places, place = plane / p.channels * places + i % places;
      const std::vector<float> of_plane(input.begin() + plane * pixels, input.begin() + (plane + 1) * pixels);
      const double expected = Naive(p, of_plane).read(&grid[static_cast<size_t>(place * p.axes)], 0, 0);
      EXPECT_NEAR(output[static_cast<size_t>(i)], expected, 1e-5) << round;
    }
  }
}

TEST(GridSampleF32, StaysInsideWhateverTheGridSays) {
  std::mt19937 rng(6);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float extremes[] = {kInfinity, -kInfinity, std::nanf(""), 3e38F, -3e38F, 1e7F, -1e7F};
  for (int round = 0; round < 200; ++round) {
    const Params p = any_params(rng);
    const std::vector<float> input(static_cast<size_t>(p.input_elements), 1);
    std::vector<float> grid(static_cast<size_t>(p.grid_elements));
    for (float& value : grid) value = extremes[pick(rng, 0, 6)];
    const auto output =
        run_signal<GridSampleF32, float>(p, {to_bytes(input), to_bytes(grid)}, static_cast<size_t>(p.output_elements));
    for (const float value : output) EXPECT_TRUE(std::isnan(value) || std::abs(value) < 1.01F) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels
