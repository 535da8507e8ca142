// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/custom.hpp"
#include "tmc/custom/operator.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

Status lower_custom(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Custom>();
  const auto* described = dynamic_cast<const custom::Operator*>(op.rule.get());
  if (described == nullptr) return error(Error::kUnsupportedOp, "nothing describes the operator '{}'", op.name);
  // Generated code is in a namespace of the model's name.
  if (described->description().function == lowering.graph().name) {
    return error(Error::kUnsupportedOp, "its function '{}' has the name of the model", lowering.graph().name)
        .with_hint("put the function into a namespace, or name the model otherwise with --name");
  }
  std::vector<const ops::TensorType*> types;
  std::vector<const Quantization*> quantizations;
  std::vector<Ref> inputs, outputs;
  for (size_t i = 0; i < lowering.node().inputs.size(); ++i) {
    types.push_back(lowering.has_input(i) ? &lowering.input(i).type : nullptr);
    quantizations.push_back(lowering.has_input(i) ? &lowering.input(i).quantization : nullptr);
    inputs.push_back(lowering.input_ref(i));
  }
  for (size_t i = 0; i < lowering.node().outputs.size(); ++i) {
    quantizations.push_back(&lowering.output(i).quantization);
    outputs.push_back(lowering.output_ref(i));
  }
  const ops::InferInputs in{types};
  TMC_ASSIGN(const custom::Instance instance, custom::instantiate(described->description(), op.values, in));
  TMC_ASSIGN(std::vector<int32_t> words, described->words(op.values, instance, in, quantizations));
  return lowering.emit_foreign(described->implementation(), std::move(words), inputs, outputs);
}

}  // namespace tmc::select
