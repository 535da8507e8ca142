// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options of a custom operator: a map of FlexBuffers, checked as a whole before anything of it is read.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::tflite {

class CustomOptions {
 public:
  // kMalformed where the bytes are no map. They are copied.
  static Result<CustomOptions> read(std::span<const uint8_t> bytes);

  // kMalformed where there is no integer, or truth value, of that name, or none within [low, high].
  Result<int32_t> integer(const char* name, int64_t low = INT32_MIN, int64_t high = INT32_MAX) const;

  // kMalformed where there is no number of that name.
  Result<double> real(const char* name) const;

  bool has(const char* name) const;

  // The map, which is sound.
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  explicit CustomOptions(std::span<const uint8_t> bytes) : bytes_(bytes.begin(), bytes.end()) {}

  std::vector<uint8_t> bytes_;
};

}  // namespace tmc::frontend::tflite
