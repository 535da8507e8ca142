// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/camera.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tmc::preprocess {
namespace {

using Rgb = std::array<double, 3>;
using Color = ImageSpec::Color;

constexpr const char* kNames[] = {"pixels", "rgb565", "rgb565_swapped", "yuyv", "uyvy"};

bool has_pairs(Camera camera) {
  return camera == Camera::kYuyv || camera == Camera::kUyvy;
}

uint8_t to_byte(double value) {
  return static_cast<uint8_t>(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
}

Rgb rgb_at(const std::vector<uint8_t>& channels, size_t pixel, Color color) {
  if (color == Color::kGray) return {double(channels[pixel]), double(channels[pixel]), double(channels[pixel])};
  const uint8_t* at = channels.data() + 3 * pixel;
  const bool reversed = color == Color::kBgr;
  return {double(at[reversed ? 2 : 0]), double(at[1]), double(at[reversed ? 0 : 2])};
}

void append_word(const Rgb& rgb, bool swapped, std::vector<uint8_t>& bytes) {
  const auto bits = [](double value, int most) { return static_cast<int>(std::lround(value * most / 255)); };
  const int word = bits(rgb[0], 31) << 11 | bits(rgb[1], 63) << 5 | bits(rgb[2], 31);
  bytes.push_back(static_cast<uint8_t>(swapped ? word >> 8 : word));
  bytes.push_back(static_cast<uint8_t>(swapped ? word : word >> 8));
}

double luma(const Rgb& rgb) {
  return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

void append_pair(const Rgb& first, const Rgb& second, bool luma_first, std::vector<uint8_t>& bytes) {
  const auto mean = [&](auto chroma) { return to_byte((chroma(first) + chroma(second)) / 2 + 128); };
  const uint8_t u = mean([](const Rgb& rgb) { return (rgb[2] - luma(rgb)) / 1.772; });
  const uint8_t v = mean([](const Rgb& rgb) { return (rgb[0] - luma(rgb)) / 1.402; });
  const uint8_t y[2] = {to_byte(luma(first)), to_byte(luma(second))};
  if (luma_first) {
    bytes.insert(bytes.end(), {y[0], u, y[1], v});
  } else {
    bytes.insert(bytes.end(), {u, y[0], v, y[1]});
  }
}

Rgb rgb_of_word(int word) {
  const auto widened = [](int value, int bits) { return double(value << (8 - bits) | value >> (2 * bits - 8)); };
  return {widened(word >> 11, 5), widened(word >> 5 & 63, 6), widened(word & 31, 5)};
}

// In 2^-16ths, as the device computes it.
Rgb rgb_of_yuv(int y, int u, int v) {
  const auto scaled = [](int sum) { return std::floor((sum + 32768) / 65536.0); };
  return {to_byte(y + scaled(91881 * (v - 128))) * 1.0,
          to_byte(y + scaled(-22553 * (u - 128) - 46802 * (v - 128))) * 1.0,
          to_byte(y + scaled(116130 * (u - 128))) * 1.0};
}

void append_channels(const Rgb& rgb, Color color, std::vector<uint8_t>& channels) {
  if (color == Color::kGray) {
    channels.push_back(static_cast<uint8_t>(std::floor((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2] + 128) / 256)));
    return;
  }
  const bool reversed = color == Color::kBgr;
  for (const size_t c : {0, 1, 2}) channels.push_back(static_cast<uint8_t>(rgb[reversed ? 2 - c : c]));
}

}  // namespace

std::optional<Camera> camera_from_name(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<Camera>(found - std::begin(kNames));
}

const char* camera_name(Camera camera) {
  return kNames[static_cast<size_t>(camera)];
}

const char* color_name(Color color) {
  constexpr const char* kColors[] = {"rgb", "bgr", "gray"};
  return kColors[static_cast<size_t>(color)];
}

std::vector<uint8_t> to_camera(const std::vector<uint8_t>& channels, Camera camera, Color color) {
  if (camera == Camera::kBytes) return channels;
  const size_t pixels = color == Color::kGray ? channels.size() : channels.size() / 3;
  std::vector<uint8_t> bytes;
  for (size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!has_pairs(camera)) {
      append_word(rgb_at(channels, pixel, color), camera == Camera::kRgb565Swapped, bytes);
    } else if (pixel % 2 == 1) {
      append_pair(rgb_at(channels, pixel - 1, color), rgb_at(channels, pixel, color), camera == Camera::kYuyv, bytes);
    }
  }
  return bytes;
}

std::vector<uint8_t> from_camera(const std::vector<uint8_t>& bytes, Camera camera, Color color) {
  if (camera == Camera::kBytes) return bytes;
  std::vector<uint8_t> channels;
  for (size_t pixel = 0; pixel < bytes.size() / 2; ++pixel) {
    const uint8_t first = bytes[2 * pixel];
    const uint8_t second = bytes[2 * pixel + 1];
    if (!has_pairs(camera)) {
      const bool swapped = camera == Camera::kRgb565Swapped;
      append_channels(rgb_of_word(swapped ? first << 8 | second : second << 8 | first), color, channels);
      continue;
    }
    const bool luma_first = camera == Camera::kYuyv;
    const uint8_t y = luma_first ? first : second;
    const uint8_t* pair = bytes.data() + pixel / 2 * 4 + (luma_first ? 1 : 0);
    if (color == Color::kGray) {
      channels.push_back(y);
    } else {
      append_channels(rgb_of_yuv(y, pair[0], pair[2]), color, channels);
    }
  }
  return channels;
}

}  // namespace tmc::preprocess
