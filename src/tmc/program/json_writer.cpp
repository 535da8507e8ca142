// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <bit>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/base/host/yaml.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/names.hpp"

namespace tmc::program {
namespace {

using Json = json::Value;

Json word_json(int32_t word, bool is_float) {
  return is_float ? Json(std::bit_cast<float>(word)) : Json(word);
}

Json params_json(const Step& step) {
  Json params = Json::object();
  size_t word = 0;
  for (const kernels::ParamInfo& info : step.implementation->kernel->params) {
    std::vector<Json> values;
    for (int32_t i = 0; i < info.count; ++i) values.push_back(word_json(step.params[word++], info.is_float));
    params.append(info.name, info.count == 1 ? values[0] : Json::array(std::move(values)));
  }
  return params;
}

Json operand_json(const Operand& operand, const char* name) {
  switch (operand.kind) {
    case Operand::Kind::kBuffer:
      return {{"name", name},
              {"buffer", operand.index},
              {"byte_offset", operand.byte_offset},
              {"bytes", operand.bytes},
              {"advance_bytes", operand.advance_bytes}};
    case Operand::Kind::kConstant:
      return {{"name", name}, {"constant", operand.index}};
    case Operand::Kind::kNone:
      break;
  }
  return {{"name", name}};
}

Json step_json(const Step& step) {
  Json operands = Json::array();
  for (size_t i = 0; i < step.operands.size(); ++i) {
    operands.push_back(operand_json(step.operands[i], step.implementation->kernel->buffers[i].name));
  }
  return {{"name", step.name},
          {"op", step.op},
          {"isa", step.implementation->isa},
          {"body", step.implementation->name},
          {"macs", step.macs},
          {"choice", step.choice},
          {"stripe", step.stripe},
          {"loop", step.loop},
          {"params", params_json(step)},
          {"operands", std::move(operands)}};
}

Json tensor_json(const Tensor& tensor) {
  Json json = json::tensor_json(tensor.name, tensor.dtype, tensor.shape, tensor.quantization);
  if (!tensor.channels_last_of.empty()) json["channels_last_of"] = tensor.channels_last_of;
  json["buffer"] = tensor.buffer;
  json["byte_offset"] = tensor.byte_offset;
  json["step"] = tensor.step;
  return json;
}

Json buffer_json(const Buffer& buffer) {
  return {{"name", buffer.name},
          {"kind", buffer_kind_name(buffer.kind)},
          {"bytes", buffer.bytes},
          {"region", buffer.region},
          {"offset", buffer.offset == kOpen ? Json(nullptr) : Json(buffer.offset)}};
}

Json constant_json(const Constant& constant) {
  return {{"name", constant.name},
          {"dtype", dtype_name(constant.blob.dtype)},
          {"is_table", constant.blob.is_table},
          {"pinned", constant.pinned},
          {"bytes", constant.blob.bytes.size()},
          {"data", to_base64(constant.blob.bytes)}};
}

Json loop_json(const Loop& loop) {
  return {{"trips", loop.trips}};
}

Json region_json(const Region& region) {
  return {{"name", region.name}, {"used_bytes", region.used_bytes}};
}

template <typename T, typename Function>
Json array_json(const std::vector<T>& values, Function function) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(function(value));
  return array;
}

Json program_json(const Program& program) {
  return {{"name", program.name},
          {"target", program.target},
          {"keep_inputs", program.keep_inputs},
          {"pin_region", program.pin_region},
          {"plan",
           {{"method", program.plan.method},
            {"lower_bound_bytes", program.plan.lower_bound_bytes},
            {"optimal", program.plan.optimal},
            {"reordered", program.plan.reordered},
            {"views", program.plan.views},
            {"streamed_nodes", program.plan.striped_nodes},
            {"moved_bytes", program.plan.moved_bytes}}},
          {"regions", array_json(program.regions, region_json)},
          {"buffers", array_json(program.buffers, buffer_json)},
          {"constants", array_json(program.constants, constant_json)},
          {"steps", array_json(program.steps, step_json)},
          {"loops", array_json(program.loops, loop_json)},
          {"tensors", array_json(program.tensors, tensor_json)},
          {"state_buffer", program.state_buffer},
          {"initial_state", program.initial_state},
          {"inputs", program.inputs},
          {"outputs", program.outputs}};
}

}  // namespace

std::string to_json(const Program& program) {
  return program_json(program).dump();
}

std::string to_yaml(const Program& program) {
  return tmc::to_yaml(program_json(program));
}

}  // namespace tmc::program
