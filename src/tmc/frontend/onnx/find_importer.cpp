// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/composite/composite.hpp"
#include "tmc/frontend/onnx/composite.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/frontend/onnx/index_map.hpp"

namespace tmc::frontend::onnx_format {

const Importer* find_importer(std::string_view op) {
  const auto table = importers();
  const auto found = std::ranges::find(table, op, &Importer::name);
  if (found != table.end()) return &*found;
  static constexpr Importer kIndexMap = {"", &import_index_map};
  if (ops::find_index_map(&ops::IndexMapInfo::onnx, op) != nullptr) return &kIndexMap;
  static constexpr Importer kComposite = {"", &import_composite};
  return find_composite("onnx", op, kNewestOpset).composite != nullptr ? &kComposite : nullptr;
}

}  // namespace tmc::frontend::onnx_format
