// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator importers: op/NAME.cpp defines `Status import_NAME(ImportContext&)` for the builtin operator NAME in
// upper case, or where NAME begins with custom_, for the custom operator of what follows in CamelCase. The table is
// generated from the folder.

#include <span>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::custom {
class Operators;
}

namespace tmc::frontend::tflite {

class ImportContext;

struct Importer {
  std::string_view name;
  Status (*import)(ImportContext& context);
};

std::span<const Importer> importers();

// That of an operator as ModelView::operator_name gives it: one of `custom`, which may be null, of the table, of the
// operators that only move elements, or of the composites. Null where there is none.
const Importer* find_importer(std::string_view name, const custom::Operators* custom);

}  // namespace tmc::frontend::tflite
