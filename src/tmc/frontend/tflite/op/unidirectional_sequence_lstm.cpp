// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The gates' weights, of which the format has a tensor each, become those of the graph's operator.

#include <algorithm>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/options.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// The operator's inputs; of four gates each: input, forget, cell, output.
constexpr size_t kInput = 0, kWeights = 1, kRecurrentWeights = 5, kPeepholes = 9, kBiases = 12, kProjection = 16,
                 kOutputState = 18, kCellState = 19, kLayerNorm = 20;
// Where ours are among them: i, o, f, c; and of peepholes, which have no cell: i, o, f.
constexpr size_t kGates[] = {0, 3, 1, 2};
constexpr size_t kPeepholeGates[] = {0, 2, 1};
constexpr size_t kHiddenIntermediate = 4;

class LstmImport {
 public:
  explicit LstmImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(const auto* options, context_.options<schema::UnidirectionalSequenceLSTMOptions>());
    TMC_TRY(check_form());
    TMC_TRY(set_functions(options->fused_activation_function()));
    op_.cell_clip = static_cast<double>(options->cell_clip());
    TMC_ASSIGN(ValueId x, context_.input(kInput));
    if (context_.type(x).shape.rank() != 3)
      return error(Error::kUnsupportedShape, "its input is no sequence of rank 3");
    const bool batch_first = !options->time_major();
    if (batch_first) {
      TMC_ASSIGN(x, context_.append("_time_first", ops::Transpose{{1, 0, 2}}, {x}, context_.quantization(x)));
    }
    is_integer_ = context_.type(x).dtype == DType::kI8;
    TMC_ASSIGN(const std::vector<ValueId> inputs, inputs_of(x));
    const Quantization state = context_.quantization(inputs[4]);
    TMC_TRY(check_hidden_scale(state));
    op_.cell = true;
    const std::vector<Quantization> quantizations = {state, context_.quantization(inputs[5])};
    TMC_ASSIGN(const std::vector<ValueId> outputs,
               context_.graph().append_all(context_.output_name() + "_states", op_, inputs, quantizations));
    const ValueId states = outputs[0];
    const Shape shape = context_.type(states).shape;
    TMC_TRY(write_states(shape, outputs, quantizations));
    TMC_ASSIGN(const ValueId sequence,
               context_.append("_sequence", ops::Reshape{{shape[0], shape[2], shape[3]}}, {states}, state));
    const std::vector<int64_t> order = batch_first ? std::vector<int64_t>{1, 0, 2} : std::vector<int64_t>{0, 1, 2};
    return context_.finish(ops::Transpose{order}, {sequence});
  }

 private:
  Status check_form() const {
    const auto refuse = [](const char* what) {
      return error(Error::kUnsupportedOp, "it has {}", what).with_hint("export the layer without it");
    };
    if (!context_.has_input(kWeights)) return refuse("no input gate of its own, which is coupled to the forget gate");
    if (context_.has_input(kProjection)) return refuse("a projection of its output");
    if (context_.has_input(kLayerNorm + 1)) return refuse("layer normalisation within");
    return {};
  }

  Status set_functions(schema::ActivationFunctionType activation) {
    const char* name = nullptr;
    switch (activation) {
      case schema::ActivationFunctionType::TANH:
        name = "tanh";
        break;
      case schema::ActivationFunctionType::RELU:
        name = "relu";
        break;
      case schema::ActivationFunctionType::NONE:
        name = "affine";
        break;
      default:
        return error(Error::kUnsupportedOp, "its activation is {}", schema::EnumNameActivationFunctionType(activation));
    }
    op_.functions = fmt::format("sigmoid {} {}", name, name);
    return {};
  }

  // LiteRT gives the output in the scale of the state; the file says the former again.
  Status check_hidden_scale(const Quantization& state) const {
    if (!is_integer_) return {};
    TMC_ASSIGN(const Quantization hidden, context_.intermediate_quantization(kHiddenIntermediate));
    if (hidden.empty() || hidden == state) return {};
    return error(Error::kUnsupportedType, "its output has another scale than its state");
  }

  // What the next run begins with: the last output, and the cell.
  Status write_states(const Shape& shape, const std::vector<ValueId>& outputs,
                      const std::vector<Quantization>& quantizations) {
    const std::vector<int64_t> extents = {shape[2], shape[3]};
    ValueId last = outputs[0];
    if (shape[0] > 1) {
      ops::Slice slice = ops::Slice::whole(shape);
      slice.read(0, shape[0] - 1, 1);
      TMC_ASSIGN(last, context_.append("_last", slice, {last}, quantizations[0]));
    }
    TMC_ASSIGN(last, context_.append("_last_state", ops::Reshape{extents}, {last}, quantizations[0]));
    TMC_TRY(context_.write_variable(kOutputState, last));
    TMC_ASSIGN(const ValueId cell, context_.append("_cell", ops::Reshape{extents}, {outputs[1]}, quantizations[1]));
    return context_.write_variable(kCellState, cell);
  }

  Result<std::vector<ValueId>> inputs_of(ValueId x) {
    std::vector<ValueId> inputs = {x};
    for (const size_t first : {kWeights, kRecurrentWeights}) {
      TMC_ASSIGN(inputs.emplace_back(), joined(first, kGates, first == kWeights ? "_weights" : "_recurrent_weights"));
    }
    TMC_ASSIGN(inputs.emplace_back(), joined(kBiases, kGates, "_bias"));
    for (const size_t state : {kOutputState, kCellState}) {
      TMC_ASSIGN(inputs.emplace_back(), context_.read_variable(state));
    }
    if (context_.has_input(kPeepholes)) {
      TMC_ASSIGN(inputs.emplace_back(), joined(kPeepholes, kPeepholeGates, "_peepholes"));
    }
    return inputs;
  }

  // The constants of several gates, one behind the other along axis 0: integers as they are, each in its own scale,
  // where the layer is one of integers, else as reals. What the file has of int8 for a float layer becomes float.
  Result<ValueId> joined(size_t first, std::span<const size_t> gates, const std::string& suffix) {
    std::vector<std::byte> bytes;
    ops::TensorType type;
    Quantization scales{{}, {}, 0};
    for (const size_t gate : gates) {
      TMC_ASSIGN(const FileTensor part, context_.read_constant(first + gate, "weights"));
      ops::TensorType part_type = part.type;
      if (!is_integer_) part_type.dtype = DType::kF32;
      if (gate == gates[0]) type = {part_type.dtype, Shape()};
      TMC_TRY(check_part(part, part_type, type.dtype));
      TMC_TRY(context_.budget().take_computed(part_type));
      append_elements(part, bytes);
      const auto rows = static_cast<size_t>(part.type.shape[0]);
      scales.scales.insert(scales.scales.end(), rows, part.quantization.empty() ? 0 : part.quantization.scale());
      scales.zero_points.insert(scales.zero_points.end(), rows, 0);
      Shape shape = part.type.shape;
      shape[0] += type.shape.rank() == 0 ? 0 : type.shape[0];
      type.shape = shape;
    }
    return context_.graph().add_constant(context_.output_name() + suffix, type, ir::TensorData(std::move(bytes)),
                                         is_integer_ ? std::move(scales) : Quantization());
  }

  Status check_part(const FileTensor& part, const ops::TensorType& part_type, DType dtype) const {
    const bool is_symmetric = part.quantization.empty() || part.quantization.zero_point() == 0;
    const bool fits = part_type.dtype == dtype && part.type.shape.rank() > 0 && !part.quantization.per_axis();
    if (fits && is_symmetric && (!is_integer_ || !part.quantization.empty())) return {};
    return error(Error::kUnsupportedType,
                 "the weights of its gates are not alike, or not of one scale without zero point");
  }

  void append_elements(const FileTensor& part, std::vector<std::byte>& to) const {
    if (is_integer_ || part.type.dtype == DType::kF32) {
      to.insert(to.end(), part.data->begin(), part.data->end());
      return;
    }
    const auto step = static_cast<size_t>(dtype_bytes(part.type.dtype));
    for (size_t at = 0; at < part.data->size(); at += step) {
      const double scale = part.quantization.empty() ? 1 : static_cast<double>(part.quantization.scale());
      to.resize(to.size() + sizeof(float));
      store_element(DType::kF32, load_element(part.type.dtype, &(*part.data)[at]) * scale,
                    &to[to.size() - sizeof(float)]);
    }
  }

  ImportContext& context_;
  ops::Lstm op_;
  bool is_integer_ = false;
};

}  // namespace

Status import_unidirectional_sequence_lstm(ImportContext& context) {
  return LstmImport(context).run();
}

}  // namespace tmc::frontend::tflite
