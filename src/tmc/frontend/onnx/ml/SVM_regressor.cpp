// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/chain.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/svm.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

// A number for every row, or of one class 1 where the row belongs to it and -1 where not.
Status import_ml_SVM_regressor(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const std::string transform, attributes.text("post_transform", "NONE"));
  if (transform != "NONE") {
    return error(Error::kUnsupportedOp, "it has the post_transform '{}', which onnxruntime leaves out", transform)
        .with_hint("export the model without it");
  }
  TMC_ASSIGN(const int64_t count, attributes.integer("n_supports", 0));
  TMC_ASSIGN(const int64_t is_one_class, attributes.integer("one_class", 0));
  TMC_ASSIGN(const SupportVectors support, read_support_vectors(context, count));
  TMC_ASSIGN(const std::vector<float> coefficients, attributes.reals("coefficients"));
  TMC_ASSIGN(const std::vector<float> rho, attributes.reals("rho"));
  if (rho.empty() || (count > 0 && std::ssize(coefficients) != count)) {
    return error(Error::kMalformed, "it has {} coefficients for {} vectors, and {} rho", coefficients.size(), count,
                 rho.size());
  }
  TMC_ASSIGN(const ir::ValueId sums, append_machines(context, support, coefficients, {rho[0]}));
  if (is_one_class == 0) return finish_copy(context, 0, sums);
  Chain chain(context);
  TMC_ASSIGN(const ir::ValueId is_inside, chain.with("_is_inside", ops::Greater{}, sums, 0));
  return context.finish(ops::Where{},
                        {is_inside, context.append_scalar("_inside", 1), context.append_scalar("_outside", -1)});
}

}  // namespace tmc::frontend::onnx_format
