// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "quantize_model.hpp"

#include "tmc/pipeline/export.hpp"

namespace tmc::app {

void QuantizeFileArguments::add_to(Command& command) {
  model.add_to(command);
  command.add_option("--budget", model.quantize.budget, "flash=2M,ram=512K: of what --max-drop may choose");
  command.add_option("--export", onnx, "writes what came of it as ONNX of the QDQ form, for other runtimes");
}

Result<pipeline::Compilation> quantize_model(const QuantizeFileArguments& arguments) {
  ModelOptions model = arguments.model;
  if (model.quantize.scheme.empty()) model.quantize.scheme = "int8";
  TMC_ASSIGN(pipeline::Compilation compilation, model.compile("lower_pairs"));
  if (!arguments.onnx.empty()) TMC_TRY(pipeline::export_onnx(compilation, arguments.onnx));
  return compilation;
}

}  // namespace tmc::app
