// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/huggingface/import_huggingface.hpp"
#include "tmc/frontend/huggingface/testing/small_model.hpp"
#include "tmc/ir/verifier.hpp"

namespace {

using tmc::frontend::huggingface::ModelFiles;

void check(const char* weights, const ModelFiles& files) {
  const auto graph = tmc::frontend::import_huggingface(weights, tmc::frontend::huggingface::reader_of(files));
  if (graph.ok() ? !tmc::ir::verify(*graph).ok() : graph.status().code() == tmc::Error::kInternal) __builtin_trap();
}

}  // namespace

// Every input is refused or gives a graph that holds together: as both files of a model, as the weights of sound
// configurations, and as an index of sound weights.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace huggingface = tmc::frontend::huggingface;
  constexpr const char* kWeights = "model.safetensors";
  constexpr const char* kIndex = "model.safetensors.index.json";
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto [config, weights] = huggingface::unpacked(bytes);
  check(kWeights, {{"config.json", config}, {kWeights, weights}});
  for (const char* sound : {huggingface::kLlamaConfig, huggingface::kGpt2Config}) {
    check(kWeights, {{"config.json", sound}, {kWeights, weights}});
  }
  static const std::string kSound = huggingface::safetensors_of(huggingface::llama_tensors());
  check(kIndex, {{"config.json", huggingface::kLlamaConfig}, {"a.safetensors", kSound}, {kIndex, bytes}});
  return 0;
}
