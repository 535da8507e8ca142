// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "tmc/frontend/common/blocks.hpp"
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::savedmodel {
namespace {

constexpr int64_t kFirst = std::numeric_limits<int64_t>::min();
constexpr int64_t kLast = std::numeric_limits<int64_t>::max();

// What is read along axes, as operands of ONNX's Slice.
struct Cut {
  std::vector<int64_t> begins, ends, axes, steps;

  void add(int64_t axis, int64_t begin, int64_t end, int64_t step) {
    begins.push_back(begin);
    ends.push_back(end);
    axes.push_back(axis);
    steps.push_back(step);
  }
};

Result<std::string> sliced(NodeContext& context, const std::string& tensor, const Cut& cut) {
  if (cut.axes.empty()) return tensor;
  NodeContext::Tensors operands = {tensor};
  for (const auto* numbers : {&cut.begins, &cut.ends, &cut.axes, &cut.steps}) {
    TMC_ASSIGN(operands.emplace_back(), context.append_integers(*numbers));
  }
  return context.append("Slice", std::move(operands));
}

Status import_slice(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::vector<int64_t> begins, context.constant_ints(1, "begin"));
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(2, "size"));
  if (std::ssize(begins) != shape.rank() || sizes.size() != begins.size()) {
    return error(Error::kMalformed, "it has {} beginnings and {} sizes for rank {}", begins.size(), sizes.size(),
                 shape.rank());
  }
  Cut cut;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const int64_t begin = begins[static_cast<size_t>(axis)], size = sizes[static_cast<size_t>(axis)];
    if (begin < 0 || begin > shape[axis] || size < -1 || size > shape[axis] - begin) {
      return error(Error::kMalformed, "it reads {} elements from {} on of extent {}", size, begin, shape[axis]);
    }
    cut.add(axis, begin, size < 0 ? kLast : begin + size, 1);
  }
  TMC_ASSIGN(const std::string result, sliced(context, tensor, cut));
  return context.finish_as(result);
}

// The entries of an index in brackets, x[1:, ..., None, 0], of which masks say what each is.
class StridedSlice {
 public:
  explicit StridedSlice(NodeContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(const std::string tensor, context_.input(0));
    TMC_ASSIGN(shape_, context_.shape(0));
    TMC_ASSIGN(begins_, context_.constant_ints(1, "begin"));
    TMC_ASSIGN(ends_, context_.constant_ints(2, "end"));
    TMC_ASSIGN(steps_, context_.constant_ints(3, "strides"));
    const auto count = std::ssize(begins_);
    constexpr int64_t kMostEntries = 32;  // bits of a mask
    if (ends_.size() != begins_.size() || steps_.size() != begins_.size() || count > kMostEntries) {
      return error(Error::kMalformed, "it has {} beginnings, {} ends and {} strides", count, ends_.size(),
                   steps_.size());
    }
    TMC_ASSIGN(begin_mask_, context_.integer("begin_mask", 0));
    TMC_ASSIGN(end_mask_, context_.integer("end_mask", 0));
    TMC_ASSIGN(ellipsis_mask_, context_.integer("ellipsis_mask", 0));
    TMC_ASSIGN(new_mask_, context_.integer("new_axis_mask", 0));
    TMC_ASSIGN(shrink_mask_, context_.integer("shrink_axis_mask", 0));
    TMC_TRY(read_entries());
    TMC_ASSIGN(const std::string cut, sliced(context_, tensor, cut_));
    TMC_ASSIGN(const ops::TensorType type, context_.type_of(cut));
    std::vector<int64_t> extents;
    for (const int axis : result_) extents.push_back(axis < 0 ? 1 : type.shape[axis]);
    if (std::ranges::equal(extents, type.shape)) return context_.finish_as(cut);
    TMC_ASSIGN(const std::string result, context_.reshaped(cut, extents));
    return context_.finish_as(result);
  }

 private:
  static bool has(int64_t mask, size_t entry) { return ((mask >> entry) & 1) != 0; }

  Status read_entries() {
    int64_t own = 0;  // entries that take an axis of the tensor each
    for (size_t i = 0; i < begins_.size(); ++i) own += has(ellipsis_mask_ | new_mask_, i) ? 0 : 1;
    int axis = 0;
    bool is_whole = false;
    for (size_t i = 0; i < begins_.size(); ++i) {
      if (has(ellipsis_mask_, i)) {
        if (std::exchange(is_whole, true)) return error(Error::kMalformed, "it has two ellipses");
        for (int64_t rest = shape_.rank() - own; rest > 0; --rest) result_.push_back(axis++);
      } else if (has(new_mask_, i)) {
        result_.push_back(-1);
      } else {
        if (axis >= shape_.rank()) return error(Error::kMalformed, "it has entries for more axes than there are");
        TMC_TRY(read_entry(i, axis++));
      }
    }
    while (axis < shape_.rank()) result_.push_back(axis++);
    return {};
  }

  Status read_entry(size_t i, int axis) {
    const int64_t extent = shape_[axis];
    if (has(shrink_mask_, i)) {
      const int64_t index = begins_[i] < 0 ? begins_[i] + extent : begins_[i];
      if (index < 0 || index >= extent) {
        return error(Error::kMalformed, "index {} is outside extent {}", begins_[i], extent);
      }
      cut_.add(axis, index, index + 1, 1);
      return {};
    }
    const int64_t step = steps_[i];
    const int64_t begin = has(begin_mask_, i) ? (step < 0 ? kLast : 0) : begins_[i];
    const int64_t end = has(end_mask_, i) ? (step < 0 ? kFirst : kLast) : ends_[i];
    if (begin != 0 || end != kLast || step != 1) cut_.add(axis, begin, end, step);
    result_.push_back(axis);
    return {};
  }

  NodeContext& context_;
  Shape shape_;
  std::vector<int64_t> begins_, ends_, steps_;
  int64_t begin_mask_ = 0, end_mask_ = 0, ellipsis_mask_ = 0, new_mask_ = 0, shrink_mask_ = 0;
  Cut cut_;
  std::vector<int> result_;  // the axes of the result: those of the tensor, or -1 for a new one
};

Status import_strided_slice(NodeContext& context) {
  return StridedSlice(context).run();
}

Status import_reverse(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::vector<int64_t> axes, context.constant_ints(1, "axes"));
  Cut cut;
  for (const int64_t given : axes) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
    cut.add(axis, kLast, kFirst, -1);
  }
  TMC_ASSIGN(const std::string result, sliced(context, tensor, cut));
  return context.finish_as(result);
}

// Pads [rank, 2] as those before every axis, then those behind.
Result<std::vector<int64_t>> read_pads(NodeContext& context, int rank) {
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(1, "pads"));
  if (std::ssize(pairs) != 2 * int64_t{rank}) {
    return error(Error::kMalformed, "it has {} pads for rank {}", pairs.size(), rank);
  }
  std::vector<int64_t> pads;
  for (const size_t end : {size_t{0}, size_t{1}}) {
    for (size_t i = end; i < pairs.size(); i += 2) {
      if (pairs[i] < 0) return error(Error::kMalformed, "it pads by {}", pairs[i]);
      pads.push_back(pairs[i]);
    }
  }
  return pads;
}

Status import_pad(NodeContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(NodeContext::Tensors operands, context.tensors());
  TMC_ASSIGN(const std::vector<int64_t> pads, read_pads(context, shape.rank()));
  TMC_ASSIGN(operands[1], context.append_integers(pads));
  return context.finish("Pad", std::move(operands));
}

Status import_mirror_pad(NodeContext& context) {
  TMC_ASSIGN(std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::vector<int64_t> pads, read_pads(context, shape.rank()));
  TMC_ASSIGN(const std::string given, context.text("mode", "REFLECT"));
  const std::string mode = given == "SYMMETRIC" ? "symmetric" : "reflect";
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const int64_t before = pads[static_cast<size_t>(axis)], behind = pads[static_cast<size_t>(axis + shape.rank())];
    if (before == 0 && behind == 0) continue;
    TMC_ASSIGN(const std::vector<int64_t> places,
               extended_indices(context.steps().budget(), mode, shape[axis], before, behind));
    TMC_ASSIGN(const std::string indices, context.append_integers(places));
    TMC_ASSIGN(tensor, context.append("Gather", {tensor, indices}, {{"axis", int64_t{axis}}}));
  }
  return context.finish_as(tensor);
}

Result<Blocks> read_blocks(NodeContext& context, const char* around) {
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(std::vector<int64_t> sizes, context.constant_ints(1, "block sizes"));
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(2, around));
  return make_blocks(std::move(sizes), pairs, shape, around);
}

Result<std::string> moved(NodeContext& context, const std::string& tensor, const BlockMove& move) {
  TMC_ASSIGN(const std::string cut, context.reshaped(tensor, move.cut));
  TMC_ASSIGN(const std::string places, context.transposed(cut, move.perm));
  return context.reshaped(places, move.result);
}

Status import_space_to_batch(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, "pads"));
  const auto rank = static_cast<size_t>(shape.rank());
  std::vector<int64_t> pads(2 * rank, 0);
  std::ranges::copy(blocks.before, pads.begin() + 1);
  std::ranges::copy(blocks.behind, pads.begin() + static_cast<std::ptrdiff_t>(rank) + 1);
  TMC_ASSIGN(const std::string counts, context.append_integers(pads));
  TMC_ASSIGN(const std::string padded, context.append("Pad", {tensor, counts}));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(padded));
  TMC_ASSIGN(const BlockMove move, blocks_to_batches(blocks, type.shape));
  TMC_ASSIGN(const std::string result, moved(context, padded, move));
  return context.finish_as(result);
}

Status import_batch_to_space(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const Blocks blocks, read_blocks(context, "crops"));
  TMC_ASSIGN(const BlockMove move, batches_to_blocks(blocks, shape));
  TMC_ASSIGN(const std::string whole, moved(context, tensor, move));
  Cut cut;
  for (size_t i = 0; i < blocks.sizes.size(); ++i) {
    cut.add(static_cast<int64_t>(i) + 1, blocks.before[i], move.result[i + 1] - blocks.behind[i], 1);
  }
  TMC_ASSIGN(const std::string result, sliced(context, whole, cut));
  return context.finish_as(result);
}

}  // namespace

std::span<const Importer> slicing_operators() {
  static constexpr Importer kOperators[] = {
      {"BatchToSpaceND", import_batch_to_space},
      {"MirrorPad", import_mirror_pad},
      {"Pad", import_pad},
      {"PadV2", import_pad},
      {"ReverseV2", import_reverse},
      {"Slice", import_slice},
      {"SpaceToBatchND", import_space_to_batch},
      {"StridedSlice", import_strided_slice},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
