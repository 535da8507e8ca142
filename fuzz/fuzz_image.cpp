// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/engine/context.hpp"
#include "tmc/image/image.hpp"

namespace {

using tmc::engine::Context;
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

// Params may ask for hours, and regions for gigabytes.
bool is_small(const Model& model) {
  double instructions = 0;
  for (const tmc::engine::StepView& step : model.steps()) {
    instructions += step.implementation->instructions(step.words) * step.trips;
  }
  return model.arena_bytes() < 1 << 24 && instructions < 1e7;
}

}  // namespace

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
  const auto context = Context::create(*model);
  if (!context.ok()) return 0;
  for (int run = 0; run < 2 && (*context)->acquire(); ++run) {
    for (size_t i = 0; i < (*model)->inputs().size(); ++i) {
      std::ranges::fill((*context)->input(i), std::byte(run == 0 ? 0x41 : 0xc3));
    }
    (*context)->release((*context)->run());
  }
  return 0;
}
