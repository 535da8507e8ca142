// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/spec.hpp"

#include <bit>
#include <cmath>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/preprocess/members.hpp"

namespace tmc::preprocess {
namespace {

using Json = json::Value;

constexpr size_t kMostLabels = 100'000;

void read_units(Members& members, Units& units) {
  members.read("units", {{"real", Units::kReal}, {"element", Units::kElement}}, units);
}

Result<ImageSpec> read_image(const Json& json) {
  ImageSpec spec;
  Members members(json, "image");
  members.read("fit", {{"stretch", ImageSpec::Fit::kStretch}, {"crop", ImageSpec::Fit::kCrop}}, spec.fit);
  members.read("color",
               {{"rgb", ImageSpec::Color::kRgb}, {"bgr", ImageSpec::Color::kBgr}, {"gray", ImageSpec::Color::kGray}},
               spec.color);
  members.read("layout", {{"nhwc", false}, {"nchw", true}}, spec.channels_first);
  members.read("scale", spec.scale);
  members.read("offset", spec.offset);
  read_units(members, spec.units);
  const size_t channels = spec.color == ImageSpec::Color::kGray ? 1 : 3;
  for (const std::vector<double>* list : {&spec.scale, &spec.offset}) {
    if (list->size() != 1 && list->size() != channels) members.fail("has not one scale and offset, nor one a channel");
  }
  TMC_TRY(members.finish());
  return spec;
}

Result<SoundSpec> read_sound(const Json& json) {
  constexpr int64_t kMostSamples = 1 << 24;
  SoundSpec spec;
  Members members(json, "sound");
  members.read("features", {{"mel", false}, {"samples", true}}, spec.as_samples);
  members.read("sample_rate_hz", spec.sample_rate_hz, 1, 1'000'000);
  members.read("samples", spec.samples, 1, kMostSamples);
  members.read("normalize_peak", spec.normalize_peak);
  members.read("pre_emphasis", spec.pre_emphasis);
  members.read("window_samples", spec.window_samples, 1, 1 << 16);
  members.read("hop_samples", spec.hop_samples, 1, kMostSamples);
  members.read("fft_points", spec.fft_points, 2, 1 << 16);
  members.read("mel_bands", spec.mel_bands, 1, 1024);
  members.read("mel_low_hz", spec.mel_low_hz);
  members.read("mel_high_hz", spec.mel_high_hz);
  members.read("normalize_bands", spec.normalize_bands);
  if (const Json* pcan = members.find("pcan")) {
    TMC_ASSIGN(spec.pcan, read_pcan(*pcan));
  }
  members.read("floor", spec.floor);
  members.read("coefficients", spec.coefficients, 0, 1024);
  members.read("mean", spec.mean);
  members.read("deviation", spec.deviation);
  members.read("stream_hops", spec.stream_hops, 1, kMostSamples);
  read_units(members, spec.units);
  if (!std::has_single_bit(static_cast<uint64_t>(spec.fft_points)) || spec.fft_points < spec.window_samples) {
    members.fail("key 'fft_points' is no power of two that holds the window");
  }
  if (!spec.as_samples && spec.samples < spec.window_samples)
    members.fail("has clips that are shorter than the window");
  if (!(spec.mel_low_hz >= 0 && spec.mel_low_hz < spec.mel_high_hz)) members.fail("has no range of mel bands");
  if (!(spec.floor > 0)) members.fail("key 'floor' is not above zero");
  if (spec.pcan && spec.normalize_bands) members.fail("has both 'pcan' and 'normalize_bands'");
  if (spec.pcan && spec.floor < std::ldexp(1.0, -kPcanOutputBits)) {
    members.fail(
        fmt::format("key 'floor' is below {}, the step of what 'pcan' gives", std::ldexp(1.0, -kPcanOutputBits)));
  }
  if (spec.coefficients > spec.mel_bands) members.fail("has more coefficients than bands");
  for (const std::vector<double>* list : {&spec.mean, &spec.deviation}) {
    if (list->size() != 1 && std::ssize(*list) != spec.features()) {
      members.fail("has not one mean and deviation, nor one a feature");
    }
  }
  for (const double deviation : spec.deviation) {
    if (deviation == 0) members.fail("has a deviation of zero");
  }
  TMC_TRY(members.finish());
  return spec;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

}  // namespace

Result<Spec> parse_spec(std::string_view yaml, const std::filesystem::path& folder) {
  TMC_ASSIGN(const Json json, parse_yaml(yaml));
  Spec spec;
  Members members(json, "the file");
  if (const Json* labels = members.find("labels"); labels && !json::read(*labels, spec.labels)) {
    members.fail("key 'labels' is no list of texts; quote words such as \"1\" or \"true\"");
  }
  if (const Json* file = members.find("labels_file")) {
    std::string name;
    if (!json::read(*file, name)) return error(Error::kMalformed, "key 'labels_file' is no text");
    TMC_ASSIGN(const std::string text, read_file(folder / name));
    spec.labels = lines_of(text);
  }
  if (spec.labels.size() > kMostLabels) members.fail("has too many labels");
  if (const Json* image = members.find("image")) {
    TMC_ASSIGN(spec.image, read_image(*image));
  }
  if (const Json* sound = members.find("sound")) {
    TMC_ASSIGN(spec.sound, read_sound(*sound));
  }
  if (const Json* sensor = members.find("sensor")) {
    TMC_ASSIGN(spec.sensor, read_sensor(*sensor));
  }
  if (const Json* anomaly = members.find("anomaly")) {
    TMC_ASSIGN(spec.anomaly, read_anomaly(*anomaly, folder));
    if (spec.sensor) TMC_TRY(choose_columns(*spec.anomaly, feature_names(*spec.sensor)));
  }
  TMC_TRY(members.finish());
  return spec;
}

Result<Spec> load_spec(const std::filesystem::path& path) {
  TMC_ASSIGN(const std::string text, read_file(path));
  auto spec = parse_spec(text, path.parent_path());
  if (!spec.ok()) return std::move(spec).status().in_file(path.string());
  return spec;
}

}  // namespace tmc::preprocess
