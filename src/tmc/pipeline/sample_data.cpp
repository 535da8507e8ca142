// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/sample_data.hpp"

#include <cmath>
#include <random>

#include "tmc/base/host/element.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::pipeline {
namespace {

using program::Tensor;

struct Range {
  double low, high;
};

Shape stacked(int64_t count, const Shape& shape) {
  Shape out = Shape::of(count);
  for (const int64_t extent : shape) out.push_back(extent);
  return out;
}

// The reals that the first quantize node after `id` can represent.
Range float_range(const ir::Graph& graph, ir::ValueId id) {
  for (const ir::NodeId user : graph.users(id)) {
    const ir::Node& node = graph.node(user);
    const ir::Value& output = graph.value(node.outputs.front());
    if (node.op.is<ops::Reshape>()) return float_range(graph, node.outputs.front());
    if (!node.op.is<ops::Quantize>() || output.quantization.empty()) continue;
    const double scale = output.quantization.scale() * 1.1;
    const int32_t zero = output.quantization.zero_point();
    return {scale * (dtype_min(output.type.dtype) - zero), scale * (dtype_max(output.type.dtype) - zero)};
  }
  return {-1, 1};
}

Range range_of(const ir::Graph& graph, const Tensor& tensor) {
  if (!dtype_is_float(tensor.dtype)) {
    return {static_cast<double>(dtype_min(tensor.dtype)), static_cast<double>(dtype_max(tensor.dtype))};
  }
  return float_range(graph, graph.find_value(tensor.name));
}

double draw(std::mt19937_64& rng, const Range& range, bool whole, int64_t sample, int64_t element) {
  if (sample == 1) return range.low;
  if (sample == 2) return range.high;
  if (sample == 3) return element % 2 ? range.low : range.high;
  const double unit = static_cast<double>(rng() >> 11) * 0x1p-53;
  return whole ? range.low + std::floor(unit * (range.high - range.low + 1))
               : range.low + unit * (range.high - range.low);
}

Status check_array(const Tensor& tensor, const NpyArray& array, int64_t& count) {
  TMC_ASSIGN(const int64_t samples,
             count_samples(tensor.name, {tensor.dtype, tensor.shape}, {array.dtype, array.shape}));
  if (count >= 0 && count != samples) {
    return error(Error::kBadInput, "input '{}' has {} samples, others have {}", tensor.name, samples, count);
  }
  count = samples;
  return {};
}

}  // namespace

Result<int64_t> count_samples(std::string_view input, const ops::TensorType& type, const ops::TensorType& array) {
  if (array.dtype != type.dtype) {
    return error(Error::kBadInput, "input '{}' takes {}, the array holds {}", input, dtype_name(type.dtype),
                 dtype_name(array.dtype))
        .remedied_by("convert the array; the model's header gives scale and zero point");
  }
  const int64_t elements = type.shape.elements();
  const int64_t samples = array.shape.elements() / elements;
  const bool whole = array.shape.elements() == samples * elements && samples > 0;
  const bool fits = array.shape == type.shape || (array.shape.rank() > 0 && array.shape[0] == samples);
  if (!whole || !fits) {
    return error(Error::kBadInput, "input '{}' takes {} elements a sample, the array of {} does not hold whole samples",
                 input, elements, array.shape.elements())
        .remedied_by("stack the samples along a new first axis");
  }
  return samples;
}

NamedArrays random_inputs(const Compilation& compilation, int64_t count, uint64_t seed) {
  std::mt19937_64 rng(seed);
  NamedArrays arrays;
  for (const int32_t input : compilation.program.inputs) {
    const Tensor& tensor = compilation.program.tensors[static_cast<size_t>(input)];
    const Range range = range_of(compilation.graph, tensor);
    const int64_t elements = tensor.shape.elements();
    NpyArray array{tensor.dtype, stacked(count, tensor.shape), {}};
    array.bytes.resize(static_cast<size_t>(count * tensor.bytes()));
    std::byte* to = array.bytes.data();
    for (int64_t i = 0; i < count * elements; ++i, to += dtype_bytes(tensor.dtype)) {
      store_element(tensor.dtype, draw(rng, range, !dtype_is_float(tensor.dtype), i / elements, i % elements), to);
    }
    arrays[tensor.name] = std::move(array);
  }
  return arrays;
}

Result<std::vector<Ports>> to_samples(const Compilation& compilation, const NamedArrays& inputs) {
  const program::Program& program = compilation.program;
  std::string names;
  for (const int32_t input : program.inputs) names += " '" + program.tensors[static_cast<size_t>(input)].name + "'";
  if (inputs.size() > program.inputs.size()) {
    return error(Error::kBadInput, "{} inputs were given, the model's are{}", inputs.size(), names);
  }
  int64_t count = -1;
  for (const int32_t input : program.inputs) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(input)];
    const auto array = inputs.find(tensor.name);
    if (array == inputs.end()) {
      return error(Error::kBadInput, "input '{}' was not given; the model's are{}", tensor.name, names)
          .remedied_by("pass --input NAME=FILE.npy for each");
    }
    TMC_TRY(check_array(tensor, array->second, count));
  }
  std::vector<Ports> samples(static_cast<size_t>(std::max<int64_t>(count, 0)));
  for (const int32_t input : program.inputs) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(input)];
    const std::byte* from = inputs.at(tensor.name).bytes.data();
    for (Ports& sample : samples) {
      sample.emplace_back(from, from + tensor.bytes());
      from += tensor.bytes();
    }
  }
  return samples;
}

NamedArrays to_arrays(const Compilation& compilation, std::span<const Ports> outputs) {
  NamedArrays arrays;
  for (size_t port = 0; port < compilation.program.outputs.size(); ++port) {
    const Tensor& tensor = compilation.program.tensors[static_cast<size_t>(compilation.program.outputs[port])];
    NpyArray array{tensor.dtype, stacked(static_cast<int64_t>(outputs.size()), tensor.shape), {}};
    for (const Ports& sample : outputs) array.bytes.insert(array.bytes.end(), sample[port].begin(), sample[port].end());
    arrays[tensor.name] = std::move(array);
  }
  return arrays;
}

}  // namespace tmc::pipeline
