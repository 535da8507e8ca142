// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/recurrent.hpp"

namespace tmc::exporter::onnx_format {
namespace {

constexpr size_t kX = 0, kWeights = 1, kRecurrentWeights = 2, kBias = 3;

Result<std::vector<std::string>> activations(std::string_view functions, size_t count) {
  TMC_ASSIGN(const std::vector<ops::GateFunction> parsed, ops::parse_gate_functions(functions, count));
  std::vector<std::string> names;
  for (const ops::GateFunction& each : parsed) {
    using function::Gate;
    const char* name = each.gate == Gate::kSigmoid ? "Sigmoid"
                       : each.gate == Gate::kTanh  ? "Tanh"
                       : each.gate == Gate::kRelu  ? "Relu"
                                                   : nullptr;
    if (name == nullptr) return error(Error::kUnsupportedOp, "its functions '{}' have no exporter", functions);
    names.emplace_back(name);
  }
  return names;
}

class RecurrentExport {
 public:
  RecurrentExport(ExportContext& context, const ops::RecurrentForm& form) : context_(context), form_(form) {}

  Status run(const std::string& type, const RecurrentOptions& options, Attributes attributes) {
    const int64_t hidden = context_.input_shape(kRecurrentWeights)[1];
    attributes.push_back({"hidden_size", hidden});
    if (options.reverse) attributes.push_back({"direction", std::string("reverse")});
    if (options.clip != 0) attributes.push_back({"clip", static_cast<float>(options.clip)});
    if (options.functions != options.default_functions) {
      TMC_ASSIGN(auto names, activations(options.functions, form_.functions));
      attributes.push_back({"activations", std::move(names)});
    }
    TMC_ASSIGN(const std::vector<std::string> inputs, operands());
    const std::vector<std::string> outputs =
        context_.append_all(type, inputs, {options.sequence, !options.sequence, options.cell}, attributes);
    TMC_TRY(context_.finish_output(0, "Reshape", {outputs[options.sequence ? 0 : 1], shape_of(0)}));
    return options.cell ? context_.finish_output(1, "Reshape", {outputs[2], shape_of(1)}) : Status();
  }

 private:
  std::string shape_of(size_t output) {
    const Shape& shape = context_.output_shape(output);
    return context_.integers(fmt::format("shape{}", output), {shape.begin(), shape.end()});
  }

  // One of [extents] as [1, extents].
  Result<std::string> of_one_direction(size_t index) {
    const int rank = context_.input_shape(index).rank() + 1;
    if (context_.input_value(index).is_constant()) return context_.input(index, identity_order(rank));
    TMC_ASSIGN(const std::string operand, context_.input(index));
    std::vector<int64_t> extents = {1};
    extents.insert(extents.end(), context_.input_shape(index).begin(), context_.input_shape(index).end());
    return context_.append("Reshape", {operand, context_.integers(fmt::format("extents{}", index), extents)});
  }

  // Those of the input, then those of the state, [1, 2 * sums]: zeros where there are none; "" where there are no
  // others. Constants are written as reals: which scale they have does not say how products are added.
  Result<std::string> biases() {
    const bool has_first = context_.has_input(kBias);
    const bool has_second = form_.biases > 1 && context_.has_input(kBias + 1);
    if (!has_first && !has_second) return std::string();
    const int64_t sums = context_.input_shape(kWeights)[0];
    std::vector<std::string> halves;
    for (size_t i = 0; i < 2; ++i) {
      const bool is_there = i == 0 ? has_first : has_second;
      if (is_there && !context_.input_value(kBias + i).is_constant()) {
        TMC_ASSIGN(halves.emplace_back(), of_one_direction(kBias + i));
        continue;
      }
      const std::vector<float> reals =
          is_there ? reals_of(context_.input_value(kBias + i)) : std::vector<float>(static_cast<size_t>(sums));
      halves.push_back(context_.reals(fmt::format("bias{}", i), Shape::of(int64_t{1}, sums), reals));
    }
    return context_.append("Concat", halves, {{"axis", int64_t{1}}});
  }

  static std::vector<float> reals_of(const ir::Value& bias) {
    if (bias.type.dtype != DType::kI32) return bias.data->to_vector<float>();
    std::vector<float> reals;
    for (const int32_t integer : bias.data->to_vector<int32_t>()) {
      const float scale = bias.quantization.empty() ? 1 : bias.quantization.scale(reals.size());
      reals.push_back(static_cast<float>(static_cast<double>(integer) * static_cast<double>(scale)));
    }
    return reals;
  }

  Result<std::vector<std::string>> operands() {
    TMC_ASSIGN(const std::string x, context_.input(kX));
    std::vector<std::string> inputs = {x};
    for (const size_t weights : {kWeights, kRecurrentWeights}) {
      TMC_ASSIGN(inputs.emplace_back(), of_one_direction(weights));
    }
    TMC_ASSIGN(inputs.emplace_back(), biases());
    inputs.emplace_back();  // lengths
    const size_t first_state = kBias + form_.biases;
    for (size_t i = first_state; i < context_.input_count(); ++i) {
      TMC_ASSIGN(inputs.emplace_back(), of_one_direction(i));
    }
    return inputs;
  }

  ExportContext& context_;
  const ops::RecurrentForm& form_;
};

}  // namespace

Status export_recurrent(ExportContext& context, const std::string& type, const ops::RecurrentForm& form,
                        const RecurrentOptions& options, Attributes attributes) {
  return RecurrentExport(context, form).run(type, options, std::move(attributes));
}

}  // namespace tmc::exporter::onnx_format
