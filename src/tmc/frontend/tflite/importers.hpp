// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator importers: op/NAME.cpp defines `Status import_NAME(ImportContext&)` for the builtin operator NAME in
// upper case, or where NAME begins with custom_, for the custom operator of what follows in CamelCase. The table is
// generated from the folder.

#include <span>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::tflite {

class ImportContext;

struct Importer {
  std::string_view name;
  Status (*import)(ImportContext& context);
};

std::span<const Importer> importers();

}  // namespace tmc::frontend::tflite
