// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/builder.hpp"

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::sensor {

ValueId Builder::add(const char* name, ir::AnyOp op, std::vector<ValueId> inputs) {
  if (!status_.ok() || std::ranges::find(inputs, ValueId::kNone) != inputs.end()) return ValueId::kNone;
  auto value = graph_.append(name, std::move(op), std::move(inputs));
  if (value.ok()) return *value;
  status_ = std::move(value).status().at_node(name);
  return ValueId::kNone;
}

ValueId Builder::constant(const char* name, const Shape& shape, const std::vector<double>& values) {
  const std::vector<float> floats(values.begin(), values.end());
  return graph_.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(std::span<const float>(floats)));
}

ValueId Builder::reshaped(ValueId value, std::vector<int64_t> extents) {
  return add("reshaped", ops::Reshape{std::move(extents)}, {value});
}

ValueId Builder::part(ValueId value, int64_t first, int64_t size, int64_t step) {
  if (value == ValueId::kNone) return value;
  ops::Slice slice = ops::Slice::whole(shape(value));
  slice.read(shape(value).rank() - 1, first, size, step);
  return add("part", std::move(slice), {value});
}

ValueId Builder::at(ValueId value, const std::vector<int64_t>& indices) {
  if (value == ValueId::kNone) return value;
  ops::Gather gather;
  gather.read(shape(value).rank() - 1, indices);
  return add("picked", std::move(gather), {value});
}

ValueId Builder::centred(ValueId value) {
  if (const auto found = centred_.find(value); found != centred_.end()) return found->second;
  const ValueId moved = add("moved", ops::Sub{}, {value, part(value, 0, 1)});
  const ValueId result = add("centred", ops::Sub{}, {moved, along_last<ops::Mean>("mean", moved, /*keep_dims=*/true)});
  centred_[value] = centred_[result] = result;
  return result;
}

}  // namespace tmc::sensor
