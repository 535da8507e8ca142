// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::savedmodel {
namespace {

using Tensors = NodeContext::Tensors;

constexpr int64_t kMostParts = 4096;

// The extents of a shape, without that of an axis or with one before it.
std::vector<int64_t> extents_without(const Shape& shape, int axis) {
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.erase(extents.begin() + axis);
  return extents;
}
std::vector<int64_t> extents_with(const Shape& shape, int axis) {
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.insert(extents.begin() + axis, 1);
  return extents;
}

Status import_reshape(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> extents, context.constant_ints(1, "shape"));
  TMC_ASSIGN(const std::string result, context.reshaped(tensor, extents));
  return context.finish_as(result);
}

Status import_squeeze(NodeContext& context) {
  TMC_ASSIGN(Tensors operands, context.tensors());
  TMC_ASSIGN(const std::vector<int64_t> axes, context.integers("squeeze_dims"));
  if (!axes.empty()) {
    TMC_ASSIGN(operands.emplace_back(), context.append_integers(axes));
  }
  return context.finish("Squeeze", std::move(operands));
}

Status import_expand_dims(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const int axis, context.constant_axis(1, shape.rank() + 1));
  TMC_ASSIGN(const std::string result, context.reshaped(tensor, extents_with(shape, axis)));
  return context.finish_as(result);
}

Status import_transpose(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> perm, context.constant_ints(1, "permutation"));
  return context.finish("Transpose", {tensor}, {{"perm", std::move(perm)}});
}

Status concatenate(NodeContext& context, size_t axis_input, Tensors tensors) {
  if (tensors.empty()) return error(Error::kMalformed, "it joins nothing");
  TMC_ASSIGN(const ops::TensorType type, context.type_of(tensors.front()));
  TMC_ASSIGN(const int64_t axis, context.constant_axis(axis_input, type.shape.rank()));
  return context.finish("Concat", std::move(tensors), {{"axis", axis}});
}
Status import_concat_v2(NodeContext& context) {
  if (context.input_count() == 0) return error(Error::kMalformed, "it joins nothing");
  TMC_ASSIGN(Tensors tensors, context.tensors(0, 1));
  return concatenate(context, context.input_count() - 1, std::move(tensors));
}
Status import_concat(NodeContext& context) {
  TMC_ASSIGN(Tensors tensors, context.tensors(1));
  return concatenate(context, 0, std::move(tensors));
}

// The tensor in parts of these extents along an axis.
Result<Tensors> parts_of(NodeContext& context, const std::string& tensor, int axis, const std::vector<int64_t>& parts) {
  TMC_ASSIGN(const std::string extents, context.append_integers(parts));
  return context.append_many(parts.size(), "Split", {tensor, extents}, {{"axis", int64_t{axis}}});
}

Status import_split(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(1));
  TMC_ASSIGN(const Shape shape, context.shape(1));
  TMC_ASSIGN(const int axis, context.constant_axis(0, shape.rank()));
  TMC_ASSIGN(const int64_t count, context.integer("num_split", 0));
  if (count < 1 || count > kMostParts || shape[axis] % count != 0) {
    return error(Error::kMalformed, "{} parts do not make up extent {}", count, shape[axis]);
  }
  const std::vector<int64_t> parts(static_cast<size_t>(count), shape[axis] / count);
  TMC_ASSIGN(const Tensors results, parts_of(context, tensor, axis, parts));
  return context.finish_as(results);
}

// One of the extents may be open.
Status import_split_v(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(std::vector<int64_t> parts, context.constant_ints(1, "parts"));
  TMC_ASSIGN(const int axis, context.constant_axis(2, shape.rank()));
  int64_t left = shape[axis];
  for (const int64_t part : parts) {
    if (part < -1 || part > shape[axis]) return error(Error::kMalformed, "a part of it has extent {}", part);
    left -= std::max<int64_t>(part, 0);
  }
  std::ranges::replace(parts, int64_t{-1}, left);
  TMC_ASSIGN(const Tensors results, parts_of(context, tensor, axis, parts));
  return context.finish_as(results);
}

Status import_pack(NodeContext& context) {
  TMC_ASSIGN(Tensors tensors, context.tensors());
  TMC_ASSIGN(const int64_t given, context.integer("axis", 0));
  if (tensors.empty()) return error(Error::kMalformed, "it joins nothing");
  int64_t axis = 0;
  for (std::string& tensor : tensors) {
    TMC_ASSIGN(const ops::TensorType type, context.type_of(tensor));
    TMC_ASSIGN(axis, ops::normalize_axis(given, type.shape.rank() + 1));
    TMC_ASSIGN(tensor, context.reshaped(tensor, extents_with(type.shape, static_cast<int>(axis))));
  }
  return context.finish("Concat", std::move(tensors), {{"axis", axis}});
}

Status import_unpack(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const int64_t given, context.integer("axis", 0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  if (shape[axis] < 1 || shape[axis] > kMostParts) {
    return error(Error::kUnsupportedShape, "it takes {} parts", shape[axis]);
  }
  const std::vector<int64_t> ones(static_cast<size_t>(shape[axis]), 1);
  TMC_ASSIGN(Tensors parts, parts_of(context, tensor, axis, ones));
  for (std::string& part : parts) {
    TMC_ASSIGN(part, context.reshaped(part, extents_without(shape, axis)));
  }
  return context.finish_as(parts);
}

Status import_gather(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const std::string indices, context.input(1));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const int64_t batch_dims, context.integer("batch_dims", 0));
  if (batch_dims != 0) {
    return error(Error::kUnsupportedOp, "it reads {} axes of batches together", batch_dims)
        .with_hint("read with indices of one axis, or by a product with tf.one_hot");
  }
  int64_t axis = 0;
  if (context.input_count() > 2) {
    TMC_ASSIGN(axis, context.constant_axis(2, shape.rank()));
  }
  return context.finish("Gather", {tensor, indices}, {{"axis", axis}});
}

// The numbers along the new axis are compared with the index. ONNX's operator takes indices below zero to count from
// the end; here they are of no element.
Status import_one_hot(NodeContext& context) {
  TMC_ASSIGN(const Tensors operands, context.tensors());
  TMC_ASSIGN(const int64_t given, context.integer("axis", -1));
  if (operands.size() != 4) return error(Error::kMalformed, "it has {} operands, not four", operands.size());
  TMC_ASSIGN(const ops::TensorType type, context.type_of(operands[0]));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, type.shape.rank() + 1));
  TMC_ASSIGN(const int64_t depth, context.constant_int(1, "depth"));
  constexpr int64_t kMostDepth = 1 << 20;
  if (depth < 1 || depth > kMostDepth) return error(Error::kUnsupportedShape, "its depth is {}", depth);
  std::vector<int64_t> numbers(static_cast<size_t>(depth)), along(static_cast<size_t>(type.shape.rank() - axis + 1), 1);
  std::iota(numbers.begin(), numbers.end(), 0);
  along[0] = depth;
  TMC_ASSIGN(std::string numbered, context.append_integers(numbers));
  TMC_ASSIGN(numbered, context.as_dtype(numbered, type.dtype));
  TMC_ASSIGN(numbered, context.reshaped(numbered, along));
  TMC_ASSIGN(const std::string indices, context.reshaped(operands[0], extents_with(type.shape, axis)));
  TMC_ASSIGN(const std::string is_it, context.append("Equal", {indices, numbered}));
  return context.finish("Where", {is_it, operands[2], operands[3]});
}

}  // namespace

std::span<const Importer> shape_operators() {
  static constexpr Importer kOperators[] = {
      {"Concat", import_concat},          {"ConcatV2", import_concat_v2},
      {"ExpandDims", import_expand_dims}, {"Gather", import_gather},
      {"GatherNd", nullptr, "GatherND"},  {"GatherV2", import_gather},
      {"OneHot", import_one_hot},         {"Pack", import_pack},
      {"Reshape", import_reshape},        {"Split", import_split},
      {"SplitV", import_split_v},         {"Squeeze", import_squeeze},
      {"Tile", nullptr, "Tile"},          {"Transpose", import_transpose},
      {"Unpack", import_unpack},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
