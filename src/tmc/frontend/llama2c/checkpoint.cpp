// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/llama2c/checkpoint.hpp"

#include <cstring>

namespace tmc::frontend::llama2c {
namespace {

using Weight = DecoderWeight;

constexpr size_t kNumbers = 7;  // of a header
constexpr size_t kLegacyHeaderBytes = kNumbers * sizeof(int32_t), kHeaderBytes = 256;
constexpr uint32_t kMark = 0x616b3432;
constexpr size_t kVersionAt = 4, kNumbersAt = 8, kSharedAt = 36, kGroupAt = 37;

constexpr Weight kLegacyOrder[] = {
    Weight::kEmbedding, Weight::kAttentionNorm, Weight::kQuery, Weight::kKey, Weight::kValue,    Weight::kProjection,
    Weight::kFeedNorm,  Weight::kGate,          Weight::kDown,  Weight::kUp,  Weight::kFinalNorm};
constexpr Weight kOrder[] = {Weight::kAttentionNorm, Weight::kFeedNorm, Weight::kFinalNorm, Weight::kEmbedding,
                             Weight::kQuery,         Weight::kKey,      Weight::kValue,     Weight::kProjection,
                             Weight::kGate,          Weight::kDown,     Weight::kUp};

bool is_norm(Weight weight) {
  return weight == Weight::kAttentionNorm || weight == Weight::kFeedNorm || weight == Weight::kFinalNorm;
}

bool has_mark(std::span<const std::byte> file) {
  uint32_t mark = 0;
  if (file.size() < kVersionAt) return false;
  std::memcpy(&mark, file.data(), sizeof mark);
  return mark == kMark;
}

}  // namespace

int32_t Checkpoint::integer(size_t at) const {
  int32_t value = 0;
  std::memcpy(&value, file_.data() + at, sizeof value);
  return value;
}

Status Checkpoint::read_header() {
  const bool is_marked = has_mark(file_);
  header_bytes_ = is_marked ? kHeaderBytes : kLegacyHeaderBytes;
  if (file_.size() < header_bytes_) return error(Error::kMalformed, "the header of the checkpoint is cut off");
  version_ = is_marked ? integer(kVersionAt) : 0;
  if (is_marked && version_ != 1 && version_ != 2) {
    return error(Error::kMalformed, "it is of version {} of llama2.c's checkpoints", version_)
        .with_hint("export it with version 1 (float) or 2 (int8)");
  }
  const size_t first = is_marked ? kNumbersAt : 0;
  const auto number = [&](size_t index) { return int64_t{integer(first + index * sizeof(int32_t))}; };
  shape_.width = number(0);
  shape_.hidden = number(1);
  shape_.layers = number(2);
  shape_.heads = number(3);
  shape_.kv_heads = number(4);
  shape_.vocabulary = is_marked ? number(5) : std::abs(number(5));
  shape_.positions = number(6);
  shape_.has_own_classifier = is_marked ? file_[kSharedAt] == std::byte{0} : number(5) < 0;
  if (version_ == 2) group_ = integer(kGroupAt);
  return check_decoder(shape_);
}

Status Checkpoint::place_weights() {
  size_t at = header_bytes_;
  const auto place = [&](Weight weight) -> Status {
    const int64_t elements = shape_of(weight, shape_).elements();
    const int64_t layers = is_of_each_layer(weight) ? shape_.layers : 1;
    Place& to = places_[weight];
    to.is_quantized = version_ == 2 && !is_norm(weight);
    if (to.is_quantized && (group_ < 1 || elements % group_ != 0)) {
      return error(Error::kMalformed, "groups of {} do not divide {} weights", group_, elements);
    }
    const auto floats = static_cast<size_t>(to.is_quantized ? elements / group_ : elements);
    to.begin = at;
    to.bytes_each = floats * sizeof(float) + (to.is_quantized ? static_cast<size_t>(elements) : 0);
    at += to.bytes_each * static_cast<size_t>(layers);
    return {};
  };
  for (const Weight weight : version_ == 0 ? std::span(kLegacyOrder) : std::span(kOrder)) TMC_TRY(place(weight));
  // Cosines and sines of all positions.
  if (version_ == 0) at += static_cast<size_t>(shape_.positions * shape_.size()) * sizeof(float);
  if (shape_.has_own_classifier) TMC_TRY(place(Weight::kClassifier));
  if (at == file_.size()) return {};
  return error(Error::kMalformed, "the checkpoint has {} bytes, its header asks for {}", file_.size(), at)
      .with_hint("copy the file again: it may be cut off");
}

Result<Checkpoint> Checkpoint::read(std::span<const std::byte> file) {
  Checkpoint checkpoint(file);
  TMC_TRY(checkpoint.read_header());
  TMC_TRY(checkpoint.place_weights());
  return checkpoint;
}

std::vector<float> Checkpoint::weight(Weight weight, int64_t layer) const {
  const Place& place = places_.at(weight);
  const auto elements = static_cast<size_t>(shape_of(weight, shape_).elements());
  const std::byte* from = file_.data() + place.begin + place.bytes_each * static_cast<size_t>(layer);
  std::vector<float> values(elements);
  if (!place.is_quantized) {
    std::memcpy(values.data(), from, elements * sizeof(float));
    return values;
  }
  const auto group = static_cast<size_t>(group_);
  for (size_t i = 0; i < elements; ++i) {
    float scale = 0;
    std::memcpy(&scale, from + elements + i / group * sizeof scale, sizeof scale);
    values[i] = static_cast<float>(static_cast<int8_t>(from[i])) * scale;
  }
  return values;
}

bool is_checkpoint(std::span<const std::byte> file) {
  return has_mark(file) || Checkpoint::read(file).ok();
}

}  // namespace tmc::frontend::llama2c
