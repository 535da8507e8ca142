// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/dft.hpp"
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/top_k.hpp"
#include "tmc/sensor/parts.hpp"

namespace tmc::sensor {
namespace {

using preprocess::Bands;
using preprocess::BinRange;
using preprocess::Density;
using preprocess::Peaks;

// Periodic: the first point of the next period is left out.
std::vector<double> window_of(const Density& density) {
  std::vector<double> terms = {1};  // of cosines
  if (density.window == Density::Window::kHann) terms = {0.5, -0.5};
  if (density.window == Density::Window::kHamming) terms = {0.54, -0.46};
  if (density.window == Density::Window::kBlackman) terms = {0.42, -0.5, 0.08};
  std::vector<double> window(static_cast<size_t>(density.segment));
  for (size_t i = 0; i < window.size(); ++i) {
    for (size_t k = 0; k < terms.size(); ++k) {
      const double turn = static_cast<double>(k * i) / static_cast<double>(density.segment);
      window[i] += terms[k] * std::cos(2 * std::numbers::pi * turn);
    }
  }
  return window;
}

// [channels, segments, segment].
ValueId append_segments(Builder& builder, ValueId signal, const Density& density) {
  if (signal == ValueId::kNone) return signal;
  const Shape shape = builder.shape(signal);
  const int64_t step = density.segment - density.overlap;
  const int64_t count = (shape[1] - density.segment) / step + 1;
  if (count * density.segment == shape[1] && density.overlap == 0)
    return builder.reshaped(signal, {shape[0], count, -1});
  std::vector<int64_t> indices;
  for (int64_t segment = 0; segment < count; ++segment) {
    for (int64_t i = 0; i < density.segment; ++i) indices.push_back(segment * step + i);
  }
  return builder.reshaped(builder.at(signal, indices), {shape[0], count, density.segment});
}

// The factor from a squared magnitude to the density, of every bin; those that stand for two are doubled.
std::vector<double> scales_of(const Density& density, const std::vector<double>& window, int64_t segments) {
  double squares = 0;
  for (const double point : window) squares += point * point;
  std::vector<double> scales;
  for (int64_t bin = 0; bin < density.bins(); ++bin) {
    const bool is_single = bin == 0 || 2 * bin == density.points;
    scales.push_back((is_single ? 1 : 2) / (density.rate_hz * squares * static_cast<double>(segments)));
  }
  return scales;
}

// [channels, bins].
ValueId append_density(Builder& builder, ValueId signal, const Density& density) {
  const std::vector<double> window = window_of(density);
  ValueId segments = append_segments(builder, signal, density);
  if (segments == ValueId::kNone) return segments;
  const Shape shape = builder.shape(segments);
  if (density.remove_mean) segments = builder.centred(segments);
  if (density.window != Density::Window::kBoxcar) {
    segments =
        builder.add("windowed", ops::Mul{}, {segments, builder.constant("window", Shape::of(density.segment), window)});
  }
  const ops::Dft transform{.axis = 2, .length = static_cast<int32_t>(density.points), .onesided = true};
  const ValueId spectrum =
      builder.add("transformed", transform, {builder.reshaped(segments, {shape[0], shape[1], shape[2], 1})});
  // Squares of real and imaginary parts, over all segments.
  const ValueId powers = builder.add("powers", ops::ReduceSumSquare{{1, 3}, false}, {spectrum});
  const std::vector<double> scales = scales_of(density, window, shape[1]);
  return builder.add("density", ops::Mul{}, {powers, builder.constant("scales", Shape::of(density.bins()), scales)});
}

ValueId logarithm_of(Builder& builder, ValueId value, double floor) {
  const ValueId above = builder.add("above_floor", ops::Add{}, {value, builder.number(floor)});
  const ValueId natural = builder.add("natural", ops::Log{}, {above});
  return builder.add("logarithm", ops::Mul{}, {natural, builder.number(1 / std::numbers::ln10)});
}

// Of each bin whether it is above both neighbours, without the first and the last bin, as 0 or 1.
ValueId append_maxima(Builder& builder, ValueId density, int64_t inner) {
  const ValueId middle = builder.part(density, 1, inner);
  const auto is_above = [&](int64_t first) {
    return builder.add("is_above", ops::Greater{}, {middle, builder.part(density, first, inner)});
  };
  const ValueId both = builder.add("is_peak", ops::LogicalAnd{}, {is_above(0), is_above(2)});
  const ValueId ones = builder.add("ones", ops::Cast{DType::kF32}, {both});
  return builder.add("maxima", ops::Mul{}, {middle, ones});
}

}  // namespace

ValueId append_bands(Builder& builder, ValueId signal, const Bands& bands) {
  const ValueId density = append_density(builder, signal, bands.density);
  std::vector<ValueId> columns;
  for (const BinRange& band : bands.bands) {
    const ValueId bins = builder.part(density, band.first, band.end - band.first);
    columns.push_back(bands.is_spectrum ? bins : builder.along_last<ops::ReduceSum>("band", bins, /*keep_dims=*/true));
  }
  ValueId powers = columns.size() == 1 ? columns.front() : builder.add("bands", ops::Concat{1}, columns);
  if (!bands.is_spectrum) {
    powers = builder.add("band_powers", ops::Mul{}, {powers, builder.number(bands.density.hertz_of(1))});
  }
  return bands.logarithm ? logarithm_of(builder, powers, bands.floor) : powers;
}

ValueId append_peaks(Builder& builder, ValueId signal, const Peaks& peaks) {
  const ValueId density = append_density(builder, signal, peaks.density);
  const ValueId maxima = append_maxima(builder, density, peaks.density.bins() - 2);
  const ValueId places = builder.add("places", ops::TopK{.axis = 1, .k = peaks.count}, {maxima});
  const ValueId heights = builder.add("heights", ops::GatherElements{.axis = 1}, {maxima, places});
  // Where there are fewer peaks than asked for, both are 0.
  const ValueId is_there = builder.add("is_there", ops::Greater{}, {heights, builder.number(0)});
  const ValueId ones = builder.add("ones", ops::Cast{DType::kF32}, {is_there});
  const ValueId bins =
      builder.add("bins", ops::Add{}, {builder.add("bin", ops::Cast{DType::kF32}, {places}), builder.number(1)});
  const ValueId hertz = builder.add("hertz", ops::Mul{}, {bins, builder.number(peaks.density.hertz_of(1))});
  return builder.add("peaks", ops::Concat{1}, {builder.add("frequencies", ops::Mul{}, {hertz, ones}), heights});
}

}  // namespace tmc::sensor
