// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// An operator of ours that only moves elements and is called as the file's is (ops::IndexMapInfo::tflite).
Status import_index_map(ImportContext& context);

}  // namespace tmc::frontend::tflite
