// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/huggingface/safetensors.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/base/host/json_reader.hpp"

namespace tmc::frontend::huggingface {
namespace {

using json::Value;

constexpr size_t kLengthBytes = 8;
constexpr uint64_t kMostHeaderBytes = 100'000'000;  // the format's own limit
constexpr std::string_view kMetadata = "__metadata__";

struct ElementType {
  std::string_view name;
  int64_t bytes;
  std::optional<ElementFormat> format;
};
constexpr ElementType kTypes[] = {
    {"F32", 4, ElementFormat::kF32}, {"F16", 2, ElementFormat::kF16}, {"BF16", 2, ElementFormat::kBF16},
    {"F64", 8, std::nullopt},        {"I64", 8, std::nullopt},        {"U64", 8, std::nullopt},
    {"I32", 4, std::nullopt},        {"U32", 4, std::nullopt},        {"I16", 2, std::nullopt},
    {"U16", 2, std::nullopt},        {"I8", 1, std::nullopt},         {"U8", 1, std::nullopt},
    {"BOOL", 1, std::nullopt},       {"F8_E4M3", 1, std::nullopt},    {"F8_E5M2", 1, std::nullopt},
    {"F8_E8M0", 1, std::nullopt}};

uint64_t header_bytes(std::span<const std::byte> file) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, file.data(), sizeof bytes);
  return bytes;
}

class Reader {
 public:
  Reader(std::span<const std::byte> data, const std::string& file_name, NamedTensors& tensors)
      : data_(data), file_name_(file_name), tensors_(tensors) {}

  Status read(const Value& header) {
    const auto* members = header.as<Value::Object>();
    if (members == nullptr) return error(Error::kMalformed, "its header is no object");
    bool has_metadata = false;
    for (const auto& [name, entry] : *members) {
      if (name != kMetadata) {
        add(name, entry);
      } else if (std::exchange(has_metadata, true)) {
        reasons_.add("'{}' is there twice", name);
      }
    }
    check_places();
    return reasons_.status(Error::kMalformed);
  }

 private:
  struct Place {
    uint64_t begin, end;
    std::string_view name;
  };

  void add(const std::string& name, const Value& entry) {
    const std::string type = entry["dtype"].as<std::string>() ? *entry["dtype"].as<std::string>() : "";
    const auto* known = std::ranges::find(kTypes, type, &ElementType::name);
    if (known == std::end(kTypes)) return reasons_.add("tensor '{}' has the type '{}', which is none", name, type);
    std::vector<int64_t> extents, offsets;
    if (!json::read(entry["shape"], extents) || !json::read(entry["data_offsets"], offsets) || offsets.size() != 2) {
      return reasons_.add("tensor '{}' has no shape or no place", name);
    }
    Shape shape;
    for (const int64_t extent : extents) {
      if (!shape.push_back(extent)) return reasons_.add("tensor '{}' has a rank of {}", name, extents.size());
    }
    const int64_t elements = shape.elements(), begin = offsets[0], end = offsets[1];
    if (elements < 0) return reasons_.add("tensor '{}' has extents that are none, or too many elements", name);
    if (begin < 0 || begin > end || static_cast<uint64_t>(end) > data_.size()) {
      return reasons_.add("tensor '{}' lies from {} to {} of {} bytes", name, begin, end, data_.size());
    }
    if (end - begin != elements * known->bytes) {
      return reasons_.add("tensor '{}' has {} bytes, {} elements of {} take {}", name, end - begin, elements, type,
                          elements * known->bytes);
    }
    const auto bytes = data_.subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    const auto [at, is_new] = tensors_.try_emplace(name, NamedTensor{shape, bytes, known->format, type, file_name_});
    if (!is_new) return reasons_.add("tensor '{}' is there twice", name);
    places_.push_back({static_cast<uint64_t>(begin), static_cast<uint64_t>(end), at->first});
  }

  // Where all tensors have a place: whether one lies behind the other.
  void check_places() {
    if (!reasons_.empty()) return;
    std::ranges::sort(
        places_, [](const Place& a, const Place& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    uint64_t at = 0;
    for (const Place& place : places_) {
      if (place.begin != at) {
        reasons_.add("tensor '{}' begins at {}, the one before it ends at {}", place.name, place.begin, at);
      }
      at = std::max(at, place.end);
    }
    if (at != data_.size()) reasons_.add("the tensors end at {} of {} bytes", at, data_.size());
  }

  std::span<const std::byte> data_;
  const std::string& file_name_;
  NamedTensors& tensors_;
  std::vector<Place> places_;
  Reasons reasons_;
};

}  // namespace

bool is_safetensors(std::span<const std::byte> file) {
  return file.size() > kLengthBytes && file[kLengthBytes] == std::byte{'{'} && header_bytes(file) <= kMostHeaderBytes;
}

Status read_safetensors(std::span<const std::byte> file, const std::string& file_name, NamedTensors& tensors) {
  if (file.size() < kLengthBytes) return error(Error::kMalformed, "it has {} bytes", file.size());
  const uint64_t header = header_bytes(file);
  const uint64_t left = file.size() - kLengthBytes;
  if (header > left || header > kMostHeaderBytes) {
    return error(Error::kMalformed, "its header has {} bytes, {} are left, and {} are the most", header, left,
                 kMostHeaderBytes)
        .with_hint("copy the file again: it may be cut off");
  }
  const auto text = file.subspan(kLengthBytes, static_cast<size_t>(header));
  TMC_ASSIGN(const Value value, json::parse({reinterpret_cast<const char*>(text.data()), text.size()}));
  return Reader(file.subspan(kLengthBytes + static_cast<size_t>(header)), file_name, tensors).read(value);
}

}  // namespace tmc::frontend::huggingface
