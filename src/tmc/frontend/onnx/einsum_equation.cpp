// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/einsum_equation.hpp"

#include <algorithm>

namespace tmc::frontend::onnx_format {
namespace {

constexpr std::string_view kEllipsis = "...";

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::vector<std::string> terms_of(const std::string& text) {
  std::vector<std::string> terms = {""};
  for (const char c : text) {
    if (c == ',') {
      terms.emplace_back();
    } else {
      terms.back() += c;
    }
  }
  return terms;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A term with its ellipsis as the last `axes` of the digits from 0 to `most`.
Result<std::string> labels_of(const std::string& term, int axes, int most) {
  const size_t at = term.find(kEllipsis);
  std::string labels = term;
  if (at != std::string::npos) {
    std::string digits;
    for (int i = most - axes; i < most; ++i) digits += static_cast<char>('0' + i);
    labels.replace(at, kEllipsis.size(), digits);
  }
  for (const char c : term) {
    if (!is_letter(c) && c != '.') return error(Error::kMalformed, "its equation has the character '{}'", c);
  }
  if (labels.find('.') != std::string::npos) return error(Error::kMalformed, "its equation has stray dots");
  return labels;
}

// How many axes stand behind the term's ellipsis; -1 where they do not fit.
int ellipsis_axes(const std::string& term, const Shape& shape) {
  const bool has_ellipsis = term.find(kEllipsis) != std::string::npos;
  const int rest = shape.rank() - static_cast<int>(term.size()) + (has_ellipsis ? 3 : 0);
  return has_ellipsis || rest == 0 ? rest : -1;
}

Status note_extents(Equation& equation, const std::string& labels, const Shape& shape) {
  for (size_t i = 0; i < labels.size(); ++i) {
    const int64_t extent = shape[static_cast<int>(i)];
    int64_t& known = equation.extents.emplace(labels[i], extent).first->second;
    if (known != extent && known != 1 && extent != 1) {
      return error(Error::kMalformed, "its label '{}' has extents {} and {}", labels[i], known, extent);
    }
    known = std::max(known, extent);
  }
  return {};
}

std::string implied_output(const Equation& equation) {
  std::string all;
  for (const std::string& operand : equation.operands) all += operand;
  std::string output;
  for (const auto& [label, extent] : equation.extents) {
    if (!is_letter(label) || std::ranges::count(all, label) == 1) output += label;
  }
  return output;
}

}  // namespace

Result<Equation> parse_equation(const std::string& text, const std::vector<Shape>& shapes) {
  const std::string plain = without_spaces(text);
  const size_t arrow = plain.find("->");
  const std::vector<std::string> terms = terms_of(plain.substr(0, arrow));
  if (terms.size() != shapes.size()) {
    return error(Error::kMalformed, "its equation has {} operands, it has {}", terms.size(), shapes.size());
  }
  int most = 0;
  for (size_t i = 0; i < terms.size(); ++i) {
    const int axes = ellipsis_axes(terms[i], shapes[i]);
    if (axes < 0) return error(Error::kMalformed, "its operand {} has rank {}", i, shapes[i].rank());
    most = std::max(most, axes);
  }
  Equation equation;
  for (size_t i = 0; i < terms.size(); ++i) {
    TMC_ASSIGN(equation.operands.emplace_back(), labels_of(terms[i], ellipsis_axes(terms[i], shapes[i]), most));
    TMC_TRY(note_extents(equation, equation.operands.back(), shapes[i]));
  }
  if (arrow == std::string::npos) {
    equation.output = implied_output(equation);
    return equation;
  }
  TMC_ASSIGN(equation.output, labels_of(plain.substr(arrow + 2), most, most));
  for (const char label : equation.output) {
    if (!equation.extents.contains(label) || std::ranges::count(equation.output, label) != 1) {
      return error(Error::kMalformed, "its output has the label '{}' twice, or alone", label);
    }
  }
  if (equation.output.size() > Shape::kMaxRank) return error(Error::kUnsupportedShape, "its output has too many axes");
  return equation;
}

}  // namespace tmc::frontend::onnx_format
