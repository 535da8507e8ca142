// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct TreeEnsemble {
  static constexpr const char* kName = "tree_ensemble";
  static constexpr const char* kDoc =
      "Decision trees whose leaves add up (ONNX TreeEnsemble). Inputs: x f32 [rows, features]; constants: nodes i32 "
      "[nodes, 4], a test as feature, mode, node where it is true, node where it is not, and a leaf as -1, first "
      "weight, "
      "number of weights, 0; thresholds f32 [nodes]; roots i32 [trees]; weights f32 [weights] and their targets i32 "
      "[weights]; base f32 [targets], which is added at the end. Modes: x <= t, x < t, x >= t, x > t, x == t, x != t, "
      "counted from 0; plus 8 where the test is also true of a missing feature, which is no number. A test leads to "
      "nodes behind it. Output: f32 [rows, targets], of each target the aggregate (sum, average over all trees, min, "
      "max) of the weights that the trees' leaves have for it, 0 where none has.";

  enum Mode : int32_t { kLessOrEqual, kLess, kGreaterOrEqual, kGreater, kEqual, kNotEqual };
  static constexpr int32_t kModes = 6;
  static constexpr int32_t kMissingIsTrue = 8;
  static constexpr int32_t kLeaf = -1;
  enum Input : size_t { kX, kNodes, kThresholds, kRoots, kWeights, kTargets, kBase, kInputs };

  std::string aggregate = "sum";

  static constexpr auto fields() { return std::tuple{Field{"aggregate", &TreeEnsemble::aggregate}}; }

  static Inferred infer(const TreeEnsemble& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, kInputs, kInputs));
    if (op.aggregate != "sum" && op.aggregate != "average" && op.aggregate != "min" && op.aggregate != "max") {
      return error(Error::kMalformed, "unknown aggregate '{}'", op.aggregate);
    }
    TMC_TRY(check_rank(in[kX], 2, "input"));
    TMC_TRY(check_rank(in[kNodes], 2, "table of nodes"));
    for (const size_t list : {kThresholds, kRoots, kWeights, kTargets, kBase})
      TMC_TRY(check_rank(in[list], 1, "table"));
    for (const size_t reals : {kX, kThresholds, kWeights, kBase}) {
      if (in[reals].dtype != DType::kF32) return error(Error::kUnsupportedType, "input {} is not f32", reals);
    }
    for (const size_t integers : {kNodes, kRoots, kTargets}) {
      if (in[integers].dtype != DType::kI32) return error(Error::kUnsupportedType, "input {} is not i32", integers);
    }
    if (in[kNodes].shape[1] != 4 || in[kThresholds].shape[0] != in[kNodes].shape[0] ||
        in[kTargets].shape != in[kWeights].shape) {
      return error(Error::kMalformed, "its tables differ in their extents");
    }
    return std::vector<TensorType>{{DType::kF32, Shape::of(in[kX].shape[0], in[kBase].shape[0])}};
  }
};

}  // namespace tmc::ops
