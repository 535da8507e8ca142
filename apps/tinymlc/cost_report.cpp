// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "cost_report.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/check/decoder_memory.hpp"
#include "tmc/program/layers.hpp"

namespace tmc::app {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const program::Step& first_step(const program::Program& program, const program::Layer& layer) {
  return program.steps[static_cast<size_t>(layer.steps.front())];
}

int64_t macs_of(const program::Program& program, const program::Layer& layer) {
  int64_t macs = 0;
  for (const int32_t step : layer.steps) macs += program.steps[static_cast<size_t>(step)].macs;
  return macs;
}

Json layer_json(const program::Program& program, const program::Layer& layer, const cost::Cost& cost) {
  const program::Step& step = first_step(program, layer);
  const cost::LayerCost sum = cost::sum_of(cost, layer);
  return {{"name", step.name},
          {"op", step.op},
          {"kernel", step.implementation->label()},
          {"stripes", layer.stripes},
          {"macs", macs_of(program, layer)},
          {"instructions", std::llround(sum.instructions)},
          {"relative_error", sum.relative_error},
          {"fitted", sum.fitted},
          {"terms", sum.features},
          {"instance", sum.instance}};
}

Json instance_json(const cost::InstanceCost& instance) {
  return {{"function", instance.function},
          {"kernel", instance.implementation->label()},
          {"specialised", instance.specialised},
          {"code_bytes", instance.code_bytes}};
}

std::string per_mac(double instructions, int64_t macs) {
  return macs > 0 ? fmt::format("{:.2f}", instructions / static_cast<double>(macs)) : "-";
}

std::string percent(double share) {
  return fmt::format("{:.0f} %", std::ceil(100 * share));
}

std::string rounded(double instructions) {
  return grouped(std::llround(instructions));
}

void print_layers(const program::Program& program, const cost::Cost& cost) {
  Rows rows = {{"layer", "op", "kernel", "MACs", "instructions", "per MAC", "within"}};
  for (const program::Layer& layer : program::find_layers(program)) {
    const program::Step& step = first_step(program, layer);
    const cost::LayerCost sum = cost::sum_of(cost, layer);
    const int64_t macs = macs_of(program, layer);
    rows.push_back({shortened(step.name), step.op, kernel_text(step.implementation->label(), layer.stripes),
                    grouped(macs), rounded(sum.instructions), per_mac(sum.instructions, macs),
                    percent(sum.relative_error) + (sum.fitted ? "" : ", not fitted")});
  }
  fmt::print("{}", table(rows));
}

void print_totals(const cost::Cost& cost) {
  Rows rows = {{"what", "amount", "unit"}};
  rows.push_back({"MACs", grouped(cost.macs), ""});
  rows.push_back({"instructions", rounded(cost.instructions), "predicted within " + percent(cost.relative_error)});
  if (cost.macs > 0) rows.push_back({"per MAC", per_mac(cost.instructions, cost.macs), ""});
  if (cost.flash) {
    rows.push_back({"flash: code", grouped(cost.flash->code), "bytes, predicted"});
    rows.push_back({"flash: weights", grouped(cost.flash->weights), "bytes, exact"});
    rows.push_back({"flash: total", grouped(cost.flash->total()),
                    "bytes, predicted within " + percent(cost.flash->relative_error())});
  }
  rows.push_back({"RAM: arena", grouped(cost.arena_bytes), "bytes, exact"});
  fmt::print("\n{}", table(rows));
}

Json memory_json(const check::DecoderMemory& memory) {
  const int64_t pair_bytes = memory.pair_bytes();
  const Json slot_bytes = pair_bytes % 2 == 0 ? Json(pair_bytes / 2) : Json(static_cast<double>(pair_bytes) / 2);
  return {{"layers", memory.layers},
          {"window", memory.window},
          {"sinks", memory.sinks},
          {"kv_heads", memory.kv_heads},
          {"size", memory.size},
          {"element_bytes", memory.element_bytes},
          {"key_bits", memory.key_bits},
          {"value_bits", memory.value_bits},
          {"slot_bytes", slot_bytes},
          {"cache_bytes", memory.cache_bytes},
          {"other_bytes", memory.other_bytes()},
          {"arena_bytes", memory.arena_bytes},
          {"machine_bytes", memory.machine_bytes},
          {"ram_bytes", memory.ram_bytes()},
          {"weights_bytes", memory.weights_bytes},
          {"room_bytes", memory.room_bytes},
          {"largest_window", memory.largest_window}};
}

// Of the caches, before what it comes to.
std::string cache_formula(const check::DecoderMemory& memory) {
  const std::string heads = fmt::format("{} {}", memory.kv_heads, memory.kv_heads == 1 ? "head" : "heads");
  const std::string slot =
      fmt::format(" = {}{} x W", grouped(memory.pair_bytes() / 2), memory.pair_bytes() % 2 == 0 ? "" : ".5");
  if (memory.value_bits == 4) {
    const auto of_head = [&](int64_t pair) {
      return static_cast<double>(pair) / static_cast<double>(2 * memory.kv_heads);
    };
    return fmt::format("caches: {} layers x W x {} x ({} + {} bytes){}", memory.layers, heads,
                       of_head(memory.pair_bytes_of_keys), of_head(memory.pair_bytes_of_values), slot);
  }
  return fmt::format("caches: 2 x {} layers x W x {} x {} x {} {}{}", memory.layers, heads, memory.size,
                     memory.element_bytes, memory.element_bytes == 1 ? "byte" : "bytes", slot);
}

// The formula of a decoder's memory, and what it comes to.
void print_memory(const check::DecoderMemory& memory) {
  Rows rows = {{fmt::format("a window of W = {} slots, S = {} of them sinks", memory.window, memory.sinks), "bytes"}};
  rows.push_back({cache_formula(memory), grouped(memory.cache_bytes)});
  rows.push_back({"what else is in the arena, whatever W is", grouped(memory.other_bytes())});
  rows.push_back({"the machine (TokenStream)", grouped(memory.machine_bytes)});
  rows.push_back({"RAM together", grouped(memory.ram_bytes())});
  if (memory.room_bytes) rows.push_back({"what the target has for the arena", grouped(*memory.room_bytes)});
  rows.push_back({"weights, in flash", grouped(memory.weights_bytes)});
  fmt::print("\n{}", table(rows));
  if (memory.largest_window)
    fmt::print("The largest window that fits has {} slots.\n", grouped(*memory.largest_window));
}

}  // namespace

Json cost_json(const pipeline::Compilation& compilation, const cost::Cost& cost) {
  const program::Program& program = compilation.program;
  Json layers = Json::array();
  for (const program::Layer& layer : program::find_layers(program)) layers.push_back(layer_json(program, layer, cost));
  Json instances = Json::array();
  for (const cost::InstanceCost& instance : cost.instances) instances.push_back(instance_json(instance));
  Json flash = nullptr;
  if (cost.flash) {
    flash = {{"code", cost.flash->code},
             {"weights", cost.flash->weights},
             {"total", cost.flash->total()},
             {"relative_error", cost.flash->relative_error()}};
  }
  Json json = {{"model", compilation.model.filename().string()},
               {"target", compilation.target.name},
               {"optimize", optimize_name(compilation.options.optimize)},
               {"macs", cost.macs},
               {"predicted_instructions", std::llround(cost.instructions)},
               {"relative_error", cost.relative_error},
               {"predicted_flash_bytes", std::move(flash)},
               {"ram_bytes", {{"arena", cost.arena_bytes}}},
               {"layers", std::move(layers)},
               {"instances", std::move(instances)}};
  if (const auto memory = check::decoder_memory(compilation)) json["stream"] = memory_json(*memory);
  return json;
}

void print_cost(const pipeline::Compilation& compilation, const cost::Cost& cost) {
  fmt::print("{} on {}, optimised for {}: predicted, nothing was built or run\n\n",
             compilation.model.filename().string(), compilation.target.name,
             optimize_name(compilation.options.optimize));
  print_layers(compilation.program, cost);
  print_totals(cost);
  if (const auto memory = check::decoder_memory(compilation)) print_memory(*memory);
  if (compilation.removed.channels > 0) fmt::print("\n{}\n", removed_text(compilation.removed));
  if (std::ranges::any_of(cost.layers, [](const cost::LayerCost& layer) { return !layer.fitted; })) {
    fmt::print("\nWhat is not fitted for this target is its kernel's own rough estimate.\n");
  }
}

}  // namespace tmc::app
