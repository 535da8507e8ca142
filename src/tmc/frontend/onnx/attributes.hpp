// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Attributes of an ONNX node by name. An attribute of another type than asked for is kMalformed, an absent one gives
// the default. Holds a reference to the node.

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::onnx_format {

class Attributes {
 public:
  explicit Attributes(const ::onnx::NodeProto& node) : node_(node) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }
  Result<int64_t> integer(std::string_view name, int64_t otherwise) const;
  // Within what attributes of our operators hold.
  Result<int32_t> small_integer(std::string_view name, int32_t otherwise) const;
  Result<double> real(std::string_view name, double otherwise) const;
  Result<std::string> text(std::string_view name, std::string otherwise) const;
  Result<std::vector<int64_t>> integers(std::string_view name, std::vector<int64_t> otherwise = {}) const;
  // Empty where there is none of that name.
  Result<std::vector<float>> reals(std::string_view name) const;
  Result<std::vector<std::string>> texts(std::string_view name) const;
  // Null where there is none of that name.
  const ::onnx::AttributeProto* find(std::string_view name) const;

 private:
  // Null where it is absent.
  Result<const ::onnx::AttributeProto*> find_typed(std::string_view name,
                                                   ::onnx::AttributeProto_AttributeType type) const;

  const ::onnx::NodeProto& node_;
};

}  // namespace tmc::frontend::onnx_format
