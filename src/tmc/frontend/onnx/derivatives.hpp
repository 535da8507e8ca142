// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Derivatives in reverse, as nodes of ONNX: of each node's inputs from that of its output.

#include <onnx/onnx_pb.h>

#include <map>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::onnx_format {

// Of the operators that these nodes need besides ONNX's own: SumToLike(x, y) is x summed to the shape of y, from which
// it broadcasts, and SwapLastAxes(x) is what it says.
inline constexpr const char* kDerivativesDomain = "tinymlc.derivatives";

class Derivatives {
 public:
  // Appends to `graph`, which outlives it and holds the nodes that are differentiated, the derivative of y by itself.
  Derivatives(::onnx::GraphProto& graph, const std::string& y);
  // The nodes come in reverse. kUnsupportedOp where nobody knows the derivative.
  Status add_node(const ::onnx::NodeProto& node);
  // The name of the derivative of y by a tensor; zeros where it does not depend on it.
  std::string of(const std::string& tensor);

 private:
  std::string append(const char* op, std::vector<std::string> inputs);
  std::string constant_like(float value, const std::string& tensor);
  void contribute(const std::string& tensor, const std::string& derivative);
  bool add_unary(const ::onnx::NodeProto& node, const std::string& of_output);
  bool add_binary(const ::onnx::NodeProto& node, const std::string& of_output);

  ::onnx::GraphProto& graph_;
  std::map<std::string, std::string> derivatives_;
  int count_ = 0;
};

}  // namespace tmc::frontend::onnx_format
