// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pixels as cameras deliver them (kernels/contract/pixels_s8.hpp says what each means), for pictures that stand in for
// a camera, and for oracles that take reals.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/preprocess/spec.hpp"

namespace tmc::preprocess {

enum class Camera : uint8_t { kBytes, kRgb565, kRgb565Swapped, kYuyv, kUyvy };

// "pixels", "rgb565", "rgb565_swapped", "yuyv", "uyvy".
std::optional<Camera> camera_from_name(std::string_view name);
const char* camera_name(Camera camera);
const char* color_name(ImageSpec::Color color);

// The bytes of pixels whose channels, from 0 to 255 and side by side, are given: three in the order of `color`, or one.
// Of kYuyv and kUyvy their number is even; two pixels get the mean of their chroma.
std::vector<uint8_t> to_camera(const std::vector<uint8_t>& channels, Camera camera, ImageSpec::Color color);
// The channels that a model is given for these bytes.
std::vector<uint8_t> from_camera(const std::vector<uint8_t>& bytes, Camera camera, ImageSpec::Color color);

}  // namespace tmc::preprocess
