// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "quantization_report.hpp"

namespace tmc::app {
namespace {

std::string decibels(double db) {
  return fmt::format("{:.1f}", db);
}

std::string percent(double share) {
  return fmt::format("{:.2f}", 100 * share);
}

void print_tried(const quant::Report& report) {
  if (report.tried.empty()) return;
  std::vector<std::vector<std::string>> rows = {{"ranges", "SNR dB", ""}};
  for (const quant::RangesReport& tried : report.tried) {
    rows.push_back({tried.method, decibels(tried.snr_db), tried.method == report.ranges ? "chosen" : ""});
  }
  fmt::print("\n{}", table(rows));
}

void print_corrections(const quant::Report& report) {
  if (report.corrections.empty()) return;
  std::vector<std::vector<std::string>> rows = {{"correction", "before dB", "after dB", "outcome"}};
  for (const quant::CorrectionReport& correction : report.corrections) {
    rows.push_back(
        {correction.name, decibels(correction.snr_before_db), decibels(correction.snr_after_db), correction.outcome});
  }
  fmt::print("\n{}", table(rows));
}

void print_layers(const quant::Report& report) {
  std::vector<std::vector<std::string>> rows = {
      {"layer", "op", "scheme", "MACs", "SNR dB", "its own dB", "weights dB", "saturated %", "range"}};
  for (const quant::LayerReport& layer : report.layers) {
    rows.push_back({shortened(layer.name), layer.op, layer.scheme, grouped(layer.macs), decibels(layer.snr_db),
                    decibels(layer.own_snr_db), layer.weight_snr_db ? decibels(*layer.weight_snr_db) : "",
                    percent(layer.saturated), fmt::format("{:.3g} to {:.3g}", layer.min, layer.max)});
  }
  fmt::print("\n{}", table(rows));
}

void print_frontier(const quant::Report& report) {
  if (report.frontier.empty()) return;
  std::vector<std::vector<std::string>> rows = {
      {"eight-bit weights", "16-bit tensors", "nodes in float", "points lost", "SNR dB", "flash", "instructions", ""}};
  for (const quant::FrontierPoint& point : report.frontier) {
    rows.push_back({std::to_string(point.eight_bit.size()), std::to_string(point.sixteen_bit.size()),
                    std::to_string(point.kept_float.size()), percent(point.drop), decibels(point.snr_db),
                    point.flash_bytes ? grouped(*point.flash_bytes) : "",
                    grouped(static_cast<int64_t>(point.instructions)),
                    point.chosen ? "chosen"
                    : point.fits ? ""
                                 : "over the budget"});
  }
  fmt::print("\n{}", table(rows));
}

}  // namespace

void print_quantization_summary(const quant::Report& report) {
  for (const std::string& warning : report.warnings) fmt::print(stderr, "tinymlc: warning: {}\n", warning);
  const quant::ScoreReport& score = report.score;
  fmt::print("quantised on {} rows ({}); on {} {}: outputs at {:.1f} dB, {} % agree with the float model", report.rows,
             report.ranges, score.rows, score.held_out ? "others" : "of them", score.snr_db, percent(score.agreement));
  if (score.accuracy)
    fmt::print(", accuracy {} % (float {} %)", percent(*score.accuracy), percent(*score.float_accuracy));
  fmt::print("\n");
}

void print_quantization(const quant::Report& report) {
  print_quantization_summary(report);
  print_tried(report);
  print_corrections(report);
  print_layers(report);
  print_frontier(report);
}

}  // namespace tmc::app
