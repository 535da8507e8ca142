// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/lstm_int16.hpp"

namespace tmc::frontend::tflite {
namespace {

Status refuse_int16(const std::string& what) {
  return error(Error::kUnsupportedOp, "its input is int16 and it has {}, which TensorFlow Lite Micro does not compute",
               what)
      .with_hint("quantise this layer to int8, or keep it in float");
}

}  // namespace

Status check_int16_form(const ImportContext& context, const LstmOperands& operands, const LstmOptions& options) {
  const LstmForm form = lstm_form(context, operands);
  if (form.is_coupled) return refuse_int16("no input gate of its own");
  if (form.has_peepholes) return refuse_int16("peepholes");
  if (form.is_normalized) return refuse_int16("layer normalisation");
  if (form.is_projected) return refuse_int16("a projection");
  if (options.activation != schema::ActivationFunctionType::TANH) {
    return refuse_int16(fmt::format("the activation {}", schema::EnumNameActivationFunctionType(options.activation)));
  }
  return {};
}

Result<ir::ValueId> join_int16_biases(ImportContext& context, const LstmOperands& operands, const Quantization& input,
                                      const std::string& name) {
  if (input.empty()) return error(Error::kUnsupportedType, "its input is not quantised");
  std::vector<int32_t> all;
  Quantization scales{{}, {}, 0};
  for (const size_t gate : kGatesOfOurs) {
    TMC_ASSIGN(const FileTensor part, context.read_constant(operands.biases() + gate, "biases"));
    TMC_TRY(context.budget().take_computed({DType::kI32, part.type.shape}));
    TMC_ASSIGN(const std::vector<int64_t> values, context.constant_ints(operands.biases() + gate, "biases"));
    for (const int64_t value : values) {
      const auto narrow = static_cast<int32_t>(value);
      if (narrow != value) {
        return error(Error::kUnsupportedType, "a bias of {} is beyond 32 bits", value)
            .with_hint("give the layer's input or weights a larger scale");
      }
      all.push_back(narrow);
    }
    TMC_ASSIGN(const FileTensor weights, context.read_constant(operands.weights() + gate, "weights"));
    const float of_weights = weights.quantization.empty() ? 0 : weights.quantization.scale();
    scales.scales.insert(scales.scales.end(), values.size(), input.scale() * of_weights);
  }
  scales.zero_points.assign(all.size(), 0);
  const ops::TensorType type = {DType::kI32, Shape::of(static_cast<int64_t>(all.size()))};
  return context.graph().add_constant(name, type, ir::TensorData::of(std::span<const int32_t>(all)), std::move(scales));
}

}  // namespace tmc::frontend::tflite
