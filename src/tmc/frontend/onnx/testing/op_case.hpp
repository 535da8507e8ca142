// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a case of op_cases.hpp is, and what several build alike.

#include "tmc/frontend/onnx/testing/model_builder.hpp"

namespace tmc::frontend::onnx_format::op_cases {

using Dims = ModelBuilder::Dims;

struct Case {
  const char* importer;  // the operator, and after a point what is special
  int64_t opset;
  // Adds inputs, constants and the nodes that lead to "y".
  void (*build)(ModelBuilder&);
  const char* nodes;
};

inline void image_op(ModelBuilder& m, const char* type, const std::vector<std::pair<const char*, Dims>>& lists,
                     const std::vector<std::pair<const char*, int64_t>>& numbers, const char* auto_pad = nullptr) {
  m.input("x", {1, 2, 5, 6});
  auto& node = m.op(type, {"x"}, {"y"});
  for (const auto& [name, values] : lists) ModelBuilder::set(node, name, values);
  for (const auto& [name, value] : numbers) ModelBuilder::set(node, name, value);
  if (auto_pad != nullptr) ModelBuilder::set(node, "auto_pad", std::string(auto_pad));
}

inline void gemm(ModelBuilder& m, int64_t trans_b, const Dims& c, float alpha, float beta) {
  m.input("x", {2, 3});
  m.constant<float>("w", trans_b != 0 ? Dims{4, 3} : Dims{3, 4}, std::vector<float>(12, 0.5f));
  int64_t elements = 1;
  for (const int64_t extent : c) elements *= extent;
  m.constant<float>("c", c, std::vector<float>(static_cast<size_t>(elements), 1));
  auto& node = m.op("Gemm", {"x", "w", "c"}, {"y"});
  ModelBuilder::set(node, "transB", trans_b);
  ModelBuilder::set(node, "alpha", alpha);
  ModelBuilder::set(node, "beta", beta);
}

}  // namespace tmc::frontend::onnx_format::op_cases
