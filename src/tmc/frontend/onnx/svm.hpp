// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Support vector machines of the domain ai.onnx.ml, of existing operators. Answers are onnxruntime's
// (core/providers/cpu/ml/svmclassifier.cc and svmregressor.cc).

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// What rows are compared with, and how.
struct SupportVectors {
  enum class Kernel : uint8_t { kLinear, kPolynomial, kRbf, kSigmoid } kernel = Kernel::kLinear;
  float gamma = 0, coef0 = 0, degree = 0;
  std::vector<float> vectors;  // [count, features]; none: the coefficients are of the features themselves
  int64_t count = 0;
};

// kMalformed where the vectors are not `count` rows of the input's features.
Result<SupportVectors> read_support_vectors(ImportContext& context, int64_t count);

// The kernel of every row and vector: [rows, count].
Result<ir::ValueId> append_kernels(ImportContext& context, const SupportVectors& support);

// [rows, outputs]: sums of the kernels times coefficients [outputs, count], plus the biases. A linear kernel is
// multiplied out here: the features times [outputs, features].
Result<ir::ValueId> append_machines(ImportContext& context, const SupportVectors& support,
                                    const std::vector<float>& coefficients, const std::vector<float>& biases);

// What two classes have of 1, [rows, 2], from the score of their machine [rows, 1] (prob_a, prob_b): Platt's logistic,
// coupled as libsvm does it, which stops after two rounds at most and so is off by some thousandths.
Result<ir::ValueId> append_two_probabilities(ImportContext& context, ir::ValueId score, float a, float b);

}  // namespace tmc::frontend::onnx_format
