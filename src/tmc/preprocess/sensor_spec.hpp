// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a window of a sensor's readings to features, as the part `sensor` of the preprocessing YAML says it
// (docs/sensors.md). Plain values: filters are coefficients here, whatever the file called them. The module `sensor`
// makes a graph of it.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/json.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/preprocess/filter_design.hpp"

namespace tmc::preprocess {

// --- steps, each of the signal that the one before left
struct ScaleStep {
  std::vector<double> factors;  // one, or one a channel
};
struct RemoveMeanStep {};
struct DetrendStep {};  // the least-squares line
struct FirStep {
  std::vector<double> taps;  // from rest, as scipy.signal.lfilter(taps, 1, x)
};
struct IirStep {
  std::vector<Section> sections;  // from rest, as scipy.signal.sosfilt
};
struct DecimateStep {
  int64_t factor = 1;  // keeps the first of so many readings
};
using SensorStep = std::variant<ScaleStep, RemoveMeanStep, DetrendStep, FirStep, IirStep, DecimateStep>;

// --- features
enum class Statistic : uint8_t {
  kMean,
  kMinimum,
  kMaximum,
  kPeakToPeak,
  kDeviation,  // of the population
  kRms,
  kEnergy,    // the sum of the squares
  kSkewness,  // 0 of a constant signal
  kKurtosis,  // less 3, that of a normal distribution; -3 of a constant signal
  kZeroCrossings,
  kMeanCrossings,
};
const char* statistic_name(Statistic statistic);

// A power spectral density, as scipy.signal.welch gives it with scaling 'density'; with one segment, periodogram.
struct Density {
  enum class Window : uint8_t { kBoxcar, kHann, kHamming, kBlackman } window = Window::kHann;  // periodic
  int64_t segment = 0;                                                                         // readings
  int64_t overlap = 0;  // of a segment and the next
  int64_t points = 0;   // of the transform; beyond the segment are zeros
  bool remove_mean = true;
  double rate_hz = 1;

  int64_t bins() const { return points / 2 + 1; }
  double hertz_of(int64_t bin) const { return static_cast<double>(bin) * rate_hz / static_cast<double>(points); }
};
struct BinRange {
  int64_t first = 0, end = 0;
  double low_hz = 0, high_hz = 0;  // as the file has them
};
// The sum over the bins of a band, times their width; with `spectrum` the density of every bin.
struct Bands {
  Density density;
  std::vector<BinRange> bands;
  bool is_spectrum = false;
  bool logarithm = false;  // of base 10, of the power and the floor
  double floor = 1e-10;
};
// The largest local maxima of the density: the frequency and the density of each.
struct Peaks {
  Density density;
  int64_t count = 1;
};
// Of the approximation of the last level and the details of the last to the first one, as pywt.wavedec has them.
struct Wavelet {
  std::vector<double> low_pass, high_pass;
  bool is_periodic = true;  // periodization; else symmetric
  int64_t levels = 1;
  std::vector<Statistic> statistics;
};
using Feature = std::variant<Statistic, Bands, Peaks, Wavelet>;

struct SensorSpec {
  std::vector<std::string> channels;
  double sample_rate_hz = 1;
  int64_t window_samples = 1;
  DType element = DType::kF32;  // or kI16: what the driver delivers
  double element_scale = 1;     // the reading is element * element_scale
  std::vector<SensorStep> steps;
  std::vector<Feature> features;

  // Of the signal that the features are of.
  int64_t signal_samples() const;
};

// What a level leaves of a line of that length.
int64_t wavelet_extent(const Wavelet& wavelet, int64_t samples);

// One channel after the other, features in the order of the file: "x_rms", "x_band_power_10_50",
// "x_wavelet_a3_energy".
std::vector<std::string> feature_names(const SensorSpec& spec);

// kMalformed with what is wrong in it.
Result<SensorSpec> read_sensor(const json::Value& json);

}  // namespace tmc::preprocess
