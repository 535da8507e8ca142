// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Extents that depend on data: an output has as many places as the file declares, which are taken to be all filled, or
// as many as the caller bounds it to (`--bound`). Of the latter a count says how many are filled, and those behind are
// zeros, or -1 where they are indices.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

struct Room {
  int64_t places = 0;
  bool is_bound = false;
};

// The extent of an output along an axis. `operand` is the input that says it at run time. kUnsupportedShape, with the
// option that helps, where nothing says it.
Result<Room> room_of(ImportContext& context, size_t operand, const char* what, int axis, size_t output = 0);

// Truth values [places]: the first ones, as many as `count` (i64 []) says.
Result<ir::ValueId> first_places(ImportContext& context, const std::string& suffix, ir::ValueId count, int64_t places);
// The value where the places along an axis count, and another one behind the last. `counts` is [places].
Result<ir::ValueId> filled_behind(ImportContext& context, const std::string& suffix, ir::ValueId value, int axis,
                                  ir::ValueId counts, int64_t otherwise);
// How many truth values are true, i64 [].
Result<ir::ValueId> count_of(ImportContext& context, const std::string& suffix, ir::ValueId truths);
// The places of the truth values [n] that are true, in their order, and behind them of others: i32 [places].
Result<ir::ValueId> places_of(ImportContext& context, const std::string& suffix, ir::ValueId truths, int64_t places);

}  // namespace tmc::frontend::onnx_format
