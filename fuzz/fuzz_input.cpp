// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "tmc/preprocess/decode.hpp"
#include "tmc/preprocess/features.hpp"
#include "tmc/sensor/sensor_graph.hpp"

// Every input is refused, or is a picture, a sound or a description of preprocessing that keeps its limits.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace preprocess = tmc::preprocess;
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  if (const auto image = preprocess::decode_image(file); image.ok()) {
    if (image->rgb.size() != static_cast<size_t>(3 * image->height * image->width)) __builtin_trap();
    if (image->height * image->width > preprocess::kMostPixels) __builtin_trap();
    if (preprocess::image_features(*image, {}, 2, 3).size() != 18) __builtin_trap();
  }
  if (const auto sound = preprocess::decode_sound(file); sound.ok()) {
    if (static_cast<int64_t>(sound->samples.size()) > preprocess::kMostSamples) __builtin_trap();
  }
  if (const auto spec = preprocess::parse_spec(file, "/nowhere"); spec.ok()) {
    if (spec->sound && (spec->sound->frames() < 1 || spec->sound->features() < 1)) __builtin_trap();
    if (spec->sensor && preprocess::feature_names(*spec->sensor).empty()) __builtin_trap();
    // What is read can be built, or is refused for its size.
    if (spec->sensor) (void)tmc::sensor::feature_graph(*spec->sensor, spec->anomaly);
    if (spec->anomaly && spec->anomaly->dimension() == 0) __builtin_trap();
  }
  return 0;
}
