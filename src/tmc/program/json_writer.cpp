// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <nlohmann/json.hpp>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/names.hpp"

namespace tmc::program {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson word_json(int32_t word, bool is_float) {
  return is_float ? OrderedJson(std::bit_cast<float>(word)) : OrderedJson(word);
}

OrderedJson params_json(const Step& step) {
  OrderedJson params = OrderedJson::object();
  size_t word = 0;
  for (const kernels::ParamInfo& info : step.body->kernel->params) {
    OrderedJson values = OrderedJson::array();
    for (int32_t i = 0; i < info.count; ++i) values.push_back(word_json(step.params[word++], info.is_float));
    params[info.name] = info.count == 1 ? values[0] : values;
  }
  return params;
}

OrderedJson operand_json(const Operand& operand, const char* name) {
  switch (operand.kind) {
    case Operand::Kind::kBuffer:
      return {
          {"name", name}, {"buffer", operand.index}, {"byte_offset", operand.byte_offset}, {"bytes", operand.bytes}};
    case Operand::Kind::kConstant:
      return {{"name", name}, {"constant", operand.index}};
    case Operand::Kind::kNone:
      break;
  }
  return {{"name", name}};
}

OrderedJson step_json(const Step& step) {
  OrderedJson operands = OrderedJson::array();
  for (size_t i = 0; i < step.operands.size(); ++i) {
    operands.push_back(operand_json(step.operands[i], step.body->kernel->buffers[i].name));
  }
  return {{"name", step.name},
          {"op", step.op},
          {"isa", step.body->isa},
          {"body", step.body->name},
          {"macs", step.macs},
          {"choice", step.choice},
          {"stripe", step.stripe},
          {"params", params_json(step)},
          {"operands", std::move(operands)}};
}

OrderedJson tensor_json(const Tensor& tensor) {
  OrderedJson json = json::tensor_json(tensor.name, tensor.dtype, tensor.shape, tensor.quantization);
  if (!tensor.channels_last_of.empty()) json["channels_last_of"] = tensor.channels_last_of;
  json["buffer"] = tensor.buffer;
  json["byte_offset"] = tensor.byte_offset;
  json["step"] = tensor.step;
  return json;
}

OrderedJson buffer_json(const Buffer& buffer) {
  return {{"name", buffer.name},
          {"kind", buffer_kind_name(buffer.kind)},
          {"bytes", buffer.bytes},
          {"region", buffer.region},
          {"offset", buffer.offset == kOpen ? OrderedJson(nullptr) : OrderedJson(buffer.offset)}};
}

OrderedJson constant_json(const Constant& constant) {
  return {{"name", constant.name},
          {"dtype", dtype_name(constant.blob.dtype)},
          {"is_table", constant.blob.is_table},
          {"pinned", constant.pinned},
          {"bytes", constant.blob.bytes.size()},
          {"data", to_base64(constant.blob.bytes)}};
}

OrderedJson region_json(const Region& region) {
  return {{"name", region.name}, {"used_bytes", region.used_bytes}};
}

template <typename T, typename Function>
OrderedJson array_json(const std::vector<T>& values, Function function) {
  OrderedJson array = OrderedJson::array();
  for (const T& value : values) array.push_back(function(value));
  return array;
}

}  // namespace

std::string to_json(const Program& program) {
  const OrderedJson json = {{"name", program.name},
                            {"target", program.target},
                            {"keep_inputs", program.keep_inputs},
                            {"pin_region", program.pin_region},
                            {"plan",
                             {{"method", program.plan.method},
                              {"lower_bound_bytes", program.plan.lower_bound_bytes},
                              {"optimal", program.plan.optimal},
                              {"reordered", program.plan.reordered},
                              {"views", program.plan.views},
                              {"streamed_nodes", program.plan.streamed_nodes},
                              {"moved_bytes", program.plan.moved_bytes}}},
                            {"regions", array_json(program.regions, region_json)},
                            {"buffers", array_json(program.buffers, buffer_json)},
                            {"constants", array_json(program.constants, constant_json)},
                            {"steps", array_json(program.steps, step_json)},
                            {"tensors", array_json(program.tensors, tensor_json)},
                            {"inputs", program.inputs},
                            {"outputs", program.outputs}};
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace tmc::program
