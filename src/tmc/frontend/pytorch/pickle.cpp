// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/pickle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace tmc::frontend::pytorch {
namespace {

// Far more than the largest network for a microcontroller has entries.
constexpr size_t kMostBytes = size_t{1} << 26;
constexpr size_t kMostObjects = size_t{1} << 20;
constexpr size_t kMostArguments = 16;

// What a state dictionary is made of. None of it is run.
constexpr std::array<std::string_view, 37> kAllowed = {
    "collections.OrderedDict",
    "torch.BFloat16Storage",
    "torch.BoolStorage",
    "torch.ByteStorage",
    "torch.CharStorage",
    "torch.DoubleStorage",
    "torch.FloatStorage",
    "torch.HalfStorage",
    "torch.IntStorage",
    "torch.LongStorage",
    "torch.QInt32Storage",
    "torch.QInt8Storage",
    "torch.QUInt8Storage",
    "torch.ShortStorage",
    "torch.Size",
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_qtensor",
    "torch._utils._rebuild_tensor_v2",
    "torch.bfloat16",
    "torch.bool",
    "torch.float16",
    "torch.float32",
    "torch.float64",
    "torch.int16",
    "torch.int32",
    "torch.int64",
    "torch.int8",
    "torch.per_channel_affine",
    "torch.per_channel_affine_float_qparams",
    "torch.per_channel_symmetric",
    "torch.per_tensor_affine",
    "torch.per_tensor_symmetric",
    "torch.qint32",
    "torch.qint8",
    "torch.quint8",
    "torch.storage.TypedStorage",
    "torch.uint8",
};

Status damaged(std::string_view what) {
  return error(Error::kMalformed, "its pickle is damaged or truncated: {}", what)
      .with_hint("copy the file here again, or save the state dictionary again with torch.save");
}

Status refused(const std::string& global) {
  return error(Error::kUnsupportedType, "its pickle asks for '{}', which is not part of a state dictionary", global)
      .with_hint("save model.state_dict() of the quantised model, not the model");
}

}  // namespace

// The stack machine that a pickle is written for.
class PickleMachine {
 public:
  explicit PickleMachine(FileBytes stream) : stream_(stream) {}

  Result<Pickle> run() {
    if (stream_.size() > kMostBytes) return error(Error::kMalformed, "its pickle has {} bytes", stream_.size());
    while (!done_) {
      if (at_ == stream_.size()) return damaged("it has no end");
      TMC_TRY(step(static_cast<uint8_t>(stream_[at_++])));
      if (pickle_.objects_.size() > kMostObjects) return damaged("it has too many objects");
    }
    return std::move(pickle_);
  }

 private:
  using Kind = Object::Kind;

  // --- the stream
  template <typename T>
  Result<T> number() {
    if (stream_.size() - at_ < sizeof(T)) return damaged("it is cut off");
    at_ += sizeof(T);
    return read_number<T>(stream_, at_ - sizeof(T));
  }
  template <typename Size>
  Result<std::string> counted_text() {
    TMC_ASSIGN(const Size size, number<Size>());
    if (stream_.size() - at_ < size) return damaged("a text is cut off");
    at_ += static_cast<size_t>(size);
    return std::string(reinterpret_cast<const char*>(stream_.data() + at_ - size), static_cast<size_t>(size));
  }
  Result<std::string> line() {
    const auto rest = stream_.subspan(at_);
    const auto end = std::ranges::find(rest, std::byte{'\n'});
    if (end == rest.end()) return damaged("a line is cut off");
    const auto size = static_cast<size_t>(end - rest.begin());
    at_ += size + 1;
    return std::string(reinterpret_cast<const char*>(rest.data()), size);
  }

  // --- the stack
  Object& object(ObjectId id) { return pickle_.objects_[static_cast<size_t>(id)]; }
  ObjectId add(Object made) {
    pickle_.objects_.push_back(std::move(made));
    return static_cast<ObjectId>(pickle_.objects_.size() - 1);
  }
  Status push(Object made) {
    stack_.push_back(add(std::move(made)));
    return {};
  }
  Status push_integer(int64_t value) {
    return push({.kind = Kind::kInteger, .integer = value, .text = {}, .items = {}});
  }
  Status push_kind(Kind kind, int64_t value = 0) {
    return push({.kind = kind, .integer = value, .text = {}, .items = {}});
  }
  Status push_text(Result<std::string> text) {
    if (!text.ok()) return std::move(text).status();
    return push({.kind = Kind::kText, .text = *std::move(text), .items = {}});
  }
  Result<ObjectId> pop() {
    const size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() <= floor) return damaged("its stack is empty");
    const ObjectId id = stack_.back();
    stack_.pop_back();
    return id;
  }
  Result<std::vector<ObjectId>> pop_many(size_t count) {
    std::vector<ObjectId> items(count);
    for (size_t i = count; i-- > 0;) {
      TMC_ASSIGN(items[i], pop());
    }
    return items;
  }
  Result<std::vector<ObjectId>> pop_to_mark() {
    if (marks_.empty()) return damaged("a mark is missing");
    const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<ObjectId> items(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    marks_.pop_back();
    return items;
  }
  Status push_items(Kind kind, Result<std::vector<ObjectId>> items) {
    if (!items.ok()) return std::move(items).status();
    return push({.kind = kind, .text = {}, .items = *std::move(items)});
  }
  // The object below, to which the items go: a list, or a dictionary in pairs.
  Status add_items(Kind kind, Result<std::vector<ObjectId>> items) {
    if (!items.ok()) return std::move(items).status();
    TMC_ASSIGN(const ObjectId id, pop());
    Object& to = object(id);
    if (to.kind != kind || (kind == Kind::kDict && items->size() % 2 != 0))
      return damaged("it adds to what is no container");
    to.items.insert(to.items.end(), items->begin(), items->end());
    if (to.items.size() > kMostObjects) return damaged("it has too many objects");
    stack_.push_back(id);
    return {};
  }

  // --- the memo
  Status remember(Result<uint32_t> key) {
    if (!key.ok()) return std::move(key).status();
    TMC_ASSIGN(const ObjectId id, pop());
    stack_.push_back(id);
    memo_[*key] = id;
    return {};
  }
  Status recall(Result<uint32_t> key) {
    if (!key.ok()) return std::move(key).status();
    const auto found = memo_.find(*key);
    if (found == memo_.end()) return damaged("it refers to nothing");
    stack_.push_back(found->second);
    return {};
  }
  template <typename T>
  Result<uint32_t> memo_key() {
    TMC_ASSIGN(const T key, number<T>());
    return uint32_t{key};
  }

  // --- what a class would do
  Status push_global(const std::string& name) {
    if (std::ranges::find(kAllowed, name) == kAllowed.end()) return refused(name);
    return push({.kind = Kind::kGlobal, .text = name, .items = {}});
  }
  Status global() {
    TMC_ASSIGN(const std::string module, line());
    TMC_ASSIGN(const std::string name, line());
    return push_global(module + "." + name);
  }
  Status stack_global() {
    TMC_ASSIGN(const std::vector<ObjectId> names, pop_many(2));
    if (object(names[0]).kind != Kind::kText || object(names[1]).kind != Kind::kText)
      return damaged("a name is no text");
    return push_global(object(names[0]).text + "." + object(names[1]).text);
  }
  Status reduce() {
    TMC_ASSIGN(const std::vector<ObjectId> call, pop_many(2));
    const Object& function = object(call[0]);
    const Object& arguments = object(call[1]);
    if (function.kind != Kind::kGlobal || arguments.kind != Kind::kTuple)
      return damaged("it calls what is no function");
    // The record of the call copies them.
    if (arguments.items.size() > kMostArguments) return damaged("it calls something with too many arguments");
    if (function.text != "collections.OrderedDict") {
      return push({.kind = Kind::kCall, .text = function.text, .items = arguments.items});
    }
    if (!arguments.items.empty()) return refused("collections.OrderedDict with arguments");
    return push_kind(Kind::kDict);
  }
  // State of an object: the dictionary's own attributes, of which none matters.
  Status build() {
    TMC_ASSIGN(const std::vector<ObjectId> items, pop_many(2));
    if (object(items[0]).kind != Kind::kDict) return refused("the state of an object");
    stack_.push_back(items[0]);
    return {};
  }
  Status stop() {
    TMC_ASSIGN(pickle_.top_, pop());
    done_ = true;
    return {};
  }

  Status protocol() {
    TMC_ASSIGN(const uint8_t version, number<uint8_t>());
    if (version >= 2 && version <= 5) return {};
    return error(Error::kUnsupportedType, "its pickle has protocol {}; 2 to 5 are supported", version)
        .with_hint("save it again with a current torch.save");
  }
  template <typename T>
  Status integer() {
    TMC_ASSIGN(const T value, number<T>());
    return push_integer(value);
  }
  // Two's complement of as many bytes as it says.
  Status long_integer() {
    TMC_ASSIGN(const uint8_t size, number<uint8_t>());
    if (size > sizeof(int64_t)) return damaged("an integer has more than 64 bits");
    uint64_t value = 0;
    for (uint8_t i = 0; i < size; ++i) {
      TMC_ASSIGN(const uint8_t byte, number<uint8_t>());
      value |= uint64_t{byte} << (8 * i);
      if (i + 1 == size && size < sizeof value && byte >= 0x80) value |= ~uint64_t{0} << (8 * size);
    }
    return push_integer(static_cast<int64_t>(value));
  }
  Status real() {
    TMC_ASSIGN(const uint64_t bits, number<uint64_t>());
    return push({.kind = Kind::kReal, .real = std::bit_cast<double>(__builtin_bswap64(bits)), .text = {}, .items = {}});
  }

  Status step(uint8_t opcode) {
    switch (opcode) {
      case 0x80:  // PROTO
        return protocol();
      case 0x95:  // FRAME
        return number<uint64_t>().status();
      case '.':  // STOP
        return stop();
      case '(':  // MARK
        marks_.push_back(stack_.size());
        return {};
      case '0':  // POP
        return pop().status();
      case '1':  // POP_MARK
        return pop_to_mark().status();
      case 'N':  // NONE
        return push_kind(Kind::kNone);
      case 0x88:  // NEWTRUE
      case 0x89:  // NEWFALSE
        return push_kind(Kind::kBool, opcode == 0x88);
      case 'J':  // BININT
        return integer<int32_t>();
      case 'K':  // BININT1
        return integer<uint8_t>();
      case 'M':  // BININT2
        return integer<uint16_t>();
      case 0x8a:  // LONG1
        return long_integer();
      case 'G':  // BINFLOAT
        return real();
      case 'X':  // BINUNICODE
        return push_text(counted_text<uint32_t>());
      case 0x8c:  // SHORT_BINUNICODE
        return push_text(counted_text<uint8_t>());
      case 0x8d:  // BINUNICODE8
        return push_text(counted_text<uint64_t>());
      case ')':  // EMPTY_TUPLE
        return push_kind(Kind::kTuple);
      case 0x85:  // TUPLE1
      case 0x86:  // TUPLE2
      case 0x87:  // TUPLE3
        return push_items(Kind::kTuple, pop_many(opcode - 0x84U));
      case 't':  // TUPLE
        return push_items(Kind::kTuple, pop_to_mark());
      case ']':  // EMPTY_LIST
        return push_kind(Kind::kList);
      case 'a':  // APPEND
        return add_items(Kind::kList, pop_many(1));
      case 'e':  // APPENDS
        return add_items(Kind::kList, pop_to_mark());
      case '}':  // EMPTY_DICT
        return push_kind(Kind::kDict);
      case 's':  // SETITEM
        return add_items(Kind::kDict, pop_many(2));
      case 'u':  // SETITEMS
        return add_items(Kind::kDict, pop_to_mark());
      case 'q':  // BINPUT
        return remember(memo_key<uint8_t>());
      case 'r':  // LONG_BINPUT
        return remember(memo_key<uint32_t>());
      case 0x94:  // MEMOIZE
        return remember(static_cast<uint32_t>(memo_.size()));
      case 'h':  // BINGET
        return recall(memo_key<uint8_t>());
      case 'j':  // LONG_BINGET
        return recall(memo_key<uint32_t>());
      case 'c':  // GLOBAL
        return global();
      case 0x93:  // STACK_GLOBAL
        return stack_global();
      case 'Q':  // BINPERSID
        return push_items(Kind::kPersistent, pop_many(1));
      case 'R':  // REDUCE
        return reduce();
      case 'b':  // BUILD
        return build();
      default:
        return error(Error::kUnsupportedType, "its pickle has opcode 0x{:02x}, which state dictionaries do not need",
                     opcode)
            .with_hint("save model.state_dict() of the quantised model, not the model");
    }
  }

  FileBytes stream_;
  size_t at_ = 0;
  bool done_ = false;
  std::vector<ObjectId> stack_;
  std::vector<size_t> marks_;
  std::unordered_map<uint32_t, ObjectId> memo_;
  Pickle pickle_;
};

Result<Pickle> Pickle::parse(FileBytes stream) {
  return PickleMachine(stream).run();
}

}  // namespace tmc::frontend::pytorch
