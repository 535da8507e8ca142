// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ir/text_values.hpp"

namespace tmc::ir {
namespace {

using Kind = Token::Kind;

template <typename T>
Result<TensorData> read_data_list(Lexer& lexer) {
  TMC_ASSIGN(const std::vector<T> values, read_list<T>(lexer));
  return TensorData::of<T>(values);
}

Result<TensorData> read_data_list(Lexer& lexer, DType dtype) {
  switch (dtype) {
    case DType::kI8:
      return read_data_list<int8_t>(lexer);
    case DType::kU8:
      return read_data_list<uint8_t>(lexer);
    case DType::kI16:
      return read_data_list<int16_t>(lexer);
    case DType::kU16:
      return read_data_list<uint16_t>(lexer);
    case DType::kI32:
      return read_data_list<int32_t>(lexer);
    case DType::kU32:
      return read_data_list<uint32_t>(lexer);
    case DType::kI64:
      return read_data_list<int64_t>(lexer);
    case DType::kU64:
      return read_data_list<uint64_t>(lexer);
    case DType::kF32:
      return read_data_list<float>(lexer);
    case DType::kF64:
      return read_data_list<double>(lexer);
    case DType::kBool:
    case DType::kF16:
    case DType::kBF16:
      break;
  }
  return lexer.unexpected("hexadecimal data, which this dtype needs");
}

Result<TensorData> read_hex(Lexer& lexer) {
  const std::string& digits = lexer.token().text;
  if (lexer.token().kind != Kind::kString || digits.size() % 2 != 0) return lexer.unexpected("pairs of digits");
  std::vector<std::byte> bytes(digits.size() / 2);
  for (size_t i = 0; i < bytes.size(); ++i) {
    unsigned char byte = 0;
    const char* pair = digits.data() + 2 * i;
    if (std::from_chars(pair, pair + 2, byte, 16).ptr != pair + 2) return lexer.unexpected("hexadecimal digits");
    bytes[i] = std::byte{byte};
  }
  TMC_TRY(lexer.advance());
  return TensorData(std::move(bytes));
}

}  // namespace

Result<TensorData> read_data(Lexer& lexer, DType dtype) {
  if (lexer.at("...")) {
    return lexer.unexpected("data").with_hint("print the graph again with the data of all constants");
  }
  if (!lexer.at_word("x")) return read_data_list(lexer, dtype);
  TMC_TRY(lexer.advance());
  return read_hex(lexer);
}

}  // namespace tmc::ir
