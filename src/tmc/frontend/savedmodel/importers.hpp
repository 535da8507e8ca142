// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The table of operators: a file of op/ has the importers of a family, NAME_operators() for NAME.cpp. The table of
// files is generated.

#include <span>
#include <string_view>

#include "tmc/frontend/savedmodel/node_context.hpp"

namespace tmc::frontend::savedmodel {

struct Importer {
  std::string_view op;
  // Null: the operator is what ONNX calls `onnx`, of the same operands and without attributes.
  Status (*import)(NodeContext& context) = nullptr;
  const char* onnx = nullptr;
  // The names of its outputs, as bodies of functions refer to them, where they are not numbers of one; with ','.
  std::string_view outputs = {};
};

struct Family {
  std::string_view name;
  std::span<const Importer> (*operators)();
};
std::span<const Family> families();

// Null where there is none.
const Importer* find_importer(std::string_view op);

}  // namespace tmc::frontend::savedmodel
