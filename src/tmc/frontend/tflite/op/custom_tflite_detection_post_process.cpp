// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/detection_post_process.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {

namespace {

constexpr int64_t kMostDetections = ops::DetectionPostProcess::kMost;

Result<ops::DetectionPostProcess> read_detection(const CustomOptions& options) {
  ops::DetectionPostProcess op;
  TMC_ASSIGN(op.classes, options.integer("num_classes", 1, kMostDetections));
  TMC_ASSIGN(op.detections, options.integer("max_detections", 1, kMostDetections));
  TMC_ASSIGN(op.classes_each, options.integer("max_classes_per_detection", 1, kMostDetections));
  if (options.has("detections_per_class")) {
    TMC_ASSIGN(op.each_class, options.integer("detections_per_class", 1, kMostDetections));
  }
  if (options.has("use_regular_nms")) {
    TMC_ASSIGN(const int32_t regular, options.integer("use_regular_nms"));
    op.regular = regular != 0;
  }
  TMC_ASSIGN(op.y_scale, options.real("y_scale"));
  TMC_ASSIGN(op.x_scale, options.real("x_scale"));
  TMC_ASSIGN(op.h_scale, options.real("h_scale"));
  TMC_ASSIGN(op.w_scale, options.real("w_scale"));
  TMC_ASSIGN(op.score_threshold, options.real("nms_score_threshold"));
  TMC_ASSIGN(op.overlap_threshold, options.real("nms_iou_threshold"));
  if (op.overlap_threshold > 0 && op.overlap_threshold <= 1) return op;
  return error(Error::kMalformed, "its nms_iou_threshold is {}, not above 0 and up to 1", op.overlap_threshold);
}

}  // namespace

// The graph's operator gives all four outputs in one tensor.
Status import_custom_tflite_detection_post_process(ImportContext& context) {
  if (context.output_count() != 4) return error(Error::kMalformed, "it has no four outputs");
  TMC_ASSIGN(const CustomOptions options, context.custom_options());
  TMC_ASSIGN(const ops::DetectionPostProcess op, read_detection(options));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < 3; ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  TMC_ASSIGN(const ir::ValueId all, context.append("_all", op, inputs));
  const int64_t rows = op.rows();
  const auto finish = [&](size_t output, const char* suffix, int64_t first, std::vector<int64_t> shape) -> Status {
    const int64_t count = output == 3 ? 1 : rows * (output == 0 ? 4 : 1);
    TMC_ASSIGN(const ir::ValueId part,
               context.append(suffix, ops::Slice{.begins = {first}, .sizes = {count}, .steps = {1}}, {all}));
    return context.finish_output(output, ops::Reshape{std::move(shape)}, {part});
  };
  TMC_TRY(finish(1, "_classes", 4 * rows, {1, rows}));
  TMC_TRY(finish(2, "_scores", 5 * rows, {1, rows}));
  TMC_TRY(finish(3, "_count", 6 * rows, {1}));
  return finish(0, "_boxes", 0, {1, rows, 4});
}

}  // namespace tmc::frontend::tflite
