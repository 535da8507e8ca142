// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of operators of images and of what is found in them.

#include <flatbuffers/flexbuffers.h>

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

inline void local_response(ModelBuilder& m, TensorType type) {
  schema::LocalResponseNormalizationOptionsT options;
  options.radius = 1;
  options.bias = options.alpha = options.beta = 0.5f;
  m.op(BuiltinOperator::LOCAL_RESPONSE_NORMALIZATION, {m.input("x", {1, 1, 2, 3}, 0, 0, type)},
       {m.output("y", {1, 1, 2, 3}, 0, 0, type)}, options);
}

inline void suppress(ModelBuilder& m, bool soft) {
  const auto real = [&](const char* name, Ints shape) {
    return m.input(name, std::move(shape), 0, 0, TensorType::FLOAT32);
  };
  Ints inputs = {real("boxes", {6, 4}), real("scores", {6}), m.constant<int32_t>("most", {}, {3}), real("overlap", {}),
                 real("least", {})};
  Ints outputs = {m.output("y", {3}, 0, 0, TensorType::INT32)};
  if (soft) inputs.push_back(real("sigma", {}));
  if (soft) outputs.push_back(m.output("chosen", {3}, 0, 0, TensorType::FLOAT32));
  outputs.push_back(m.output("count", {}, 0, 0, TensorType::INT32));
  m.op(soft ? BuiltinOperator::NON_MAX_SUPPRESSION_V5 : BuiltinOperator::NON_MAX_SUPPRESSION_V4, inputs, outputs);
}

inline void detect(ModelBuilder& m, int64_t classes, bool regular) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    builder.Int("max_detections", 2);
    builder.Int("max_classes_per_detection", 1);
    builder.Int("num_classes", classes);
    if (regular) builder.Int("detections_per_class", 3);
    if (regular) builder.Bool("use_regular_nms", true);
    for (const char* scale : {"y_scale", "x_scale", "h_scale", "w_scale"}) builder.Float(scale, 10.0f);
    builder.Float("nms_score_threshold", 0.25f);
    builder.Float("nms_iou_threshold", 0.5f);
  });
  builder.Finish();
  const auto found = [&](const char* name, Ints shape) {
    return m.output(name, std::move(shape), 0, 0, TensorType::FLOAT32);
  };
  m.custom("TFLite_Detection_PostProcess",
           {m.input("boxes", {1, 2, 4}, 0.5f, 128, TensorType::UINT8),
            m.input("scores", {1, 2, 3}, 0.5f, 128, TensorType::UINT8),
            m.constant<float>("anchors", {2, 4}, {0, 0, 1, 1, 0, 0, 2, 2})},
           {found("y", {1, 2, 4}), found("kinds", {1, 2}), found("found", {1, 2}), found("count", {})},
           builder.GetBuffer());
}

// A matrix [2, 4] whose second row has an element at `index`.
inline void sparse(ModelBuilder& m, int32_t index) {
  const int32_t w = m.constant<float>("w", {1}, {0.5f});
  m.tensor_at(w).shape = {2, 4};
  auto parameters = std::make_unique<schema::SparsityParametersT>();
  parameters->traversal_order = {0, 1};
  parameters->dim_metadata.push_back(std::make_unique<schema::DimensionMetadataT>());
  parameters->dim_metadata.back()->dense_size = 2;
  parameters->dim_metadata.push_back(std::make_unique<schema::DimensionMetadataT>());
  schema::DimensionMetadataT& columns = *parameters->dim_metadata.back();
  columns.format = schema::DimensionType::SPARSE_CSR;
  schema::Uint8VectorT segments;
  segments.values = {0, 0, 1};
  columns.array_segments.Set(segments);
  schema::Int32VectorT indices;
  indices.values = {index};
  columns.array_indices.Set(indices);
  m.tensor_at(w).sparsity = std::move(parameters);
  const int32_t dense = m.tensor("dense", {2, 4}, 0, 0, TensorType::FLOAT32);
  m.op(BuiltinOperator::DENSIFY, {w}, {dense});
  m.op(BuiltinOperator::FULLY_CONNECTED, {m.input("x", {1, 4}, 0, 0, TensorType::FLOAT32), dense},
       {m.output("y", {1, 2}, 0, 0, TensorType::FLOAT32)}, schema::FullyConnectedOptionsT());
}

inline const Case kImageCases[] = {
    {"non_max_suppression_v4", [](ModelBuilder& m) { suppress(m, false); },
     "y_all: f32[7] = soft_non_max_suppression(boxes, scores, overlap, least, y_sigma) rows=3\n"
     "y_count: f32[1] = slice(y_all) begins=[0] sizes=[1] steps=[1]\n"
     "y_scalar: f32[] = reshape(y_count)\n"
     "count: i32[] = cast(y_scalar) to=i32 @\"non_max_suppression_v4:y\"\n"
     "y_places: f32[3] = slice(y_all) begins=[1] sizes=[3] steps=[1]\n"
     "y: i32[3] = cast(y_places) to=i32 @\"non_max_suppression_v4:y\"\n"},
    {"non_max_suppression_v5", [](ModelBuilder& m) { suppress(m, true); },
     "y_all: f32[7] = soft_non_max_suppression(boxes, scores, overlap, least, sigma) rows=3\n"
     "y_count: f32[1] = slice(y_all) begins=[0] sizes=[1] steps=[1]\n"
     "y_scalar: f32[] = reshape(y_count)\n"
     "count: i32[] = cast(y_scalar) to=i32 @\"non_max_suppression_v5:y\"\n"
     "chosen: f32[3] = slice(y_all) begins=[4] sizes=[3] steps=[1] @\"non_max_suppression_v5:y\"\n"
     "y_places: f32[3] = slice(y_all) begins=[1] sizes=[3] steps=[1]\n"
     "y: i32[3] = cast(y_places) to=i32 @\"non_max_suppression_v5:y\"\n"},
    {"custom_tflite_detection_post_process", [](ModelBuilder& m) { detect(m, 2, true); },
     "boxes_i8: i8[1,2,4] scale=0.5 = requantize(boxes)\n"
     "scores_i8: i8[1,2,3] scale=0.5 = requantize(scores)\n"
     "y_all: f32[13] = detection_post_process(boxes_i8, scores_i8, anchors) classes=2 detections=2 each_class=3 "
     "regular=true y_scale=10.0 x_scale=10.0 h_scale=10.0 w_scale=10.0 score_threshold=0.25\n"
     "y_classes: f32[2] = slice(y_all) begins=[8] sizes=[2] steps=[1]\n"
     "kinds: f32[1,2] = reshape(y_classes) shape=[1,2] @\"custom:TFLite_Detection_PostProcess:y\"\n"
     "y_scores: f32[2] = slice(y_all) begins=[10] sizes=[2] steps=[1]\n"
     "found: f32[1,2] = reshape(y_scores) shape=[1,2] @\"custom:TFLite_Detection_PostProcess:y\"\n"
     "y_count: f32[1] = slice(y_all) begins=[12] sizes=[1] steps=[1]\n"
     "count: f32[1] = reshape(y_count) shape=[1] @\"custom:TFLite_Detection_PostProcess:y\"\n"
     "y_boxes: f32[8] = slice(y_all) begins=[0] sizes=[8] steps=[1]\n"
     "y: f32[1,2,4] = reshape(y_boxes) shape=[1,2,4] @\"custom:TFLite_Detection_PostProcess:y\"\n"},
    {"custom_tflite_detection_post_process.classes", [](ModelBuilder& m) { detect(m, 9, false); },
     "node 'y_all': its boxes [2, 4], scores [2, 3] and anchors [2, 4] do not fit 9 classes"},
    {"densify", [](ModelBuilder& m) { sparse(m, 3); },
     "y: f32[1,2] = fully_connected(x, w, _) @\"fully_connected:y\"\n"},
    {"densify.outside", [](ModelBuilder& m) { sparse(m, 4); },
     "node 'densify:dense': tensor 'w' is sparse, and it has the index 4 along an axis of 4"},
    {"local_response_normalization", [](ModelBuilder& m) { local_response(m, TensorType::FLOAT32); },
     "y_squares: f32[1,1,2,3] = mul(x, x)\n"
     "y_image: f32[2,3,1,1] = reshape(y_squares) shape=[2,3,1,1]\n"
     "y_means: f32[2,3,1,1] = average_pool2d(y_image) kernel_h=3 pad_top=1 pad_bottom=1 count_include_pad=true\n"
     "y_shaped: f32[1,1,2,3] = reshape(y_means) shape=[1,1,2,3]\n"
     "y_weighted: f32[1,1,2,3] = mul(y_shaped, y_weight)\n"
     "y_raised: f32[1,1,2,3] = add(y_weighted, y_bias)\n"
     "y_power: f32[1,1,2,3] = pow(y_raised, y_beta)\n"
     "y: f32[1,1,2,3] = div(x, y_power) @\"local_response_normalization:y\"\n"},
    {"local_response_normalization.integers", [](ModelBuilder& m) { local_response(m, TensorType::INT8); },
     "node 'local_response_normalization:y': it normalises i8"},
};

}  // namespace tmc::frontend::tflite::op_cases
