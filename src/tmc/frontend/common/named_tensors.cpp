// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/named_tensors.hpp"

#include <fmt/ranges.h>

#include <cstring>

#include "tmc/base/host/element.hpp"

namespace tmc::frontend {
namespace {

constexpr int64_t kHalfBytes = 2;

float half_at(const std::byte* from) {
  return static_cast<float>(load_element(DType::kF16, from));
}

void read_block_of_8(const std::byte* from, float* to) {
  const float scale = half_at(from);
  for (int64_t i = 0; i < kBlockElements; ++i)
    to[i] = scale * static_cast<float>(static_cast<int8_t>(from[kHalfBytes + i]));
}

void read_block_of_4(const std::byte* from, float* to) {
  const float scale = half_at(from);
  for (int64_t i = 0; i < kBlockElements / 2; ++i) {
    const int both = std::to_integer<int>(from[kHalfBytes + i]);
    to[i] = scale * static_cast<float>((both & 15) - 8);
    to[i + kBlockElements / 2] = scale * static_cast<float>((both >> 4) - 8);
  }
}

Shape shape_in_file(const DecoderTensor& tensor, const DecoderShape& shape, const TensorPlace& place) {
  Shape in_file = shape_of(tensor, shape);
  in_file[0] *= place.parts;
  if (place.inputs_first && in_file.rank() == 2) std::swap(in_file[0], in_file[1]);
  return in_file;
}

// The outputs of a part, first, of a matrix whose inputs are first.
std::vector<float> turned(const std::vector<float>& all, const Shape& wanted, const TensorPlace& place) {
  const auto outputs = static_cast<size_t>(wanted[0]), inputs = static_cast<size_t>(wanted[1]);
  const size_t first = static_cast<size_t>(place.part) * outputs, stride = outputs * static_cast<size_t>(place.parts);
  std::vector<float> values(outputs * inputs);
  for (size_t o = 0; o < outputs; ++o) {
    for (size_t i = 0; i < inputs; ++i) values[o * inputs + i] = all[i * stride + first + o];
  }
  return values;
}

}  // namespace

int64_t bytes_of(ElementFormat format, int64_t elements) {
  switch (format) {
    case ElementFormat::kF32:
      return elements * int64_t{sizeof(float)};
    case ElementFormat::kF16:
    case ElementFormat::kBF16:
      return elements * kHalfBytes;
    case ElementFormat::kQ8:
      return elements / kBlockElements * (kHalfBytes + kBlockElements);
    case ElementFormat::kQ4:
      return elements / kBlockElements * (kHalfBytes + kBlockElements / 2);
  }
  return 0;
}

std::vector<float> reals(ElementFormat format, std::span<const std::byte> bytes, int64_t elements) {
  std::vector<float> values(static_cast<size_t>(elements));
  if (format == ElementFormat::kF32) {
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
  }
  if (format == ElementFormat::kF16 || format == ElementFormat::kBF16) {
    const DType dtype = format == ElementFormat::kF16 ? DType::kF16 : DType::kBF16;
    for (size_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<float>(load_element(dtype, bytes.data() + i * kHalfBytes));
    }
    return values;
  }
  const auto block_bytes = static_cast<size_t>(bytes_of(format, kBlockElements));
  for (size_t block = 0; block * kBlockElements < values.size(); ++block) {
    const std::byte* from = bytes.data() + block * block_bytes;
    float* to = values.data() + block * kBlockElements;
    format == ElementFormat::kQ8 ? read_block_of_8(from, to) : read_block_of_4(from, to);
  }
  return values;
}

void check_tensors(const NamedTensors& tensors, const DecoderShape& shape, const PlaceOf& place_of,
                   const std::function<bool(const std::string& name)>& may_be_left, Reasons& reasons) {
  std::set<std::string> used;
  for (const DecoderTensor& tensor : tensors_of(shape)) {
    const TensorPlace place = place_of(tensor);
    const bool is_first = used.insert(place.name).second;
    const auto found = tensors.find(place.name);
    if (!is_first) continue;
    if (found == tensors.end()) {
      reasons.add("there is no tensor '{}'", place.name);
      continue;
    }
    const NamedTensor& there = found->second;
    const Shape wanted = shape_in_file(tensor, shape, place);
    if (there.shape != wanted) {
      reasons.add("tensor '{}' of {} has the shape [{}], the configuration asks for [{}]", place.name, there.file,
                  fmt::join(there.shape, ", "), fmt::join(wanted, ", "));
    } else if (!there.format) {
      reasons.add("tensor '{}' of {} has elements of {}, which are not read", place.name, there.file, there.type);
    }
  }
  for (const auto& [name, tensor] : tensors) {
    if (used.contains(name) || may_be_left(name)) continue;
    reasons.add("tensor '{}' of {} is none of the decoder that the configuration describes", name, tensor.file);
  }
}

DecoderWeights weights_of(const NamedTensors& tensors, const DecoderShape& shape, const PlaceOf& place_of) {
  return [&tensors, &shape, place_of](const DecoderTensor& tensor) -> Result<std::vector<float>> {
    const TensorPlace place = place_of(tensor);
    const NamedTensor& there = tensors.at(place.name);
    std::vector<float> all = reals(*there.format, there.bytes, there.shape.elements());
    const Shape wanted = shape_of(tensor, shape);
    if (place.inputs_first && wanted.rank() == 2) return turned(all, wanted, place);
    const auto first = all.begin() + static_cast<ptrdiff_t>(place.part * wanted.elements());
    if (place.parts > 1) return std::vector<float>(first, first + static_cast<ptrdiff_t>(wanted.elements()));
    return all;
  };
}

}  // namespace tmc::frontend
