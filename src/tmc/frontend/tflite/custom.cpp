// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/custom.hpp"

#include <flatbuffers/flexbuffers.h>

#include "tmc/frontend/common/custom.hpp"
#include "tmc/frontend/tflite/custom_options.hpp"

namespace tmc::frontend::tflite {
namespace {

constexpr std::string_view kPrefix = "custom:";
constexpr size_t kMostInAList = 4096;

template <typename List>
FileAttribute read_list(const List& list) {
  FileAttribute read{{}, false, true};
  for (size_t i = 0; i < list.size() && i < kMostInAList; ++i) {
    read.is_real = read.is_real || list[i].IsFloat();
    read.numbers.push_back(list[i].AsDouble());
  }
  return read;
}

Result<FileAttribute> read_attribute(const std::string& name, const flexbuffers::Reference& value) {
  if (value.IsTypedVector()) return read_list(value.AsTypedVector());
  if (value.IsFixedTypedVector()) return read_list(value.AsFixedTypedVector());
  if (value.IsUntypedVector()) return read_list(value.AsVector());
  if (value.IsNumeric() || value.IsBool()) return FileAttribute{{value.AsDouble()}, value.IsFloat(), false};
  return error(Error::kUnsupportedType, "its option '{}' is neither a number nor a list of numbers", name);
}

// Converters write options as a map of flexbuffers.
Result<FileAttributes> read_options(const schema::Operator& op) {
  FileAttributes attributes;
  if (op.custom_options() == nullptr || op.custom_options()->size() == 0) return attributes;
  TMC_ASSIGN(const CustomOptions options,
             CustomOptions::read({op.custom_options()->data(), op.custom_options()->size()}));
  const flexbuffers::Map map = flexbuffers::GetRoot(options.bytes()).AsMap();
  for (size_t i = 0; i < map.size(); ++i) {
    const std::string name = map.Keys()[i].AsKey();
    TMC_ASSIGN(attributes[name], read_attribute(name, map.Values()[i]));
  }
  return attributes;
}

}  // namespace

std::vector<std::shared_ptr<const custom::Operator>> custom_operators(std::string_view name,
                                                                      const custom::Operators* operators) {
  if (operators == nullptr || !name.starts_with(kPrefix)) return {};
  return operators->of_tflite(name.substr(kPrefix.size()));
}

Status import_custom(ImportContext& context) {
  TMC_ASSIGN(const FileAttributes attributes, read_options(context.file_operator()));
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.optional_input(i));
  }
  ops::Custom node;
  const auto candidates = custom_operators(context.operator_name(), context.custom());
  TMC_ASSIGN([[maybe_unused]] const auto op,
             choose_custom(candidates, context.graph(), inputs, context.output_count(), attributes, node));
  return context.finish_all(std::move(node), std::move(inputs));
}

}  // namespace tmc::frontend::tflite
