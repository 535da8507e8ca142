// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/sensor_features.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/preprocess/members.hpp"

namespace tmc::preprocess {
namespace {

using Json = json::Value;

constexpr std::pair<std::string_view, Statistic> kStatistics[] = {{"mean", Statistic::kMean},
                                                                  {"minimum", Statistic::kMinimum},
                                                                  {"maximum", Statistic::kMaximum},
                                                                  {"peak_to_peak", Statistic::kPeakToPeak},
                                                                  {"deviation", Statistic::kDeviation},
                                                                  {"rms", Statistic::kRms},
                                                                  {"energy", Statistic::kEnergy},
                                                                  {"skewness", Statistic::kSkewness},
                                                                  {"kurtosis", Statistic::kKurtosis},
                                                                  {"zero_crossings", Statistic::kZeroCrossings},
                                                                  {"mean_crossings", Statistic::kMeanCrossings}};
constexpr size_t kMostBands = 256;
constexpr int64_t kMostPoints = 1 << 16;
constexpr int64_t kMostSegmented = 1 << 21;  // readings of all segments
constexpr size_t kMostWaveletTaps = 128;
constexpr int64_t kMostLevels = 16;

std::optional<Statistic> statistic_of(const Json& json) {
  for (const auto& [name, statistic] : kStatistics) {
    if (json == name) return statistic;
  }
  return std::nullopt;
}

void read_density(Members& members, int64_t samples, double rate_hz, Density& density) {
  using Window = Density::Window;
  members.read("window",
               {{"boxcar", Window::kBoxcar},
                {"hann", Window::kHann},
                {"hamming", Window::kHamming},
                {"blackman", Window::kBlackman}},
               density.window);
  density.segment = samples;
  members.read("segment", density.segment, 2, samples);
  density.overlap = density.segment / 2;
  members.read("overlap", density.overlap, 0, density.segment - 1);
  density.points = density.segment;
  members.read("fft_points", density.points, density.segment, kMostPoints);
  members.read("remove_mean", density.remove_mean);
  density.rate_hz = rate_hz;
  if (density.segment > kMostPoints) {
    members.fail(fmt::format("has segments of {} readings; {} is the most", density.segment, kMostPoints));
  }
  if (!members.status().ok()) return;
  const int64_t segments = (samples - density.segment) / (density.segment - density.overlap) + 1;
  if (segments * density.segment > kMostSegmented) {
    members.fail(fmt::format("has {} segments of {} readings, {} is the most together; let them overlap less", segments,
                             density.segment, kMostSegmented));
  }
}

// The first bin of at least that frequency; the number of bins where there is none.
int64_t first_bin_from(const Density& density, double hertz) {
  const double place = std::ceil(hertz / density.hertz_of(1));
  auto bin = static_cast<int64_t>(std::clamp(place, 0.0, static_cast<double>(density.bins())));
  while (bin > 0 && density.hertz_of(bin - 1) >= hertz) --bin;  // what the division rounded
  while (bin < density.bins() && density.hertz_of(bin) < hertz) ++bin;
  return bin;
}

// The bins of frequencies from low up to, but without, high.
BinRange bins_between(const Density& density, double low, double high) {
  return {.first = first_bin_from(density, low), .end = first_bin_from(density, high), .low_hz = low, .high_hz = high};
}

void add_range(Members& members, double low, double high, Bands& to) {
  const BinRange range = bins_between(to.density, low, high);
  if (range.first < range.end) {
    to.bands.push_back(range);
  } else {
    members.fail(fmt::format("has no bin of the spectrum from {} Hz to below {} Hz; bins are {} Hz apart", low, high,
                             to.density.hertz_of(1)));
  }
}

Result<Feature> read_bands(const Json& json, bool is_spectrum, int64_t samples, double rate_hz) {
  Members members(json, is_spectrum ? "the feature 'spectrum'" : "the feature 'band_power'");
  Bands bands;
  bands.is_spectrum = is_spectrum;
  read_density(members, samples, rate_hz, bands.density);
  members.read("logarithm", bands.logarithm);
  members.read_between("floor", bands.floor, 0, 1e30);
  if (is_spectrum) {
    double low = 0;
    double high = INFINITY;
    members.read("low_hz", low);
    members.read("high_hz", high);
    if (members.status().ok()) add_range(members, low, high, bands);
  } else {
    std::vector<std::vector<double>> ranges;
    const Json* list = members.find("bands");
    if (!list || !json::read(*list, ranges) || ranges.empty() || ranges.size() > kMostBands ||
        std::ranges::any_of(ranges, [](const auto& range) { return range.size() != 2; })) {
      members.fail(fmt::format("key 'bands' is no list of 1 to {} pairs [low, high] in Hz", kMostBands));
    }
    for (const auto& range : ranges) {
      if (members.status().ok()) add_range(members, range[0], range[1], bands);
    }
  }
  TMC_TRY(members.finish());
  return Feature(std::move(bands));
}

Result<Feature> read_peaks(const Json& json, int64_t samples, double rate_hz) {
  Members members(json, "the feature 'spectral_peaks'");
  Peaks peaks;
  read_density(members, samples, rate_hz, peaks.density);
  // The first bin and the last one have one neighbour.
  const int64_t most = std::max<int64_t>(peaks.density.bins() - 2, 0);
  members.read("count", peaks.count, 1, most);
  if (most < 1) members.fail("has no bins between the first and the last");
  TMC_TRY(members.finish());
  return Feature(peaks);
}

// "haar", "db1" to "db10".
std::vector<double> low_pass_of(const std::string& name) {
  if (name == "haar") return daubechies(1);
  for (int64_t moments = 1; moments <= kMostVanishingMoments; ++moments) {
    if (name == fmt::format("db{}", moments)) return daubechies(moments);
  }
  return {};
}

bool are_wavelet_taps(const std::vector<double>& low, const std::vector<double>& high) {
  const auto is_finite = [](double tap) { return std::isfinite(static_cast<float>(tap)); };
  return low.size() == high.size() && low.size() >= 2 && low.size() % 2 == 0 && low.size() <= kMostWaveletTaps &&
         std::ranges::all_of(low, is_finite) && std::ranges::all_of(high, is_finite);
}

void read_wavelet_filters(Members& members, Wavelet& wavelet) {
  std::string name;
  members.read("name", name);
  const Json* low = members.find("low_pass");
  const Json* high = members.find("high_pass");
  if (low || high) {
    const bool are_there = name.empty() && low && high && json::read(*low, wavelet.low_pass) &&
                           json::read(*high, wavelet.high_pass) &&
                           are_wavelet_taps(wavelet.low_pass, wavelet.high_pass);
    if (!are_there) {
      members.fail(
          fmt::format("keys 'low_pass' and 'high_pass', in place of 'name', are no lists of one even length "
                      "from 2 to {}",
                      kMostWaveletTaps));
    }
    return;
  }
  wavelet.low_pass = low_pass_of(name);
  if (wavelet.low_pass.empty()) {
    members.fail(
        fmt::format("key 'name' is none of haar, db1 to db{}; of another wavelet give pywt's dec_lo and dec_hi "
                    "as 'low_pass' and 'high_pass'",
                    kMostVanishingMoments));
    return;
  }
  wavelet.high_pass = quadrature_mirror(wavelet.low_pass);
}

Result<Feature> read_wavelet(const Json& json, int64_t samples) {
  Members members(json, "the feature 'wavelet'");
  Wavelet wavelet;
  read_wavelet_filters(members, wavelet);
  members.read("mode", {{"periodization", true}, {"symmetric", false}}, wavelet.is_periodic);
  members.read("levels", wavelet.levels, 1, kMostLevels);
  std::vector<std::string> names = {"energy"};
  if (const Json* list = members.find("statistics")) {
    names.clear();
    if (!json::read(*list, names) || names.empty() || names.size() > std::size(kStatistics)) {
      members.fail("key 'statistics' is no list of statistics");
    }
  }
  for (const std::string& name : names) {
    const auto statistic = statistic_of(name);
    if (statistic) wavelet.statistics.push_back(*statistic);
    if (!statistic) members.fail(fmt::format("has no statistic '{}'", name));
  }
  if (std::ssize(wavelet.low_pass) > 0 && samples > 0) {
    // As pywt.dwt_max_level: beyond it all of a line is border.
    int64_t most = 0;
    while (most < kMostLevels && (samples >> (most + 1)) >= std::ssize(wavelet.low_pass) - 1) ++most;
    if (wavelet.levels > most) {
      members.fail(fmt::format("has {} levels; {} readings have {} with this wavelet", wavelet.levels, samples, most));
    }
  }
  TMC_TRY(members.finish());
  return Feature(std::move(wavelet));
}

std::string number_text(double value) {
  return fmt::format("{:.10g}", value);
}

void append_names(const Feature& feature, const std::string& channel, std::vector<std::string>& names) {
  if (const auto* statistic = std::get_if<Statistic>(&feature)) {
    names.push_back(channel + "_" + statistic_name(*statistic));
  } else if (const auto* bands = std::get_if<Bands>(&feature)) {
    for (const BinRange& band : bands->bands) {
      if (!bands->is_spectrum) {
        names.push_back(
            fmt::format("{}_band_power_{}_{}", channel, number_text(band.low_hz), number_text(band.high_hz)));
        continue;
      }
      for (int64_t bin = band.first; bin < band.end; ++bin) {
        names.push_back(fmt::format("{}_spectrum_{}", channel, number_text(bands->density.hertz_of(bin))));
      }
    }
  } else if (const auto* peaks = std::get_if<Peaks>(&feature)) {
    for (int64_t i = 1; i <= peaks->count; ++i) names.push_back(fmt::format("{}_peak_{}_hz", channel, i));
    for (int64_t i = 1; i <= peaks->count; ++i) names.push_back(fmt::format("{}_peak_{}_density", channel, i));
  } else if (const auto* wavelet = std::get_if<Wavelet>(&feature)) {
    for (int64_t i = 0; i <= wavelet->levels; ++i) {
      const std::string part =
          i == 0 ? fmt::format("a{}", wavelet->levels) : fmt::format("d{}", wavelet->levels + 1 - i);
      for (const Statistic each : wavelet->statistics) {
        names.push_back(fmt::format("{}_wavelet_{}_{}", channel, part, statistic_name(each)));
      }
    }
  }
}

}  // namespace

const char* statistic_name(Statistic statistic) {
  return std::ranges::find(kStatistics, statistic, &std::pair<std::string_view, Statistic>::second)->first.data();
}

int64_t wavelet_extent(const Wavelet& wavelet, int64_t samples) {
  return wavelet.is_periodic ? (samples + 1) / 2 : (samples + std::ssize(wavelet.low_pass) - 1) / 2;
}

Result<Feature> read_feature(const Json& json, int64_t samples, double rate_hz) {
  if (const auto statistic = statistic_of(json)) return Feature(*statistic);
  const auto* members = json.as<Json::Object>();
  const std::string name = members && members->size() == 1 ? members->front().name : "";
  if (name == "band_power") return read_bands(members->front().value, false, samples, rate_hz);
  if (name == "spectrum") return read_bands(members->front().value, true, samples, rate_hz);
  if (name == "spectral_peaks") return read_peaks(members->front().value, samples, rate_hz);
  if (name == "wavelet") return read_wavelet(members->front().value, samples);
  std::string known;
  for (const auto& [statistic, meaning] : kStatistics) known += std::string(statistic) + ", ";
  return malformed_sensor("has a feature that is none of " + known +
                          "band_power, spectrum, spectral_peaks, wavelet: " + json.dump().substr(0, 100));
}

size_t count_features(const Feature& feature) {
  if (const auto* bands = std::get_if<Bands>(&feature)) {
    const BinRange& first = bands->bands.front();
    return bands->is_spectrum ? static_cast<size_t>(first.end - first.first) : bands->bands.size();
  }
  if (const auto* peaks = std::get_if<Peaks>(&feature)) return static_cast<size_t>(2 * peaks->count);
  const auto* wavelet = std::get_if<Wavelet>(&feature);
  return wavelet ? static_cast<size_t>(wavelet->levels + 1) * wavelet->statistics.size() : 1;
}

std::vector<std::string> feature_names(const SensorSpec& spec) {
  std::vector<std::string> names;
  for (const std::string& channel : spec.channels) {
    for (const Feature& feature : spec.features) append_names(feature, channel, names);
  }
  return names;
}

}  // namespace tmc::preprocess
