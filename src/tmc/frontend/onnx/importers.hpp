// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator importers: op/some_name.cpp defines `Status import_some_name(ImportContext&)` for the ONNX operator
// SomeName; op/LSTM.cpp `import_LSTM` for LSTM. ml/some_name.cpp defines `import_ml_some_name` for SomeName of the
// domain ai.onnx.ml, and microsoft/some_name.cpp `import_microsoft_some_name` for SomeName of onnxruntime's domain
// com.microsoft. The tables are generated from the folders.

#include <cstdint>
#include <span>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::onnx_format {

class ImportContext;

struct Importer {
  std::string_view name;
  Status (*import)(ImportContext& context);
};

std::span<const Importer> importers();
std::span<const Importer> ml_importers();
std::span<const Importer> microsoft_importers();

constexpr int64_t kNewestOpset = 27;
constexpr const char* kMicrosoftDomain = "com.microsoft";
constexpr int64_t kMicrosoftVersion = 1;  // the one that there is
// Of an operator of the default domain; null where there is none. Operators that only move elements and those that are
// made of others have the importer of their kind.
const Importer* find_importer(std::string_view op);
// Of an operator of the domain ai.onnx.ml; null where there is none.
const Importer* find_ml_importer(std::string_view op);
// Of an operator of onnxruntime's domain com.microsoft, but for those of qlinear.hpp; null where there is none.
const Importer* find_microsoft_importer(std::string_view op);

}  // namespace tmc::frontend::onnx_format
