// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/importers.hpp"

namespace tmc::frontend::savedmodel {
namespace {

using List = Value::List;

constexpr int64_t kMostElements = 4096;  // setting one copies the list

void finish_list(NodeContext& context, List list) {
  context.finish_value({Value::Kind::kList, {}, std::make_shared<const List>(std::move(list))});
}

Result<List> list_of(NodeContext& context) {
  if (context.input_count() > 0 && context.inputs().front().kind == Value::Kind::kList) {
    return *context.inputs().front().list;
  }
  return error(Error::kMalformed, "its first input is no list");
}

Status check_count(int64_t count) {
  if (count >= 0 && count <= kMostElements) return {};
  return error(Error::kUnsupportedShape, "its list has {} elements; {} are supported", count, kMostElements);
}

// The number of an element of the list.
Result<size_t> index_of(NodeContext& context, const List& list) {
  TMC_ASSIGN(const int64_t index, context.constant_int(1, "index"));
  if (index >= 0 && index < std::ssize(list)) return static_cast<size_t>(index);
  return error(Error::kMalformed, "element {} is outside its list of {}", index, list.size());
}

Status import_reserve(NodeContext& context) {
  TMC_ASSIGN(const int64_t count, context.constant_int(1, "number of elements"));
  TMC_TRY(check_count(count));
  finish_list(context, List(static_cast<size_t>(count)));
  return {};
}

Status import_empty(NodeContext& context) {
  finish_list(context, {});
  return {};
}

Status import_from_tensor(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  if (shape.rank() == 0) return error(Error::kMalformed, "a scalar has no elements");
  TMC_TRY(check_count(shape[0]));
  List list;
  for (int64_t i = 0; i < shape[0]; ++i) {
    TMC_ASSIGN(const std::string index, context.append_scalar(static_cast<double>(i), DType::kI64));
    TMC_ASSIGN(list.emplace_back(), context.append("Gather", {tensor, index}, {{"axis", int64_t{0}}}));
  }
  finish_list(context, std::move(list));
  return {};
}

Status import_get(NodeContext& context) {
  TMC_ASSIGN(const List list, list_of(context));
  TMC_ASSIGN(const size_t index, index_of(context, list));
  if (!list[index].empty()) return context.finish_as(list[index]);
  return error(Error::kUnsupportedOp, "it reads element {} of a list, which was not set", index);
}

Status import_set(NodeContext& context) {
  TMC_ASSIGN(List list, list_of(context));
  TMC_ASSIGN(const int64_t index, context.constant_int(1, "index"));
  TMC_ASSIGN(const bool resizes, context.truth("resize_if_index_out_of_bounds", false));
  if (resizes && index >= std::ssize(list)) {
    TMC_TRY(check_count(index + (index < kMostElements ? 1 : 0)));
    list.resize(static_cast<size_t>(index) + 1);
  }
  TMC_ASSIGN(const size_t at, index_of(context, list));
  TMC_ASSIGN(list[at], context.input(2));
  finish_list(context, std::move(list));
  return {};
}

Status import_push_back(NodeContext& context) {
  TMC_ASSIGN(List list, list_of(context));
  TMC_TRY(check_count(std::ssize(list) + 1));
  TMC_ASSIGN(list.emplace_back(), context.input(1));
  finish_list(context, std::move(list));
  return {};
}

Status import_length(NodeContext& context) {
  TMC_ASSIGN(const List list, list_of(context));
  TMC_ASSIGN(const std::string length, context.append_scalar(static_cast<double>(list.size()), DType::kI32));
  return context.finish_as(length);
}

Status import_stack(NodeContext& context) {
  TMC_ASSIGN(const List list, list_of(context));
  NodeContext::Tensors elements;
  for (const std::string& element : list) {
    if (element.empty()) {
      return error(Error::kUnsupportedOp, "it stacks a list of {}, of which one was not set", list.size());
    }
    TMC_ASSIGN(const ops::TensorType type, context.type_of(element));
    std::vector<int64_t> extents = {1};
    extents.insert(extents.end(), type.shape.begin(), type.shape.end());
    TMC_ASSIGN(elements.emplace_back(), context.reshaped(element, extents));
  }
  if (elements.empty()) return error(Error::kUnsupportedShape, "it stacks an empty list");
  return context.finish("Concat", std::move(elements), {{"axis", int64_t{0}}});
}

}  // namespace

std::span<const Importer> lists_operators() {
  static constexpr Importer kOperators[] = {
      {"EmptyTensorList", import_empty},        {"TensorListFromTensor", import_from_tensor},
      {"TensorListGetItem", import_get},        {"TensorListLength", import_length},
      {"TensorListPushBack", import_push_back}, {"TensorListReserve", import_reserve},
      {"TensorListSetItem", import_set},        {"TensorListStack", import_stack},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
