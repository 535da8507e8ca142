// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/border.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ir/permute.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pixels.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/requantize.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

struct Integers {
  DType dtype;
  Quantization quantization;
  friend bool operator==(const Integers&, const Integers&) = default;
};

bool is_quantized_dtype(DType dtype) {
  return dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16;
}

Integers integers_of(const ir::Value& value) {
  return {value.type.dtype, value.quantization};
}

// The same reals in another integer type.
Result<Integers> as_dtype(const Integers& from, DType to) {
  constexpr float kBytesInWord = 256;
  constexpr int32_t kShift = 128;
  if (!is_quantized_dtype(from.dtype) || from.quantization.empty() || from.quantization.per_axis()) {
    return error(Error::kBadUsage, "its {} have no scale for the whole tensor", dtype_name(from.dtype))
        .with_hint("leave its type as it is");
  }
  if (from.dtype == to) return from;
  const float scale = from.quantization.scale();
  if (to == DType::kI16) return Integers{to, Quantization::per_tensor(scale, 0)};
  if (from.dtype == DType::kI16) {
    return Integers{to, Quantization::per_tensor(scale * kBytesInWord, to == DType::kU8 ? kShift : 0)};
  }
  const int32_t by = to == DType::kU8 ? kShift : -kShift;
  return Integers{to, Quantization::per_tensor(scale, from.quantization.zero_point() + by)};
}

// The integers that the graph makes of a float value, behind what only moves elements.
std::optional<Integers> quantized_form(const Graph& graph, ValueId real) {
  for (const NodeId user : graph.users(real)) {
    const ir::Node& node = graph.node(user);
    if (node.op.is<ops::Quantize>()) return integers_of(graph.value(node.outputs[0]));
    if (!node.op.is<ops::Reshape>() && !node.op.is<ops::Transpose>()) continue;
    if (const auto found = quantized_form(graph, node.outputs[0])) return found;
  }
  return std::nullopt;
}

// Reads reals whatever integers stand for them.
bool reads_reals(const ir::AnyOp& op) {
  return op.is<ops::Requantize>() || op.is<ops::Dequantize>();
}

// `readers` of the input read what `op` makes of it.
Status put_behind(Graph& graph, ValueId input, const std::vector<NodeId>& readers, const char* suffix, ir::AnyOp op,
                  const Quantization& quantization) {
  if (readers.empty()) return {};
  TMC_ASSIGN(const ValueId inner,
             graph.insert(readers.front(), graph.value(input).name + suffix, std::move(op), {input}, quantization));
  for (const NodeId reader : readers) std::ranges::replace(graph.node(reader).inputs, input, inner);
  return {};
}

Status check_inner(const Graph& graph, ValueId input) {
  if (!graph.is_output(input)) return {};
  return error(Error::kBadUsage, "it is an output of the model as well").with_hint("leave it as it is");
}

// The tensor that `value` repeats in another dtype, element for element; else `value` itself.
ValueId same_reals(const Graph& graph, ValueId value) {
  if (const NodeId node = graph.producer_if<ops::Dequantize>(value); node != NodeId::kNone) {
    return graph.node(node).inputs[0];
  }
  const NodeId node = graph.producer_if<ops::Requantize>(value);
  if (node == NodeId::kNone) return value;
  const ValueId source = graph.node(node).inputs[0];
  const auto repeated = as_dtype(integers_of(graph.value(source)), graph.value(value).type.dtype);
  return repeated.ok() && *repeated == integers_of(graph.value(value)) ? source : value;
}

void set_type(ir::Value& port, DType dtype, Quantization quantization) {
  port.type.dtype = dtype;
  port.quantization = std::move(quantization);
}

Status no_integers(const ir::Value& port, const char* how) {
  return error(Error::kBadUsage, "it is {}, and the model {} it in float: nothing says which integers stand for it",
               dtype_name(port.type.dtype), how)
      .with_hint("quantise the model: --quantize int8 --calibrate FILE.npz");
}

// The integers of `value`, of its type and quantisation, from its reals; the reals themselves where it is float.
Result<ValueId> as_it_was(Graph& graph, NodeId before, ValueId real, const ir::Value& value) {
  if (value.type.dtype == DType::kF32) return real;
  const bool ties_to_even = graph.requantization == ir::Requantization::kOneRounding;
  return graph.insert(before, value.name + "_quantized", ops::Quantize{value.type.dtype, ties_to_even}, {real},
                      value.quantization);
}

// `op` of the value and a constant for each channel, the last axis; the value itself where the constant changes
// nothing.
Result<ValueId> per_channel(Graph& graph, NodeId before, ValueId value, ir::AnyOp op, const std::vector<float>& with,
                            float neutral, const std::string& name) {
  if (std::ranges::all_of(with, [&](float each) { return each == neutral; })) return value;
  const ValueId constant = graph.add_constant(name + "_constant", {DType::kF32, Shape::of(with.size())},
                                              ir::TensorData::of(std::span<const float>(with)));
  return graph.insert(before, name, std::move(op), {value, constant});
}

ValueId identity_tables(Graph& graph, const std::string& name, size_t channels) {
  std::vector<int8_t> tables(channels * 256);
  for (size_t i = 0; i < tables.size(); ++i) tables[i] = static_cast<int8_t>(static_cast<int>(i % 256) - 128);
  return graph.add_constant(name, {DType::kI8, Shape::of(channels, 256)},
                            ir::TensorData::of(std::span<const int8_t>(tables)));
}

// The quantisation of the pixels as they come, where one fits.
Quantization pixel_quantization(const PixelSource& source) {
  const auto alike = [](const std::vector<float>& values) {
    return std::ranges::all_of(values, [&](float value) { return value == values.front(); });
  };
  const float scale = source.scale.front();
  const float zero_point = -source.offset.front() / scale;
  if (source.format != "bytes" || !alike(source.scale) || !alike(source.offset) || !(scale > 0) ||
      zero_point != std::nearbyint(zero_point) || zero_point < 0 || zero_point > 255) {
    return {};
  }
  return Quantization::per_tensor(scale, static_cast<int32_t>(zero_point));
}

// What the layers behind a value take for the order of its axes; nothing where nobody says.
std::optional<ops::Layout> layout_read(const Graph& graph, ValueId image) {
  for (const NodeId user : graph.users(image)) {
    const ir::Node& node = graph.node(user);
    if (const auto* op = node.op.get_if<ops::Conv2d>()) return op->layout;
    if (const auto* op = node.op.get_if<ops::AveragePool2d>()) return op->layout;
    if (const auto* op = node.op.get_if<ops::MaxPool2d>()) return op->layout;
    if (const auto* op = node.op.get_if<ops::Transpose>()) {
      return op->perm == ir::kNchwToNhwc ? ops::Layout::kNchw : ops::Layout::kNhwc;
    }
    const bool keeps_axes = node.op.is_unary() || node.op.is_binary();
    if (!keeps_axes || graph.value(node.outputs[0]).type.shape.rank() != 4) continue;
    if (const auto layout = layout_read(graph, node.outputs[0])) return layout;
  }
  return std::nullopt;
}

}  // namespace

Status retype_input(Graph& graph, ValueId input, DType dtype) {
  const ir::Value before = graph.value(input);
  if (before.type.dtype == dtype) return {};
  TMC_TRY(check_inner(graph, input));
  std::vector<NodeId> readers = graph.users(input);
  if (before.type.dtype == DType::kF32) {
    const std::optional<Integers> read = quantized_form(graph, input);
    if (!read) return no_integers(before, "reads");
    TMC_ASSIGN(Integers wanted, as_dtype(*read, dtype));
    set_type(graph.value(input), dtype, std::move(wanted.quantization));
    return put_behind(graph, input, readers, "_real", ops::Dequantize{}, {});
  }
  TMC_ASSIGN(Integers wanted, as_dtype(integers_of(before), dtype_is_float(dtype) ? before.type.dtype : dtype));
  if (dtype_is_float(dtype)) {
    set_type(graph.value(input), dtype, {});
    const bool ties_to_even = graph.requantization == ir::Requantization::kOneRounding;
    return put_behind(graph, input, readers, "_quantized", ops::Quantize{before.type.dtype, ties_to_even},
                      before.quantization);
  }
  set_type(graph.value(input), dtype, std::move(wanted.quantization));
  std::erase_if(readers, [&](NodeId reader) { return reads_reals(graph.node(reader).op); });
  return put_behind(graph, input, readers, "_requantized", ops::Requantize{before.type.dtype}, before.quantization);
}

Status retype_output(Graph& graph, size_t index, DType dtype) {
  const ValueId old = graph.outputs()[index];
  const ir::Value before = graph.value(old);
  if (before.type.dtype == dtype) return {};
  const ValueId source = same_reals(graph, old);
  if (dtype_is_float(graph.value(source).type.dtype)) return no_integers(before, "computes");
  const Integers integers = integers_of(graph.value(source));
  TMC_ASSIGN(const Integers wanted, as_dtype(integers, dtype_is_float(dtype) ? integers.dtype : dtype));
  ValueId output = source;
  const bool inner = graph.value(source).producer != NodeId::kNone && !graph.is_output(source);
  if (dtype_is_float(dtype)) {
    TMC_ASSIGN(output, graph.append(before.name + "_real", ops::Dequantize{}, {source}));
  } else if (integers != wanted || !inner) {
    TMC_ASSIGN(output,
               graph.append(before.name + "_requantized", ops::Requantize{dtype}, {source}, wanted.quantization));
  }
  graph.set_output(index, output);
  graph.erase_unused(old);
  if (!graph.value(old).erased) graph.rename(old, before.name + "_inner");
  graph.rename(output, before.name);
  graph.name_as_in_file(output, before.name);  // which is reserved for what the file calls so, and now is the port
  return {};
}

Result<bool> move_channels_last(Graph& graph, ValueId input) {
  if (layout_read(graph, input) == ops::Layout::kNhwc) return false;
  TMC_TRY(check_inner(graph, input));
  ir::Value& port = graph.value(input);
  if (port.type.shape.rank() != 4) {
    return error(Error::kBadUsage, "it has rank {}: only images [n, c, h, w] have channels to move",
                 port.type.shape.rank())
        .with_hint("leave its layout as it is");
  }
  const Quantization before = port.quantization;
  port.type.shape = ir::permute(port.type.shape, ir::kNchwToNhwc);
  port.quantization = ir::permute(port.quantization, ir::kNchwToNhwc);
  if (!port.symbols.empty()) {
    const std::vector<std::string> symbols = port.symbols;
    for (size_t axis = 0; axis < symbols.size(); ++axis) {
      port.symbols[axis] = symbols[static_cast<size_t>(ir::kNchwToNhwc[axis])];
    }
  }
  TMC_TRY(put_behind(graph, input, graph.users(input), "_nchw", ops::Transpose{ir::kNhwcToNchw}, before));
  return true;
}

Status read_pixels(Graph& graph, ValueId input, const PixelSource& source) {
  TMC_TRY(check_inner(graph, input));
  const ir::Value before = graph.value(input);
  const std::vector<NodeId> readers = graph.users(input);
  if (before.type.dtype != DType::kF32) TMC_TRY(as_dtype(integers_of(before), before.type.dtype).status());
  if (readers.empty()) return error(Error::kBadUsage, "the model does not read it");
  ir::Value& port = graph.value(input);
  const auto channels = static_cast<size_t>(port.type.shape[3]);
  port.type.dtype = DType::kU8;
  if (source.format != "bytes") port.type.shape[3] = 2;
  port.quantization = pixel_quantization(source);
  const NodeId first = readers.front();
  const ValueId tables = identity_tables(graph, before.name + "_tables", channels);
  TMC_ASSIGN(ValueId value, graph.insert(first, before.name + "_channels", ops::Pixels{source.format, source.color},
                                         {input, tables}, Quantization::per_tensor(1, -128)));
  TMC_ASSIGN(value, graph.insert(first, before.name + "_real", ops::Dequantize{}, {value}));
  TMC_ASSIGN(value, per_channel(graph, first, value, ops::Mul{}, source.scale, 1, before.name + "_scaled"));
  TMC_ASSIGN(value, per_channel(graph, first, value, ops::Add{}, source.offset, 0, before.name + "_moved"));
  TMC_ASSIGN(value, as_it_was(graph, first, value, before));
  for (const NodeId reader : readers) std::ranges::replace(graph.node(reader).inputs, input, value);
  return {};
}

Status read_samples(Graph& graph, ValueId input, float scale) {
  TMC_TRY(check_inner(graph, input));
  const ir::Value before = graph.value(input);
  const std::vector<NodeId> readers = graph.users(input);
  const Quantization samples = Quantization::per_tensor(scale, 0);
  if (before.type.dtype == DType::kF32) {
    set_type(graph.value(input), DType::kI16, samples);
    return put_behind(graph, input, readers, "_real", ops::Dequantize{}, {});
  }
  TMC_TRY(as_dtype(integers_of(before), before.type.dtype).status());
  set_type(graph.value(input), DType::kI16, samples);
  return put_behind(graph, input, readers, "_requantized", ops::Requantize{before.type.dtype}, before.quantization);
}

}  // namespace tmc::opt
