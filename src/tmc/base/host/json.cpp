// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace tmc::json {
namespace {

using Library = nlohmann::json;

const Value kNull;

// Makes a value of what the library's parser finds in a text; false ends the parse.
class Builder {
 public:
  Value take() { return std::move(root_); }
  bool is_too_deep() const { return is_too_deep_; }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(int64_t number) { return add(number); }
  bool number_unsigned(uint64_t number) { return add(number); }
  bool number_float(double number, const std::string& /*text*/) { return add(number); }
  bool string(std::string& text) { return add(std::move(text)); }
  bool binary(Library::binary_t& /*bytes*/) { return false; }  // of other formats
  bool start_object(size_t /*size*/) { return open(Value::object()); }
  bool start_array(size_t /*size*/) { return open(Value::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    member_ = &open_.back()->append(std::move(name), nullptr);
    return true;
  }
  bool parse_error(size_t /*at*/, const std::string& /*token*/, const Library::exception& /*error*/) { return false; }

 private:
  Value& place(Value value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->as<Value::Array>()) return open_.back()->push_back(std::move(value));
    return *member_ = std::move(value);
  }

  bool add(Value value) {
    place(std::move(value));
    return true;
  }

  bool open(Value empty) {
    is_too_deep_ = open_.size() == kMostDepth;
    if (!is_too_deep_) open_.push_back(&place(std::move(empty)));
    return !is_too_deep_;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  Value root_;
  std::vector<Value*> open_;  // a container grows only while it is the innermost
  Value* member_ = nullptr;   // of the innermost, where that is an object
  bool is_too_deep_ = false;
};

// Printed as it is.
bool is_plain(char c) {
  return c >= ' ' && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
}

class Printer {
 public:
  explicit Printer(int indent) : indent_(indent) {}

  std::string take() { return std::move(out_); }

  void print(const Value& value) {
    if (const auto* members = value.as<Value::Object>()) {
      print_all('{', *members, '}', [this](const Value::Member& member) {
        print_text(member.name);
        out_ += indent_ < 0 ? ":" : ": ";
        print(member.value);
      });
    } else if (const auto* elements = value.as<Value::Array>()) {
      print_all('[', *elements, ']', [this](const Value& element) { print(element); });
    } else if (const auto* text = value.as<std::string>()) {
      print_text(*text);
    } else if (const auto* real = value.as<double>()) {
      print_scalar(*real);
    } else if (const auto* integer = value.as<int64_t>()) {
      print_scalar(*integer);
    } else if (const auto* large = value.as<uint64_t>()) {
      print_scalar(*large);
    } else if (const auto* truth = value.as<bool>()) {
      print_scalar(*truth);
    } else {
      print_scalar(nullptr);
    }
  }

 private:
  // As the library's own dump() does it, without a string for each.
  void print_scalar(const Library& scalar) { library_.dump(scalar, /*pretty_print=*/false, /*ensure_ascii=*/false, 0); }

  // Weights are megabytes of plain text: the library would copy them first.
  void print_text(const std::string& text) {
    if (std::ranges::all_of(text, is_plain)) {
      out_.append(1, '"').append(text).append(1, '"');
    } else {
      print_scalar(text);
    }
  }

  template <typename List, typename Print>
  void print_all(char begin, const List& list, char end, Print print_one) {
    out_ += begin;
    margin_ += indent_;
    for (const auto& item : list) {
      if (&item != &list.front()) out_ += ',';
      start_line();
      print_one(item);
    }
    margin_ -= indent_;
    if (!list.empty()) start_line();
    out_ += end;
  }

  void start_line() {
    if (indent_ >= 0) out_.append(1, '\n').append(static_cast<size_t>(margin_), ' ');
  }

  int indent_;
  int margin_ = 0;
  std::string out_;
  nlohmann::detail::serializer<Library> library_{nlohmann::detail::output_adapter<char>(out_), ' ',
                                                 Library::error_handler_t::replace};
};

}  // namespace

Value::Value() = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(Value other) noexcept {
  data_ = std::move(other.data_);
  return *this;
}
Value::~Value() = default;

Value::Value(bool truth) : data_(truth) {}
Value::Value(int64_t number) : data_(number) {}
Value::Value(uint64_t number) : data_(number) {
  if (std::in_range<int64_t>(number)) data_ = static_cast<int64_t>(number);
}
Value::Value(double number) : data_(number) {}
Value::Value(const char* text) : data_(std::string(text)) {}
Value::Value(std::string_view text) : data_(std::string(text)) {}
Value::Value(std::string text) : data_(std::move(text)) {}
Value::Value(std::initializer_list<Entry> members) : Value(object()) {
  for (const Entry& entry : members) append(entry.name, std::move(entry.value));
}

Value Value::array(Array elements) {
  Value value;
  value.data_ = std::move(elements);
  return value;
}

Value Value::object() {
  Value value;
  value.data_ = Object();
  return value;
}

bool Value::is_null() const {
  return as<std::monostate>() != nullptr;
}

size_t Value::size() const {
  if (const auto* elements = as<Array>()) return elements->size();
  const auto* members = as<Object>();
  return members ? members->size() : 0;
}

const Value& Value::at(size_t index) const {
  const auto* elements = as<Array>();
  return elements && index < elements->size() ? (*elements)[index] : kNull;
}

const Value& Value::operator[](std::string_view name) const {
  const Value* found = member(*this, name);
  return found ? *found : kNull;
}

Value& Value::operator[](std::string_view name) {
  if (const Value* found = member(*this, name)) return const_cast<Value&>(*found);
  return append(std::string(name), nullptr);
}

Value& Value::append(std::string name, Value value) {
  return std::get<Object>(data_).emplace_back(Member{std::move(name), std::move(value)}).value;
}

Value& Value::push_back(Value value) {
  return std::get<Array>(data_).emplace_back(std::move(value));
}

std::string Value::dump(int indent) const {
  Printer printer(indent);
  printer.print(*this);
  return printer.take();
}

bool Value::operator==(const Value& other) const {
  return data_ == other.data_;
}

Result<Value> parse(std::string_view text) {
  Builder builder;
  if (Library::sax_parse(text, &builder)) return builder.take();
  if (builder.is_too_deep()) return error(Error::kMalformed, "the text has more than {} levels", kMostDepth);
  return error(Error::kMalformed, "the text is no JSON");
}

const Value* member(const Value& object, std::string_view name) {
  const auto* members = object.as<Value::Object>();
  if (!members) return nullptr;
  const auto found =
      std::find_if(members->rbegin(), members->rend(), [name](const Value::Member& one) { return one.name == name; });
  return found == members->rend() ? nullptr : &found->value;
}

}  // namespace tmc::json
