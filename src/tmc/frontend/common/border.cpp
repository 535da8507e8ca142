// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/border.hpp"

#include "tmc/ops/op/requantize.hpp"

namespace tmc::frontend {
namespace {

Quantization moved(Quantization quantization, int32_t by) {
  for (int32_t& zero_point : quantization.zero_points) zero_point += by;
  return quantization;
}

}  // namespace

Result<ir::ValueId> append_signed(ir::Graph& graph, ir::ValueId port) {
  const ir::Value& input = graph.value(port);
  return graph.append(input.name + std::string(kShiftedSuffix), ops::Requantize{.dtype = DType::kI8}, {port},
                      moved(input.quantization, -128));
}

Result<ir::ValueId> append_unsigned(ir::Graph& graph, const std::string& name, ir::ValueId value) {
  TMC_ASSIGN(const ir::ValueId port, graph.append(name, ops::Requantize{.dtype = DType::kU8}, {value},
                                                  moved(graph.value(value).quantization, 128)));
  graph.name_as_in_file(port, name);
  return port;
}

}  // namespace tmc::frontend
