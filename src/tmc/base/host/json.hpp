// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// JSON: values to fill in and print, and the values that a text stands for. The library behind it takes seconds to
// compile, and json.cpp alone reads its headers.
//
// Members in braces make an object, which keeps them in their order; array() makes an array.
//
//   Value point = {{"x", 1.5}, {"tags", Value::array({"a", "b"})}, {"next", nullptr}};
//   point["x"] = 2;
//
// A value owns what is in it. Two are equal where all of it is, the order of members included.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::json {

// Containers in containers that a text may have, since values are walked by recursion.
inline constexpr size_t kMostDepth = 64;

class Value {
 public:
  struct Member;
  struct Entry;
  using Array = std::vector<Value>;
  using Object = std::vector<Member>;

  // Null, copies and moves: a variant's own, which would double what it takes to compile a file that has values.
  Value();
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value();

  Value(std::nullptr_t) : Value() {}
  Value(bool truth);
  Value(const void* pointer) = delete;  // else it would be true
  Value(int64_t number);
  Value(uint64_t number);
  Value(double number);
  Value(const char* text);
  Value(std::string_view text);
  Value(std::string text);
  Value(std::initializer_list<Entry> members);

  template <std::integral T>
  Value(T number) : Value(static_cast<std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>>(number)) {}
  template <typename T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}
  template <typename T>
  Value(const std::vector<T>& elements) : Value(array(Array(elements.begin(), elements.end()))) {}

  static Value array(Array elements = {});
  static Value object();

  // What it holds; null where it holds something else. T is bool, int64_t, uint64_t (of integers that no int64_t
  // holds), double, std::string, Array or Object.
  template <typename T>
  const T* as() const {
    return std::get_if<T>(&data_);
  }
  bool is_null() const;
  size_t size() const;  // elements or members; 0 of what has none

  // An element, or the member of that name; a null where there is none.
  const Value& at(size_t index) const;
  const Value& operator[](std::string_view name) const;

  // Of an object: the member of that name, added as a null where there is none.
  Value& operator[](std::string_view name);
  // Adds a member to an object, without a look at those that are there.
  Value& append(std::string name, Value value);
  // Adds an element to an array.
  Value& push_back(Value value);

  // On one line, or with elements and members on lines of their own. Not-a-numbers and infinities become null, what is
  // not UTF-8 becomes U+FFFD.
  std::string dump(int indent = -1) const;

  bool operator==(const Value& other) const;

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> data_;
};

struct Value::Member {
  std::string name;
  Value value;

  bool operator==(const Member&) const = default;
};

// A member in braces, whose value moves from there into the object.
struct Value::Entry {
  const char* name;
  mutable Value value;
};

// The whole text as one value. kMalformed where it is no JSON, or has more than kMostDepth containers in each other.
Result<Value> parse(std::string_view text);

// The member of that name, the last one where a text has several; null where there is none, or `object` is no object.
const Value* member(const Value& object, std::string_view name);

}  // namespace tmc::json
