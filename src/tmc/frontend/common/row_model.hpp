// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A graph for a model file that only knows rows of features: the input `features`, f32 [rows, features], of which the
// number of rows is open (`--shape rows=16`) and one where nothing is said; and one output, in the shape in which the
// format's own library predicts.

#include <string>
#include <vector>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/common/trees.hpp"

namespace tmc::frontend {

// What is made of the sums of a model, by the format's objective.
enum class Link : uint8_t {
  kIdentity,
  kLogistic,  // of the sum times a factor
  kSoftmax,   // over the targets
  kExponential,
  kSignedSquare,  // x * |x|
  kSoftplus,
  kGreatest,   // the number of the target with the largest sum, i64
  kAboveZero,  // whether the sum is above 0, i64
};

class RowModel {
 public:
  // kUnsupportedShape for more features than a file of a microcontroller has, or none; kMalformed where there are names
  // for others.
  static Result<RowModel> make(std::string name, int64_t features, std::vector<std::string> columns,
                               const ImportOptions& options);

  ir::ValueId rows() const { return rows_; }
  ConstantBudget& budget() { return budget_; }
  Result<ir::ValueId> append_trees(const FileTrees& trees);
  Result<ir::ValueId> append(const std::string& name, ops::AnyOp op, std::vector<ir::ValueId> inputs) {
    return graph_.append(name, std::move(op), std::move(inputs));
  }
  Result<ir::ValueId> append_constant(const std::string& name, const Shape& shape, const std::vector<float>& values);
  // Of sums [rows, targets]; `factor` is that of kLogistic. The graph is the caller's from then on. The output is
  // called `prediction`, and [rows] where there is one number a row.
  Result<ir::Graph> finish(ir::ValueId sums, Link link, float factor = 1);

  static constexpr int64_t kMostFeatures = 65'536;
  static constexpr const char* kInput = "features";
  static constexpr const char* kOutput = "prediction";
  static constexpr const char* kRows = "rows";

 private:
  Result<ir::ValueId> linked(ir::ValueId sums, Link link, float factor);
  Result<ir::ValueId> above_zero(ir::ValueId sums);
  ir::ValueId integer(const std::string& name, int64_t value);

  ir::Graph graph_;
  ConstantBudget budget_;
  ir::ValueId rows_ = ir::ValueId::kNone;
};

}  // namespace tmc::frontend
