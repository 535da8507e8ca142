// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op_table.hpp"

#include <limits>

namespace tmc::ops {
namespace {

constexpr const char* kLayoutNames[] = {"nhwc", "nchw"};
constexpr const char* kActivationNames[] = {"none", "relu", "relu6", "relu_n1_to_1"};

template <typename Enum>
bool enum_from_name(const FieldValue& from, std::span<const char* const> names, Enum& to) {
  const auto* name = std::get_if<std::string>(&from);
  for (size_t i = 0; name && i < names.size(); ++i) {
    if (*name == names[i]) {
      to = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

template <typename T>
bool copy_alternative(const FieldValue& from, T& to) {
  const T* value = std::get_if<T>(&from);
  if (value) to = *value;
  return value != nullptr;
}

}  // namespace

const char* to_string(Layout layout) {
  return kLayoutNames[static_cast<size_t>(layout)];
}
const char* to_string(Activation activation) {
  return kActivationNames[static_cast<size_t>(activation)];
}

const OpInfo* find_op(std::string_view name) {
  for (const OpInfo* info : all_ops()) {
    if (name == info->name) return info;
  }
  return nullptr;
}

const OpInfo* find_index_map(const char* IndexMapInfo::*format, std::string_view name) {
  for (const OpInfo* info : all_ops()) {
    const char* const named = info->index_map == nullptr ? nullptr : info->index_map->*format;
    if (named != nullptr && name == named) return info;
  }
  return nullptr;
}

namespace internal {

Inferred infer_moved(const Result<IndexMap>& map, const InferInputs& in) {
  if (!map.ok()) return map.status();
  for (int axis = 0; axis < map->shape.rank(); ++axis) {
    if (map->shape[axis] > 0) continue;
    return error(Error::kUnsupportedShape, "it is empty: of axis {} it takes nothing; tensors have elements here", axis)
        .with_hint("remove it from the model: what joins it to something is the same without it");
  }
  return std::vector<TensorType>{{in[0].dtype, map->shape}};
}

FieldValue to_field_value(bool value) {
  return value;
}
FieldValue to_field_value(int32_t value) {
  return int64_t{value};
}
FieldValue to_field_value(int64_t value) {
  return value;
}
FieldValue to_field_value(double value) {
  return value;
}
FieldValue to_field_value(Layout value) {
  return std::string(to_string(value));
}
FieldValue to_field_value(Activation value) {
  return std::string(to_string(value));
}
FieldValue to_field_value(DType value) {
  return std::string(dtype_name(value));
}
FieldValue to_field_value(const std::string& value) {
  return value;
}
FieldValue to_field_value(const std::vector<int64_t>& value) {
  return value;
}

bool from_field_value(const FieldValue& from, bool& to) {
  return copy_alternative(from, to);
}
bool from_field_value(const FieldValue& from, int64_t& to) {
  return copy_alternative(from, to);
}
bool from_field_value(const FieldValue& from, std::string& to) {
  return copy_alternative(from, to);
}
bool from_field_value(const FieldValue& from, std::vector<int64_t>& to) {
  return copy_alternative(from, to);
}
bool from_field_value(const FieldValue& from, int32_t& to) {
  int64_t wide = 0;
  if (!copy_alternative(from, wide) || wide < std::numeric_limits<int32_t>::min() ||
      wide > std::numeric_limits<int32_t>::max()) {
    return false;
  }
  to = static_cast<int32_t>(wide);
  return true;
}
// The text forms write a whole real without a point, so an integer is a real too.
bool from_field_value(const FieldValue& from, double& to) {
  if (const auto* whole = std::get_if<int64_t>(&from)) {
    to = static_cast<double>(*whole);
    return true;
  }
  return copy_alternative(from, to);
}
bool from_field_value(const FieldValue& from, Layout& to) {
  return enum_from_name(from, kLayoutNames, to);
}
bool from_field_value(const FieldValue& from, Activation& to) {
  return enum_from_name(from, kActivationNames, to);
}
bool from_field_value(const FieldValue& from, DType& to) {
  const auto* name = std::get_if<std::string>(&from);
  for (int i = 0; name && i <= static_cast<int>(DType::kBool); ++i) {
    if (*name == dtype_name(static_cast<DType>(i))) {
      to = static_cast<DType>(i);
      return true;
    }
  }
  return false;
}

}  // namespace internal
ReducedAxes reduced_axes(const AnyOp& op) {
  ReducedAxes reduced;
  for (NamedValue& field : op.info().get_fields(op.attributes())) {
    if (field.name == "axes") reduced.axes = std::get<std::vector<int64_t>>(std::move(field.value));
    if (field.name == "keep_dims") reduced.keep_dims = std::get<bool>(field.value);
  }
  return reduced;
}

AnyOp over_axes(const AnyOp& op, std::vector<int64_t> axes) {
  const NamedValue field{"axes", std::move(axes)};
  return {op.info(), *op.info().with_fields(op.attributes(), {&field, 1})};
}

}  // namespace tmc::ops
