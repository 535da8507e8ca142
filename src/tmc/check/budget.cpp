// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/budget.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "tmc/check/decoder_memory.hpp"
#include "tmc/check/image.hpp"
#include "tmc/program/layers.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::check {
namespace {

struct Unit {
  std::string_view name;
  double size;
};
constexpr Unit kCountUnits[] = {{"", 1}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}};
constexpr Unit kTimeUnits[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}};

Result<double> parse_amount(std::string_view text, std::span<const Unit> units, std::string_view what,
                            std::string_view example) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  const auto found = std::ranges::find(units, unit, &Unit::name);
  if (failure != std::errc() || found == units.end() || !(number >= 0) || !std::isfinite(number)) {
    return error(Error::kBadUsage, "'{}' is not {}", text, what).with_hint(fmt::format("write it as in {}", example));
  }
  return number * found->size;
}

Status parse_limit(std::string_view kind, std::string_view amount, Budget& budget) {
  const auto bytes = [&](std::optional<int64_t>& limit) -> Status {
    TMC_ASSIGN(const uint64_t size, parse_byte_size(amount));
    limit = static_cast<int64_t>(size);
    return {};
  };
  if (kind == "flash") return bytes(budget.memory.flash_bytes);
  if (kind == "ram") return bytes(budget.memory.ram_bytes);
  if (kind == "stack") return bytes(budget.run.stack_bytes);
  if (kind == "instructions") {
    TMC_ASSIGN(budget.run.instructions, parse_amount(amount, kCountUnits, "a number of instructions", "5M"));
    return {};
  }
  if (kind == "time") {
    TMC_ASSIGN(budget.run.time_s, parse_amount(amount, kTimeUnits, "a time", "20ms"));
    return {};
  }
  return error(Error::kBadUsage, "there is no budget of '{}'", kind)
      .with_hint("write --budget flash=2M,ram=512K,stack=4K,instructions=5M,time=20ms, or some of these");
}

std::string whole(double amount) {
  return fmt::format("{:.0f}", amount);
}

std::string milliseconds(double seconds) {
  return fmt::format("{:.6g} ms", 1e3 * seconds);
}

std::string layer_table(const RunUse& use) {
  constexpr size_t kRows = 5;
  std::vector<LayerUse> layers = use.layers;
  std::ranges::stable_sort(layers, std::greater<>(), &LayerUse::instructions);
  layers.resize(std::min(layers.size(), kRows));
  std::string text = layers.empty() ? "" : "\n  dearest layers, instructions:";
  for (const LayerUse& layer : layers) {
    text += fmt::format("\n  {:>12.0f}  '{}' ({}, {})", layer.instructions, layer.name, layer.op, layer.kernel);
  }
  return text;
}

// What RunUse has at `figure` against a limit, as a sentence where it is more; `format` writes an amount.
Status check_figure(const char* what, const std::optional<RunFigure>& figure, const std::optional<double>& limit,
                    std::string (*format)(double), const Target& target, std::string& excess) {
  if (!limit) return {};
  if (!figure) {
    return error(Error::kBadUsage, "the {} of a run on {} is not known here", what, target.name)
        .with_hint(fmt::format("leave out that budget, or choose a target whose {} is known", what));
  }
  if (figure->amount <= *limit) return {};
  excess += fmt::format("{}{} {} ({}), {} more than the budget of {}", excess.empty() ? "a run takes " : "; ", what,
                        format(figure->amount), figure->origin, format(figure->amount - *limit), format(*limit));
  return {};
}

// Of the first board of that core that an emulator runs.
Result<Target> runnable_board(const Target& target) {
  if (target.run.method == RunMethod::kEmulator) return target;
  for (const std::string& name : target_names()) {
    TMC_ASSIGN(Target other, load_target(name));
    if (target.board && other.core == target.core && other.run.method == RunMethod::kEmulator) return other;
  }
  return error(Error::kBadUsage, "the stack of {} is not known: nothing here runs a board of its core", target.name)
      .with_hint("leave out stack=");
}

void set_time(const Target& target, const char* how, RunUse& use) {
  if (target.clock_hz <= 0 || !use.instructions) return;
  use.time_s = {use.instructions->amount / target.clock_hz,
                fmt::format("{}, at {:g} MHz and one instruction a cycle", how, target.clock_hz / 1e6)};
}

// Both errors in one, where there are two.
Status both(Status first, Status second) {
  if (first.ok() || second.ok()) return first.ok() ? std::move(second) : std::move(first);
  return error(first.code(), "{}\n{}", first.message(), second.message())
      .with_hint(first.hint() + "; " + second.hint());
}

RunUse use_of(const BenchReport& report, const Target& target) {
  RunUse use;
  if (report.instructions) use.instructions = {static_cast<double>(*report.instructions), "counted"};
  if (report.ram.stack) use.stack_bytes = {static_cast<double>(*report.ram.stack), "measured"};
  set_time(target, "from counted instructions", use);
  if (report.cycles_estimate && target.clock_hz > 0) {
    use.time_s = {*report.cycles_estimate / target.clock_hz,
                  fmt::format("from estimated cycles, at {:g} MHz", target.clock_hz / 1e6)};
  }
  if (report.latency_us_p50) use.time_s = {*report.latency_us_p50 * 1e-6, "the median measured here"};
  for (const report::LayerBench& layer : report.layers) {
    const double predicted = layer.predicted_instructions.value_or(0);
    use.layers.push_back({layer.name, layer.op, layer.kernel,
                          layer.instructions ? static_cast<double>(*layer.instructions) : predicted});
  }
  return use;
}

}  // namespace

Result<Budget> parse_budget(std::string_view text) {
  Budget budget;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), item.size() + 1));
    const size_t equals = item.find('=');
    const bool assigned = equals != std::string_view::npos;
    TMC_TRY(parse_limit(item.substr(0, equals), assigned ? item.substr(equals + 1) : "", budget));
  }
  return budget;
}

RunUse predicted_use(const Compilation& compilation, const cost::Cost& cost) {
  RunUse use;
  use.instructions = {cost.instructions,
                      fmt::format("predicted within {:.0f} %", std::ceil(100 * cost.relative_error))};
  set_time(compilation.target, "from predicted instructions", use);
  for (const program::Layer& layer : program::find_layers(compilation.program)) {
    const program::Step& step = compilation.program.steps[static_cast<size_t>(layer.steps.front())];
    use.layers.push_back({step.name, step.op, step.implementation->label(), cost::sum_of(cost, layer).instructions});
  }
  return use;
}

Result<RunUse> measured_use(const Compilation& compilation, const cost::Cost& cost) {
  RunUse use = predicted_use(compilation, cost);
  Compilation there = compilation;
  TMC_ASSIGN(there.target, runnable_board(compilation.target));
  if (there.target.name != compilation.target.name) {
    // Its memories have other names; where things lie changes neither figure.
    there.options.arena_regions.clear();
    there.program.pin_region.clear();
  }
  TMC_ASSIGN(const firmware::SampleRun run, count_run(there));
  use.stack_bytes = {static_cast<double>(run.stack_bytes), "measured on " + there.target.name};
  use.instructions = {static_cast<double>(run.instructions), "counted on " + there.target.name};
  set_time(compilation.target, "from counted instructions", use);
  return use;
}

Status check_budget(const Compilation& compilation, const storage::Budget& budget, const backend::cpp::Files& text) {
  const program::Program& program = compilation.program;
  const Target& target = compilation.target;
  storage::MemoryUse used = storage::memory_of(program);
  storage::Budget hardware{.is_hardware = true};
  if (const auto bytes = target.bytes_of(MemoryKind::kFlash)) hardware.flash_bytes = static_cast<int64_t>(bytes);
  if (const auto bytes = target.bytes_of(MemoryKind::kRam)) hardware.ram_bytes = static_cast<int64_t>(bytes);
  TMC_TRY(check_window(compilation, budget.ram_bytes));
  TMC_TRY(storage::check_budget(program, used, hardware));
  TMC_TRY(storage::check_budget(program, used, budget));
  if (!target.board || !budget.flash_bytes) return {};
  TMC_ASSIGN(const Image image, build_image(compilation, {.text = text.empty() ? nullptr : &text}));
  used.flash_bytes = static_cast<int64_t>(image.firmware.footprint.flash.total());
  return storage::check_budget(program, used, {.flash_bytes = budget.flash_bytes});
}

Status check_budget(const RunUse& use, const RunBudget& budget, const Target& target) {
  std::string excess;
  const auto stack = budget.stack_bytes ? std::optional(static_cast<double>(*budget.stack_bytes)) : std::nullopt;
  const auto bytes = [](double amount) { return fmt::format("{:.0f} bytes", amount); };
  TMC_TRY(check_figure("stack", use.stack_bytes, stack, bytes, target, excess));
  const size_t of_stack = excess.size();
  TMC_TRY(check_figure("instructions", use.instructions, budget.instructions, whole, target, excess));
  TMC_TRY(check_figure("time", use.time_s, budget.time_s, milliseconds, target, excess));
  if (excess.empty()) return {};
  if (excess.size() == of_stack) {
    return error(Error::kBudgetExceeded, "{}", excess)
        .with_hint("use another --optimize, whose code keeps less on the stack, or a larger budget");
  }
  return error(Error::kBudgetExceeded, "{}{}", excess, layer_table(use))
      .with_hint("use --optimize speed, smaller layers where the table says, or a larger budget");
}

Status check_budget(const Compilation& compilation, const cost::Cost& cost, const Budget& budget,
                    const backend::cpp::Files& text) {
  Status memory = check_budget(compilation, budget.memory, text);
  if (!memory.ok() && memory.code() != Error::kBudgetExceeded) return memory;
  RunUse use = predicted_use(compilation, cost);
  if (budget.run.stack_bytes) {
    TMC_ASSIGN(use, measured_use(compilation, cost));
  }
  return both(std::move(memory), check_budget(use, budget.run, compilation.target));
}

Status check_budget(const Compilation& compilation, const BenchReport& report, const Budget& budget) {
  storage::MemoryUse memory = storage::memory_of(compilation.program);
  if (report.flash) memory.flash_bytes = static_cast<int64_t>(report.flash->total());
  return both(storage::check_budget(compilation.program, memory, budget.memory),
              check_budget(use_of(report, compilation.target), budget.run, compilation.target));
}

}  // namespace tmc::check
