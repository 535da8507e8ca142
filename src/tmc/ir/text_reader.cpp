// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <unordered_map>

#include "tmc/base/host/dtype_from_name.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ir/text_values.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::ir {
namespace {

using Kind = Token::Kind;

// --- words

Result<std::string> read_name(Lexer& lexer) {
  if (lexer.token().kind != Kind::kWord && lexer.token().kind != Kind::kString) return lexer.unexpected("a name");
  std::string name = lexer.token().text;
  TMC_TRY(lexer.advance());
  return name;
}

// --- types

Result<TensorType> read_type(Lexer& lexer) {
  TensorType type;
  const std::optional<DType> dtype = dtype_from_name(lexer.token().text);
  if (!dtype) return lexer.unexpected("a dtype");
  type.dtype = *dtype;
  TMC_TRY(lexer.advance());
  TMC_ASSIGN(const std::vector<int64_t> extents, read_list<int64_t>(lexer));
  for (const int64_t extent : extents) {
    if (!type.shape.push_back(extent)) return lexer.unexpected("at most 8 extents");
  }
  return type;
}

// Steps over "key=" and says true, or leaves the lexer where it is: the next line may begin with the same word.
Result<bool> read_key(Lexer& lexer, std::string_view key) {
  if (!lexer.at_word(key)) return false;
  Lexer ahead = lexer;
  TMC_TRY(ahead.advance());
  if (!ahead.at("=")) return false;
  TMC_TRY(ahead.advance());
  lexer = ahead;
  return true;
}

Result<Quantization> read_quantization(Lexer& lexer) {
  Quantization quantization;
  TMC_ASSIGN(const bool has_axis, read_key(lexer, "axis"));
  if (has_axis) {
    TMC_ASSIGN(quantization.axis, read_number<int>(lexer));
  }
  TMC_ASSIGN(const bool has_scale, read_key(lexer, "scale"));
  if (has_scale) {
    TMC_ASSIGN(quantization.scales, read_one_or_list<float>(lexer));
  }
  quantization.zero_points.assign(quantization.scales.size(), 0);
  TMC_ASSIGN(const bool has_zero_point, read_key(lexer, "zero_point"));
  if (has_zero_point) {
    TMC_ASSIGN(quantization.zero_points, read_one_or_list<int32_t>(lexer));
  }
  return quantization;
}

// --- operators

Result<ops::FieldValue> read_field(Lexer& lexer) {
  ops::FieldValue value;
  const Token& token = lexer.token();
  if (lexer.at("[")) {
    TMC_ASSIGN(value, read_list<int64_t>(lexer));
    return value;
  }
  int64_t whole = 0;
  if (token.kind == Kind::kNumber && parse_number(token.text, whole)) {
    value = whole;
  } else if (is_numeric(token)) {
    double number = 0;
    if (!parse_number(token.text, number)) return lexer.unexpected("a number");
    value = number;
  } else if (lexer.at_word("true") || lexer.at_word("false")) {
    value = token.text == "true";
  } else if (token.kind == Kind::kWord || token.kind == Kind::kString) {
    value = token.text;
  } else {
    return lexer.unexpected("a value");
  }
  TMC_TRY(lexer.advance());
  return value;
}

Result<const ops::OpInfo*> read_op_name(Lexer& lexer) {
  const ops::OpInfo* info = ops::find_op(lexer.token().text);
  if (lexer.token().kind != Kind::kWord || !info) return lexer.unexpected("an operator");
  TMC_TRY(lexer.advance());
  return info;
}

// "name=value ...", as long as an `=` follows a word: the next line begins with a word too.
Result<AnyOp> read_attributes(Lexer& lexer, const ops::OpInfo& info) {
  std::vector<ops::NamedValue> fields;
  while (lexer.token().kind == Kind::kWord) {
    std::string name = lexer.token().text;
    TMC_ASSIGN(const bool is_attribute, read_key(lexer, name));
    if (!is_attribute) break;
    TMC_ASSIGN(ops::FieldValue value, read_field(lexer));
    fields.push_back({std::move(name), std::move(value)});
  }
  TMC_ASSIGN(auto attributes, info.with_fields(info.make_default().get(), fields));
  return AnyOp(info, std::move(attributes));
}

// --- the graph

class Reader {
 public:
  explicit Reader(std::string_view text) : lexer_(text) {}

  Result<Graph> run() {
    TMC_TRY(lexer_.start());
    if (!lexer_.at_word("graph")) return lexer_.unexpected("'graph'");
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(graph_.name, read_name(lexer_));
    TMC_TRY(read_requantization());
    TMC_TRY(lexer_.expect("{"));
    while (!lexer_.at("}")) TMC_TRY(read_line());
    TMC_TRY(lexer_.expect("}"));
    if (lexer_.token().kind != Kind::kEnd) return lexer_.unexpected("the end");
    TMC_TRY(verify(graph_));
    return std::move(graph_);
  }

 private:
  struct Declared {
    std::string name;
    TensorType type;
    Quantization quantization;
  };

  Status read_requantization() {
    TMC_ASSIGN(const bool given, read_key(lexer_, "requantization"));
    if (!given) return {};
    const auto requantization = requantization_from_name(lexer_.token().text);
    if (!requantization) return lexer_.unexpected("a requantization");
    graph_.requantization = *requantization;
    return lexer_.advance();
  }

  Status read_line() {
    if (lexer_.at_word("input")) return read_input();
    if (lexer_.at_word("const")) return read_constant();
    if (lexer_.at_word("output")) return read_output();
    if (lexer_.at_word("state")) return read_state();
    if (lexer_.at_word("texts")) return read_text();
    return read_node();
  }

  Result<Declared> read_declaration() {
    Declared declared;
    TMC_ASSIGN(declared.name, read_name(lexer_));
    if (values_.contains(declared.name)) {
      return error(Error::kMalformed, "line {}: two tensors are named '{}'", lexer_.token().line, declared.name);
    }
    TMC_TRY(lexer_.expect(":"));
    TMC_ASSIGN(declared.type, read_type(lexer_));
    TMC_ASSIGN(declared.quantization, read_quantization(lexer_));
    return declared;
  }

  Status read_input() {
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(Declared declared, read_declaration());
    const ValueId id = graph_.add_input(declared.name, declared.type, std::move(declared.quantization));
    values_[declared.name] = id;
    TMC_ASSIGN(graph_.value(id).symbols, read_names("symbols"));
    TMC_ASSIGN(graph_.value(id).columns, read_names("columns"));
    return {};
  }

  // symbols=[batch,"",""], or nothing.
  Result<std::vector<std::string>> read_names(const char* key) {
    std::vector<std::string> names;
    TMC_ASSIGN(const bool given, read_key(lexer_, key));
    if (!given) return names;
    TMC_TRY(lexer_.expect("["));
    while (true) {
      TMC_ASSIGN(std::string name, read_name(lexer_));
      names.push_back(std::move(name));
      if (!lexer_.at(",")) break;
      TMC_TRY(lexer_.advance());
    }
    TMC_TRY(lexer_.expect("]"));
    return names;
  }

  Status read_constant() {
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(Declared declared, read_declaration());
    TMC_TRY(lexer_.expect("="));
    TMC_ASSIGN(TensorData data, read_data(lexer_, declared.type.dtype));
    values_[declared.name] =
        graph_.add_constant(declared.name, declared.type, std::move(data), std::move(declared.quantization));
    return {};
  }

  Status read_output() {
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(const ValueId id, read_reference());
    graph_.add_output(id);
    return {};
  }

  // `state before = initial, number of the output`
  Status read_state() {
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(const ValueId before, read_reference());
    TMC_TRY(lexer_.expect("="));
    State state;
    TMC_ASSIGN(state.initial, read_reference());
    TMC_TRY(lexer_.expect(","));
    TMC_ASSIGN(state.output, read_number<uint32_t>(lexer_));
    const auto& inputs = graph_.inputs();
    state.input = static_cast<size_t>(std::ranges::find(inputs, before) - inputs.begin());
    graph_.states.push_back(state);
    return {};
  }

  // `texts name`
  Status read_text() {
    TMC_TRY(lexer_.advance());
    TMC_ASSIGN(std::string name, read_name(lexer_));
    graph_.texts.insert(std::move(name));
    return {};
  }

  Result<ValueId> read_reference() {
    TMC_ASSIGN(const std::string name, read_name(lexer_));
    const auto found = values_.find(name);
    if (found != values_.end()) return found->second;
    return error(Error::kMalformed, "line {}: there is no tensor '{}' yet", lexer_.token().line, name);
  }

  Status read_node() {
    std::vector<Declared> declared;
    do {
      if (!declared.empty()) TMC_TRY(lexer_.advance());
      TMC_ASSIGN(Declared one, read_declaration());
      declared.push_back(std::move(one));
    } while (lexer_.at(","));
    TMC_TRY(lexer_.expect("="));
    TMC_ASSIGN(const ops::OpInfo* info, read_op_name(lexer_));
    TMC_ASSIGN(std::vector<ValueId> inputs, read_inputs());
    TMC_ASSIGN(AnyOp op, read_attributes(lexer_, *info));
    std::string name = declared.front().name;
    if (lexer_.at("@")) {
      TMC_TRY(lexer_.advance());
      TMC_ASSIGN(name, read_name(lexer_));
    }
    return add_node(std::move(name), std::move(op), std::move(inputs), std::move(declared));
  }

  Result<std::vector<ValueId>> read_inputs() {
    std::vector<ValueId> inputs;
    TMC_TRY(lexer_.expect("("));
    while (!lexer_.at(")")) {
      if (!inputs.empty()) TMC_TRY(lexer_.expect(","));
      if (lexer_.at_word("_")) {
        inputs.push_back(ValueId::kNone);
        TMC_TRY(lexer_.advance());
        continue;
      }
      TMC_ASSIGN(const ValueId id, read_reference());
      inputs.push_back(id);
    }
    TMC_TRY(lexer_.expect(")"));
    return inputs;
  }

  Status add_node(std::string name, AnyOp op, std::vector<ValueId> inputs, std::vector<Declared> declared) {
    std::vector<ValueId> outputs;
    for (Declared& one : declared) {
      if (values_.contains(one.name)) {
        return error(Error::kMalformed, "line {}: two tensors are named '{}'", lexer_.token().line, one.name);
      }
      const ValueId id = graph_.add_value(one.name, one.type, std::move(one.quantization));
      values_[one.name] = id;
      outputs.push_back(id);
    }
    graph_.add_node(std::move(name), std::move(op), std::move(inputs), std::move(outputs));
    return {};
  }

  Lexer lexer_;
  Graph graph_;
  std::unordered_map<std::string, ValueId> values_;
};

}  // namespace

Result<AnyOp> op_from_text(std::string_view text) {
  Lexer lexer(text);
  TMC_TRY(lexer.start());
  TMC_ASSIGN(const ops::OpInfo* info, read_op_name(lexer));
  TMC_ASSIGN(AnyOp op, read_attributes(lexer, *info));
  if (lexer.token().kind != Kind::kEnd) return lexer.unexpected("an attribute");
  return op;
}

Result<Graph> from_text(std::string_view text) {
  return Reader(text).run();
}

}  // namespace tmc::ir
