// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json_tensor.hpp"

#include "tmc/base/host/dtype_from_name.hpp"

namespace tmc::json {

Value tensor_json(const std::string& name, DType dtype, const Shape& shape, const Quantization& quantization) {
  Value json = {
      {"name", name}, {"dtype", dtype_name(dtype)}, {"shape", std::vector<int64_t>(shape.begin(), shape.end())}};
  if (!quantization.empty()) {
    json["quantization"] = {
        {"axis", quantization.axis}, {"scales", quantization.scales}, {"zero_points", quantization.zero_points}};
  }
  return json;
}

Status read_dtype(const Value& object, DType& to) {
  std::string name;
  TMC_TRY(read_member(object, "dtype", "text", name));
  const std::optional<DType> known = dtype_from_name(name);
  if (!known) return error(Error::kMalformed, "there is no dtype '{}'", name);
  to = *known;
  return {};
}

Status read_tensor_type(const Value& object, DType& dtype, Shape& shape) {
  std::vector<int64_t> extents;
  TMC_TRY(read_dtype(object, dtype));
  TMC_TRY(read_member(object, "shape", "array of integers", extents));
  for (const int64_t extent : extents) {
    if (!shape.push_back(extent)) return wrong("shape", "array of at most 8 extents");
  }
  return {};
}

Status read_quantization(const Value& object, Quantization& to) {
  const Value* json = member(object, "quantization");
  if (!json) return {};
  TMC_TRY(read_member(*json, "axis", "integer", to.axis));
  TMC_TRY(read_member(*json, "scales", "array of reals", to.scales));
  return read_member(*json, "zero_points", "array of integers", to.zero_points);
}

}  // namespace tmc::json
