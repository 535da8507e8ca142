// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/element.hpp"
#include "tmc/base/host/texts.hpp"
#include "tmc/frontend/onnx/labels.hpp"

#include <numeric>

namespace tmc::frontend::onnx_format {

namespace {

// Of the tensor that newer files have.
Result<LabelList> read_label_tensor(ImportContext& context, const ::onnx::TensorProto& tensor) {
  TMC_ASSIGN(const FileTensor found, context.read_tensor(tensor));
  LabelList list;
  const Constant& constant = *found.constant;
  const DType dtype = constant.type.dtype;
  if (found.text) {
    list.strings.assign(tensor.string_data().begin(), tensor.string_data().end());
  } else if (dtype == DType::kF32) {
    list.reals = constant.data.to_vector<float>();
  } else if (dtype == DType::kI64) {
    list.integers = constant.data.to_vector<int64_t>();
  } else if (dtype == DType::kI32 || dtype == DType::kI16) {
    list.dtype = dtype;
    const std::byte* from = constant.data.bytes().data();
    for (int64_t i = 0; i < constant.type.shape.elements(); ++i, from += dtype_bytes(dtype)) {
      list.integers.push_back(static_cast<int64_t>(load_element(dtype, from)));
    }
  } else {
    return error(Error::kUnsupportedType, "a list of it is of {}, not int16, int32, int64, float32 or strings",
                 dtype_name(dtype));
  }
  return list;
}

// From the attribute of any type, or from a tensor.
Result<LabelList> read_label_list(ImportContext& context, const std::string& role) {
  const Attributes attributes = context.attributes();
  if (const auto* tensor = attributes.find(role + "_tensor")) return read_label_tensor(context, tensor->t());
  LabelList list;
  TMC_ASSIGN(list.integers, attributes.integers(role + "_int64s"));
  TMC_ASSIGN(list.reals, attributes.reals(role + "_floats"));
  TMC_ASSIGN(list.strings, attributes.texts(role + "_strings"));
  const int types = (list.integers.empty() ? 0 : 1) + (list.is_real() ? 1 : 0) + (list.is_text() ? 1 : 0);
  if (types == 1) return list;
  return error(Error::kMalformed, "its {} are of {} types", role, types);
}

// What is not in the table becomes this.
Result<LabelList> read_label_default(ImportContext& context, const LabelList& values) {
  const Attributes attributes = context.attributes();
  LabelList one;
  if (const auto* tensor = attributes.find("default_tensor")) {
    TMC_ASSIGN(one, read_label_tensor(context, tensor->t()));
  } else if (values.is_text()) {
    TMC_ASSIGN(const std::string value, attributes.text("default_string", "_Unused"));
    one.strings = {value};
  } else if (values.is_real()) {
    TMC_ASSIGN(const double value, attributes.real("default_float", -0.0));
    one.reals = {static_cast<float>(value)};
  } else {
    TMC_ASSIGN(const int64_t value, attributes.integer("default_int64", -1));
    one.integers = {value};
  }
  return one;
}

// As the first opset had it: a list of names, each of which stands for its place.
Status import_class_names(ImportContext& context, const std::vector<std::string>& names) {
  std::vector<int64_t> numbers(names.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  TMC_ASSIGN(const int64_t unknown_number, context.attributes().integer("default_int64", -1));
  TMC_ASSIGN(const std::string unknown_name, context.attributes().text("default_string", "_Unused"));
  return finish_labelled(context, table_of_names(context, names, numbers, unknown_number, unknown_name));
}

}  // namespace

// Each element that is a key as the value of that key, any other as the default.
Status import_ml_label_encoder(ImportContext& context) {
  TMC_ASSIGN(const std::vector<std::string> names, context.attributes().texts("classes_strings"));
  if (!names.empty()) return import_class_names(context, names);
  LabelTable table;
  TMC_ASSIGN(table.keys, read_label_list(context, "keys"));
  TMC_ASSIGN(table.values, read_label_list(context, "values"));
  TMC_ASSIGN(table.otherwise, read_label_default(context, table.values));
  return finish_labelled(context, table);
}

}  // namespace tmc::frontend::onnx_format
