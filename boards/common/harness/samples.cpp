// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "samples.hpp"

#include "arenas.hpp"

namespace tmc::board {
namespace {

unsigned char* address(const Region& region) {
  return kArenas.begin[region.arena] + region.offset;
}

constexpr uint32_t sample_bytes() {
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < kInputCount; ++i) bytes += kInputs[i].bytes;
  return bytes;
}

// A model without inputs gives one answer, for which there is nothing to read.
uint32_t sample_count(uint32_t input_bytes) {
  return kInputCount == 0 ? 1 : input_bytes / sample_bytes();
}

}  // namespace

Samples::Samples()
    : inputs_("inputs.bin", File::Mode::kRead),
      outputs_("outputs.bin", File::Mode::kWrite),
      count_(sample_count(inputs_.size_bytes())) {
  if (count_ * sample_bytes() != inputs_.size_bytes()) {
    print("harness: inputs.bin is not a whole number of samples\n");
    exit(1);
  }
  // A model that counts on a cleared arena gives wrong answers here rather than in a product.
  for (uint32_t i = 0; i < kArenaCount; ++i) {
    for (uint32_t byte = 0; byte < kArenaBytes[i]; ++byte) kArenas.begin[i][byte] = 0xA5;
  }
}

Arenas Samples::load() {
  for (uint32_t i = 0; i < kInputCount; ++i) inputs_.read(address(kInputs[i]), kInputs[i].bytes);
  return kArenas;
}

void Samples::store_outputs() {
  for (uint32_t i = 0; i < kOutputCount; ++i) outputs_.write(address(kOutputs[i]), kOutputs[i].bytes);
}

void Samples::close() {
  inputs_.close();
  outputs_.close();
}

}  // namespace tmc::board
