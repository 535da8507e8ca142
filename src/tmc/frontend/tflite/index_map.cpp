// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/index_map.hpp"

namespace tmc::frontend::tflite {

Status import_index_map(ImportContext& context) {
  const ops::OpInfo& info = *ops::find_index_map(&ops::IndexMapInfo::tflite, context.operator_name());
  const auto defaults = info.make_default();
  std::vector<ops::NamedValue> fields = info.get_fields(defaults.get());
  const std::vector<ops::Source> sources = info.index_map->sources();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (sources[i].tflite_input < 0) continue;
    TMC_ASSIGN(fields[i].value,
               context.constant_ints(static_cast<size_t>(sources[i].tflite_input), fields[i].name.c_str()));
  }
  TMC_ASSIGN(auto attributes, info.with_fields(defaults.get(), fields));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < info.index_map->operands; ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  return context.finish(ops::AnyOp(info, std::move(attributes)), std::move(inputs));
}

}  // namespace tmc::frontend::tflite
