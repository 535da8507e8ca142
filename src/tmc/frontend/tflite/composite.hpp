// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of operators that are composites (composite/composite.hpp).

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// The operator at hand is a composite.
Status import_composite(ImportContext& context);

}  // namespace tmc::frontend::tflite
