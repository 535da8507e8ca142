// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "tmc/frontend/composite/composite.hpp"
#include "tmc/frontend/tflite/composite.hpp"
#include "tmc/frontend/tflite/custom.hpp"
#include "tmc/frontend/tflite/importers.hpp"
#include "tmc/frontend/tflite/index_map.hpp"

namespace tmc::frontend::tflite {
namespace {

// The name of an operator's importer: "custom:SignalPCAN" has custom_signal_pcan, "custom:A_B" custom_a_b.
std::string importer_name(std::string_view op) {
  constexpr std::string_view kCustom = "custom:";
  if (!op.starts_with(kCustom)) return std::string(op);
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string name = "custom";
  bool was_upper = false;
  for (const char c : op.substr(kCustom.size())) {
    if (is_upper(c) && !was_upper && !name.ends_with('_')) name += '_';
    was_upper = is_upper(c);
    name += was_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

}  // namespace

const Importer* find_importer(std::string_view name, const custom::Operators* custom) {
  static constexpr Importer kCustom = {"", &import_custom};
  if (!custom_operators(name, custom).empty()) return &kCustom;
  const auto table = importers();
  const auto found = std::ranges::find(table, importer_name(name), &Importer::name);
  if (found != table.end()) return &*found;
  static constexpr Importer kIndexMap = {"", &import_index_map};
  if (ops::find_index_map(&ops::IndexMapInfo::tflite, name) != nullptr) return &kIndexMap;
  static constexpr Importer kComposite = {"", &import_composite};
  return find_composite("tflite", name, 0).composite != nullptr ? &kComposite : nullptr;
}

}  // namespace tmc::frontend::tflite
