// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/expected.hpp"

#include <algorithm>

#include "tmc/base/host/files.hpp"
#include "tmc/check/compare.hpp"
#include "tmc/check/custom_nodes.hpp"
#include "tmc/check/cut_channels.hpp"
#include "tmc/data/sample_data.hpp"
#include "tmc/data/text_ports.hpp"
#include "tmc/exporter/onnx/to_onnx.hpp"
#include "tmc/ir/permute.hpp"

namespace tmc::check {
namespace {

using exporter::TensorInFile;
using program::Program;
using program::Tensor;

TensorInFile in_model_file(const Tensor& tensor) {
  if (tensor.channels_last_of.empty()) return {tensor.name, {}};
  return {tensor.channels_last_of, ir::kNhwcToNchw};
}

// The samples in the value's own order of axes. Nothing where the array's are others.
std::optional<NpyArray> in_own_order(const NpyArray& array, const TensorInFile& file, const Shape& shape) {
  if (file.order.empty() || ir::is_identity(file.order)) return array;
  const Shape lying = ir::permute(shape, file.order);
  if (!std::ranges::equal(array.shape.begin() + 1, array.shape.end(), lying.begin(), lying.end())) return std::nullopt;
  ir::Permutation with_samples = {0};
  for (const int64_t axis : ir::inverse(file.order)) with_samples.push_back(axis + 1);
  const ir::TensorData moved = ir::permute(ir::TensorData(array.bytes), {array.dtype, array.shape}, with_samples);
  const auto bytes = moved.bytes();
  return NpyArray{array.dtype, ir::permute(array.shape, with_samples), {bytes.begin(), bytes.end()}};
}

// Without the channels that the tensor lost.
NpyArray with_channels_left(const ir::RemovedWork& removed, const Tensor& tensor, const TensorInFile& file,
                            const NpyArray& array) {
  const auto cut = removed.tensors.find(tensor.name);
  if (cut == removed.tensors.end()) return array;
  const int last = tensor.shape.rank() - 1;
  const auto place = std::ranges::find(file.order, last);
  const auto axis = file.order.empty() ? last : static_cast<int>(place - file.order.begin());
  return cut_channels(array, axis + 1, cut->second);
}

// `in_file` says where a tensor is among the arrays.
template <typename InFile>
NamedArrays laid_out(const Compilation& compilation, const NamedArrays& arrays, const InFile& in_file) {
  NamedArrays tensors;
  for (const Tensor& tensor : compilation.program.tensors) {
    const TensorInFile file = in_file(tensor);
    const auto found = arrays.find(file.name);
    if (found == arrays.end()) continue;
    const NpyArray left = with_channels_left(compilation.removed, tensor, file, found->second);
    if (!comparable(tensor, left)) continue;
    if (auto array = in_own_order(left, file, tensor.shape)) tensors[tensor.name] = *std::move(array);
  }
  return tensors;
}

// The samples as the file's inputs take them, in the model's order.
std::vector<NpyArray> file_inputs(const Compilation& compilation, std::span<const Ports> samples) {
  const Program& program = compilation.program;
  std::vector<NpyArray> arrays = data::stack_samples(compilation, samples);
  NamedArrays by_name;
  for (size_t i = 0; i < arrays.size(); ++i) {
    by_name[program.tensors[static_cast<size_t>(program.inputs[i])].name] = std::move(arrays[i]);
  }
  by_name = data::as_file_has_them(compilation, std::move(by_name));
  for (size_t i = 0; i < arrays.size(); ++i) {
    arrays[i] = std::move(by_name[program.tensors[static_cast<size_t>(program.inputs[i])].name]);
  }
  return arrays;
}

// What the oracle says of the model in a file.
Result<OracleAnswer> ask_about(const std::filesystem::path& model, const Compilation& compilation,
                               const std::string& oracle, std::span<const Ports> samples, const std::string& custom) {
  TMC_ASSIGN(OracleAnswer answer,
             run_oracle(oracle, model, file_inputs(compilation, samples), std::ssize(samples), custom));
  answer.tensors = data::as_program_has_them(compilation, std::move(answer.tensors));
  TMC_ASSIGN(answer.tensors, data::with_fitted_texts(compilation, std::move(answer.tensors)));
  return answer;
}

Result<Expected> ask_about_export(const Compilation& compilation, const std::string& oracle,
                                  std::span<const Ports> samples) {
  if (oracle != "onnxruntime") {
    return error(Error::kBadUsage, "a model that is quantised here is compared in its ONNX form, which {} does not run",
                 oracle)
        .with_hint("use --oracle onnxruntime");
  }
  std::map<std::string, TensorInFile> places;
  TMC_ASSIGN(const std::string model, exporter::to_onnx(*compilation.quantized_here, &places));
  TMC_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
  const std::filesystem::path file = scratch.path() / "quantized.onnx";
  TMC_TRY(write_file(file, model));
  const auto name_in_file = [&](const std::string& value) {
    const auto place = places.find(value);
    return place == places.end() ? value : place->second.name;
  };
  TMC_ASSIGN(const std::string custom, custom_nodes(*compilation.quantized_here, name_in_file));
  TMC_ASSIGN(const OracleAnswer answer, ask_about(file, compilation, oracle, samples, custom));
  const auto in_file = [&](const Tensor& tensor) {
    const auto place = places.find(tensor.name);
    return place == places.end() ? in_model_file(tensor) : place->second;
  };
  return Expected{answer.oracle, laid_out(compilation, answer.tensors, in_file)};
}

}  // namespace

Result<Expected> ask_oracle(const Compilation& compilation, const std::string& oracle, std::span<const Ports> samples) {
  if (compilation.quantized_here) return ask_about_export(compilation, oracle, samples);
  TMC_ASSIGN(const std::string custom, custom_nodes(compilation.graph, [](const std::string& value) { return value; }));
  TMC_ASSIGN(const OracleAnswer answer, ask_about(compilation.model, compilation, oracle, samples, custom));
  return Expected{answer.oracle, laid_out(compilation, answer.tensors, in_model_file)};
}

Result<Expected> expected_of_recording(const Compilation& compilation, const NamedArrays& recording) {
  const Program& program = compilation.program;
  for (const int32_t output : program.outputs) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(output)];
    const auto found = recording.find(tensor.name);
    if (found != recording.end()) TMC_TRY(data::require_sample_axis(tensor.name, tensor.shape, found->second.shape));
  }
  return Expected{"", laid_out(compilation, recording, in_model_file)};
}

}  // namespace tmc::check
