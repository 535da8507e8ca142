// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/refusals.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "tmc/base/host/explanations.hpp"

namespace tmc {
namespace {

// Of one reason; a model of a thousand layers has each of them wrong in the same way.
constexpr size_t kMostNames = 8;

std::string names_text(const std::vector<std::string>& nodes) {
  const size_t shown = nodes.size() > kMostNames ? kMostNames - 1 : nodes.size();
  const std::vector<std::string> first(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(shown));
  std::string text = fmt::format("'{}'", fmt::join(first, "', '"));
  if (shown < nodes.size()) text += fmt::format(" and {} more", nodes.size() - shown);
  return text;
}

}  // namespace

std::string_view usual_hint(Error code) {
  switch (code) {
    case Error::kUnsupportedOp:
      return "export the model without it, or cut it off: see docs/adding-an-operator.md for what it takes to add it";
    case Error::kUnsupportedType:
      return "leave this layer in float32, or quantise it to int8 with per-tensor activations";
    case Error::kUnsupportedShape:
      return "export the model with other, fixed shapes; --shape NAME=1x49x10 binds open ones";
    case Error::kMalformed:
      return "export the file or copy it here again; if other tools take it, please report it";
    case Error::kBudgetExceeded:
    case Error::kDoesNotFit:
      return "make the model smaller, or give it more room: `tinymlc bench` shows which layers count";
    case Error::kMismatch:
      return "look at the first difference with --dump DIR";
    case Error::kBadUsage:
      return "`tinymlc COMMAND --help` says what every option takes";
    case Error::kBadInput:
      return "`tinymlc inspect MODEL` says which shapes and types the inputs have";
    case Error::kNotFound:
      return "check the spelling, and the folder that you are in";
    case Error::kIo:
      return "check the rights, the space that is left, and that it is a file";
    case Error::kToolMissing:
      return "run scripts/setup";
    case Error::kToolFailed:
      return "the tool's own message says what it dislikes";
    case Error::kTimeout:
      return "give fewer samples, or a machine that is less busy";
    case Error::kInternal:
      return "please report it, with the model";
    case Error::kOk:
      break;
  }
  return "";
}

bool Refusals::is_refusal(const Status& status) {
  return status.code() == Error::kUnsupportedOp || status.code() == Error::kUnsupportedType ||
         status.code() == Error::kUnsupportedShape;
}

void Refusals::add(const std::string& op, const std::string& node, const Status& status) {
  const auto same = std::ranges::find_if(refused_, [&](const Reason& known) {
    return known.op == op && known.status.message() == status.message() && known.status.code() == status.code() &&
           known.status.hint() == status.hint();
  });
  const std::string& where = status.node().empty() ? node : status.node();
  if (same != refused_.end()) {
    same->nodes.push_back(where);
  } else {
    refused_.push_back({op, status, {where}});
  }
}

void Refusals::add(const Refusals& others) {
  for (const auto& [op, nodes] : others.unknown_) {
    for (const std::string& node : nodes) add_unknown(op, node);
  }
  for (const auto& [op, status, nodes] : others.refused_) {
    for (const std::string& node : nodes) add(op, node, status);
  }
}

std::string Refusals::unknown_text() const {
  const size_t count = unknown_.size();
  std::string text =
      fmt::format("{} not supported:", count == 1 ? "1 operator is" : fmt::format("{} operators are", count));
  for (const auto& [op, nodes] : unknown_) text += fmt::format("\n  {}: {}", op, names_text(nodes));
  return text;
}

std::string Refusals::common_hint() const {
  const auto hint_of = [](const Reason& reason) {
    return reason.status.hint().empty() ? std::string(usual_hint(reason.status.code())) : reason.status.hint();
  };
  const std::string first = hint_of(refused_.front());
  const bool same = std::ranges::all_of(refused_, [&](const Reason& reason) { return hint_of(reason) == first; });
  return same ? first : "";
}

std::string Refusals::refused_text() const {
  size_t count = 0;
  for (const Reason& reason : refused_) count += reason.nodes.size();
  std::string text = fmt::format("{} not supported:", count == 1 ? "1 node is" : fmt::format("{} nodes are", count));
  const bool says_hints = !unknown_.empty() || common_hint().empty();
  for (const auto& [op, status, nodes] : refused_) {
    text +=
        fmt::format("\n  {}{}: {}", names_text(nodes), op.empty() ? "" : fmt::format(" ({})", op), status.message());
    const std::string_view hint = status.hint().empty() ? usual_hint(status.code()) : status.hint();
    text += says_hints ? fmt::format(" ({}: {})", code_of(status.code()), hint)
                       : fmt::format(" ({})", code_of(status.code()));
  }
  return text;
}

Status Refusals::status() const {
  if (empty()) return {};
  if (unknown_.empty() && refused_.size() == 1 && refused_.front().nodes.size() == 1) {
    const Reason& only = refused_.front();
    return Status(only.status).at_node(only.nodes.front()).with_hint(usual_hint(only.status.code()));
  }
  if (unknown_.empty()) {
    const std::string hint = common_hint();
    return Status(refused_.front().status.code(), refused_text())
        .with_hint(hint.empty() ? "what stands behind each of them" : hint);
  }
  std::string message = unknown_text();
  if (!refused_.empty()) message += "\nand " + refused_text();
  return Status(Error::kUnsupportedOp, std::move(message))
      .with_hint("export the model without them, or describe them with --custom (docs/custom-operators.md)");
}

}  // namespace tmc
