// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The smallest files of their kinds, for tests and as seeds of the fuzzer.

#include <png.h>

#include <cstdint>
#include <string>
#include <vector>

namespace tmc::preprocess::testing {

inline std::string png_of(uint32_t height, uint32_t width, const std::vector<uint8_t>& rgb) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.height = height;
  header.width = width;
  header.format = PNG_FORMAT_RGB;
  png_alloc_size_t bytes = 0;
  if (png_image_write_get_memory_size(header, bytes, 0, rgb.data(), 0, nullptr) == 0) return {};
  std::string file(bytes, '\0');
  if (png_image_write_to_memory(&header, file.data(), &bytes, 0, rgb.data(), 0, nullptr) == 0) return {};
  return file;
}

inline void append(std::string& file, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) file += static_cast<char>(value >> (8 * i));
}

inline std::string wav_of(int channels, const std::vector<int16_t>& samples) {
  const auto data_bytes = static_cast<uint32_t>(2 * samples.size());
  std::string file = "RIFF";
  append(file, 36 + data_bytes, 4);
  file += "WAVEfmt ";
  append(file, 16, 4);
  append(file, 1, 2);
  append(file, static_cast<uint32_t>(channels), 2);
  append(file, 16000, 4);
  append(file, static_cast<uint32_t>(16000 * 2 * channels), 4);
  append(file, static_cast<uint32_t>(2 * channels), 2);
  append(file, 16, 2);
  file += "data";
  append(file, data_bytes, 4);
  for (const int16_t sample : samples) append(file, static_cast<uint16_t>(sample), 2);
  return file;
}

}  // namespace tmc::preprocess::testing
