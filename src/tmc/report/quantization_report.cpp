// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/quantization_report.hpp"

#include "tmc/report/page.hpp"

namespace tmc::report {
namespace {

using Json = json::Value;

Json layer_json(const quant::LayerReport& layer) {
  Json json = {{"name", layer.name},
               {"op", layer.op},
               {"tensor", layer.tensor},
               {"macs", layer.macs},
               {"integer", layer.integer},
               {"scheme", layer.scheme},
               {"snr_db", layer.snr_db},
               {"own_snr_db", layer.own_snr_db},
               {"weight_snr_db", layer.weight_snr_db},
               {"scale", nullptr},
               {"zero_point", nullptr},
               {"dtype", nullptr},
               {"min", layer.min},
               {"max", layer.max},
               {"saturated", layer.saturated},
               {"histogram", layer.histogram}};
  if (layer.quantization.empty()) return json;
  json["scale"] = layer.quantization.scale();
  json["zero_point"] = layer.quantization.zero_point();
  json["dtype"] = dtype_name(layer.dtype);
  return json;
}

Json tried_json(const quant::RangesReport& tried) {
  return {{"method", tried.method}, {"snr_db", tried.snr_db}};
}

Json correction_json(const quant::CorrectionReport& correction) {
  return {{"name", correction.name},
          {"doc", correction.doc},
          {"outcome", correction.outcome},
          {"snr_before_db", correction.snr_before_db},
          {"snr_after_db", correction.snr_after_db}};
}

Json score_json(const quant::ScoreReport& score) {
  return {{"rows", score.rows},
          {"held_out", score.held_out},
          {"snr_db", score.snr_db},
          {"agreement", score.agreement},
          {"float_accuracy", score.float_accuracy},
          {"accuracy", score.accuracy}};
}

Json point_json(const quant::FrontierPoint& point) {
  return {{"kept_float", point.kept_float},
          {"eight_bit", point.eight_bit},
          {"sixteen_bit", point.sixteen_bit},
          {"drop", point.drop},
          {"snr_db", point.snr_db},
          {"flash_bytes", point.flash_bytes},
          {"instructions", point.instructions},
          {"fits", point.fits},
          {"chosen", point.chosen}};
}

template <typename T, typename ToJson>
Json list(const std::vector<T>& items, ToJson to_json) {
  Json json = Json::array();
  for (const T& item : items) json.push_back(to_json(item));
  return json;
}

}  // namespace

Json quantization_json(const std::string& model, const quant::Report& report) {
  return {{"model", model},
          {"rows", report.rows},
          {"ranges", report.ranges},
          {"tried", list(report.tried, tried_json)},
          {"warnings", report.warnings},
          {"repairs", list(report.corrections, correction_json)},
          {"layers", list(report.layers, layer_json)},
          {"score", score_json(report.score)},
          {"frontier", list(report.frontier, point_json)},
          {"kept_float", report.kept_float},
          {"eight_bit", report.eight_bit},
          {"sixteen_bit", report.sixteen_bit}};
}

std::string quantization_html(const std::string& model, const quant::Report& report) {
  return report::make_page("quantization.html", "What quantising " + model + " cost",
                           report::script_data(quantization_json(model, report)));
}

}  // namespace tmc::report
