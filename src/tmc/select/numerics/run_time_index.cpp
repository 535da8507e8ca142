// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/run_time_index.hpp"

#include <algorithm>

#include "tmc/kernels/contract/lookup.hpp"
#include "tmc/kernels/contract/scatter.hpp"
#include "tmc/select/numerics/cumulate.hpp"

namespace tmc::select {
namespace {

int64_t stride_of(const Shape& shape, int axis) {
  return shape.elements(axis + 1, shape.rank());
}

// Without axes of extent 1, and neighbours joined that are one run of both tensors.
std::vector<IndexedAxis> joined(const std::vector<IndexedAxis>& axes) {
  std::vector<IndexedAxis> left;
  for (const IndexedAxis& axis : axes) {
    if (axis.extent == 1) continue;
    IndexedAxis* last = left.empty() ? nullptr : &left.back();
    if (last != nullptr && last->data_stride == axis.extent * axis.data_stride &&
        last->index_stride == axis.extent * axis.index_stride) {
      *last = {last->extent * axis.extent, axis.data_stride, axis.index_stride};
    } else {
      left.push_back(axis);
    }
  }
  return left;
}

// Fills the common params. kUnsupportedShape where the kernel's axes or indices do not suffice.
template <typename Params>
Status set_indexed_axes(Params& p, int32_t (&data_strides)[6], const Shape& data, const IndexedAxes& indexed) {
  constexpr size_t kMost = 6;
  const std::vector<IndexedAxis> axes = joined(indexed.axes);
  if (axes.size() > kMost || indexed.count > static_cast<int>(kMost)) {
    return error(Error::kUnsupportedShape, "reads along {} runs of axes at {} indices, the kernel takes {} of each",
                 axes.size(), indexed.count, kMost)
        .with_hint("reshape the operands so that they have fewer axes");
  }
  std::ranges::fill(p.extents, 1);
  std::ranges::fill(p.depths, 1);
  for (size_t i = 0; i < axes.size(); ++i) {
    const size_t at = kMost - axes.size() + i;
    p.extents[at] = static_cast<int32_t>(axes[i].extent);
    data_strides[at] = static_cast<int32_t>(axes[i].data_stride);
    p.index_strides[at] = static_cast<int32_t>(axes[i].index_stride);
  }
  p.looked_up = indexed.count;
  for (int i = 0; i < indexed.count; ++i) {
    p.depths[i] = static_cast<int32_t>(data[indexed.first + i]);
    p.depth_strides[i] = static_cast<int32_t>(stride_of(data, indexed.first + i));
  }
  return {};
}

kernels::ScatterReduction reduction_of(const std::string& name) {
  using kernels::ScatterReduction;
  if (name == "add") return ScatterReduction::kAdd;
  if (name == "mul") return ScatterReduction::kMul;
  if (name == "min") return ScatterReduction::kMin;
  return name == "max" ? ScatterReduction::kMax : ScatterReduction::kReplace;
}

}  // namespace

IndexedAxes along_axis(const Shape& data, const Shape& indices, int axis) {
  IndexedAxes out{{}, axis, 1};
  for (int i = 0; i < axis; ++i) out.axes.push_back({data[i], stride_of(data, i), 0});
  for (int i = 0; i < indices.rank(); ++i) out.axes.push_back({indices[i], 0, stride_of(indices, i)});
  for (int i = axis + 1; i < data.rank(); ++i) out.axes.push_back({data[i], stride_of(data, i), 0});
  return out;
}

IndexedAxes of_elements(const Shape& data, const Shape& indices, int axis) {
  IndexedAxes out{{}, axis, 1};
  for (int i = 0; i < data.rank(); ++i) {
    out.axes.push_back({indices[i], i == axis ? 0 : stride_of(data, i), stride_of(indices, i)});
  }
  return out;
}

IndexedAxes of_groups(const Shape& data, const Shape& indices, int batch_dims) {
  IndexedAxes out{{}, batch_dims, static_cast<int>(indices.back())};
  for (int i = 0; i + 1 < indices.rank(); ++i) {
    out.axes.push_back({indices[i], i < batch_dims ? stride_of(data, i) : 0, stride_of(indices, i)});
  }
  for (int i = batch_dims + out.count; i < data.rank(); ++i) out.axes.push_back({data[i], stride_of(data, i), 0});
  return out;
}

Status emit_lookup(Lowering& lowering, const IndexedAxes& axes) {
  kernels::Lookup::Params p{};
  p.elements = static_cast<int32_t>(lowering.input(0).type.shape.elements());
  TMC_TRY(set_indexed_axes(p, p.data_strides, lowering.input(0).type.shape, axes));
  p.element_bytes = element_bytes(lowering.output());
  p.indices_dtype = static_cast<int32_t>(lowering.input(1).type.dtype);
  TMC_TRY(
      lowering.emit<kernels::Lookup>(p, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()}));
  return follow_quantization(lowering);
}

Status emit_scatter(Lowering& lowering, const IndexedAxes& axes, const std::string& reduction) {
  const ir::Value& data = lowering.input(0);
  for (const ir::Value* value : {&lowering.input(2), &lowering.output()}) {
    if (value->quantization == data.quantization && (data.quantization.empty() || reduction == "none")) continue;
    return error(Error::kUnsupportedType, "'{}' and '{}' are quantised in different ways, or are not only moved",
                 data.name, value->name)
        .with_hint("dequantise them first");
  }
  if (reduction != "none") TMC_TRY(check_numbers(data));
  kernels::Scatter::Params p{};
  p.elements = static_cast<int32_t>(data.type.shape.elements());
  TMC_TRY(set_indexed_axes(p, p.output_strides, data.type.shape, axes));
  p.element_bytes = element_bytes(data);
  p.element_dtype = static_cast<int32_t>(data.type.dtype);
  p.indices_dtype = static_cast<int32_t>(lowering.input(1).type.dtype);
  p.reduction = static_cast<int32_t>(reduction_of(reduction));
  return lowering.emit<kernels::Scatter>(p, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)},
                                         {lowering.output_ref()});
}

}  // namespace tmc::select
