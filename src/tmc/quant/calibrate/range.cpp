// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/range.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace tmc::quant {
namespace {

using ir::RealRange;

constexpr int kLevels = 256;
// Candidates of a bound: that many equal parts of the extreme, from the whole down to the smallest share tried.
constexpr int kParts = 128;
constexpr int kFewestParts = 16;

struct NamedMethod {
  const char* name;
  RangeMethod method;
};
constexpr NamedMethod kMethods[] = {{"minmax", RangeMethod::kMinMax},
                                    {"percentile", RangeMethod::kPercentile},
                                    {"mse", RangeMethod::kMeanSquaredError},
                                    {"kl", RangeMethod::kKl}};

RealRange with_zero(double low, double high, bool symmetric) {
  const RealRange range{std::min(low, 0.0), std::max(high, 0.0)};
  if (!symmetric) return range;
  const double most = std::max(-range.min, range.max);
  return {-most, most};
}

RealRange percentile_range(const Histogram& histogram, double percentile, bool symmetric) {
  const double outside = static_cast<double>(histogram.count()) * (1 - percentile / 100);
  const auto bins = histogram.bins();
  double below = 0, above = 0;
  int low = 0, high = Histogram::kBins - 1;
  while (low < high && (below += static_cast<double>(bins[static_cast<size_t>(low)])) <= outside) ++low;
  while (high > low && (above += static_cast<double>(bins[static_cast<size_t>(high)])) <= outside) --high;
  return with_zero(std::max(histogram.low_edge(low), histogram.min()),
                   std::min(histogram.low_edge(high + 1), histogram.max()), symmetric);
}

double squared_error(const Histogram& histogram, const RealRange& range, bool symmetric) {
  const Quantization q = integer_parameters(range, DType::kI8, symmetric);
  const auto step = static_cast<double>(q.scale());
  const double low = (symmetric ? -dtype_max(DType::kI8) : dtype_min(DType::kI8)) - q.zero_point();
  const double high = dtype_max(DType::kI8) - q.zero_point();
  double error = 0;
  for (int bin = 0; bin < Histogram::kBins; ++bin) {
    const uint64_t count = histogram.bins()[static_cast<size_t>(bin)];
    if (count == 0) continue;
    const double value = histogram.centre(bin);
    const double off = step * std::clamp(std::round(value / step), low, high) - value;
    error += static_cast<double>(count) * off * off;
  }
  return error;
}

// Kullback-Leibler divergence of the distribution with all that lies outside moved to the ends, from the one that the
// levels can express: a level's elements spread evenly over its bins that are not empty. The bin that begins at zero is
// left out, as in the original: zero is exact, and what ReLU makes of half a tensor would outweigh everything else.
double divergence(const Histogram& histogram, const RealRange& range) {
  const int first = histogram.bin_of(range.min);
  const int last = std::max(first, histogram.bin_of(std::nextafter(range.max, 0)));
  const auto bins = histogram.bins();
  const int zero = histogram.bin_of(0);
  const auto count_of = [&](int bin) {
    return bin == zero ? 0.0 : static_cast<double>(bins[static_cast<size_t>(bin)]);
  };
  std::vector<double> real(static_cast<size_t>(last - first + 1));
  double all = 0;
  for (int bin = 0; bin < Histogram::kBins; ++bin) {
    all += count_of(bin);
    real[static_cast<size_t>(std::clamp(bin, first, last) - first)] += count_of(bin);
  }
  const auto level_of = [&](size_t i) { return i * kLevels / real.size(); };
  std::vector<double> inside(kLevels), filled(kLevels);
  double all_inside = 0;
  for (size_t i = 0; i < real.size(); ++i) {
    const double count = count_of(first + static_cast<int>(i));
    inside[level_of(i)] += count;
    filled[level_of(i)] += count > 0;
    all_inside += count;
  }
  double sum = 0;
  for (size_t i = 0; i < real.size(); ++i) {
    if (real[i] == 0) continue;
    const size_t level = level_of(i);
    // A bin that holds nothing but what was moved to it has no counterpart: a small share stands for it.
    const double spread = count_of(first + static_cast<int>(i)) > 0 ? inside[level] / filled[level] / all_inside : 1e-9;
    const double share = real[i] / all;
    sum += share * std::log(share / spread);
  }
  return sum;
}

// The range with the smallest loss, bound after bound.
RealRange search(const Histogram& histogram, bool symmetric, const std::function<double(const RealRange&)>& loss) {
  const RealRange whole = with_zero(histogram.min(), histogram.max(), symmetric);
  RealRange best = whole;
  double least = loss(best);
  const auto attempt = [&](const RealRange& candidate) {
    const double candidate_loss = loss(candidate);
    if (!(candidate_loss < least)) return;
    least = candidate_loss;
    best = candidate;
  };
  for (int round = 0; round < (symmetric ? 1 : 2); ++round) {
    for (int part = kParts; part >= kFewestParts; --part) {
      const double share = static_cast<double>(part) / kParts;
      if (symmetric) {
        attempt({whole.min * share, whole.max * share});
      } else {
        attempt({best.min, whole.max * share});
      }
    }
    for (int part = kParts; part >= kFewestParts && !symmetric && whole.min < 0; --part) {
      attempt({whole.min * part / kParts, best.max});
    }
  }
  return best;
}

}  // namespace

const char* to_string(RangeMethod method) {
  return std::ranges::find(kMethods, method, &NamedMethod::method)->name;
}

Result<RangeMethod> parse_range_method(std::string_view text) {
  const auto* found = std::ranges::find(kMethods, text, &NamedMethod::name);
  if (found != std::end(kMethods)) return found->method;
  return error(Error::kBadUsage, "there is no way '{}' to choose ranges", text)
      .remedied_by("use minmax, percentile, mse or kl");
}

RealRange choose_range(const Histogram& histogram, const RangeOptions& options) {
  const RealRange whole = with_zero(histogram.min(), histogram.max(), options.symmetric);
  if (!(whole.max > whole.min)) return whole;
  switch (options.method) {
    case RangeMethod::kMinMax:
      return whole;
    case RangeMethod::kPercentile:
      return percentile_range(histogram, options.percentile, options.symmetric);
    case RangeMethod::kMeanSquaredError:
      return search(histogram, options.symmetric,
                    [&](const RealRange& range) { return squared_error(histogram, range, options.symmetric); });
    case RangeMethod::kKl:
      return search(histogram, options.symmetric, [&](const RealRange& range) { return divergence(histogram, range); });
  }
  return whole;
}

Quantization integer_parameters(const RealRange& range, DType dtype, bool symmetric) {
  const RealRange whole = with_zero(range.min, range.max, symmetric);
  const int32_t high = dtype_max(dtype);
  const int32_t low = symmetric ? -high : dtype_min(dtype);
  const auto scale = static_cast<float>((whole.max - whole.min) / (high - low));
  if (!(scale >= std::numeric_limits<float>::min())) return Quantization::per_tensor(1, 0);
  if (symmetric) return Quantization::per_tensor(scale, 0);
  const double zero_point = std::round(low - whole.min / static_cast<double>(scale));
  return Quantization::per_tensor(scale, static_cast<int32_t>(std::clamp<double>(zero_point, low, high)));
}

}  // namespace tmc::quant
