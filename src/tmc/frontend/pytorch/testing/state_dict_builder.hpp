// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Builds files as torch.save writes them, right ones and wrong ones: a pickle, opcode by opcode, and a zip archive.

#include <bit>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "tmc/frontend/pytorch/bytes.hpp"

namespace tmc::frontend::pytorch {

inline FileBytes as_file(const std::string& content) {
  return std::as_bytes(std::span(content));
}

template <typename T>
std::string little_endian(T value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

// Each call appends; the whole is `text`.
struct PickleBuilder {
  std::string text = std::string("\x80\x02", 2);

  PickleBuilder& raw(const std::string& bytes) {
    text += bytes;
    return *this;
  }
  PickleBuilder& word(const std::string& value) {
    return raw("X" + little_endian(static_cast<uint32_t>(value.size())) + value);
  }
  PickleBuilder& integer(int32_t value) { return raw("J" + little_endian(value)); }
  PickleBuilder& real(double value) {
    return raw("G" + little_endian(__builtin_bswap64(std::bit_cast<uint64_t>(value))));
  }
  PickleBuilder& global(const std::string& module, const std::string& name) {
    return raw("c" + module + "\n" + name + "\n");
  }
  PickleBuilder& integers(const std::vector<int32_t>& values) {
    raw("(");
    for (const int32_t value : values) integer(value);
    return raw("t");
  }
  // The tensor's storage, offset, extents and strides.
  PickleBuilder& elements(const std::string& type, const std::string& key, const std::vector<int32_t>& shape) {
    std::vector<int32_t> strides(shape.size(), 1);
    for (size_t axis = shape.size(); axis-- > 1;)
      strides[axis - 1] = static_cast<int32_t>(int64_t{strides[axis]} * shape[axis]);
    raw("(").word("storage").global("torch", type).word(key).word("cpu").integer(1).raw("tQ");
    return integer(0).integers(shape).integers(strides);
  }
  PickleBuilder& tensor(const std::string& type, const std::string& key, const std::vector<int32_t>& shape) {
    global("torch._utils", "_rebuild_tensor_v2").raw("(").elements(type, key, shape);
    return raw("\x89").global("collections", "OrderedDict").raw(")RtR");
  }
  PickleBuilder& quantized(const std::string& key, const std::vector<int32_t>& shape, double scale, int32_t zero_point,
                           const std::string& type = "QInt8Storage") {
    global("torch._utils", "_rebuild_qtensor").raw("(").elements(type, key, shape);
    raw("(").global("torch", "per_tensor_affine").real(scale).integer(zero_point).raw("t");
    return raw("\x89").global("collections", "OrderedDict").raw(")RtR");
  }
  PickleBuilder& begin() { return global("collections", "OrderedDict").raw(")R("); }
  std::string end() const { return text + "u."; }
};

using ArchiveEntries = std::vector<std::pair<std::string, std::string>>;

inline uint32_t zip_checksum(const std::string& bytes) {
  uint32_t value = 0xFFFFFFFF;
  for (const char byte : bytes) {
    value ^= static_cast<uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320 : 0);
  }
  return ~value;
}

// Stored entries; `method` is what the directory says of them.
inline std::string archive_of(const ArchiveEntries& entries, uint16_t method = 0) {
  const auto half = [](size_t value) { return little_endian(static_cast<uint16_t>(value)); };
  const auto whole = [](size_t value) { return little_endian(static_cast<uint32_t>(value)); };
  std::string file, directory;
  for (const auto& [name, content] : entries) {
    const std::string common = half(20) + half(0) + half(method) + half(0) + half(0) + whole(zip_checksum(content)) +
                               whole(content.size()) + whole(content.size()) + half(name.size()) + half(0);
    directory += "PK\x01\x02" + half(20) + common + half(0) + half(0) + half(0) + whole(0) + whole(file.size()) + name;
    file += "PK\x03\x04" + common + name + content;
  }
  return file + directory + "PK\x05\x06" + half(0) + half(0) + half(entries.size()) + half(entries.size()) +
         whole(directory.size()) + whole(file.size()) + half(0);
}

// A layer "fc" of two outputs and two inputs after static quantisation, with its input's stub.
inline PickleBuilder small_state_pickle() {
  PickleBuilder p;
  p.begin();
  p.word("quant.scale").tensor("FloatStorage", "0", {1}).word("quant.zero_point").tensor("LongStorage", "1", {1});
  p.word("fc.scale").real(0.25).word("fc.zero_point").integer(100);
  p.word("fc._packed_params.dtype").global("torch", "qint8");
  p.word("fc._packed_params._packed_params")
      .quantized("2", {2, 2}, 0.125, 0)
      .tensor("FloatStorage", "3", {2})
      .raw("\x86");
  return p;
}

inline ArchiveEntries small_state_entries(const std::string& pickle) {
  return {{"m/data.pkl", pickle},
          {"m/data/0", little_endian(0.5F)},
          {"m/data/1", little_endian(int64_t{128})},
          {"m/data/2", std::string("\x01\x02\xFD\x04", 4)},
          {"m/data/3", little_endian(0.5F) + little_endian(-1.0F)}};
}

inline std::string small_state_file() {
  return archive_of(small_state_entries(small_state_pickle().end()));
}

}  // namespace tmc::frontend::pytorch
