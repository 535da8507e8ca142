// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Options and subcommands of a command line, as much of CLI11 as we use: its headers take six seconds to compile and
// are read by command_line.cpp alone. A value that is bound to an option must live until the line was parsed.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace tmc::app {

class Option {
 public:
  explicit Option(CLI::Option& option) : option_(option) {}
  Option(const Option&) = delete;

  Option* required();
  Option* capture_default_str();  // the help shows the value that the variable has now
  Option* group(const std::string& name);
  Option* excludes(Option* other);
  Option* in_range(double least, double most);
  Option* in_range(int least, int most);
  size_t count() const;  // how often it was given

 private:
  CLI::Option& option_;
};

// The program, or one of its subcommands. Owns its options and subcommands; pointers to them stay valid as long.
class Command {
 public:
  Command(const std::string& name, const std::string& help, const std::string& version);
  explicit Command(CLI::App& app);
  Command(const Command&) = delete;
  ~Command();

  // Names as "-o,--output", or "model" for a positional one.
  Option* add_option(const std::string& names, std::string& to, const std::string& help);
  Option* add_option(const std::string& names, std::vector<std::string>& to, const std::string& help);
  Option* add_option(const std::string& names, int& to, const std::string& help);
  Option* add_option(const std::string& names, int64_t& to, const std::string& help);
  Option* add_option(const std::string& names, uint32_t& to, const std::string& help);
  Option* add_option(const std::string& names, uint64_t& to, const std::string& help);
  Option* add_option(const std::string& names, double& to, const std::string& help);
  Option* add_option(const std::string& names, std::optional<double>& to, const std::string& help);
  Option* add_option(const std::string& names, std::optional<int>& to, const std::string& help);
  // "!--no-cycles" sets the variable to false.
  Option* add_flag(const std::string& names, bool& to, const std::string& help);

  Command* add_subcommand(const std::string& name, const std::string& help);
  // Runs once the line was parsed, where it named this subcommand.
  void callback(std::function<void()> run);

  // Parses the line and runs the subcommand's callback. What is wrong with the line, or the help, is printed. Nullopt
  // where a callback ran, else the code to exit with: 0 after help and version, 2 after wrong use.
  std::optional<int> parse(int argc, char** argv);
  // The same of words that no shell has seen, without the program's name; nothing is printed. kBadUsage: they are
  // wrong.
  Status parse(std::vector<std::string> words);

 private:
  // Why a value is none that the option takes; empty where it is one.
  using Refusal = std::string (*)(const std::string& text);
  template <typename T>
  Option* bind(const std::string& names, T& to, const std::string& help, Refusal refusal = nullptr);
  Option* own(CLI::Option& option);

  std::unique_ptr<CLI::App> owned_;  // of the program; its subcommands belong to it
  CLI::App& app_;
  std::vector<std::unique_ptr<Option>> options_;
  std::vector<std::unique_ptr<Command>> subcommands_;
};

}  // namespace tmc::app
