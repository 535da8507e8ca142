// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/npy.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/number.hpp"
#include "tmc/base/host/texts.hpp"

namespace tmc {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kHeaderAlign = 64;

struct TypeName {
  std::string_view descr;
  DType dtype;
};
// One-byte types have no byte order.
constexpr TypeName kTypes[] = {{"<f4", DType::kF32}, {"<f2", DType::kF16}, {"<f8", DType::kF64}, {"|i1", DType::kI8},
                               {"|u1", DType::kU8},  {"<i2", DType::kI16}, {"<u2", DType::kU16}, {"<i4", DType::kI32},
                               {"<u4", DType::kU32}, {"<i8", DType::kI64}, {"<u8", DType::kU64}, {"|b1", DType::kBool}};

Status malformed(const char* what) {
  return error(Error::kMalformed, "not a .npy array: {}", what);
}

// The text of `key`'s value in the header's dictionary literal, up to the end of the header.
Result<std::string_view> value_of(std::string_view header, std::string_view key) {
  for (const char quote : {'\'', '"'}) {
    const std::string quoted = fmt::format("{0}{1}{0}", quote, key);
    const size_t at = header.find(quoted);
    if (at == std::string_view::npos) continue;
    std::string_view rest = header.substr(at + quoted.size());
    const size_t value = rest.find_first_not_of(": ");
    if (value == std::string_view::npos || rest.find(':') >= value) break;
    return rest.substr(value);
  }
  return error(Error::kMalformed, "not a .npy array: no '{}' in its header", key);
}

// Texts are elements with one more axis, of bytes or of code points.
struct Elements {
  DType dtype;
  int64_t text_width = 0;  // 0: no texts
};

Result<Elements> parse_descr(std::string_view value) {
  if (value.empty() || (value[0] != '\'' && value[0] != '"')) {
    return error(Error::kBadInput, "the array's elements are records").with_hint("save plain numbers");
  }
  const std::string_view descr = value.substr(1, value.find(value[0], 1) - 1);
  for (const TypeName& type : kTypes) {
    if (descr == type.descr) return Elements{type.dtype};
  }
  int64_t width = 0;
  const bool is_text = descr.starts_with("|S") || descr.starts_with("<U");
  if (is_text && parse_number(descr.substr(2), width) && width > 0) {
    return Elements{descr[1] == 'S' ? DType::kU8 : DType::kU32, width};
  }
  return error(Error::kBadInput, "the array's dtype '{}' is not taken", descr)
      .with_hint("save little-endian integers or floats, as with array.astype('<f4')");
}

Result<Shape> parse_shape(std::string_view value) {
  if (value.empty() || value[0] != '(') return malformed("its shape is no tuple");
  const size_t close = value.find(')');
  if (close == std::string_view::npos) return malformed("its shape does not end");
  Shape shape;
  const char* at = value.data() + 1;
  const char* end = value.data() + close;
  while (at < end) {
    if (*at == ' ' || *at == ',') {
      ++at;
      continue;
    }
    int64_t extent = 0;
    const auto [next, failure] = std::from_chars(at, end, extent);
    if (failure != std::errc() || extent < 0) return malformed("its shape has a bad extent");
    if (extent == 0) return error(Error::kBadInput, "the array has no elements");
    if (!shape.push_back(extent)) return error(Error::kBadInput, "the array's rank is above {}", Shape::kMaxRank);
    at = next;
  }
  return shape;
}

// Offset and length of the header's dictionary.
struct HeaderPlace {
  size_t begin, bytes;
};

Result<HeaderPlace> find_header(std::string_view file) {
  if (!file.starts_with(kMagic) || file.size() < 12) return malformed("wrong magic number");
  const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<unsigned char>(file[i])); };
  const size_t version = byte(6);
  if (version < 1 || version > 3) return malformed("unknown format version");
  HeaderPlace place{version == 1 ? size_t{10} : size_t{12}, byte(8) | byte(9) << 8};
  if (version > 1) place.bytes |= byte(10) << 16 | byte(11) << 24;
  if (place.bytes > file.size() - place.begin) return malformed("its header is truncated");
  return place;
}

std::string shape_text(const Shape& shape) {
  std::string text;
  for (const int64_t extent : shape) text += (text.empty() ? "" : ", ") + std::to_string(extent);
  return "(" + text + (shape.rank() == 1 ? ",)" : ")");  // a tuple of one needs its comma
}

std::string_view descr_of(DType dtype) {
  for (const TypeName& type : kTypes) {
    if (type.dtype == dtype) return type.descr;
  }
  return "<V2";  // bf16: NumPy has no name for it
}

// UTF-8, as wide as the longest text is.
Result<NpyArray> texts_of_code_points(Shape shape, std::span<const std::byte> data) {
  std::vector<std::string> texts(static_cast<size_t>(shape.elements(0, shape.rank() - 1)));
  size_t widest = 1;
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::byte* from = data.data() + i * static_cast<size_t>(shape.back()) * sizeof(uint32_t);
    for (int64_t at = 0; at < shape.back(); ++at, from += sizeof(uint32_t)) {
      uint32_t code = 0;
      std::memcpy(&code, from, sizeof code);
      if (!append_utf8(code, texts[i])) return malformed("a text holds what is no code point");
    }
    texts[i].resize(texts[i].find_last_not_of('\0') + 1);
    widest = std::max(widest, texts[i].size());
  }
  shape[shape.rank() - 1] = static_cast<int64_t>(widest);
  return NpyArray{DType::kU8, shape, padded_texts(texts, widest), true};
}

}  // namespace

Result<NpyHeader> parse_npy_header(std::span<const std::byte> beginning, uint64_t file_bytes) {
  const std::string_view text(reinterpret_cast<const char*>(beginning.data()), beginning.size());
  TMC_ASSIGN(const HeaderPlace place, find_header(text));
  const std::string_view dictionary = text.substr(place.begin, place.bytes);
  NpyHeader header;
  TMC_ASSIGN(const std::string_view order, value_of(dictionary, "fortran_order"));
  if (!order.starts_with("False")) {
    return error(Error::kBadInput, "the array is column-major").with_hint("save numpy.ascontiguousarray(array)");
  }
  TMC_ASSIGN(const std::string_view descr, value_of(dictionary, "descr"));
  TMC_ASSIGN(const Elements elements_are, parse_descr(descr));
  header.dtype = elements_are.dtype;
  header.text = elements_are.text_width > 0;
  TMC_ASSIGN(const std::string_view shape, value_of(dictionary, "shape"));
  TMC_ASSIGN(header.shape, parse_shape(shape));
  if (header.text && !header.shape.push_back(elements_are.text_width)) {
    return error(Error::kBadInput, "the array's rank is above {}", Shape::kMaxRank - 1);
  }
  header.data_offset = place.begin + place.bytes;
  const uint64_t data_bytes = file_bytes - header.data_offset;
  const int64_t elements = header.shape.elements();
  if (elements < 0 || static_cast<uint64_t>(elements) * dtype_bytes(header.dtype) != data_bytes) {
    return error(Error::kMalformed, "not a .npy array: it holds {} bytes of data, its shape {} says otherwise",
                 data_bytes, shape_text(header.shape))
        .with_hint("save or copy the file again");
  }
  return header;
}

Result<NpyArray> parse_npy(std::span<const std::byte> file) {
  TMC_ASSIGN(const NpyHeader header, parse_npy_header(file, file.size()));
  const auto data = file.subspan(header.data_offset);
  if (header.text && header.dtype == DType::kU32) return texts_of_code_points(header.shape, data);
  if (header.text) return NpyArray{DType::kU8, header.shape, {data.begin(), data.end()}, true};
  return NpyArray{header.dtype, header.shape, {data.begin(), data.end()}};
}

std::string to_npy(const NpyArray& array) {
  Shape shape = array.shape;
  std::string descr(descr_of(array.dtype));
  if (array.text) {
    descr = fmt::format("|S{}", shape.back());
    shape = {};
    for (int axis = 0; axis + 1 < array.shape.rank(); ++axis) shape.push_back(array.shape[axis]);
  }
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", descr, shape_text(shape));
  const size_t unpadded = kMagic.size() + 4 + header.size() + 1;
  header.append((kHeaderAlign - unpadded % kHeaderAlign) % kHeaderAlign, ' ');
  header += '\n';
  std::string file(kMagic);
  file += '\x01';
  file += '\0';
  file += static_cast<char>(header.size() & 0xff);
  file += static_cast<char>(header.size() >> 8);
  file += header;
  file.append(reinterpret_cast<const char*>(array.bytes.data()), array.bytes.size());
  return file;
}

Result<NpyArray> load_npy(const std::filesystem::path& path) {
  TMC_ASSIGN(const std::string file, read_file(path));
  auto array = parse_npy(std::as_bytes(std::span(file)));
  if (!array.ok()) return std::move(array).status().in_file(path.string());
  return array;
}

Status save_npy(const std::filesystem::path& path, const NpyArray& array) {
  return write_file(path, to_npy(array));
}

}  // namespace tmc
