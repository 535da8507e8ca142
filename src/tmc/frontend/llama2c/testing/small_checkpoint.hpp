// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A checkpoint as llama2.c's export.py writes it: 2 layers of 8 elements and 12 hidden ones, 4 heads that share 2 of
// keys, 5 tokens and 6 positions. Weights count up in eighths.

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace tmc::frontend::llama2c {

class CheckpointBytes {
 public:
  template <typename T>
  void put(T value) {
    const auto raw = std::as_bytes(std::span(&value, 1));
    bytes_.insert(bytes_.end(), raw.begin(), raw.end());
  }
  void pad(size_t to) { bytes_.resize(to); }
  void floats(size_t count) {
    for (size_t i = 0; i < count; ++i) put(static_cast<float>(next_++ % 16) / 8 - 1);
  }
  // In groups of 4, each of which has a scale.
  void groups(size_t count) {
    for (size_t i = 0; i < count; ++i) put(static_cast<int8_t>(next_++ % 16 - 8));
    for (size_t i = 0; i < count / 4; ++i) put(0.125F);
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
  int next_ = 0;
};

// version: 0 (legacy, with a classifier of its own), 1 or 2.
inline std::vector<std::byte> small_checkpoint(int32_t version) {
  constexpr size_t kWidth = 8, kHidden = 12, kLayers = 2, kKeys = 4, kTokens = 5, kPositions = 6, kSize = 2;
  CheckpointBytes file;
  if (version > 0) {
    file.put(uint32_t{0x616b3432});
    file.put(version);
  }
  for (const int32_t number : {8, 12, 2, 4, 2, version > 0 ? 5 : -5, 6}) file.put(number);
  if (version > 0) file.put(uint8_t{1});
  if (version == 2) file.put(int32_t{4});
  if (version > 0) {
    file.pad(256);
    file.floats(2 * kLayers * kWidth + kWidth);  // norms
  }
  const size_t before = kTokens * kWidth;
  const size_t attention = kLayers * (2 * kWidth * kWidth + 2 * kKeys * kWidth), feed = 3 * kLayers * kHidden * kWidth;
  if (version == 2) {
    // Each weight of each layer has its scales behind it.
    for (const size_t count : {before, kWidth * kWidth, kWidth * kWidth, kKeys * kWidth, kKeys * kWidth, kKeys * kWidth,
                               kKeys * kWidth, kWidth * kWidth, kWidth * kWidth, kHidden * kWidth, kHidden * kWidth,
                               kHidden * kWidth, kHidden * kWidth, kHidden * kWidth, kHidden * kWidth}) {
      file.groups(count);
    }
  } else {
    file.floats(before + attention + feed);
  }
  if (version == 0) file.floats(2 * kLayers * kWidth + kWidth + kPositions * kSize + kTokens * kWidth);
  return file.take();
}

}  // namespace tmc::frontend::llama2c
