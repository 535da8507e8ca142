// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/expression.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tmc::custom {
namespace {

constexpr int64_t kLowest = std::numeric_limits<int64_t>::min();

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Towards minus infinity; the divisor is neither zero nor, for the lowest number, -1.
int64_t floor_div(int64_t a, int64_t b) {
  const int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

}  // namespace

class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) { expression_.text_ = text; }

  Result<Expression> parse() {
    if (text().size() > Expression::kMostLetters) {
      return error(Error::kMalformed, "an expression has {} letters; it may have {}", text().size(),
                   Expression::kMostLetters);
    }
    TMC_TRY(sum());
    skip_blanks();
    if (at_ < text().size()) return wrong("an operator + - * // %");
    return std::move(expression_);
  }

 private:
  using Kind = Expression::Kind;

  const std::string& text() const { return expression_.text_; }
  void skip_blanks() {
    while (at_ < text().size() && (text()[at_] == ' ' || text()[at_] == '\t')) ++at_;
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!std::string_view(text()).substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  Status wrong(std::string_view wanted) const {
    return error(Error::kMalformed, "'{}' is no expression: column {} should be {}", text(), at_ + 1, wanted);
  }
  void add(Kind kind) { expression_.steps_.push_back({kind}); }

  Status sum() {
    if (++depth_ > Expression::kMostDepth) return wrong("less deep in parentheses and signs");
    TMC_TRY(product());
    while (true) {
      const Kind kind = take("+") ? Kind::kAdd : take("-") ? Kind::kSubtract : Kind::kNumber;
      if (kind == Kind::kNumber) break;
      TMC_TRY(product());
      add(kind);
    }
    --depth_;
    return {};
  }

  Status product() {
    TMC_TRY(signed_atom());
    while (true) {
      const Kind kind = take("//")  ? Kind::kDivide
                        : take("%") ? Kind::kModulo
                        : take("*") ? Kind::kMultiply
                                    : Kind::kNumber;
      if (kind == Kind::kNumber) break;
      TMC_TRY(signed_atom());
      add(kind);
    }
    return {};
  }

  Status signed_atom() {
    if (!take("-")) return atom();
    if (++depth_ > Expression::kMostDepth) return wrong("less deep in parentheses and signs");
    TMC_TRY(signed_atom());
    --depth_;
    add(Kind::kNegate);
    return {};
  }

  Status atom() {
    if (take("(")) {
      TMC_TRY(sum());
      return take(")") ? Status() : wrong("')'");
    }
    if (at_ < text().size() && is_digit(text()[at_])) return number();
    if (at_ < text().size() && is_letter(text()[at_])) return name();
    return wrong("a number, a name or '('");
  }

  Status number() {
    int64_t value = 0;
    const char* const begin = text().data() + at_;
    const auto [end, failure] = std::from_chars(begin, text().data() + text().size(), value);
    if (failure != std::errc()) return wrong("a number of 64 bits");
    at_ += static_cast<size_t>(end - begin);
    expression_.steps_.push_back({Kind::kNumber, value});
    return {};
  }

  Status name() {
    const size_t begin = at_;
    while (at_ < text().size() && (is_letter(text()[at_]) || is_digit(text()[at_]))) ++at_;
    std::string name = text().substr(begin, at_ - begin);
    if (name == "min" || name == "max") return extremum(name == "min" ? Kind::kMin : Kind::kMax);
    if (take("[")) {
      skip_blanks();
      const size_t first = at_;
      while (at_ < text().size() && is_digit(text()[at_])) ++at_;
      if (at_ == first) return wrong("the number of an element");
      name += "[" + text().substr(first, at_ - first) + "]";
      if (!take("]")) return wrong("']'");
    }
    expression_.steps_.push_back({Kind::kName, 0, std::move(name)});
    return {};
  }

  Status extremum(Kind kind) {
    if (!take("(")) return wrong("'('");
    TMC_TRY(sum());
    while (take(",")) {
      TMC_TRY(sum());
      add(kind);
    }
    return take(")") ? Status() : wrong("',' or ')'");
  }

  Expression expression_;
  size_t at_ = 0;
  int depth_ = 0;
};

Result<Expression> Expression::parse(std::string_view text) {
  return ExpressionParser(text).parse();
}

Expression Expression::of_name(std::string name) {
  Expression expression;
  expression.text_ = name;
  expression.steps_.push_back({Kind::kName, 0, std::move(name)});
  return expression;
}

bool Expression::apply(Kind kind, int64_t a, int64_t b, int64_t& result) {
  switch (kind) {
    case Kind::kAdd:
      return !__builtin_add_overflow(a, b, &result);
    case Kind::kSubtract:
      return !__builtin_sub_overflow(a, b, &result);
    case Kind::kMultiply:
      return !__builtin_mul_overflow(a, b, &result);
    case Kind::kDivide:
      if (b == 0 || (a == kLowest && b == -1)) return false;
      result = floor_div(a, b);
      return true;
    case Kind::kModulo:
      if (b == 0 || (a == kLowest && b == -1)) return false;
      result = a - b * floor_div(a, b);
      return true;
    case Kind::kMin:
      result = std::min(a, b);
      return true;
    case Kind::kMax:
      result = std::max(a, b);
      return true;
    default:
      return false;
  }
}

Result<int64_t> Expression::evaluate(const Numbers& numbers) const {
  std::vector<int64_t> stack;
  for (const Step& step : steps_) {
    if (step.kind == Kind::kNumber) {
      stack.push_back(step.number);
    } else if (step.kind == Kind::kName) {
      const auto found = numbers.find(step.name);
      if (found == numbers.end())
        return error(Error::kUnsupportedShape, "'{}': nothing is called '{}'", text_, step.name);
      stack.push_back(found->second);
    } else {
      // A sign is a difference from zero.
      const bool is_sign = step.kind == Kind::kNegate;
      const int64_t b = stack.back();
      if (!is_sign) stack.pop_back();
      const int64_t a = is_sign ? 0 : stack.back();
      const bool by_zero = b == 0 && (step.kind == Kind::kDivide || step.kind == Kind::kModulo);
      if (by_zero) return error(Error::kUnsupportedShape, "'{}' divides {} by zero", text_, a);
      if (!apply(is_sign ? Kind::kSubtract : step.kind, a, b, stack.back())) {
        return error(Error::kUnsupportedShape, "'{}' is a number that 64 bits do not hold", text_);
      }
    }
  }
  return stack.back();
}

std::vector<std::string> Expression::names() const {
  std::vector<std::string> names;
  for (const Step& step : steps_) {
    if (step.kind == Kind::kName) names.push_back(step.name);
  }
  return names;
}

const std::string* Expression::name() const {
  return steps_.size() == 1 && steps_.front().kind == Kind::kName ? &steps_.front().name : nullptr;
}

}  // namespace tmc::custom
