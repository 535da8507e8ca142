// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command.hpp"
#include "tmc/base/host/number.hpp"

namespace tmc::app {
namespace {

// CLI11 takes an integer that is out of range as the nearest one, and below zero modulo 2^64 where it has no sign.
template <typename T>
std::string is_beyond(const std::string& text) {
  T value = 0;
  const bool is_decimal = text.find_first_not_of("-0123456789") == std::string::npos;
  return is_decimal && !parse_number(text, value) ? text + " is beyond the integers that it takes" : std::string();
}

// Of which a range sees nothing.
std::string is_no_number(const std::string& text) {
  double value = 0;
  return CLI::detail::lexical_cast(text, value) && value != value ? text + " is not a number" : std::string();
}

}  // namespace

Option* Option::required() {
  option_.required();
  return this;
}
Option* Option::capture_default_str() {
  option_.capture_default_str();
  return this;
}
Option* Option::group(const std::string& name) {
  option_.group(name);
  return this;
}
Option* Option::excludes(Option* other) {
  option_.excludes(&other->option_);
  return this;
}
Option* Option::in_range(double least, double most) {
  option_.check(CLI::Range(least, most));
  return this;
}
Option* Option::in_range(int least, int most) {
  option_.check(CLI::Range(least, most));
  return this;
}
size_t Option::count() const {
  return option_.count();
}

Command::Command(const std::string& name, const std::string& help, const std::string& version)
    : owned_(std::make_unique<CLI::App>(help, name)), app_(*owned_) {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", version);
}
Command::Command(CLI::App& app) : app_(app) {}
Command::~Command() = default;

Option* Command::own(CLI::Option& option) {
  return options_.emplace_back(std::make_unique<Option>(option)).get();
}

template <typename T>
Option* Command::bind(const std::string& names, T& to, const std::string& help, Refusal refusal) {
  CLI::Option* const option = app_.add_option(names, to, help);
  return own(refusal ? *option->check(refusal) : *option);
}

Option* Command::add_option(const std::string& names, std::string& to, const std::string& help) {
  return bind(names, to, help);
}
Option* Command::add_option(const std::string& names, std::vector<std::string>& to, const std::string& help) {
  return bind(names, to, help);
}
Option* Command::add_option(const std::string& names, int& to, const std::string& help) {
  return bind(names, to, help);
}
Option* Command::add_option(const std::string& names, int64_t& to, const std::string& help) {
  return bind(names, to, help, is_beyond<int64_t>);
}
Option* Command::add_option(const std::string& names, uint32_t& to, const std::string& help) {
  return bind(names, to, help);
}
Option* Command::add_option(const std::string& names, uint64_t& to, const std::string& help) {
  return bind(names, to, help, is_beyond<uint64_t>);
}
Option* Command::add_option(const std::string& names, double& to, const std::string& help) {
  return bind(names, to, help, is_no_number);
}
Option* Command::add_option(const std::string& names, std::optional<double>& to, const std::string& help) {
  return bind(names, to, help, is_no_number);
}
Option* Command::add_option(const std::string& names, std::optional<int>& to, const std::string& help) {
  return bind(names, to, help);
}
Option* Command::add_flag(const std::string& names, bool& to, const std::string& help) {
  return own(*app_.add_flag(names, to, help));
}

Command* Command::add_subcommand(const std::string& name, const std::string& help) {
  return subcommands_.emplace_back(std::make_unique<Command>(*app_.add_subcommand(name, help))).get();
}
void Command::callback(std::function<void()> run) {
  app_.callback(std::move(run));
}

std::optional<int> Command::parse(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& wrong) {
    if (wrong.get_exit_code() == 0) return app_.exit(wrong);
    Exit exit;
    exit.check(error(Error::kBadUsage, "{}", wrong.what()));
    return exit.code;
  }
}

Status Command::parse(std::vector<std::string> words) {
  std::ranges::reverse(words);
  try {
    app_.parse(std::move(words));
    return {};
  } catch (const CLI::ParseError& wrong) {
    return error(Error::kBadUsage, "{}", wrong.what());
  }
}

}  // namespace tmc::app
