// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/adapter.hpp"
#include "tmc/custom/load.hpp"

namespace {

// Extents and attributes that a model could have.
void instantiate(const tmc::custom::Description& description, int64_t extent) {
  std::vector<tmc::ops::TensorType> types;
  for (const tmc::custom::Port& port : description.inputs) {
    tmc::ops::TensorType& type = types.emplace_back();
    type.dtype = port.dtype;
    for (size_t axis = 0; axis < port.shape.size(); ++axis) type.shape.push_back(extent);
  }
  std::vector<const tmc::ops::TensorType*> inputs;
  for (const tmc::ops::TensorType& type : types) inputs.push_back(&type);
  tmc::ops::CustomValues values;
  for (const tmc::custom::Attribute& attribute : description.attributes) {
    values.push_back(attribute.otherwise.value_or(std::vector<double>(attribute.size(), attribute.least)));
  }
  const auto instance = tmc::custom::instantiate(description, values, {inputs});
  for (size_t i = 0; instance.ok() && i < instance->outputs.size(); ++i) {
    if (instance->outputs[i].shape.elements() <= 0) __builtin_trap();
  }
}

}  // namespace

// Every text is refused or describes operators whose shapes are positive or refused, and whose adapters can be written.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto descriptions = tmc::custom::parse({reinterpret_cast<const char*>(data), size}, ".");
  if (!descriptions.ok()) {
    if (descriptions.status().code() == tmc::Error::kInternal) __builtin_trap();
    return 0;
  }
  for (const tmc::custom::Description& description : *descriptions) {
    tmc::custom::adapter_text(description, "");
    for (const int64_t extent : {1, 7, 1 << 20}) instantiate(description, extent);
  }
  return 0;
}
