// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/labels.hpp"

namespace tmc::frontend::onnx_format {

// Names as their numbers, or numbers as their names.
Status import_ml_category_mapper(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const std::vector<std::string> names, attributes.texts("cats_strings"));
  TMC_ASSIGN(const std::vector<int64_t> numbers, attributes.integers("cats_int64s"));
  TMC_ASSIGN(const int64_t unknown_number, attributes.integer("default_int64", -1));
  TMC_ASSIGN(const std::string unknown_name, attributes.text("default_string", "_Unused"));
  return finish_labelled(context, table_of_names(context, names, numbers, unknown_number, unknown_name));
}

}  // namespace tmc::frontend::onnx_format
