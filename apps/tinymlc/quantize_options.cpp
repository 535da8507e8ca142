// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "tmc/check/budget.hpp"

namespace tmc::app {
namespace {

void set_corrections(const std::string& text, quant::QuantizeOptions& options) {
  options.correction = text == "auto";
  if (text == "auto" || text == "none") return;
  for (const std::string& name : split_at_commas(text)) options.corrections.insert(name);
}

}  // namespace

void QuantizeArguments::add_to(Command& command) {
  const std::string group = "Quantising a float model";
  command
      .add_option("--quantize", scheme,
                  "int8: weights and activations; int16x8: activations of 16 bits; int4, int4:32, int4:64: weights in "
                  "four bits, with a scale for each output channel or for groups of inputs")
      ->group(group);
  command
      .add_option("--cache", cache,
                  "what a decoder keeps of tokens: int8; int8:int4 for keys in int8 and values in four bits, with a "
                  "multiplier for each token and head; int4 for keys in four bits too, with a zero point besides; "
                  "without it, int8")
      ->group(group);
  command
      .add_option("--calibrate", calibration,
                  ".npz, .npy or a folder of such: rows as the model will see them; or pictures and sounds, with "
                  "--preprocess; a decoder has "
                  "texts of its own")
      ->group(group);
  command
      .add_option("--ranges", ranges,
                  "how ranges follow from these rows: minmax, percentile, mse, kl, or auto: what serves best")
      ->capture_default_str()
      ->group(group);
  command.add_option("--percentile", percentile, "of the elements that stay inside, with --ranges percentile")
      ->capture_default_str()
      ->in_range(50.0, 100.0)
      ->group(group);
  command.add_flag("--symmetric", symmetric, "activations have zero point 0")->group(group);
  command.add_flag("--per-tensor", per_tensor, "one scale for all of a layer's weights")->group(group);
  command
      .add_option("--repair", corrections, "auto: what helps; none; or names, separated by commas, done in any case")
      ->capture_default_str()
      ->group(group);
  command.add_option("--keep-float", keep_float, "node that stays float; may be repeated")->group(group);
  command.add_option("--keep-float-worst", keep_float_worst, "that many nodes stay float, those that cost most")
      ->in_range(0, 1000000)
      ->group(group);
  command.add_option("--max-drop", max_drop, "points of accuracy that may be lost: nodes stay float until it holds")
      ->in_range(0.0, 100.0)
      ->group(group);
  command.add_option(
      "--preprocess", preprocess,
      "YAML: how pictures, sounds and readings become inputs, and labels; model.hpp of `compile` carries both");
  command.add_option("--score", score, "rows to score on, like --calibrate; else those are scored")->group(group);
  command.add_option("--labels", labels, ".npy of the right output's index for each scored row")->group(group);
}

Result<std::optional<pipeline::QuantizeRequest>> QuantizeArguments::request() const {
  if (scheme.empty()) {
    if (calibration.empty() && keep_float.empty() && !max_drop && cache.empty())
      return std::optional<pipeline::QuantizeRequest>();
    return error(Error::kBadUsage, "these options say how to quantise, but not that").with_hint("add --quantize int8");
  }
  TMC_ASSIGN(const quant::Numbers numbers, quant::parse_numbers(scheme));
  pipeline::QuantizeRequest request;
  if (!cache.empty()) {
    TMC_ASSIGN(request.cache, quant::parse_cache_form(cache));
  }
  request.calibration = calibration;
  quant::Scheme& to = request.options.scheme;
  to.numbers = numbers;
  request.options.try_ranges = ranges == "auto";
  if (ranges != "auto") {
    TMC_ASSIGN(to.ranges.method, quant::parse_range_method(ranges));
  }
  to.ranges.percentile = percentile;
  to.ranges.symmetric = symmetric;
  to.per_channel_weights = !per_tensor;
  to.keep_float = {keep_float.begin(), keep_float.end()};
  set_corrections(corrections, request.options);
  request.options.keep_float_worst = keep_float_worst;
  if (max_drop) request.options.max_drop = *max_drop / 100;
  request.score = score;
  request.labels = labels;
  request.preprocess = preprocess;
  TMC_ASSIGN(const check::Budget limits, check::parse_budget(budget));
  request.budget = limits.memory;
  if (progress) {
    request.progress = progress;
    return std::optional(std::move(request));
  }
  auto line = std::make_shared<ProgressLine>();
  request.progress = [line](std::string_view what, int64_t done, int64_t all) {
    line->show(done < all ? fmt::format("{}: {} of {}", what, done, all) : "");
  };
  return std::optional(std::move(request));
}

}  // namespace tmc::app
