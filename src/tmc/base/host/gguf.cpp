// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/gguf.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

#include "tmc/base/shape.hpp"

namespace tmc {
namespace {

using json::Value;

constexpr std::string_view kMagic = "GGUF";
constexpr size_t kMostRank = 4;
constexpr size_t kMostMembers = 1 << 16;
constexpr size_t kMostElements = 1 << 22;  // of all arrays: each takes more memory than in the file
constexpr int64_t kUsualAlignment = 32, kMostAlignment = 1 << 16;

enum ValueType : uint32_t { kU8, kI8, kU16, kI16, kU32, kI32, kF32, kBool, kText, kArray, kU64, kI64, kF64 };

class Reader {
 public:
  explicit Reader(std::span<const std::byte> file) : file_(file) {}

  Result<GgufFile> read() {
    at_ = kMagic.size();
    TMC_ASSIGN(const auto version, take<uint32_t>());
    if (version != 2 && version != 3) {
      return error(Error::kMalformed, "it is of version {} of GGUF, 2 and 3 are read", version)
          .with_hint("convert the model again with a newer tool, for little-endian machines");
    }
    TMC_ASSIGN(const auto tensors, take<uint64_t>());
    TMC_ASSIGN(const auto members, take<uint64_t>());
    if (tensors > kMostMembers || members > kMostMembers) {
      return error(Error::kMalformed, "it has {} tensors and {} members, {} of each are the most", tensors, members,
                   kMostMembers);
    }
    GgufFile read;
    TMC_TRY(read_members(members, read.metadata));
    for (uint64_t i = 0; i < tensors; ++i) TMC_TRY(read_tensor(read));
    TMC_TRY(find_data(read));
    return read;
  }

 private:
  size_t left() const { return file_.size() - at_; }
  Status cut_off() const { return error(Error::kMalformed, "it is cut off at byte {}", at_); }

  template <typename T>
  Result<T> take() {
    if (left() < sizeof(T)) return cut_off();
    T value;
    std::memcpy(&value, file_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  Result<std::string> take_text() {
    TMC_ASSIGN(const auto bytes, take<uint64_t>());
    if (bytes > left()) return cut_off();
    const auto* begin = reinterpret_cast<const char*>(file_.data() + at_);
    at_ += static_cast<size_t>(bytes);
    return std::string(begin, static_cast<size_t>(bytes));
  }

  template <typename T>
  Result<Value> take_value() {
    TMC_ASSIGN(const T number, take<T>());
    return Value(number);
  }

  Result<Value> take_value(uint32_t type) {
    switch (type) {
      case kU8:
        return take_value<uint8_t>();
      case kI8:
        return take_value<int8_t>();
      case kU16:
        return take_value<uint16_t>();
      case kI16:
        return take_value<int16_t>();
      case kU32:
        return take_value<uint32_t>();
      case kI32:
        return take_value<int32_t>();
      case kU64:
        return take_value<uint64_t>();
      case kI64:
        return take_value<int64_t>();
      case kF64:
        return take_value<double>();
      case kF32: {
        TMC_ASSIGN(const auto number, take<float>());
        return Value(static_cast<double>(number));
      }
      case kBool: {
        TMC_ASSIGN(const auto byte, take<uint8_t>());
        return Value(byte != 0);
      }
      case kText: {
        TMC_ASSIGN(std::string text, take_text());
        return Value(std::move(text));
      }
      case kArray:
        return take_array();
      default:
        return error(Error::kMalformed, "the value at byte {} has the type {}, which is none", at_, type);
    }
  }

  Result<Value> take_array() {
    TMC_ASSIGN(const auto type, take<uint32_t>());
    TMC_ASSIGN(const auto elements, take<uint64_t>());
    if (type == kArray) return error(Error::kMalformed, "at byte {} there are arrays in an array", at_);
    if (elements > left() || elements > kMostElements - elements_) {
      return error(Error::kMalformed, "the array at byte {} has {} elements", at_, elements);
    }
    elements_ += static_cast<size_t>(elements);
    Value::Array values;
    for (uint64_t i = 0; i < elements; ++i) {
      TMC_ASSIGN(values.emplace_back(), take_value(type));
    }
    return Value::array(std::move(values));
  }

  Status read_members(uint64_t count, Value& metadata) {
    metadata = Value::object();
    std::set<std::string> names;
    for (uint64_t i = 0; i < count; ++i) {
      TMC_ASSIGN(std::string name, take_text());
      TMC_ASSIGN(const auto type, take<uint32_t>());
      TMC_ASSIGN(Value value, take_value(type));
      if (!names.insert(name).second) return error(Error::kMalformed, "member '{}' is there twice", name);
      metadata.append(std::move(name), std::move(value));
    }
    return {};
  }

  Status read_tensor(GgufFile& to) {
    TMC_ASSIGN(const std::string name, take_text());
    TMC_ASSIGN(const auto rank, take<uint32_t>());
    if (rank > kMostRank) return error(Error::kMalformed, "tensor '{}' has a rank of {}", name, rank);
    GgufTensor tensor;
    Shape shape;
    for (uint32_t axis = 0; axis < rank; ++axis) {
      TMC_ASSIGN(const auto extent, take<int64_t>());
      tensor.extents.insert(tensor.extents.begin(), extent);
      shape.push_back(extent);
    }
    if (shape.elements() < 0) {
      return error(Error::kMalformed, "tensor '{}' has extents that are none, or too many elements", name);
    }
    TMC_ASSIGN(tensor.type, take<uint32_t>());
    TMC_ASSIGN(tensor.begin, take<uint64_t>());
    if (!to.tensors.emplace(name, tensor).second) return error(Error::kMalformed, "tensor '{}' is there twice", name);
    return {};
  }

  Status find_data(GgufFile& to) const {
    const Value& said = to.metadata["general.alignment"];
    const int64_t alignment = said.is_null() ? kUsualAlignment : said.as<int64_t>() ? *said.as<int64_t>() : 0;
    if (alignment < 1 || alignment > kMostAlignment || !std::has_single_bit(static_cast<uint64_t>(alignment))) {
      return error(Error::kMalformed, "its 'general.alignment' is {}", said.dump());
    }
    const auto step = static_cast<size_t>(alignment);
    const size_t begin = std::min((at_ + step - 1) / step * step, file_.size());
    to.data = file_.subspan(begin);
    for (const auto& [name, tensor] : to.tensors) {
      if (tensor.begin <= to.data.size() && tensor.begin % step == 0) continue;
      return error(Error::kMalformed, "tensor '{}' begins at {} of {} bytes, in steps of {}", name, tensor.begin,
                   to.data.size(), step);
    }
    return {};
  }

  std::span<const std::byte> file_;
  size_t at_ = 0, elements_ = 0;
};

}  // namespace

bool GgufFile::is(std::span<const std::byte> file) {
  const auto magic = std::as_bytes(std::span(kMagic));
  return file.size() >= magic.size() && std::ranges::equal(file.first(magic.size()), magic);
}

Result<GgufFile> GgufFile::parse(std::span<const std::byte> file) {
  if (!is(file)) return error(Error::kMalformed, "it does not begin as GGUF does");
  return Reader(file).read();
}

}  // namespace tmc
