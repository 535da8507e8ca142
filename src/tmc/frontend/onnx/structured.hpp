// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What importers of the domain ai.onnx.ml share: rows of features, lists that attributes hold, classes and look-ups.

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// An input as rows of features, f32 [rows, features]: one of rank 1 is one row, integers become reals.
// kUnsupportedShape for other ranks, kUnsupportedType for what is no number.
Result<ir::ValueId> input_rows(ImportContext& context, size_t index = 0);
// Whether a value of double is float32 that was cast.
bool comes_from_f32(ImportContext& context, ir::ValueId value);
// An input in float32, in its shape.
Result<ir::ValueId> real_input(ImportContext& context, size_t index = 0);

// The labels of a classifier's classes. Names stay in the file: a class is its number then, and a warning says which
// has which.
Result<std::vector<int64_t>> read_class_labels(ImportContext& context, const char* integers, const char* names);

// Of a table [entries], the entry at each index, i64 of any shape; zero for indices outside. There are no reads at run
// time: every entry is compared, which is as good for the few classes that models have.
Result<ir::ValueId> look_up(ImportContext& context, const std::string& suffix, ir::ValueId index, ir::ValueId table);
// [..., entries] of truth values: which of the keys [entries] each element of [...] is.
Result<ir::ValueId> matches(ImportContext& context, const std::string& suffix, ir::ValueId value, ir::ValueId keys);
// Of matches [..., entries], the value [entries] of the one that is true; zero where none is.
Result<ir::ValueId> pick_match(ImportContext& context, const std::string& suffix, ir::ValueId matches,
                               ir::ValueId values);

// Output 0 is the label of each class number [rows], or of those rows that are in the second of two classes.
Status finish_labels(ImportContext& context, ir::ValueId number, const std::vector<int64_t>& labels);
// Those rows are whose score [rows, 1] is above the limit.
Status finish_binary_labels(ImportContext& context, ir::ValueId score, float limit, const std::vector<int64_t>& labels);

// Output 0 is the label of the greatest of the scores [rows, classes].
Status finish_label_of_greatest(ImportContext& context, ir::ValueId scores, const std::vector<int64_t>& labels);

}  // namespace tmc::frontend::onnx_format
