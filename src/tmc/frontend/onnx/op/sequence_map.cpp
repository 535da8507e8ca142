// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/sequence.hpp"

namespace tmc::frontend::onnx_format {

// The body once for each element: other inputs are sequences of as many, or tensors that all share.
Status import_sequence_map(ImportContext& context) {
  TMC_ASSIGN(const ::onnx::GraphProto* body, body_of(context, "body"));
  TMC_ASSIGN(const std::vector<FileTensor> first, sequence_of(context));
  std::vector<FileTensor> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.file_tensor(i));
    if (inputs.back().elements && inputs.back().elements->size() != first.size()) {
      return error(Error::kMalformed, "its sequences have {} and {} elements", first.size(),
                   inputs.back().elements->size());
    }
  }
  std::vector<std::vector<FileTensor>> outputs(static_cast<size_t>(body->output_size()));
  for (size_t at = 0; at < first.size(); ++at) {
    std::vector<FileTensor> operands;
    for (const FileTensor& input : inputs) operands.push_back(input.elements ? (*input.elements)[at] : input);
    TMC_ASSIGN(const std::vector<FileTensor> results, context.import_body(*body, operands));
    for (size_t i = 0; i < outputs.size() && i < context.output_count(); ++i) outputs[i].push_back(results[i]);
  }
  for (size_t i = 0; i < outputs.size() && i < context.output_count(); ++i) {
    TMC_TRY(context.finish_elements(std::move(outputs[i]), i));
  }
  return {};
}

}  // namespace tmc::frontend::onnx_format
