// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <random>

#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/engine/context_pool.hpp"
#include "tmc/image/image.hpp"

namespace {

using tmc::engine::ContextPool;
using tmc::engine::Model;
namespace image = tmc::image;

// The checksum made right, so that what lies behind it is looked at.
void sign(std::span<std::byte> bytes) {
  if (bytes.size() < sizeof(image::Header)) return;
  image::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.constants_offset > bytes.size() || header.constants_offset < sizeof(header)) return;
  header.tables_crc32 = image::Image::checksum(reinterpret_cast<const uint8_t*>(bytes.data()), header.constants_offset);
  std::memcpy(bytes.data(), &header, sizeof(header));
}

// Changes one word in the tables or one byte of the constants: blind changes of a whole file seldom leave an image.
void change_one(std::span<std::byte> bytes, std::mt19937& rng) {
  const bool is_table = rng() % 8 != 0;
  image::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const size_t begin = is_table ? sizeof(header) : header.constants_offset;
  const size_t end = is_table ? header.constants_offset : bytes.size();
  if (end > bytes.size() || begin + sizeof(uint32_t) > end) return;
  std::byte* const at = &bytes[begin + rng() % ((end - begin) / sizeof(uint32_t)) * sizeof(uint32_t)];
  uint32_t word;
  std::memcpy(&word, at, sizeof(word));
  const auto any = static_cast<uint32_t>(rng()), small = any % 64;
  const uint32_t changes[] = {word + 1, word - 1, word * 2, word / 2, word + 16, word - 16, small, ~word, any};
  word = changes[rng() % std::size(changes)];
  std::memcpy(at, &word, sizeof(word));
}

// Params may ask for hours, and regions for gigabytes.
bool is_small(const Model& model) {
  double instructions = 0;
  for (const tmc::engine::StepView& step : model.steps()) {
    instructions += step.implementation->instructions(step.words) * step.trips;
  }
  return model.arena_bytes() < 1 << 24 && instructions < 1e7;
}

}  // namespace

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned int seed) {
  std::mt19937 rng(seed);
  if (rng() % 8 == 0 || size < sizeof(image::Header)) return LLVMFuzzerMutate(data, size, most);
  for (auto changes = 1 + rng() % 2; changes > 0; --changes) {
    change_one(std::as_writable_bytes(std::span(data, size)), rng);
  }
  return size;
}

// Every input is refused or runs, twice, within its own memory.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto copy = tmc::AlignedBytes::copy_of(std::as_bytes(std::span(data, size)), image::kImageAlignBytes);
  sign(copy.bytes());
  const auto model = Model::from_bytes(copy.bytes(), {});
  if (!model.ok()) {
    if (model.status().code() == tmc::Error::kInternal) __builtin_trap();
    return 0;
  }
  if (!is_small(**model)) return 0;
  ContextPool contexts(*model);
  const auto context = contexts.acquire();
  for (int run = 0; run < 2 && context->acquire(); ++run) {
    for (size_t i = 0; i < (*model)->inputs().size(); ++i) {
      std::ranges::fill(context->input(i), std::byte(run == 0 ? 0x41 : 0xc3));
    }
    context->release(context->run());
  }
  return 0;
}
