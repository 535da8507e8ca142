// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/linear_form.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tmc::kernels::armv7em {
namespace {

constexpr int64_t kOne = int64_t{1} << LinearForm::kFractionBits;

// What each value of an operand adds to the sum, by value + 128.
using Terms = std::array<int64_t, 256>;

Terms terms_of(int32_t factor) {
  Terms terms{};
  for (int32_t i = 0; i < 256; ++i) terms[static_cast<size_t>(i)] = (int64_t{factor} * (i - 128)) >> 8;
  return terms;
}

// The starts with which terms give the function: [first, last], and the pairs of operands that bound them. Where
// first > last there are none; then slopes for which there are leave room between these two pairs.
struct Starts {
  int64_t first = INT32_MIN;
  int64_t last = INT32_MAX;
  std::array<int, 2> first_pair{}, last_pair{};

  bool any() const { return first <= last; }
};

Starts find_starts(const PairFunction& wanted, const Terms& a_terms, const Terms& b_terms) {
  Starts starts;
  const int8_t* value = wanted.values.data();
  for (int a = -128; a < 128; ++a) {
    for (int b = -128; b < 128; ++b, ++value) {
      const int64_t term = a_terms[static_cast<size_t>(a + 128)] + b_terms[static_cast<size_t>(b + 128)];
      if (*value > wanted.low && *value * kOne - term > starts.first) {
        starts.first = *value * kOne - term;
        starts.first_pair = {a, b};
      }
      if (*value < wanted.high && (*value + 1) * kOne - 1 - term < starts.last) {
        starts.last = (*value + 1) * kOne - 1 - term;
        starts.last_pair = {a, b};
      }
    }
  }
  return starts;
}

// In whatever order the terms are added.
std::optional<int32_t> start_without_wrapping(const Starts& starts, const Terms& a, const Terms& b) {
  const int64_t start = starts.first + (starts.last - starts.first) / 2;
  const auto [a_least, a_most] = std::ranges::minmax(a);
  const auto [b_least, b_most] = std::ranges::minmax(b);
  const int64_t least = start + std::min<int64_t>({0, a_least, b_least, a_least + b_least});
  const int64_t most = start + std::max<int64_t>({0, a_most, b_most, a_most + b_most});
  if (least < INT32_MIN || most > INT32_MAX) return std::nullopt;
  return static_cast<int32_t>(start);
}

// Where in the plane of the two factors a form may be: an ellipse that loses, with every point that was tried, the side
// on which the room for a start only shrinks. The room is a concave function of the factors, so this is the ellipsoid
// method with deep cuts (Bland, Goldfarb, Todd 1981).
class Search {
 public:
  Search(double a_factor, double b_factor, double radius)
      : center_{a_factor, b_factor}, spread_{radius * radius, 0, radius * radius} {}

  int32_t a_factor() const { return static_cast<int32_t>(std::lround(center_[0])); }
  int32_t b_factor() const { return static_cast<int32_t>(std::lround(center_[1])); }
  bool in_range() const { return std::max(std::abs(center_[0]), std::abs(center_[1])) < INT32_MAX; }

  // False where nothing is left.
  bool cut(const Starts& tried) {
    constexpr double kRounding = 4;  // of terms, by which the room differs from a concave function
    const double g0 = (tried.first_pair[0] - tried.last_pair[0]) / 256.0;
    const double g1 = (tried.first_pair[1] - tried.last_pair[1]) / 256.0;
    const double p0 = spread_[0] * g0 + spread_[1] * g1;
    const double p1 = spread_[1] * g0 + spread_[2] * g1;
    const double length = std::sqrt(g0 * p0 + g1 * p1);
    if (!(length > 0)) return false;
    const double depth = std::max(0.0, (static_cast<double>(tried.first - tried.last) - kRounding) / length);
    if (depth >= 1) return false;
    const double step = (1 + 2 * depth) / 3 / length;
    center_[0] += step * p0;
    center_[1] += step * p1;
    const double grow = 4.0 / 3 * (1 - depth * depth);
    const double shrink = 2 * (1 + 2 * depth) / (3 * (1 + depth)) / (length * length);
    spread_[0] = grow * (spread_[0] - shrink * p0 * p0);
    spread_[1] = grow * (spread_[1] - shrink * p0 * p1);
    spread_[2] = grow * (spread_[2] - shrink * p1 * p1);
    return true;
  }

 private:
  std::array<double, 2> center_;
  std::array<double, 3> spread_;  // of the symmetric matrix: [0, 0], [0, 1], [1, 1]
};

}  // namespace

std::optional<LinearForm> find_linear_form(const PairFunction& wanted, double a_slope, double b_slope) {
  constexpr double kFactor = 256.0 * kOne;  // for a slope of one
  constexpr int kTries = 60;
  const double radius = std::max(2.0, std::max(std::abs(a_slope), std::abs(b_slope)) * kFactor * 0x1p-10);
  Search search(a_slope * kFactor, b_slope * kFactor, radius);
  for (int i = 0; i < kTries && search.in_range(); ++i) {
    const Terms a_terms = terms_of(search.a_factor());
    const Terms b_terms = terms_of(search.b_factor());
    const Starts starts = find_starts(wanted, a_terms, b_terms);
    if (starts.any()) {
      const auto start = start_without_wrapping(starts, a_terms, b_terms);
      if (!start) return std::nullopt;
      return LinearForm{search.a_factor(), search.b_factor(), *start};
    }
    if (!search.cut(starts)) break;
  }
  return std::nullopt;
}

}  // namespace tmc::kernels::armv7em
