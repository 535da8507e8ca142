// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "bench_report.hpp"

#include <cmath>

namespace tmc::app {
namespace {

std::optional<int64_t> predicted_instructions(const report::BenchReport& report) {
  return report.predicted ? std::optional(std::llround(report.predicted->instructions)) : std::nullopt;
}

std::optional<int64_t> predicted_instructions(const report::LayerBench& layer) {
  const auto& predicted = layer.predicted_instructions;
  return predicted ? std::optional(std::llround(*predicted)) : std::nullopt;
}

std::optional<int64_t> predicted_flash_bytes(const report::BenchReport& report) {
  const bool known = report.predicted && report.predicted->flash;
  return known ? std::optional(report.predicted->flash->total()) : std::nullopt;
}

Json symbols_json(const std::vector<firmware::CodeSymbol>& symbols) {
  Json json = Json::array();
  for (const firmware::CodeSymbol& symbol : symbols) json.push_back({{"name", symbol.name}, {"bytes", symbol.bytes}});
  return json;
}

template <typename T>
std::string text_of(const std::optional<T>& value) {
  return value ? grouped(static_cast<int64_t>(*value)) : "-";
}

std::string text_of(uint64_t value) {
  return grouped(static_cast<int64_t>(value));
}

void print_footprint(const report::BenchReport& report) {
  fmt::print("{} on {}, optimised for {}\n\n", report.model, report.target, optimize_name(report.optimize));
  std::vector<std::vector<std::string>> rows = {{"what", "amount", "predicted", "unit"}};
  const auto add = [&](const char* what, std::string amount, const char* unit, std::string predicted = "-") {
    rows.push_back({what, std::move(amount), std::move(predicted), unit});
  };
  add("MACs", grouped(report.macs), "");
  if (report.instructions) {
    add("instructions", text_of(report.instructions), "exact", text_of(predicted_instructions(report)));
    if (report.macs) add("per MAC", fmt::format("{:.2f}", double(*report.instructions) / double(report.macs)), "");
  }
  if (report.load_instructions) add("to load the image", text_of(report.load_instructions), "instructions");
  if (report.cycles_estimate) add("cycles", text_of(report.cycles_estimate), "estimate");
  if (report.latency_us_p50) {
    add("latency, median", fmt::format("{:.1f}", *report.latency_us_p50), "us");
    add("latency, 99 %", fmt::format("{:.1f}", *report.latency_us_p99), "us");
  }
  if (report.flash) {
    add("flash: code", text_of(report.flash->code), "bytes");
    add(report.load_instructions ? "flash: image" : "flash: weights", text_of(report.flash->weights), "bytes");
    add("flash: total", text_of(report.flash->total()), "bytes", text_of(predicted_flash_bytes(report)));
  }
  add("RAM: arena", text_of(report.ram.arena), "bytes");
  if (report.ram.io) add("RAM: io", text_of(report.ram.io), "bytes");
  add("RAM: static", text_of(report.ram.statics), "bytes");
  add("RAM: stack", text_of(report.ram.stack), "bytes");
  add("RAM: total", text_of(report.ram.total()), "bytes");
  fmt::print("{}", table(rows));
}

void print_layers(const report::BenchReport& report) {
  std::vector<std::vector<std::string>> rows = {
      {"layer", "op", "kernel", "MACs", "instructions", "predicted", "per MAC", "scratch"}};
  for (const report::LayerBench& layer : report.layers) {
    const bool rated = layer.instructions && layer.macs > 0;
    rows.push_back({shortened(layer.name), layer.op, kernel_text(layer.kernel, layer.stripes), grouped(layer.macs),
                    text_of(layer.instructions), text_of(predicted_instructions(layer)),
                    rated ? fmt::format("{:.2f}", double(*layer.instructions) / double(layer.macs)) : "-",
                    grouped(layer.scratch_bytes)});
  }
  fmt::print("\n{}", table(rows));
}

}  // namespace

Json bench_json(const report::BenchReport& report) {
  Json flash = {{"code", nullptr}, {"weights", nullptr}, {"total", nullptr}};
  if (report.flash) {
    flash = {{"code", report.flash->code}, {"weights", report.flash->weights}, {"total", report.flash->total()}};
  }
  Json layers = Json::array();
  for (const report::LayerBench& layer : report.layers) {
    layers.push_back({{"name", layer.name},
                      {"op", layer.op},
                      {"kernel", layer.kernel},
                      {"stripes", layer.stripes},
                      {"macs", layer.macs},
                      {"instructions", layer.instructions},
                      {"predicted_instructions", predicted_instructions(layer)},
                      {"scratch_bytes", layer.scratch_bytes}});
  }
  return {{"model", report.model},
          {"target", report.target},
          {"optimize", optimize_name(report.optimize)},
          {"macs", report.macs},
          {"instructions", report.instructions},
          {"predicted_instructions", predicted_instructions(report)},
          {"load_instructions", report.load_instructions},
          {"cycles_estimate", report.cycles_estimate},
          {"latency_us", {{"p50", report.latency_us_p50}, {"p99", report.latency_us_p99}}},
          {"flash_bytes", std::move(flash)},
          {"predicted_flash_bytes", predicted_flash_bytes(report)},
          {"ram_bytes",
           {{"arena", report.ram.arena},
            {"state", report.ram.state},
            {"io", report.ram.io},
            {"static", report.ram.statics},
            {"stack", report.ram.stack},
            {"total", report.ram.total()}}},
          {"code_symbols", symbols_json(report.code_symbols)},
          {"layers", std::move(layers)}};
}

void print_bench(const report::BenchReport& report, bool per_layer) {
  print_footprint(report);
  if (per_layer) print_layers(report);
}

}  // namespace tmc::app
