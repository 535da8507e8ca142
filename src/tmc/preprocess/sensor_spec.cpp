// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/sensor_spec.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tmc/preprocess/members.hpp"
#include "tmc/preprocess/sensor_features.hpp"

namespace tmc::preprocess {
namespace {

using Json = json::Value;

constexpr size_t kMostChannels = 64;
constexpr int64_t kMostReadings = 1 << 20;  // of all channels
constexpr size_t kMostSteps = 64;
constexpr size_t kMostTaps = 4096;
constexpr size_t kMostSections = 32;
constexpr int64_t kMostOrder = 16;
constexpr size_t kMostFeatures = 65'536;

bool all_finite(const std::vector<double>& values) {
  return std::ranges::all_of(values, [](double value) { return std::isfinite(static_cast<float>(value)); });
}

Status read_reals(const Json& json, const char* step, size_t most, std::vector<double>& to) {
  if (!json::read(json, to) || to.empty() || to.size() > most || !all_finite(to)) {
    return malformed_sensor(fmt::format("has a step '{}' that is no list of 1 to {} numbers", step, most));
  }
  return {};
}

Result<ScaleStep> read_scale(const Json& json, const SensorSpec& spec) {
  ScaleStep step;
  double one = 1;
  if (json::read(json, one)) {
    step.factors = {one};
  } else {
    TMC_TRY(read_reals(json, "scale", kMostChannels, step.factors));
  }
  if (!all_finite(step.factors) || (step.factors.size() != 1 && step.factors.size() != spec.channels.size())) {
    return malformed_sensor("has a step 'scale' that is not one number, nor one a channel");
  }
  return step;
}

Result<FirStep> read_fir(const Json& json) {
  FirStep step;
  TMC_TRY(read_reals(json, "fir", kMostTaps, step.taps));
  return step;
}

// Poles within the unit circle (the triangle of E. I. Jury), also as the device rounds them.
bool is_stable(const Section& section) {
  const auto a1 = static_cast<double>(static_cast<float>(section[3]));
  const auto a2 = static_cast<double>(static_cast<float>(section[4]));
  return std::abs(a2) < 1 && std::abs(a1) < 1 + a2;
}

// Rows of six as scipy has them, b0, b1, b2, a0, a1, a2.
Result<IirStep> read_iir(const Json& json) {
  std::vector<std::vector<double>> rows;
  const bool is_table = json::read(json, rows) && !rows.empty() && rows.size() <= kMostSections;
  if (!is_table)
    return malformed_sensor(fmt::format("has a step 'iir' that is no list of 1 to {} sections", kMostSections));
  IirStep step;
  for (std::vector<double>& row : rows) {
    if (row.size() != 6 || row[3] == 0 || !all_finite(row)) {
      return malformed_sensor(
          "has a step 'iir' with a section that is not [b0, b1, b2, a0, a1, a2] with a0 other than 0");
    }
    const double a0 = row[3];
    for (double& value : row) value /= a0;
    step.sections.push_back({row[0], row[1], row[2], row[4], row[5]});
    if (!is_stable(step.sections.back())) {
      return malformed_sensor("has a step 'iir' with a section whose poles are not within the unit circle");
    }
  }
  return step;
}

Result<IirStep> read_butterworth(const Json& json, double rate_hz) {
  Members members(json, "the sensor's step 'butterworth'");
  auto kind = Band::kLow;
  int64_t order = 2;
  std::vector<double> cutoffs;
  members.read("kind", {{"low", Band::kLow}, {"high", Band::kHigh}, {"band", Band::kBand}}, kind);
  members.read("order", order, 1, kMostOrder);
  members.read("cutoff_hz", cutoffs);
  if (cutoffs.size() != (kind == Band::kBand ? 2U : 1U)) {
    members.fail(kind == Band::kBand ? "key 'cutoff_hz' is not [low, high]" : "key 'cutoff_hz' is not one number");
  }
  TMC_TRY(members.finish());
  const double low = cutoffs.front();
  const double high = cutoffs.back();
  if (!(low > 0 && high < rate_hz / 2 && (kind != Band::kBand || low < high))) {
    return malformed_sensor(
        fmt::format("has a step 'butterworth' with cutoffs that do not lie between 0 and {} Hz, half the "
                    "sample rate there, in order",
                    rate_hz / 2));
  }
  IirStep step{butterworth(kind, order, low, high, rate_hz)};
  if (std::ranges::all_of(step.sections, is_stable)) return step;
  return malformed_sensor(
      "has a step 'butterworth' whose poles float32 cannot tell from the unit circle; decimate first, or "
      "lower the order");
}

Result<DecimateStep> read_decimate(const Json& json, int64_t samples) {
  DecimateStep step;
  if (json::read(json, step.factor) && step.factor >= 1 && step.factor <= samples) return step;
  return malformed_sensor(fmt::format("has a step 'decimate' that is no whole number from 1 to {}", samples));
}

// `samples` and `rate_hz` are those of the signal that the step reads, and afterwards of the one that it leaves.
Status read_step(const Json& json, const SensorSpec& spec, int64_t& samples, double& rate_hz, SensorStep& step) {
  const auto* members = json.as<Json::Object>();
  const std::string name = members && members->size() == 1 ? members->front().name : "";
  const Json& value = name.empty() ? json : members->front().value;
  if (json == "remove_mean") {
    step.emplace<RemoveMeanStep>();
  } else if (json == "detrend") {
    step.emplace<DetrendStep>();
  } else if (name == "scale") {
    TMC_ASSIGN(step.emplace<ScaleStep>(), read_scale(value, spec));
  } else if (name == "fir") {
    TMC_ASSIGN(step.emplace<FirStep>(), read_fir(value));
  } else if (name == "iir") {
    TMC_ASSIGN(step.emplace<IirStep>(), read_iir(value));
  } else if (name == "butterworth") {
    TMC_ASSIGN(step.emplace<IirStep>(), read_butterworth(value, rate_hz));
  } else if (name == "decimate") {
    TMC_ASSIGN(const DecimateStep decimate, read_decimate(value, samples));
    step = decimate;
    samples = (samples + decimate.factor - 1) / decimate.factor;
    rate_hz /= static_cast<double>(decimate.factor);
  } else {
    return malformed_sensor(
        "has a step that is none of remove_mean, detrend, scale, fir, iir, butterworth, decimate: " +
        json.dump().substr(0, 100));
  }
  return {};
}

Status check_channels(const SensorSpec& spec) {
  const std::set<std::string> distinct(spec.channels.begin(), spec.channels.end());
  if (spec.channels.empty() || spec.channels.size() > kMostChannels || distinct.size() != spec.channels.size() ||
      distinct.contains("")) {
    return malformed_sensor(fmt::format("key 'channels' is no list of 1 to {} different names", kMostChannels));
  }
  const int64_t readings = std::ssize(spec.channels) * spec.window_samples;
  if (readings <= kMostReadings) return {};
  return malformed_sensor(fmt::format("has windows of {} readings; {} is the most", readings, kMostReadings));
}

// The elements of a list, which may be left out.
Result<std::vector<const Json*>> list_of(Members& members, const char* name, size_t most) {
  std::vector<const Json*> elements;
  const Json* list = members.find(name);
  if (list == nullptr) return elements;
  const auto* array = list->as<Json::Array>();
  if (array == nullptr || array->size() > most) {
    return malformed_sensor(fmt::format("key '{}' is no list of at most {} elements", name, most));
  }
  for (const Json& element : *array) elements.push_back(&element);
  return elements;
}

}  // namespace

Status malformed_sensor(const std::string& what) {
  return error(Error::kMalformed, "sensor {}", what);
}

int64_t SensorSpec::signal_samples() const {
  int64_t samples = window_samples;
  for (const SensorStep& step : steps) {
    if (const auto* decimate = std::get_if<DecimateStep>(&step)) {
      samples = (samples + decimate->factor - 1) / decimate->factor;
    }
  }
  return samples;
}

Result<SensorSpec> read_sensor(const Json& json) {
  SensorSpec spec;
  Members members(json, "sensor");
  const Json* channels = members.find("channels");
  if (channels == nullptr || !json::read(*channels, spec.channels)) members.fail("key 'channels' is no list of texts");
  if (!members.find("sample_rate_hz")) members.fail("lacks the key 'sample_rate_hz'");
  members.read_between("sample_rate_hz", spec.sample_rate_hz, 0, 1e9);
  if (!members.find("window_samples")) members.fail("lacks the key 'window_samples'");
  members.read("window_samples", spec.window_samples, 1, kMostReadings);
  members.read("element", {{"float32", DType::kF32}, {"int16", DType::kI16}}, spec.element);
  members.read_between("element_scale", spec.element_scale, 1e-30, 1e30);
  TMC_ASSIGN(const auto steps, list_of(members, "steps", kMostSteps));
  TMC_ASSIGN(const auto features, list_of(members, "features", kMostSteps));
  TMC_TRY(members.finish());
  TMC_TRY(check_channels(spec));
  int64_t samples = spec.window_samples;
  double rate_hz = spec.sample_rate_hz;
  for (const Json* step : steps) {
    TMC_TRY(read_step(*step, spec, samples, rate_hz, spec.steps.emplace_back()));
  }
  if (features.empty()) return malformed_sensor("lists no features");
  for (const Json* feature : features) {
    TMC_ASSIGN(spec.features.emplace_back(), read_feature(*feature, samples, rate_hz));
  }
  size_t count = 0;
  for (const Feature& feature : spec.features) count += count_features(feature) * spec.channels.size();
  if (count > kMostFeatures)
    return malformed_sensor(fmt::format("makes {} features; {} is the most", count, kMostFeatures));
  const std::vector<std::string> names = feature_names(spec);
  const std::set<std::string> distinct(names.begin(), names.end());
  if (distinct.size() == names.size()) return spec;
  const auto twice =
      std::ranges::find_if(names, [&](const std::string& name) { return std::ranges::count(names, name) > 1; });
  return malformed_sensor(fmt::format("makes the feature '{}' twice", *twice));
}

}  // namespace tmc::preprocess
