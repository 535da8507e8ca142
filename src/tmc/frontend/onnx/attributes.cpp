// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/attributes.hpp"

#include <algorithm>

namespace tmc::frontend::onnx_format {

using ::onnx::AttributeProto;

const AttributeProto* Attributes::find(std::string_view name) const {
  const auto& all = node_.attribute();
  const auto found =
      std::ranges::find_if(all, [&](const AttributeProto& attribute) { return attribute.name() == name; });
  return found == all.end() ? nullptr : &*found;
}

Result<const AttributeProto*> Attributes::find_typed(std::string_view name,
                                                     ::onnx::AttributeProto_AttributeType type) const {
  const AttributeProto* attribute = find(name);
  if (attribute == nullptr || attribute->type() == type) return attribute;
  return error(Error::kMalformed, "its attribute '{}' has the type {}, not {}", name,
               static_cast<int>(attribute->type()), static_cast<int>(type));
}

Result<int64_t> Attributes::integer(std::string_view name, int64_t otherwise) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::INT));
  return attribute == nullptr ? otherwise : attribute->i();
}

Result<int32_t> Attributes::small_integer(std::string_view name, int32_t otherwise) const {
  TMC_ASSIGN(const int64_t value, integer(name, otherwise));
  if (value >= INT32_MIN && value <= INT32_MAX) return static_cast<int32_t>(value);
  return error(Error::kMalformed, "its attribute '{}' is {}", name, value);
}

Result<double> Attributes::real(std::string_view name, double otherwise) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::FLOAT));
  return attribute == nullptr ? otherwise : static_cast<double>(attribute->f());
}

Result<std::string> Attributes::text(std::string_view name, std::string otherwise) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::STRING));
  return attribute == nullptr ? otherwise : attribute->s();
}

Result<std::vector<int64_t>> Attributes::integers(std::string_view name, std::vector<int64_t> otherwise) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::INTS));
  if (attribute == nullptr) return otherwise;
  return std::vector<int64_t>(attribute->ints().begin(), attribute->ints().end());
}

Result<std::vector<float>> Attributes::reals(std::string_view name) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::FLOATS));
  if (attribute == nullptr) return std::vector<float>();
  return std::vector<float>(attribute->floats().begin(), attribute->floats().end());
}

Result<std::vector<std::string>> Attributes::texts(std::string_view name) const {
  TMC_ASSIGN(const AttributeProto* attribute, find_typed(name, AttributeProto::STRINGS));
  if (attribute == nullptr) return std::vector<std::string>();
  return std::vector<std::string>(attribute->strings().begin(), attribute->strings().end());
}

}  // namespace tmc::frontend::onnx_format
