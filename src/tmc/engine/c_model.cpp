// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "tmc/engine/c_handles.hpp"

using namespace tmc::engine;  // NOLINT(google-build-using-namespace): of what the functions without one are made

namespace {

LoadOptions options_of(uint32_t flags) {
  return {(flags & TINYMLC_CHECK_HASH) != 0, (flags & TINYMLC_TRUSTED) != 0 ? Trust::kConstants : Trust::kNone};
}

tinymlc_status handed_over(tmc::Result<std::shared_ptr<const Model>> loaded, tinymlc_model** model) {
  if (!loaded.ok()) return failed(loaded.status());
  *model = new tinymlc_model(std::make_shared<ContextPool>(std::move(*loaded)));
  return TINYMLC_OK;
}

tinymlc_status describe(const tinymlc_model* model, std::span<const Port> ports, uint32_t index,
                        tinymlc_tensor* tensor) {
  if (index >= ports.size()) return bad_usage(kNoIndex);
  const tmc::image::Image& image = model->model->image();
  const tmc::image::Tensor& record = *ports[index].tensor;
  static_assert(sizeof(tinymlc_scale) == sizeof(tmc::image::Scale));
  const auto* scales = reinterpret_cast<const tinymlc_scale*>(image.scales().first + record.first_scale);
  *tensor = {
      .name = image.name(record.name),
      .channels_last_of =
          record.channels_last_of == tmc::image::kAbsent ? nullptr : image.name(record.channels_last_of),
      .dtype = static_cast<tinymlc_dtype>(record.dtype),
      .rank = record.rank,
      .shape = ports[index].shape.data(),
      .bytes = ports[index].bytes,
      .scales = record.scales == 0 ? nullptr : scales,
      .scale_count = record.scales,
      .scale_axis = record.axis,
  };
  return TINYMLC_OK;
}

void describe(const tmc::image::Image& image, uint32_t index, tinymlc_weight* weight) {
  const tmc::image::Constant& constant = image.constants()[index];
  *weight = {image.name(constant.name), static_cast<tinymlc_dtype>(constant.dtype), constant.bytes,
             image.constant(index), constant.is_table};
}

}  // namespace

extern "C" {

uint32_t tinymlc_abi(void) {
  return TINYMLC_ABI;
}

tinymlc_status tinymlc_load(const char* path, uint32_t flags, tinymlc_model** model) {
  if (any_null(path, model)) return bad_usage(kNull);
  return guarded([&] { return handed_over(Model::load(path, options_of(flags)), model); });
}

tinymlc_status tinymlc_load_bytes(const void* bytes, size_t size, uint32_t flags, tinymlc_model** model) {
  if (any_null(static_cast<const char*>(bytes), model)) return bad_usage(kNull);
  return guarded([&] {
    return handed_over(Model::from_bytes({static_cast<const std::byte*>(bytes), size}, options_of(flags)), model);
  });
}

void tinymlc_release(tinymlc_model* model) {
  delete model;
}

tinymlc_status tinymlc_model_info(const tinymlc_model* model, tinymlc_info* info) {
  if (any_null(model, info)) return bad_usage(kNull);
  const Model& of = *model->model;
  const tmc::image::Image& image = of.image();
  const tmc::image::Header& header = image.header();
  return copy_known({.struct_bytes = 0,
                     .name = image.name(header.model_name),
                     .target = image.name(header.target_name),
                     .inputs = image.inputs().count,
                     .outputs = image.outputs().count,
                     .weights = image.constants().count,
                     .steps = image.steps().count,
                     .image_bytes = header.file_bytes,
                     .weight_bytes = image.constants_bytes(),
                     .arena_bytes = of.arena_bytes(),
                     .state_bytes = tmc::image::state_bytes(image)},
                    info);
}

tinymlc_status tinymlc_input_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor) {
  if (any_null(model, tensor)) return bad_usage(kNull);
  return describe(model, model->model->inputs(), index, tensor);
}

tinymlc_status tinymlc_output_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor) {
  if (any_null(model, tensor)) return bad_usage(kNull);
  return describe(model, model->model->outputs(), index, tensor);
}

tinymlc_status tinymlc_weight_at(const tinymlc_model* model, uint32_t index, tinymlc_weight* weight) {
  if (any_null(model, weight)) return bad_usage(kNull);
  const tmc::image::Image& image = model->model->image();
  if (index >= image.constants().count) return bad_usage(kNoIndex);
  describe(image, index, weight);
  return TINYMLC_OK;
}

tinymlc_status tinymlc_find_weight(const tinymlc_model* model, const char* name, tinymlc_weight* weight) {
  if (any_null(model, weight) || any_null(name)) return bad_usage(kNull);
  const tmc::image::Image& image = model->model->image();
  for (uint32_t i = 0; i < image.constants().count; ++i) {
    if (std::string_view(name) != image.name(image.constants()[i].name)) continue;
    describe(image, i, weight);
    return TINYMLC_OK;
  }
  return failed(TINYMLC_NOT_FOUND, "the image has no constant of this name");
}

}  // extern "C"
