// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_model.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"

namespace tmc::frontend::onnx_format {

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
  TMC_TRY(classes == 1 ? finish_binary_labels(context, scores, 0, labels)
                       : finish_label_of_greatest(context, scores, labels));
  if (!context.has_output(1)) return {};
  if (classes == 1 && transform == PostTransform::kProbit) {
    return error(Error::kUnsupportedOp, "its one score is a probit, which leaves the other class without one")
        .with_hint("export the model with coefficients for both classes");
  }
  TMC_ASSIGN(const ir::ValueId transformed, classes == 1
                                                ? append_first_of_two(context, scores, /*mirrored=*/false, transform)
                                                : append_transformed(context, scores, transform));
  return finish_copy(context, 1, transformed);
}

}  // namespace tmc::frontend::onnx_format
