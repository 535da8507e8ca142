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

// What a loss sums over runs of bins. A candidate then costs a look at each of its levels, not at each bin.
class RunningSums {
 public:
  explicit RunningSums(const std::function<double(int bin)>& term) : before_(Histogram::kBins + 1) {
    for (int bin = 0; bin < Histogram::kBins; ++bin) {
      before_[static_cast<size_t>(bin) + 1] = before_[static_cast<size_t>(bin)] + term(bin);
    }
  }
  // Of the bins [begin, end).
  double of(int begin, int end) const {
    return before_[static_cast<size_t>(end)] - before_[static_cast<size_t>(begin)];
  }

 private:
  std::vector<double> before_;
};

// The energy of what rounding to levels and saturation take from the elements, each at the centre of its bin.
class SquaredError {
 public:
  SquaredError(const Histogram& histogram, bool symmetric)
      : histogram_(histogram),
        symmetric_(symmetric),
        count_([&](int bin) { return count_of(bin); }),
        sum_([&](int bin) { return count_of(bin) * histogram.centre(bin); }),
        square_([&](int bin) { return count_of(bin) * histogram.centre(bin) * histogram.centre(bin); }) {}

  double operator()(const RealRange& range) const {
    const Quantization q = integer_parameters(range, DType::kI8, symmetric_);
    const auto step = static_cast<double>(q.scale());
    const int low = (symmetric_ ? -dtype_max(DType::kI8) : dtype_min(DType::kI8)) - q.zero_point();
    const int high = dtype_max(DType::kI8) - q.zero_point();
    double error = 0;
    int begin = 0;
    for (int level = low; level <= high; ++level) {
      const int end = level == high ? Histogram::kBins : std::max(begin, first_bin_from(step * (level + 0.5)));
      const double value = step * level;
      error += square_.of(begin, end) - 2 * value * sum_.of(begin, end) + value * value * count_.of(begin, end);
      begin = end;
    }
    return error;
  }

 private:
  double count_of(int bin) const { return static_cast<double>(histogram_.bins()[static_cast<size_t>(bin)]); }
  // The first bin whose centre is not below the value.
  int first_bin_from(double value) const {
    const double bin = std::ceil(value / histogram_.bin_width() - 0.5) + Histogram::kBinsEachSide;
    return static_cast<int>(std::clamp(bin, 0.0, static_cast<double>(Histogram::kBins)));
  }

  const Histogram& histogram_;
  bool symmetric_;
  RunningSums count_, sum_, square_;
};

// Kullback-Leibler divergence of the distribution with all that lies outside moved to the ends, from the one that the
// levels can express: a level's elements spread evenly over its bins that are not empty. The bin that begins at zero is
// left out, as in the original: zero is exact, and what ReLU makes of half a tensor would outweigh everything else.
class Divergence {
 public:
  explicit Divergence(const Histogram& histogram)
      : histogram_(histogram),
        zero_(histogram.bin_of(0)),
        count_([&](int bin) { return count_of(bin); }),
        filled_([&](int bin) { return count_of(bin) > 0 ? 1.0 : 0.0; }),
        entropy_([&](int bin) { return count_of(bin) > 0 ? count_of(bin) * std::log(count_of(bin)) : 0; }) {}

  double operator()(const RealRange& range) const {
    const int first = histogram_.bin_of(range.min);
    const int last = std::max(first, histogram_.bin_of(std::nextafter(range.max, 0)));
    const double all = count_.of(0, Histogram::kBins);
    const double inside = count_.of(first, last + 1);
    const int64_t width = last - first + 1;
    const auto begin_of = [&](int64_t level) {
      return first + static_cast<int>((level * width + kLevels - 1) / kLevels);
    };
    const auto spread_of = [&](int64_t level) {
      const int begin = begin_of(level), end = begin_of(level + 1);
      return count_.of(begin, end) / filled_.of(begin, end) / inside;
    };
    double sum = 0;
    for (int64_t level = 0; level < kLevels; ++level) {
      const int begin = begin_of(level), end = begin_of(level + 1);
      const double count = count_.of(begin, end);
      if (count > 0) sum += (entropy_.of(begin, end) - count * std::log(all * spread_of(level))) / all;
    }
    // What lies outside is counted where it was moved to. A bin that holds nothing else has no counterpart: a small
    // share stands for it.
    const auto add_moved = [&](int bin, double outside) {
      const double own = count_of(bin);
      const double spread = own > 0 ? spread_of((bin - first) * int64_t{kLevels} / width) : kNoCounterpart;
      const auto term = [&](double count) { return count > 0 ? count / all * std::log(count / all / spread) : 0.0; };
      sum += term(own + outside) - term(own);
    };
    const double below = count_.of(0, first), above = count_.of(last + 1, Histogram::kBins);
    add_moved(first, first == last ? below + above : below);
    if (first != last) add_moved(last, above);
    return sum;
  }

 private:
  static constexpr double kNoCounterpart = 1e-9;

  double count_of(int bin) const {
    return bin == zero_ ? 0.0 : static_cast<double>(histogram_.bins()[static_cast<size_t>(bin)]);
  }

  const Histogram& histogram_;
  int zero_;
  RunningSums count_, filled_, entropy_;
};

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
      .with_hint("use minmax, percentile, mse or kl");
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
      return search(histogram, options.symmetric, SquaredError(histogram, options.symmetric));
    case RangeMethod::kKl:
      return search(histogram, options.symmetric, Divergence(histogram));
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
