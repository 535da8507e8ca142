// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arrays in NumPy's file formats: .npy (format versions 1 to 3, numpy.lib.format) and .npz (a zip of them). Dense,
// row-major, little-endian. Files are untrusted: sizes are checked before anything is allocated for them.
//
// Strings of NumPy are taken too: those of bytes ("S") as they are, those of code points ("U") as UTF-8. They are
// stored as the former.
//
// Errors: kNotFound and kIo for the file, kMalformed for what is no array, kBadInput with a hint for arrays of a kind
// that is not taken (other byte order, column-major, objects, zero-size, rank above Shape::kMaxRank).

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc {

struct NpyArray {
  DType dtype = DType::kF32;
  Shape shape;
  std::vector<std::byte> bytes;  // shape.elements() of dtype
  // Set: u8 [..., width], of which each row is a text in UTF-8, with zeros behind its last byte.
  bool text = false;
};

struct NpyHeader {
  DType dtype = DType::kF32;
  Shape shape;
  uint64_t data_offset = 0;  // of the elements, in bytes of the file
  // Set: texts, of which the last axis of the shape are the bytes, or, of kU32, the code points.
  bool text = false;
};

// `beginning` holds the header of a file of `file_bytes`.
Result<NpyHeader> parse_npy_header(std::span<const std::byte> beginning, uint64_t file_bytes);
Result<NpyArray> parse_npy(std::span<const std::byte> file);
std::string to_npy(const NpyArray& array);

Result<NpyArray> load_npy(const std::filesystem::path& path);
Status save_npy(const std::filesystem::path& path, const NpyArray& array);

// Arrays by name, without the ".npy" of the zip's entries.
Result<std::map<std::string, NpyArray>> parse_npz(std::span<const std::byte> file);
Result<std::map<std::string, NpyArray>> load_npz(const std::filesystem::path& path);
// Stored without compression, as numpy.savez does.
Status save_npz(const std::filesystem::path& path, const std::map<std::string, NpyArray>& arrays);

}  // namespace tmc
