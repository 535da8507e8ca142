// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What lies between a file that people have and a model's input, as a small YAML file (docs/preprocessing.md):
//
//   labels: [cat, dog]        of the output's elements; or labels_file: labels.txt beside the YAML, one a line
//   image: {...}              or
//   sound: {...}              or
//   sensor: {...}             sensor_spec.hpp
//   anomaly: {...}            of the features that go into the model; anomaly_spec.hpp
//
// Plain values. Every member has the name of its key, and its default.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/preprocess/anomaly_spec.hpp"
#include "tmc/preprocess/pcan.hpp"
#include "tmc/preprocess/sensor_spec.hpp"

namespace tmc::preprocess {

// How reals become the input's elements: by the input's own quantisation, or as they are, rounded where they must be.
enum class Units : uint8_t { kReal, kElement };

// An image is cut and scaled to the input's height and width; a channel is then pixel * scale + offset.
struct ImageSpec {
  enum class Fit : uint8_t { kStretch, kCrop } fit = Fit::kStretch;  // crop: the middle part of the right proportions
  enum class Color : uint8_t { kRgb, kBgr, kGray } color = Color::kRgb;
  bool channels_first = false;                // layout: nchw
  std::vector<double> scale = {1.0 / 255.0};  // of pixels from 0 to 255; one, or one a channel
  std::vector<double> offset = {0};
  Units units = Units::kReal;
};

// A sound becomes frames of mel bands or, with coefficients, of cepstral coefficients (Davis and Mermelstein, 1980); or
// stays the samples that it is.
struct SoundSpec {
  bool as_samples = false;  // features: samples; what has to do with windows and bands then means nothing
  int64_t sample_rate_hz = 16000;
  int64_t samples = 16000;       // of a clip: cut, or filled with zeros at its end
  bool normalize_peak = false;   // the loudest sample becomes 1
  double pre_emphasis = 0;       // s[i] - pre_emphasis * s[i - 1]
  int64_t window_samples = 480;  // periodic Hann window
  int64_t hop_samples = 320;
  int64_t fft_points = 512;  // a power of two, at least the window
  int64_t mel_bands = 40;    // triangles on the HTK mel scale
  double mel_low_hz = 20;
  double mel_high_hz = 7600;
  bool normalize_bands = false;       // the loudest band of the clip becomes 1
  std::optional<PcanSpec> pcan = {};  // of the bands, where it is there
  double floor = 1e-6;                // added before the logarithm, of base 10
  int64_t coefficients = 0;           // of the DCT-II; 0: the logarithms of the bands
  std::vector<double> mean = {0};     // one, or one a feature: (x - mean) / deviation
  std::vector<double> deviation = {1};
  int64_t stream_hops = 1;  // new frames of a run that hears a stream (--input-type stream)
  Units units = Units::kReal;

  int64_t frames() const {
    return as_samples ? samples : samples < window_samples ? 0 : 1 + (samples - window_samples) / hop_samples;
  }
  int64_t features() const { return as_samples ? 1 : coefficients > 0 ? coefficients : mel_bands; }
};

struct Spec {
  std::vector<std::string> labels;
  std::optional<ImageSpec> image;
  std::optional<SoundSpec> sound;
  std::optional<SensorSpec> sensor;
  std::optional<AnomalySpec> anomaly;
};

// kMalformed with the key that is unknown, of the wrong type or out of range. `folder` holds the files that the YAML
// names.
Result<Spec> parse_spec(std::string_view yaml, const std::filesystem::path& folder);
Result<Spec> load_spec(const std::filesystem::path& path);

}  // namespace tmc::preprocess
