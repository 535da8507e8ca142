// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/composite/composite.hpp"
#include "tmc/frontend/onnx/composite.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/frontend/onnx/index_map.hpp"

namespace tmc::frontend::onnx_format {

namespace {

const Importer* find_in(std::span<const Importer> table, std::string_view op) {
  const auto found = std::ranges::find(table, op, &Importer::name);
  return found != table.end() ? &*found : nullptr;
}

const Importer* composite_importer(const char* format, std::string_view op, int64_t opset) {
  static constexpr Importer kComposite = {"", &import_composite};
  return find_composite(format, op, opset).composite != nullptr ? &kComposite : nullptr;
}

}  // namespace

const Importer* find_importer(std::string_view op) {
  if (const Importer* found = find_in(importers(), op)) return found;
  static constexpr Importer kIndexMap = {"", &import_index_map};
  if (ops::find_index_map(&ops::IndexMapInfo::onnx, op) != nullptr) return &kIndexMap;
  return composite_importer("onnx", op, kNewestOpset);
}

const Importer* find_ml_importer(std::string_view op) {
  return find_in(ml_importers(), op);
}

const Importer* find_microsoft_importer(std::string_view op) {
  if (const Importer* found = find_in(microsoft_importers(), op)) return found;
  return composite_importer(kMicrosoftDomain, op, kMicrosoftVersion);
}

}  // namespace tmc::frontend::onnx_format
