// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of an HDF5 file that Keras writes: groups, arrays of numbers that lie in one piece, and attributes of text.
// libhdf5 reads it, from memory and nothing else.
//
// The file is untrusted: links to other places and files, arrays in parts or compressed ones, and what is larger than
// asked for are refused before anything is allocated. Errors: kMalformed, kUnsupportedType, each with the place.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tmc/frontend/common/constants.hpp"

namespace tmc::frontend::keras {

class Hdf5File {
 public:
  // Copies the bytes. kUnsupportedType where the program was built without libhdf5.
  static Result<Hdf5File> open(std::span<const std::byte> file);

  // "a/b/c", from the root.
  bool has(const std::string& path) const;
  Result<std::vector<float>> floats(const std::string& path, const Shape& shape, ConstantBudget& budget) const;
  // An attribute of the group or array at `path` ("." is the root); one text or a list of them. None where there is no
  // such attribute.
  Result<std::vector<std::string>> texts(const std::string& path, const std::string& attribute) const;

 private:
  struct Library;
  explicit Hdf5File(std::shared_ptr<const Library> library) : library_(std::move(library)) {}

  std::shared_ptr<const Library> library_;
};

}  // namespace tmc::frontend::keras
