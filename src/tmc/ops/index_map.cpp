// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/index_map.hpp"

#include <cstring>

namespace tmc::ops {
namespace {

int64_t stride_of(const Shape& shape, int axis) {
  return shape.elements(axis + 1, shape.rank());
}

bool is_alike(const IndexRun& a, const IndexRun& b) {
  return a.levels[0].count == b.levels[0].count && a.levels[0].step == b.levels[0].step;
}

std::vector<IndexRun> equal_steps(std::span<const int64_t> indices) {
  std::vector<IndexRun> runs;
  for (size_t i = 0; i < indices.size();) {
    const int64_t step = i + 1 < indices.size() ? indices[i + 1] - indices[i] : 0;
    size_t end = i + 1;
    while (end < indices.size() && indices[end] - indices[end - 1] == step) ++end;
    runs.push_back({static_cast<int64_t>(i), indices[i], {{static_cast<int64_t>(end - i), step}}});
    i = end;
  }
  return runs;
}

int64_t elements_of(const Box& box) {
  int64_t elements = 1;
  for (const MovedAxis& axis : box.axes) elements *= axis.extent;
  return elements;
}

// Calls move(from, to) for every element that the axes from `depth` on reach.
template <typename Move>
void for_each_element(const Box& box, size_t depth, int64_t from, int64_t to, const Move& move) {
  if (depth == box.axes.size()) return move(from, to);
  const MovedAxis& axis = box.axes[depth];
  for (int64_t i = 0; i < axis.extent; ++i) {
    for_each_element(box, depth + 1, from + i * axis.input_stride, to + i * axis.output_stride, move);
  }
}

}  // namespace

std::vector<IndexRun> runs_of(std::span<const int64_t> indices) {
  const std::vector<IndexRun> runs = equal_steps(indices);
  std::vector<IndexRun> result;
  for (size_t i = 0; i < runs.size();) {
    const int64_t step = i + 1 < runs.size() ? runs[i + 1].first - runs[i].first : 0;
    size_t end = i + 1;
    while (end < runs.size() && is_alike(runs[i], runs[end]) && runs[end].first - runs[end - 1].first == step) ++end;
    result.push_back(runs[i]);
    if (end - i > 1) result.back().levels.insert(result.back().levels.begin(), {static_cast<int64_t>(end - i), step});
    i = end;
  }
  return result;
}

Result<IndexMap> read_by_axis(const Shape& input, const Shape& shape, std::span<const std::vector<IndexRun>> axes) {
  if (shape.elements() < 0) return error(Error::kUnsupportedShape, "its result is too large");
  IndexMap map{shape, {Box{}}};
  for (int axis = 0; axis < input.rank(); ++axis) {
    const std::vector<IndexRun>& runs = axes[static_cast<size_t>(axis)];
    if (map.boxes.size() * runs.size() > kMostBoxes) {
      return error(Error::kUnsupportedShape, "it reads more than {} separate pieces", kMostBoxes)
          .with_hint("read fewer elements, or along one axis at a time");
    }
    std::vector<Box> boxes;
    for (const Box& outer : map.boxes) {
      for (const IndexRun& run : runs) {
        Box& box = boxes.emplace_back(outer);
        box.from += run.first * stride_of(input, axis);
        box.to += run.to * stride_of(shape, axis);
        int64_t places = 1;
        for (const IndexRun::Level& level : run.levels) places *= level.count;
        for (const IndexRun::Level& level : run.levels) {
          places /= level.count > 0 ? level.count : 1;
          box.axes.push_back({level.count, level.step * stride_of(input, axis), places * stride_of(shape, axis)});
        }
      }
    }
    map.boxes = std::move(boxes);
  }
  return map;
}

IndexMap read_in_order(const Shape& shape, std::span<const StridedAxis> axes) {
  Box box;
  int64_t output_stride = shape.elements();
  for (const StridedAxis& axis : axes) {
    output_stride /= axis.extent > 0 ? axis.extent : 1;
    box.axes.push_back({axis.extent, axis.stride, output_stride});
  }
  return {shape, {std::move(box)}};
}

IndexMap permuting(const Shape& shape, std::span<const int64_t> perm) {
  Shape out;
  std::vector<StridedAxis> axes;
  for (const int64_t axis : perm) {
    const auto from = static_cast<int>(axis);
    out.push_back(shape[from]);
    axes.push_back({shape[from], stride_of(shape, from)});
  }
  return read_in_order(out, axes);
}

std::vector<MovedAxis> merged(const std::vector<MovedAxis>& axes) {
  std::vector<MovedAxis> result;
  for (const MovedAxis& axis : axes) {
    if (axis.extent == 1) continue;
    const bool continues = !result.empty() && result.back().input_stride == axis.input_stride * axis.extent &&
                           result.back().output_stride == axis.output_stride * axis.extent;
    if (continues) {
      result.back() = {result.back().extent * axis.extent, axis.input_stride, axis.output_stride};
    } else {
      result.push_back(axis);
    }
  }
  return result;
}

bool is_identity(const IndexMap& map, const Shape& input) {
  if (map.boxes.size() != 1 || map.shape.elements() != input.elements() || !covers_all(map)) return false;
  const std::vector<MovedAxis> axes = merged(map.boxes[0].axes);
  return axes.empty() || (axes.size() == 1 && axes[0].input_stride == 1);
}

bool covers_all(const IndexMap& map) {
  int64_t covered = 0;
  for (const Box& box : map.boxes) covered += elements_of(box);
  return covered == map.shape.elements();
}

std::vector<std::byte> moved(const IndexMap& map, std::span<const std::span<const std::byte>> inputs,
                             size_t element_bytes) {
  std::vector<std::byte> output(static_cast<size_t>(map.shape.elements()) * element_bytes);
  for (Box box : map.boxes) {
    box.axes = merged(box.axes);
    const bool in_rows = !box.axes.empty() && box.axes.back().input_stride == 1 && box.axes.back().output_stride == 1;
    size_t row_bytes = element_bytes;
    if (in_rows) {
      row_bytes *= static_cast<size_t>(box.axes.back().extent);
      box.axes.pop_back();
    }
    const std::byte* const input = inputs[box.input].data();
    if (elements_of(box) == 0 || row_bytes == 0) continue;
    for_each_element(box, 0, box.from, box.to, [&](int64_t from, int64_t to) {
      std::memcpy(output.data() + to * static_cast<int64_t>(element_bytes),
                  input + from * static_cast<int64_t>(element_bytes), row_bytes);
    });
  }
  return output;
}

}  // namespace tmc::ops
