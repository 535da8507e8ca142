// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/apply_state_dict.hpp"
#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ir/verifier.hpp"

namespace pytorch = tmc::frontend::pytorch;

namespace {

constexpr const char* kNetwork = R"(graph "g" {
  input x: f32[1,2]
  const fc.weight: f32[2,2] = [1,2,3,4]
  const fc.bias: f32[2] = [1,1]
  a: f32[1,2] = fully_connected(x, fc.weight, fc.bias) @/fc/Gemm
  y: f32[1,2] = softmax(a)
  output y
}
)";

void check(const std::string& file) {
  const auto state = pytorch::StateDict::parse(pytorch::as_file(file));
  if (!state.ok()) {
    if (state.status().code() == tmc::Error::kInternal) __builtin_trap();
    return;
  }
  auto graph = tmc::ir::from_text(kNetwork);
  const tmc::Status applied = pytorch::apply_state_dict(*graph, *state);
  if (applied.ok() ? !tmc::ir::verify(*graph).ok() : applied.code() == tmc::Error::kInternal) __builtin_trap();
}

}  // namespace

// Every input is refused or gives tensors that quantise a graph or are refused by it: as an archive, and as the pickle
// of one, which checksums would keep from being reached.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string content(reinterpret_cast<const char*>(data), size);
  check(content);
  check(pytorch::archive_of(pytorch::small_state_entries(content)));
  return 0;
}
