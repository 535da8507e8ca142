// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::tflite {

Status import_read_variable(ImportContext& context) {
  TMC_ASSIGN(const std::string name, context.handle(0));
  TMC_ASSIGN(const FileTensor declared, context.output());
  TMC_ASSIGN(const ir::ValueId value, context.variables().read(name, declared));
  const Shape shape = context.type(value).shape;
  return context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {value});
}

}  // namespace tmc::frontend::tflite
