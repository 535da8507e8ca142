// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"

namespace tmc::frontend::onnx_format {

namespace {

Status encode_strings(ImportContext& context) {
  TMC_ASSIGN(const std::vector<std::string> categories, context.attributes().texts("cats_strings"));
  if (categories.empty()) return error(Error::kMalformed, "it has no categories of the type of its input");
  TMC_ASSIGN(const ir::ValueId text, context.text(0));
  TMC_ASSIGN(const ir::ValueId found, string_matches(context, "", text, categories));
  return context.finish(ops::Cast{DType::kF32}, {found});
}

}  // namespace

// [..., categories]: 1 for the category that the element is, 0 for others; zeros alone for an element that is none,
// also where the file says that this is an error.
Status import_ml_one_hot_encoder(ImportContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> categories, context.attributes().integers("cats_int64s"));
  if (context.is_text(0)) return encode_strings(context);
  if (categories.empty()) return error(Error::kMalformed, "it has no categories of the type of its input");
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  TMC_ASSIGN(input, as_dtype(context, "_integers", input, DType::kI64));
  TMC_ASSIGN(const ir::ValueId keys,
             append_integers(context, "_categories", Shape::of(std::ssize(categories)), categories));
  TMC_ASSIGN(const ir::ValueId found, matches(context, "", input, keys));
  return context.finish(ops::Cast{DType::kF32}, {found});
}

}  // namespace tmc::frontend::onnx_format
