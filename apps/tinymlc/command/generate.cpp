// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/generate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "command.hpp"
#include "text_options.hpp"
#include "tmc/base/host/number.hpp"
#include "tmc/check/generate_numbers.hpp"

namespace tmc::app {
namespace {

struct GenerateArguments {
  ModelOptions model;
  TextArguments text;
  check::GenerateOptions generate;
  std::string tokens;  // in place of a prompt
  bool json = false;
};

// Average, least and most of something of each token.
struct Spread {
  double average = 0;
  uint64_t least = 0, most = 0;
};

template <typename Count>
Spread spread_of(const std::vector<firmware::TokenCost>& costs, Count count) {
  Spread spread;
  for (const firmware::TokenCost& cost : costs) {
    const uint64_t amount = count(cost);
    spread.average += static_cast<double>(amount) / static_cast<double>(costs.size());
    spread.least = spread.least == 0 ? amount : std::min(spread.least, amount);
    spread.most = std::max(spread.most, amount);
  }
  return spread;
}

struct Spreads {
  explicit Spreads(const std::vector<firmware::TokenCost>& costs)
      : whole(spread_of(costs, [](const auto& cost) { return cost.step + cost.text; })),
        step(spread_of(costs, [](const auto& cost) { return cost.step; })),
        text(spread_of(costs, [](const auto& cost) { return cost.text; })) {}

  Spread whole, step, text;
};

Json to_json(const Spread& spread) {
  return {{"average", std::llround(spread.average)}, {"min", spread.least}, {"max", spread.most}};
}

// Of tokens in this process: the median, and how many there are in a second, the first one apart, which finds nothing
// in the processor's caches.
void add_times(std::vector<double> token_us, Json& json) {
  if (token_us.size() < 2) return;
  const double all = std::accumulate(token_us.begin() + 1, token_us.end(), 0.0);
  json["tokens_per_second"] = std::llround(1e6 * static_cast<double>(token_us.size() - 1) / all);
  const auto middle = token_us.begin() + std::ssize(token_us) / 2;
  std::ranges::nth_element(token_us, middle);
  json["latency_us"] = {{"p50", *middle}};
}

Json to_json(const check::TextReport& report, const std::string& target, const std::string& text) {
  Json json = {{"target", target}, {"text", text}, {"tokens", report.tokens}, {"prompt_tokens", report.prompt_tokens}};
  add_times(report.token_us, json);
  if (!report.footprint) return json;
  const firmware::Footprint& footprint = *report.footprint;
  const Spreads spreads(report.costs);
  Json tokens = Json::array();
  for (const firmware::TokenCost& cost : report.costs) tokens.push_back({{"step", cost.step}, {"text", cost.text}});
  json["instructions"] = {{"prompt", report.prompt_instructions},
                          {"token", to_json(spreads.whole)},
                          {"step", to_json(spreads.step)},
                          {"text", to_json(spreads.text)},
                          {"tokens", std::move(tokens)}};
  json["flash_bytes"] = {
      {"code", footprint.flash.code}, {"weights", footprint.flash.weights}, {"total", footprint.flash.total()}};
  json["ram_bytes"] = {{"arena", footprint.ram.arena},
                       {"static", footprint.ram.statics},
                       {"stack", footprint.ram.stack.value_or(0)},
                       {"total", footprint.ram.total()}};
  return json;
}

std::string whole(uint64_t amount) {
  return grouped(static_cast<int64_t>(amount));
}

// To the standard error, since the text is on the other.
void print_report(const check::TextReport& report, const std::string& target) {
  if (!report.footprint) return;
  const Spreads spreads(report.costs);
  std::vector<std::vector<std::string>> rows = {{"instructions", "average", "least", "most"}};
  const auto add = [&](const char* what, const Spread& spread) {
    rows.push_back({what, grouped(std::llround(spread.average)), whole(spread.least), whole(spread.most)});
  };
  add("of a token", spreads.whole);
  add("  its step", spreads.step);
  add("  tokenizer and sampler", spreads.text);
  const firmware::Footprint& footprint = *report.footprint;
  fmt::print(stderr, "\n{} tokens on {}, {} of them the prompt's, encoded in {} instructions\n\n{}\n", report.tokens,
             target, report.prompt_tokens, whole(report.prompt_instructions), table(rows));
  fmt::print(stderr, "{}",
             table({{"memory", "bytes"},
                    {"flash: code and tables", whole(footprint.flash.code)},
                    {"flash: weights", whole(footprint.flash.weights)},
                    {"flash: total", whole(footprint.flash.total())},
                    {"RAM: arena", whole(footprint.ram.arena)},
                    {"RAM: static", whole(footprint.ram.statics)},
                    {"RAM: stack", whole(footprint.ram.stack.value_or(0))},
                    {"RAM: total", whole(footprint.ram.total())}}));
}

Result<std::vector<int32_t>> read_numbers(const std::string& text) {
  std::vector<int32_t> numbers;
  for (const std::string& word : split_at_commas(text)) {
    if (parse_number(word, numbers.emplace_back())) continue;
    return error(Error::kBadUsage, "'{}' is no token's number", word).with_hint("write them as in --tokens 1,2,3");
  }
  return numbers;
}

// The numbers in a line.
Status run_numbers(const GenerateArguments& options) {
  if (!options.generate.prompt.empty()) {
    return error(Error::kBadUsage, "--tokens and --prompt both say how the text begins").with_hint("give one of them");
  }
  TMC_ASSIGN(const std::vector<int32_t> begin, read_numbers(options.tokens));
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile());
  TMC_ASSIGN(const check::TextSettings settings, options.text.settings(compilation, options.model.sinks, false));
  progress.show("");
  Json tokens = Json::array();
  const auto token_us =
      check::generate_numbers(compilation, settings, begin, options.generate.steps, [&](int32_t token) {
        tokens.push_back(token);
        if (options.json) return;
        fmt::print("{}{}", tokens.size() > 1 ? " " : "", token);
        std::fflush(stdout);
      });
  if (!options.json && tokens.size() > 0) fmt::print("\n");
  if (!token_us.ok()) return token_us.status();
  Json report = {{"target", compilation.target.name}, {"tokens", tokens}, {"prompt_tokens", begin.size()}};
  add_times(*token_us, report);
  if (options.json) fmt::print("{}\n", report.dump(2));
  return {};
}

Status run_text(const GenerateArguments& options) {
  ProgressLine progress;
  progress.show("compiling");
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile());
  TMC_ASSIGN(const check::TextSettings settings, options.text.settings(compilation, options.model.sinks));
  progress.show(compilation.target.board ? "building the firmware" : "");
  std::FILE* const screen = options.json ? stderr : stdout;
  std::string text;
  const auto write = [&](std::string_view bytes) {
    progress.show("");
    text += bytes;
    std::fwrite(bytes.data(), 1, bytes.size(), screen);
    std::fflush(screen);
  };
  const auto report = check::generate(compilation, settings, options.generate, write);
  progress.show("");
  if (!report.ok()) {
    if (!text.empty()) std::fputc('\n', screen);
    return report.status();
  }
  std::fputc('\n', screen);
  std::fflush(screen);
  if (options.json) {
    fmt::print("{}\n", to_json(*report, compilation.target.name, text).dump(2));
  } else {
    print_report(*report, compilation.target.name);
  }
  return {};
}

}  // namespace

void add_generate(Command& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "generate", "Lets a decoder write text, token by token, here or as firmware on an emulated board");
  auto options = std::make_shared<GenerateArguments>();
  options->model.add_to(*command);
  command->add_option("--prompt", options->generate.prompt, "how the text begins");
  const Option* const tokens = command->add_option(
      "--tokens", options->tokens,
      "the numbers of the tokens that begin it, as in 1,2,3; then the text is numbers too, and needs no "
      "tokenizer");
  command->add_option("--steps", options->generate.steps, "tokens to read, those of the prompt among them")
      ->capture_default_str()
      ->in_range(1, 1000000000);
  options->text.add_to(*command, true);
  command->add_flag("--json", options->json, "for machines, with the text; which is on the standard error as it comes");
  command->callback(
      [options, tokens, &exit] { exit.check(tokens->count() > 0 ? run_numbers(*options) : run_text(*options)); });
}

}  // namespace tmc::app
