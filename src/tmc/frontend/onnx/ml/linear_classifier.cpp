// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_model.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// One score says which of two classes it is.
Status finish_binary(ImportContext& context, ir::ValueId scores, const std::vector<int64_t>& labels) {
  const int64_t rows = context.type(scores).shape[0];
  TMC_ASSIGN(const ir::ValueId score, context.append("_score", ops::Reshape{{rows}}, {scores}));
  const ir::ValueId zero = context.append_scalar("_limit", 0);
  TMC_ASSIGN(const ir::ValueId is_second, context.append("_is_second", ops::Greater{}, {score, zero}));
  return finish_binary_labels(context, is_second, labels);
}

Status finish_classes(ImportContext& context, ir::ValueId scores, const std::vector<int64_t>& labels) {
  if (!context.has_output(0)) return {};
  TMC_ASSIGN(const ir::ValueId number, context.append("_class", ops::ArgMax{{1}, false}, {scores}));
  return finish_labels(context, number, labels);
}

}  // namespace

// A label for every row, and the scores of the classes.
Status import_ml_linear_classifier(ImportContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> labels, read_class_labels(context, "classlabels_ints", "classlabels_strings"));
  TMC_ASSIGN(const std::vector<float> intercepts, context.attributes().reals("intercepts"));
  TMC_ASSIGN(const PostTransform transform, read_post_transform(context));
  const int64_t classes = intercepts.empty() ? std::ssize(labels) : std::ssize(intercepts);
  if (classes == 0 || (classes > 1 && classes != std::ssize(labels)) || (classes == 1 && labels.size() != 2)) {
    return error(Error::kMalformed, "it has {} labels for {} rows of coefficients", labels.size(), classes);
  }
  TMC_ASSIGN(const ir::ValueId scores, append_linear_scores(context, classes));
  TMC_TRY(classes == 1 ? finish_binary(context, scores, labels) : finish_classes(context, scores, labels));
  if (!context.has_output(1)) return {};
  if (classes == 1 && transform == PostTransform::kProbit) {
    return error(Error::kUnsupportedOp, "its one score is a probit, which leaves the other class without one")
        .with_hint("export the model with coefficients for both classes");
  }
  TMC_ASSIGN(const ir::ValueId transformed, classes == 1
                                                ? append_first_of_two(context, scores, /*mirrored=*/false, transform)
                                                : append_transformed(context, scores, transform));
  return finish_output_as(context, 1, transformed);
}

}  // namespace tmc::frontend::onnx_format
