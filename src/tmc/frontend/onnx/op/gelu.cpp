// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gelu.hpp"

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_gelu(ImportContext& context) {
  const auto approximate = context.attributes().text("approximate", "none");
  if (!approximate.ok()) return approximate.status();
  const bool by_tanh = *approximate == "tanh";
  if (!by_tanh && *approximate != "none") return error(Error::kMalformed, "approximate is '{}'", *approximate);
  return import_unary(context, ops::Gelu{.by_tanh = by_tanh});
}

}  // namespace tmc::frontend::onnx_format
