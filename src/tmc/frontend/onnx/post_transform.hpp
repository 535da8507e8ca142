// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is done to the scores of a linear model or a tree ensemble (the attribute post_transform of ai.onnx.ml).

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

enum class PostTransform : uint8_t { kNone, kSoftmax, kLogistic, kSoftmaxZero, kProbit };

// kMalformed for another name; `number` is that of TreeEnsemble, which counts them.
Result<PostTransform> read_post_transform(ImportContext& context);
Result<PostTransform> post_transform_of(int64_t number);

// Of scores f32 [rows, scores]. Probit is computed as onnxruntime does, by an approximation of the error function's
// inverse.
Result<ir::ValueId> append_transformed(ImportContext& context, ir::ValueId scores, PostTransform transform);
// The same of a model with one score a row, of which onnxruntime transforms none but the probit.
Result<ir::ValueId> append_transformed_single(ImportContext& context, ir::ValueId scores, PostTransform transform);

// [rows, 2]: the scores of two classes, of which the model gives the second; the first is what is left of 1, or with
// `mirrored` the score with the other sign (and so its logistic).
Result<ir::ValueId> append_first_of_two(ImportContext& context, ir::ValueId score, bool mirrored,
                                        PostTransform transform);

}  // namespace tmc::frontend::onnx_format
