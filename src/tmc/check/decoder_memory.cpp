// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/decoder_memory.hpp"

#include <algorithm>

#include "tmc/kernels/contract/attention_s8.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/program/stored_constants.hpp"
#include "tmc/stream/token_stream.hpp"

namespace tmc::check {
namespace {

using Op = ops::CachedAttention;

int64_t aligned(int64_t bytes) {
  return (bytes + program::kAlignBytes - 1) / program::kAlignBytes * program::kAlignBytes;
}

// The caches of all layers, each of which begins where memory is aligned.
int64_t bytes_of_caches(const DecoderMemory& memory, int64_t window) {
  // Values of four bits have their slots in pairs.
  const int64_t pairs = memory.value_bits == 4 ? (window + 1) / 2 * 2 : window;
  return memory.layers *
         (aligned(window * memory.pair_bytes_of_keys / 2) + aligned(pairs * memory.pair_bytes_of_values / 2));
}

// Attention of int8 adds up no more of them.
int64_t most_slots(int64_t element_bytes) {
  using Sums = kernels::AttentionS8;
  return element_bytes == 1 ? int64_t{Sums::kMaxKeys} << Sums::kMaxTotalShift : INT32_MAX;
}

DecoderMemory layer_of(const ir::Graph& graph, const ir::Node& node) {
  const auto& op = node.op.get<Op>();
  const ir::Value& keys = graph.value(node.inputs[Op::kKeyCache]);
  const int64_t size = graph.value(node.inputs[Op::kKey]).type.shape[1] / op.kv_heads;
  const int64_t bytes = dtype_bytes(keys.type.dtype);
  const int64_t pair_bytes = 2 * op.kv_heads * size * bytes;
  return {.layers = 1,
          .window = keys.type.shape[0],
          .sinks = op.sinks,
          .kv_heads = op.kv_heads,
          .size = size,
          .element_bytes = bytes,
          .key_bits = op.key_bits == 4 ? 4 : 8 * bytes,
          .value_bits = op.value_bits == 4 ? 4 : 8 * bytes,
          .pair_bytes_of_keys = op.key_bits == 4 ? 2 * op.four_bit_key_bytes(size) : pair_bytes,
          .pair_bytes_of_values = op.value_bits == 4 ? op.four_bit_pair_bytes(size) : pair_bytes};
}

// Whether values are as keys are, and this layer as those before it.
bool is_alike(const ir::Graph& graph, const ir::Node& node, const DecoderMemory& layer, const DecoderMemory& others) {
  const bool values_are_as_keys =
      graph.value(node.inputs[Op::kValue]).type.shape == graph.value(node.inputs[Op::kKey]).type.shape;
  const bool is_first = others.layers == 0;
  return values_are_as_keys &&
         (is_first || (layer.window == others.window && layer.sinks == others.sinks &&
                       layer.kv_heads == others.kv_heads && layer.size == others.size &&
                       layer.element_bytes == others.element_bytes && layer.key_bits == others.key_bits &&
                       layer.value_bits == others.value_bits));
}

// What one memory has for the arena, or all that it is split over.
std::optional<int64_t> room_of(const Compilation& compilation) {
  const Target& target = compilation.target;
  if (!target.board) return std::nullopt;
  int64_t room = 0;
  if (!compilation.options.arena_regions.empty()) {
    for (const auto& region : compilation.options.arena_regions) {
      const MemoryRegion* const found = target.find_region(region.region);
      if (found != nullptr) room += region.bytes > 0 ? region.bytes : static_cast<int64_t>(target.arena_room(*found));
    }
    return room;
  }
  for (const MemoryRegion* region : target.arena_regions()) {
    room = std::max(room, static_cast<int64_t>(target.arena_room(*region)));
  }
  return room;
}

}  // namespace

int64_t DecoderMemory::largest_window_in(int64_t bytes) const {
  const int64_t room = bytes - other_bytes();
  int64_t largest = std::clamp<int64_t>(2 * room / pair_bytes(), 0, most_slots(element_bytes));
  while (largest > 0 && bytes_of_caches(*this, largest) > room) --largest;
  return largest;
}

std::optional<DecoderMemory> decoder_memory(const Compilation& compilation) {
  const ir::Graph& graph = compilation.graph;
  DecoderMemory memory;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (!node.op.is<Op>()) continue;
    const DecoderMemory layer = layer_of(graph, node);
    if (!is_alike(graph, node, layer, memory)) return std::nullopt;
    const int64_t layers = memory.layers + 1;
    memory = layer;
    memory.layers = layers;
  }
  if (memory.layers == 0 || !compilation.has_program) return std::nullopt;
  memory.cache_bytes = bytes_of_caches(memory, memory.window);
  memory.arena_bytes = compilation.program.arena_bytes();
  memory.weights_bytes = program::constant_bytes(compilation.program).weights;
  memory.machine_bytes = sizeof(stream::TokenStream);
  memory.room_bytes = room_of(compilation);
  if (memory.room_bytes) memory.largest_window = memory.largest_window_in(*memory.room_bytes);
  return memory;
}

Status check_window(const Compilation& compilation, std::optional<int64_t> ram_bytes) {
  const std::optional<DecoderMemory> memory = decoder_memory(compilation);
  if (!memory) return {};
  const auto hold = [&](std::optional<int64_t> limit, Error code, const std::string& whose) -> Status {
    if (!limit || memory->arena_bytes <= *limit) return {};
    const int64_t largest = memory->largest_window_in(*limit);
    const std::string hint = largest > memory->sinks
                                 ? fmt::format("use --window {}, the largest that fits", largest)
                                 : std::string("not even the smallest window fits: use a smaller model");
    return error(code,
                 "with a window of {} tokens the arena takes {} bytes, {} of them caches, {} more than {}; the largest "
                 "window that fits has {}",
                 memory->window, memory->arena_bytes, memory->cache_bytes, memory->arena_bytes - *limit, whose, largest)
        .with_hint(hint);
  };
  TMC_TRY(hold(memory->room_bytes, Error::kDoesNotFit,
               fmt::format("the {} that {} has for it", memory->room_bytes.value_or(0), compilation.target.name)));
  return hold(ram_bytes, Error::kBudgetExceeded, fmt::format("the budget of {}", ram_bytes.value_or(0)));
}

}  // namespace tmc::check
