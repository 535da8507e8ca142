// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/sample_data.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tmc/base/host/element.hpp"
#include "tmc/data/text_ports.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::data {
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

// The indices that the nodes after `id` can look up; without such nodes all integers of the type.
Range integer_range(const ir::Graph& graph, ir::ValueId id, DType dtype) {
  for (const ir::NodeId user : graph.users(id)) {
    const ir::Node& node = graph.node(user);
    if (node.op.is<ops::Reshape>() || node.op.is<ops::Cast>()) {
      return integer_range(graph, node.outputs.front(), dtype);
    }
    const auto* lookup = node.op.get_if<ops::Lookup>();
    if (lookup == nullptr || node.inputs[1] != id) continue;
    const Shape& shape = graph.value(node.inputs[0]).type.shape;
    const int axis = lookup->axis < 0 ? lookup->axis + shape.rank() : lookup->axis;
    return {0, static_cast<double>(shape[axis] - 1)};
  }
  return {static_cast<double>(dtype_min(dtype)), static_cast<double>(dtype_max(dtype))};
}

Range range_of(const ir::Graph& graph, const Tensor& tensor) {
  const ir::ValueId id = graph.find_value(tensor.name);
  return dtype_is_float(tensor.dtype) ? float_range(graph, id) : integer_range(graph, id, tensor.dtype);
}

std::string shape_text(const Shape& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

bool same_extents(const Shape& a, int a_first, const Shape& b, int b_first) {
  return std::equal(a.begin() + a_first, a.end(), b.begin() + b_first, b.end());
}

// The number of samples in [n, ...sample]; where a sample is [1, ...], its batch axis may count them too. -1 for
// another shape.
int64_t stacked_samples(const Shape& sample, const Shape& array) {
  if (array.rank() == sample.rank() + 1 && same_extents(array, 1, sample, 0)) return array[0];
  const bool batch_counts = sample.rank() > 0 && sample[0] == 1 && array.rank() == sample.rank();
  return batch_counts && same_extents(array, 1, sample, 1) ? array[0] : -1;
}

// The shape with one of its last three axes moved: an image from one layout to the other.
Shape moved_axis(const Shape& shape, bool last_to_front) {
  Shape moved = shape;
  int64_t* const image = &moved[shape.rank() - 3];
  std::rotate(image, image + (last_to_front ? 2 : 1), image + 3);
  return moved;
}

// What a caller is likely to have done.
enum class Mistake { kNone, kChannelsLast, kChannelsFirst, kNoBatch };

Mistake likely_mistake(const Shape& sample, const Shape& array) {
  const auto fits = [&](bool last_to_front) {
    if (array.rank() < 3) return false;
    const Shape moved = moved_axis(array, last_to_front);
    return moved == sample || stacked_samples(sample, moved) > 0;
  };
  if (fits(true)) return Mistake::kChannelsLast;
  if (fits(false)) return Mistake::kChannelsFirst;
  const bool lacks_batch = sample.rank() == array.rank() + 1 && same_extents(array, 0, sample, 1);
  return lacks_batch ? Mistake::kNoBatch : Mistake::kNone;
}

Status wrong_shape(std::string_view input, const Shape& sample, const Shape& array) {
  const auto refuse = [&](const std::string& why, const std::string& hint) {
    return error(Error::kBadInput, "input '{}' takes {} a sample, the array is {}{}", input, shape_text(sample),
                 shape_text(array), why)
        .with_hint(hint);
  };
  const std::string stack =
      fmt::format("give one sample, or samples stacked along a new first axis: {}", shape_text(stacked(1, sample)));
  switch (likely_mistake(sample, array)) {
    case Mistake::kChannelsLast:
      return refuse(": its channels are last (NHWC), the input's first (NCHW)", "give numpy.moveaxis(array, -1, -3)");
    case Mistake::kChannelsFirst:
      return refuse(": its channels are first (NCHW), the input's last (NHWC)", "give numpy.moveaxis(array, -3, -1)");
    case Mistake::kNoBatch:
      return refuse(fmt::format(": axis 0, the batch of {}, is missing", sample[0]),
                    sample[0] == 1 ? "give array[None]" : stack);
    default:
      return refuse("", stack);
  }
}

double draw(std::mt19937_64& rng, const Range& range, bool whole, int64_t sample, int64_t element) {
  if (sample == 1) return range.low;
  if (sample == 2) return range.high;
  if (sample == 3) return element % 2 ? range.low : range.high;
  const double unit = static_cast<double>(rng() >> 11) * 0x1p-53;
  return whole ? range.low + std::floor(unit * (range.high - range.low + 1))
               : range.low + unit * (range.high - range.low);
}

// Words of letters, of any length.
void fill_with_texts(std::mt19937_64& rng, NpyArray& array) {
  const auto width = static_cast<size_t>(array.shape.back());
  for (size_t at = 0; at < array.bytes.size(); at += width) {
    const size_t length = rng() % (width + 1);
    for (size_t i = 0; i < length; ++i) array.bytes[at + i] = std::byte{static_cast<uint8_t>('a' + rng() % 26)};
  }
  array.text = true;
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
        .with_hint("convert the array; the model's header gives scale and zero point");
  }
  const int64_t stacked = stacked_samples(type.shape, array.shape);
  if (stacked > 0) return stacked;
  if (array.shape == type.shape) return 1;
  return wrong_shape(input, type.shape, array.shape);
}

Status require_sample_axis(std::string_view name, const Shape& sample, const Shape& array) {
  if (stacked_samples(sample, array) > 0) return {};
  Shape wanted = stacked(1, sample);
  return error(Error::kBadUsage, "'{}' has no sample axis: axis 0 counts the samples, as in {}; the array is {}", name,
               shape_text(wanted), shape_text(array))
      .with_hint("stack the samples along a new first axis, one alone as array[None]");
}

NamedArrays random_inputs(const Model& model, int64_t count, uint64_t seed) {
  std::mt19937_64 rng(seed);
  NamedArrays arrays;
  for (const int32_t input : model.program.inputs) {
    const Tensor& tensor = model.program.tensors[static_cast<size_t>(input)];
    const Range range = range_of(model.graph, tensor);
    const int64_t elements = tensor.shape.elements();
    NpyArray array{tensor.dtype, stacked(count, tensor.shape), {}};
    array.bytes.resize(static_cast<size_t>(count * tensor.bytes()));
    std::byte* to = array.bytes.data();
    if (is_text(model, tensor)) {
      fill_with_texts(rng, array);
      arrays[tensor.name] = std::move(array);
      continue;
    }
    for (int64_t i = 0; i < count * elements; ++i, to += dtype_bytes(tensor.dtype)) {
      store_element(tensor.dtype, draw(rng, range, !dtype_is_float(tensor.dtype), i / elements, i % elements), to);
    }
    arrays[tensor.name] = std::move(array);
  }
  return arrays;
}

NamedArrays named_as_inputs(const Model& model, NamedArrays arrays) {
  const program::Program& program = model.program;
  if (program.inputs.size() != 1 || arrays.size() != 1) return arrays;
  auto only = arrays.extract(arrays.begin());
  only.key() = program.tensors[static_cast<size_t>(program.inputs.front())].name;
  arrays.insert(std::move(only));
  return arrays;
}

Result<std::vector<Ports>> to_samples(const Model& model, const NamedArrays& inputs) {
  const program::Program& program = model.program;
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
          .with_hint("pass --input NAME=FILE.npy for each");
    }
    TMC_TRY(check_array(tensor, array->second, count));
  }
  // A model without inputs gives one answer.
  if (program.inputs.empty()) count = 1;
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

std::vector<NpyArray> stack_samples(const Model& model, std::span<const Ports> samples) {
  std::vector<NpyArray> arrays;
  for (size_t port = 0; port < model.program.inputs.size(); ++port) {
    const Tensor& tensor = model.program.tensors[static_cast<size_t>(model.program.inputs[port])];
    NpyArray& array = arrays.emplace_back(NpyArray{tensor.dtype, stacked(std::ssize(samples), tensor.shape), {}});
    for (const Ports& sample : samples) array.bytes.insert(array.bytes.end(), sample[port].begin(), sample[port].end());
    array.text = is_text(model, tensor);
  }
  return arrays;
}

NamedArrays to_arrays(const Model& model, std::span<const Ports> outputs) {
  NamedArrays arrays;
  for (size_t port = 0; port < model.program.outputs.size(); ++port) {
    const Tensor& tensor = model.program.tensors[static_cast<size_t>(model.program.outputs[port])];
    NpyArray array{tensor.dtype, stacked(static_cast<int64_t>(outputs.size()), tensor.shape), {}};
    for (const Ports& sample : outputs) array.bytes.insert(array.bytes.end(), sample[port].begin(), sample[port].end());
    array.text = is_text(model, tensor);
    arrays[tensor.name] = std::move(array);
  }
  return arrays;
}

}  // namespace tmc::data
