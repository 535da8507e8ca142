// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND (common/blocks.hpp).

#include "tmc/frontend/common/blocks.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// The operator's inputs 1 and 2, for a tensor of that shape.
Result<Blocks> read_blocks(ImportContext& context, const Shape& shape, const char* around);

// A value as the move says, under the shape that its axes have then, by two nodes of these suffixes; it keeps its
// quantisation.
Result<ir::ValueId> moved(ImportContext& context, const BlockMove& move, const char* cut, const char* turned,
                          ir::ValueId id);

}  // namespace tmc::frontend::tflite
