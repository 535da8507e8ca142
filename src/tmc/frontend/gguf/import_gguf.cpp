// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/import_gguf.hpp"

#include <algorithm>

#include "tmc/base/host/gguf.hpp"
#include "tmc/frontend/gguf/architecture.hpp"

namespace tmc::frontend {
namespace {

using namespace gguf;  // NOLINT(google-build-using-namespace): what this file puts together

struct ElementType {
  uint32_t number;  // of GGML
  std::string_view name;
  ElementFormat format;
};
constexpr ElementType kTypes[] = {{0, "F32", ElementFormat::kF32},
                                  {1, "F16", ElementFormat::kF16},
                                  {2, "Q4_0", ElementFormat::kQ4},
                                  {8, "Q8_0", ElementFormat::kQ8},
                                  {30, "BF16", ElementFormat::kBF16}};
// That people have most of the others in.
constexpr std::pair<uint32_t, std::string_view> kOtherTypes[] = {
    {3, "Q4_1"},  {6, "Q5_0"},  {7, "Q5_1"},  {10, "Q2_K"},   {11, "Q3_K"}, {12, "Q4_K"},
    {13, "Q5_K"}, {14, "Q6_K"}, {15, "Q8_K"}, {20, "IQ4_NL"}, {24, "I8"},   {28, "F64"}};

std::string type_name(uint32_t number) {
  const auto* known = std::ranges::find(kTypes, number, &ElementType::number);
  if (known != std::end(kTypes)) return std::string(known->name);
  for (const auto& [other, name] : kOtherTypes) {
    if (other == number) return std::string(name);
  }
  return fmt::format("type {}", number);
}

bool is_blocked(ElementFormat format) {
  return format == ElementFormat::kQ8 || format == ElementFormat::kQ4;
}

// A tensor whose bytes lie within the file; those of types that are not read have none.
Result<NamedTensor> tensor_of(const std::string& name, const GgufTensor& tensor, std::span<const std::byte> data) {
  NamedTensor read{.shape = {}, .bytes = {}, .format = {}, .type = type_name(tensor.type), .file = "the file"};
  for (const int64_t extent : tensor.extents) read.shape.push_back(extent);
  const auto* known = std::ranges::find(kTypes, tensor.type, &ElementType::number);
  if (known == std::end(kTypes)) return read;
  read.format = known->format;
  const int64_t row = read.shape.rank() > 0 ? read.shape.back() : 1;
  if (is_blocked(known->format) && row % kBlockElements != 0) {
    return error(Error::kMalformed, "tensor '{}' has rows of {} elements, {} is of blocks of {}", name, row,
                 known->name, kBlockElements);
  }
  const auto bytes = static_cast<size_t>(bytes_of(known->format, read.shape.elements()));
  if (bytes > data.size() - tensor.begin) {
    return error(Error::kMalformed, "tensor '{}' takes {} bytes from {} on, there are {}", name, bytes, tensor.begin,
                 data.size());
  }
  read.bytes = data.subspan(tensor.begin, bytes);
  return read;
}

Result<NamedTensors> tensors_in(const GgufFile& file) {
  NamedTensors tensors;
  Reasons reasons;
  for (const auto& [name, tensor] : file.tensors) {
    auto read = tensor_of(name, tensor, file.data);
    if (read.ok()) {
      tensors.emplace(name, std::move(*read));
    } else {
      reasons.add(read.status());
    }
  }
  TMC_TRY(reasons.status(Error::kMalformed));
  std::vector<const std::pair<const std::string, NamedTensor>*> in_order;
  for (const auto& one : tensors) {
    if (!one.second.bytes.empty()) in_order.push_back(&one);
  }
  std::ranges::sort(in_order, {}, [](const auto* one) { return one->second.bytes.data(); });
  for (size_t i = 1; i < in_order.size(); ++i) {
    const auto& before = in_order[i - 1]->second.bytes;
    if (before.data() + before.size() <= in_order[i]->second.bytes.data()) continue;
    reasons.add("tensors '{}' and '{}' overlap", in_order[i - 1]->first, in_order[i]->first);
  }
  TMC_TRY(reasons.status(Error::kMalformed));
  return tensors;
}

Result<const Architecture*> architecture_of(const json::Value& metadata) {
  const auto* name = metadata["general.architecture"].as<std::string>();
  if (name == nullptr) return error(Error::kMalformed, "it has no 'general.architecture'");
  std::string known;
  for (const Architecture& one : architectures()) {
    if (one.name == *name) return &one;
    known += (known.empty() ? "" : ", ") + std::string(one.name);
  }
  return error(Error::kUnsupportedOp, "the architecture '{}' is not supported", *name)
      .with_hint("decoders are read of " + known);
}

}  // namespace

bool is_gguf(std::span<const std::byte> file) {
  return GgufFile::is(file);
}

Result<ir::Graph> import_gguf(std::span<const std::byte> bytes, const ImportOptions& options) {
  TMC_ASSIGN(const GgufFile file, GgufFile::parse(bytes));
  TMC_ASSIGN(const Architecture* architecture, architecture_of(file.metadata));
  TMC_ASSIGN(const NamedTensors tensors, tensors_in(file));
  Settings metadata(file.metadata);
  const DecoderShape shape = architecture->shape_of(metadata, tensors);
  TMC_TRY(metadata.status());
  TMC_TRY(check_decoder(shape));
  Reasons reasons;
  check_tensors(
      tensors, shape, architecture->place_of, [](std::string_view) { return false; }, reasons);
  TMC_TRY(reasons.status(Error::kMalformed));
  return decoder_graph(shape, weights_of(tensors, shape, architecture->place_of), StreamOptions::of(options));
}

}  // namespace tmc::frontend
