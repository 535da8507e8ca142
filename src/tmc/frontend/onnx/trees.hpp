// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tree ensembles of the domain ai.onnx.ml: their lists as the trees of common/trees.hpp.

#include "tmc/frontend/common/trees.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

constexpr int32_t kMembership = 6;

// TreeEnsembleClassifier and TreeEnsembleRegressor: nodes by the numbers of trees and of nodes in them. `target` is
// what the attributes of weights begin with, "class" or "target"; `targets` is how many there are.
Result<FileTrees> read_numbered_trees(ImportContext& context, const std::string& target, int64_t targets);

// kMalformed where one of the other lists of nodes has not so many entries.
Status check_node_counts(size_t count, std::initializer_list<size_t> others);

// A list of reals that may be given as a tensor, in an attribute of that name with "_as_tensor" behind it, or in double
// there.
Result<std::vector<double>> read_listed_reals(ImportContext& context, const std::string& name);
// A tensor of the file of float32 or double in an attribute; empty where there is none.
Result<std::vector<double>> read_real_tensor(ImportContext& context, const std::string& name);
// Values that are added up, in float32 as the sums are.
std::vector<float> rounded(const std::vector<double>& values);

// The comparison of a float32 feature with a threshold of the file: for the same answer, a threshold that no float32 is
// becomes one of those beside it.
FileTest::Comparison compared(int32_t mode, double threshold, bool missing_is_true);

// kMalformed where there are none, or more than a model has room for.
Status check_targets(ImportContext& context, int64_t targets);

// Appends the operator: f32 [rows, targets]. Features of double are compared and weights are summed as doubles where
// thresholds are no float32; else they are rounded.
Result<ir::ValueId> append_trees(ImportContext& context, const FileTrees& trees);

// Whether the input's features are doubles, and thresholds are such that no float32 is.
bool compares_doubles(ImportContext& context, const FileTrees& trees);
// The same where they are: f64 [rows, targets].
Result<ir::ValueId> append_trees_in_double(ImportContext& context, FileTrees trees);

// Of each target, whether every row has a weight for it, some may have, or none has.
enum class Scored : uint8_t { kNever, kSometimes, kAlways };
std::vector<Scored> scored_targets(const FileTrees& trees);

}  // namespace tmc::frontend::onnx_format
