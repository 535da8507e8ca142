// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/custom_options.hpp"

#include <flatbuffers/flexbuffers.h>

#include <cmath>

namespace tmc::frontend::tflite {

Result<CustomOptions> CustomOptions::read(std::span<const uint8_t> bytes) {
  CustomOptions options(bytes);
  std::vector<uint8_t> reused;  // what has been looked at, so that shared parts are looked at once
  const bool is_sound = flexbuffers::VerifyBuffer(options.bytes_.data(), options.bytes_.size(), &reused);
  if (is_sound && flexbuffers::GetRoot(options.bytes_).IsMap()) return options;
  return error(Error::kMalformed, "the options of the operator are no map of FlexBuffers")
      .with_hint("export the model or copy it here again");
}

Result<int32_t> CustomOptions::integer(const char* name, int64_t low, int64_t high) const {
  const flexbuffers::Reference found = flexbuffers::GetRoot(bytes_).AsMap()[name];
  if (!found.IsIntOrUint() && !found.IsBool()) {
    return error(Error::kMalformed, "its option '{}' is missing or no integer", name);
  }
  const int64_t value = found.IsBool() ? int64_t{found.AsBool()} : found.AsInt64();
  if (value >= low && value <= high) return static_cast<int32_t>(value);
  return error(Error::kMalformed, "its option '{}' is {}, not from {} to {}", name, value, low, high);
}

Result<double> CustomOptions::real(const char* name) const {
  const flexbuffers::Reference found = flexbuffers::GetRoot(bytes_).AsMap()[name];
  if (!found.IsNumeric()) return error(Error::kMalformed, "its option '{}' is missing or no number", name);
  const double value = found.AsDouble();
  if (std::isfinite(value)) return value;
  return error(Error::kMalformed, "its option '{}' is {}", name, value);
}

bool CustomOptions::has(const char* name) const {
  return !flexbuffers::GetRoot(bytes_).AsMap()[name].IsNull();
}

}  // namespace tmc::frontend::tflite
