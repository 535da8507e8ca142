// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "tmc/preprocess/features.hpp"

namespace tmc::preprocess {
namespace {

using std::numbers::pi;

// A clip below is digital silence and is not made louder.
constexpr double kSilentPeak = 1e-9;

std::vector<double> clip_of(const Sound& sound, const SoundSpec& spec) {
  std::vector<double> clip(static_cast<size_t>(spec.samples));
  std::copy_n(sound.samples.begin(), std::min(clip.size(), sound.samples.size()), clip.begin());
  if (spec.normalize_peak) {
    double peak = kSilentPeak;
    for (const double sample : clip) peak = std::max(peak, std::abs(sample));
    for (double& sample : clip) sample /= peak;
  }
  for (size_t i = clip.size(); i-- > 1;) clip[i] -= spec.pre_emphasis * clip[i - 1];
  return clip;
}

// In place, radix 2 (Cooley and Tukey, 1965); the size is a power of two.
void fourier_transform(std::vector<std::complex<double>>& values) {
  const size_t size = values.size();
  for (size_t i = 1, reversed = 0; i < size; ++i) {
    size_t bit = size >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (i < reversed) std::swap(values[i], values[reversed]);
  }
  for (size_t length = 2; length <= size; length *= 2) {
    for (size_t k = 0; k < length / 2; ++k) {
      const auto turn = std::polar(1.0, -2 * pi * static_cast<double>(k) / static_cast<double>(length));
      for (size_t begin = k; begin < size; begin += length) {
        const auto odd = turn * values[begin + length / 2];
        values[begin + length / 2] = values[begin] - odd;
        values[begin] += odd;
      }
    }
  }
}

double hertz_to_mel(double frequency_hz) {
  return 1127 * std::log1p(frequency_hz / 700);
}

// [bands][bins]: triangles that are linear on the mel scale; the bin of frequency zero has no weight.
std::vector<std::vector<double>> mel_triangles(const SoundSpec& spec) {
  const auto bands = static_cast<size_t>(spec.mel_bands);
  const auto bins = static_cast<size_t>(spec.fft_points / 2 + 1);
  std::vector<std::vector<double>> triangles(bands, std::vector<double>(bins));
  for (size_t bin = 1; bin < bins; ++bin) {
    const double place = mel_place(spec, static_cast<int64_t>(bin));
    for (size_t band = 0; band < bands; ++band) {
      triangles[band][bin] = std::max(0.0, 1 - std::abs(place - static_cast<double>(band + 1)));
    }
  }
  return triangles;
}

std::vector<double> mel_bands(const std::vector<double>& clip, const SoundSpec& spec) {
  const auto triangles = mel_triangles(spec);
  const auto window_samples = static_cast<size_t>(spec.window_samples);
  std::vector<double> bands;
  for (int64_t frame = 0; frame < spec.frames(); ++frame) {
    const double* const samples = clip.data() + frame * spec.hop_samples;
    std::vector<std::complex<double>> spectrum(static_cast<size_t>(spec.fft_points));
    for (size_t i = 0; i < window_samples; ++i) {
      const double turn = 2 * pi * static_cast<double>(i) / static_cast<double>(window_samples);
      spectrum[i] = samples[i] * (0.5 - 0.5 * std::cos(turn));
    }
    fourier_transform(spectrum);
    for (const std::vector<double>& triangle : triangles) {
      double sum = 0;
      for (size_t bin = 0; bin < triangle.size(); ++bin) {
        if (triangle[bin] > 0) sum += triangle[bin] * std::abs(spectrum[bin]);
      }
      bands.push_back(sum);
    }
  }
  return bands;
}

// DCT-II, orthonormal but for its first coefficient, which is sqrt(2) larger.
std::vector<double> cepstrum(const double* logarithms, const SoundSpec& spec) {
  std::vector<double> result;
  for (int64_t k = 0; k < spec.coefficients; ++k) {
    double sum = 0;
    for (int64_t band = 0; band < spec.mel_bands; ++band) sum += logarithms[band] * dct_cosine(spec, k, band);
    result.push_back(sum * std::sqrt(2.0 / static_cast<double>(spec.mel_bands)));
  }
  return result;
}

}  // namespace

double mel_place(const SoundSpec& spec, int64_t bin) {
  const double low = hertz_to_mel(spec.mel_low_hz);
  const double step = (hertz_to_mel(spec.mel_high_hz) - low) / static_cast<double>(spec.mel_bands + 1);
  const double hertz =
      static_cast<double>(bin) * static_cast<double>(spec.sample_rate_hz) / static_cast<double>(spec.fft_points);
  return (hertz_to_mel(hertz) - low) / step;
}

double dct_cosine(const SoundSpec& spec, int64_t coefficient, int64_t band) {
  return std::cos(pi * static_cast<double>(coefficient * (2 * band + 1)) / static_cast<double>(2 * spec.mel_bands));
}

Result<std::vector<double>> sound_features(const Sound& sound, const SoundSpec& spec) {
  if (sound.sample_rate_hz != spec.sample_rate_hz) {
    return error(Error::kBadInput, "the sound has {} samples a second, the model takes {}", sound.sample_rate_hz,
                 spec.sample_rate_hz)
        .with_hint(fmt::format("resample it, as with `sox IN -r {} OUT`", spec.sample_rate_hz));
  }
  if (spec.as_samples) {
    std::vector<double> clip = clip_of(sound, spec);
    for (double& sample : clip) sample = (sample - spec.mean[0]) / spec.deviation[0];
    return clip;
  }
  std::vector<double> bands = mel_bands(clip_of(sound, spec), spec);
  if (spec.normalize_bands) {
    const double loudest = std::max(kSilentBand, *std::ranges::max_element(bands));
    for (double& band : bands) band /= loudest;
  }
  if (spec.pcan) apply_pcan(*spec.pcan, bands, static_cast<size_t>(spec.mel_bands));
  for (double& band : bands) band = std::log10(band + spec.floor);
  const auto band_count = static_cast<size_t>(spec.mel_bands);
  std::vector<double> features;
  for (size_t frame = 0; frame < bands.size() / band_count; ++frame) {
    const double* const logarithms = bands.data() + frame * band_count;
    const std::vector<double> row =
        spec.coefficients > 0 ? cepstrum(logarithms, spec) : std::vector<double>(logarithms, logarithms + band_count);
    for (int64_t i = 0; i < spec.features(); ++i) {
      features.push_back((row[static_cast<size_t>(i)] - at_feature(spec.mean, i)) / at_feature(spec.deviation, i));
    }
  }
  return features;
}

}  // namespace tmc::preprocess
