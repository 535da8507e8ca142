// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Python's pickle, protocols 2 to 5 (pickletools.py of CPython), as far as state dictionaries of PyTorch need it.
// Nothing is run: what the file calls comes out as a record of the call, and only for the globals of a short list; any
// other is refused by name.
//
// The file is untrusted. Errors: kMalformed for a damaged stream, kUnsupportedType for an opcode or a global that is
// not covered, with the hint. Objects are numbers into one table, whose size the stream bounds, so that objects which
// hold themselves take no recursion.

#include <cstdint>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/pytorch/bytes.hpp"

namespace tmc::frontend::pytorch {

enum class ObjectId : uint32_t {};

struct Object {
  enum class Kind : uint8_t {
    kNone,
    kBool,
    kInteger,
    kReal,
    kText,
    kTuple,
    kList,
    kDict,        // items: key, value, key, value
    kGlobal,      // text: module.name
    kPersistent,  // items: the one that names it
    kCall,        // text: the global; items: its arguments
  };
  Kind kind = Kind::kNone;
  int64_t integer = 0;  // of kBool too
  double real = 0;
  std::string text;
  std::vector<ObjectId> items;
};

class Pickle {
 public:
  static Result<Pickle> parse(FileBytes stream);

  const Object& operator[](ObjectId id) const { return objects_[static_cast<size_t>(id)]; }
  ObjectId top() const { return top_; }

 private:
  friend class PickleMachine;

  std::vector<Object> objects_;
  ObjectId top_{};
};

}  // namespace tmc::frontend::pytorch
