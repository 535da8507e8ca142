// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "tmc/base/host/base64.hpp"
#include "tmc/base/host/json_tensor.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/names.hpp"

namespace tmc::program {
namespace {

using Json = json::Value;
using json::member;
using json::read_member;
using json::wrong;

// Appends what `function` makes of every object in the array `name`; errors say which element they are in.
template <typename T, typename Function>
Status read_array(const Json& object, const char* name, std::vector<T>& to, Function function) {
  TMC_ASSIGN(const Json::Array* array, json::array_member(object, name));
  for (const Json& element : *array) {
    T value;
    Status status = function(element, value);
    if (!status.ok()) return std::move(status).at_node(fmt::format("{}[{}]", name, to.size()));
    to.push_back(std::move(value));
  }
  return {};
}

Status read_region(const Json& object, Region& region) {
  TMC_TRY(read_member(object, "name", "text", region.name));
  return read_member(object, "used_bytes", "integer", region.used_bytes);
}

Status read_buffer(const Json& object, Buffer& buffer) {
  std::string kind;
  TMC_TRY(read_member(object, "name", "text", buffer.name));
  TMC_TRY(read_member(object, "kind", "text", kind));
  TMC_TRY(read_member(object, "bytes", "integer", buffer.bytes));
  TMC_TRY(read_member(object, "region", "integer", buffer.region));
  const auto known = std::ranges::find(kBufferKindNames, kind, [](const char* name) { return std::string_view(name); });
  if (known == std::end(kBufferKindNames)) return wrong("kind", "kind of buffer");
  buffer.kind = static_cast<Buffer::Kind>(known - std::begin(kBufferKindNames));
  const Json* offset = member(object, "offset");
  if (offset && offset->is_null()) return {};
  return read_member(object, "offset", "integer", buffer.offset);
}

Status read_constant(const Json& object, Constant& constant) {
  size_t size = 0;
  std::string data;
  TMC_TRY(read_member(object, "name", "text", constant.name));
  TMC_TRY(json::read_dtype(object, constant.blob.dtype));
  TMC_TRY(read_member(object, "is_table", "boolean", constant.blob.is_table));
  TMC_TRY(read_member(object, "pinned", "boolean", constant.pinned));
  TMC_TRY(read_member(object, "bytes", "integer", size));
  TMC_TRY(read_member(object, "data", "text", data));
  auto bytes = from_base64(data);
  if (!bytes) return wrong("data", "base64");
  if (bytes->size() != size) return error(Error::kMalformed, "{} bytes of data where {} are said", bytes->size(), size);
  constant.blob.bytes = *std::move(bytes);
  return {};
}

Status read_words(const Json& value, const kernels::ParamInfo& info, std::vector<int32_t>& words) {
  const auto read_word = [&](const Json& element) {
    float real = 0;
    int32_t integer = 0;
    const bool good = info.is_float ? json::read(element, real) : json::read(element, integer);
    words.push_back(info.is_float ? std::bit_cast<int32_t>(real) : integer);
    return good;
  };
  const auto count = static_cast<size_t>(info.count);
  const auto* elements = value.as<Json::Array>();
  const bool good = count == 1 ? read_word(value)
                               : elements && elements->size() == count && std::ranges::all_of(*elements, read_word);
  return good ? Status() : wrong(info.name, "value of this parameter");
}

Status read_params(const Json& object, Step& step) {
  const Json* params = member(object, "params");
  if (!params || !params->as<Json::Object>()) return wrong("params", "object");
  for (const kernels::ParamInfo& info : step.implementation->kernel->params) {
    const Json* value = member(*params, info.name);
    if (!value) return wrong(info.name, "value of this parameter");
    TMC_TRY(read_words(*value, info, step.params));
  }
  return {};
}

Status read_operand(const Json& object, std::string_view wanted_name, Operand& operand) {
  std::string name;
  TMC_TRY(read_member(object, "name", "text", name));
  if (name != wanted_name) return error(Error::kMalformed, "operand '{}' stands where '{}' belongs", name, wanted_name);
  const bool is_constant = member(object, "constant") != nullptr;
  const bool is_buffer = member(object, "buffer") != nullptr;
  if (is_constant && is_buffer) return error(Error::kMalformed, "operand '{}' is both buffer and constant", name);
  if (is_constant) {
    operand.kind = Operand::Kind::kConstant;
    return read_member(object, "constant", "integer", operand.index);
  }
  if (!is_buffer) return {};
  operand.kind = Operand::Kind::kBuffer;
  TMC_TRY(read_member(object, "buffer", "integer", operand.index));
  TMC_TRY(read_member(object, "byte_offset", "integer", operand.byte_offset));
  TMC_TRY(read_member(object, "bytes", "integer", operand.bytes));
  return read_member(object, "advance_bytes", "integer", operand.advance_bytes);
}

Status read_step(const Json& object, Step& step) {
  std::string isa;
  std::string implementation;
  TMC_TRY(read_member(object, "name", "text", step.name));
  TMC_TRY(read_member(object, "op", "text", step.op));
  TMC_TRY(read_member(object, "isa", "text", isa));
  TMC_TRY(read_member(object, "body", "text", implementation));
  TMC_TRY(read_member(object, "macs", "integer", step.macs));
  TMC_TRY(read_member(object, "choice", "text", step.choice));
  TMC_TRY(read_member(object, "stripe", "integer", step.stripe));
  TMC_TRY(read_member(object, "loop", "integer", step.loop));
  step.implementation = kernels::find_implementation(isa, implementation);
  if (!step.implementation) return error(Error::kNotFound, "there is no implementation '{}/{}'", isa, implementation);
  TMC_TRY(read_params(object, step));
  const std::span<const kernels::BufferInfo> buffers = step.implementation->kernel->buffers;
  return read_array(object, "operands", step.operands, [&](const Json& json, Operand& operand) {
    const size_t i = step.operands.size();
    return i < buffers.size() ? read_operand(json, buffers[i].name, operand)
                              : wrong("operands", "array of the contract's operands");
  });
}

Status read_loop(const Json& object, Loop& loop) {
  return read_member(object, "trips", "integer", loop.trips);
}

Status read_tensor(const Json& object, Tensor& tensor) {
  TMC_TRY(read_member(object, "name", "text", tensor.name));
  TMC_TRY(json::read_tensor_type(object, tensor.dtype, tensor.shape));
  TMC_TRY(json::read_quantization(object, tensor.quantization));
  if (member(object, "channels_last_of")) {
    TMC_TRY(read_member(object, "channels_last_of", "text", tensor.channels_last_of));
  }
  TMC_TRY(read_member(object, "buffer", "integer", tensor.buffer));
  TMC_TRY(read_member(object, "byte_offset", "integer", tensor.byte_offset));
  return read_member(object, "step", "integer", tensor.step);
}

Status read_plan(const Json& object, PlanInfo& plan) {
  const Json* json = member(object, "plan");
  if (!json) return wrong("plan", "object");
  TMC_TRY(read_member(*json, "method", "text", plan.method));
  TMC_TRY(read_member(*json, "lower_bound_bytes", "integer", plan.lower_bound_bytes));
  TMC_TRY(read_member(*json, "optimal", "boolean", plan.optimal));
  TMC_TRY(read_member(*json, "reordered", "boolean", plan.reordered));
  TMC_TRY(read_member(*json, "views", "integer", plan.views));
  TMC_TRY(read_member(*json, "streamed_nodes", "integer", plan.striped_nodes));
  return read_member(*json, "moved_bytes", "integer", plan.moved_bytes);
}

}  // namespace

Result<Program> from_json(std::string_view text) {
  Program program;
  TMC_ASSIGN(const Json json, json::parse(text));
  TMC_TRY(read_member(json, "name", "text", program.name));
  TMC_TRY(read_member(json, "target", "text", program.target));
  TMC_TRY(read_member(json, "keep_inputs", "boolean", program.keep_inputs));
  TMC_TRY(read_member(json, "pin_region", "text", program.pin_region));
  TMC_TRY(read_plan(json, program.plan));
  TMC_TRY(read_array(json, "regions", program.regions, read_region));
  TMC_TRY(read_array(json, "buffers", program.buffers, read_buffer));
  TMC_TRY(read_array(json, "constants", program.constants, read_constant));
  TMC_TRY(read_array(json, "steps", program.steps, read_step));
  TMC_TRY(read_array(json, "loops", program.loops, read_loop));
  TMC_TRY(read_array(json, "tensors", program.tensors, read_tensor));
  TMC_TRY(read_member(json, "state_buffer", "integer", program.state_buffer));
  TMC_TRY(read_member(json, "initial_state", "integer", program.initial_state));
  TMC_TRY(read_member(json, "inputs", "array of integers", program.inputs));
  TMC_TRY(read_member(json, "outputs", "array of integers", program.outputs));
  const Status status = verify(program, is_placed(program));
  if (!status.ok()) return error(Error::kMalformed, "{}", status.message()).at_node(status.node());
  return program;
}

}  // namespace tmc::program
