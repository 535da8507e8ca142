// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <functional>
#include <string>
#include <vector>

#include "bench_model.hpp"
#include "bench_report.hpp"
#include "compile_model.hpp"
#include "cost_report.hpp"
#include "error.hpp"
#include "listener.hpp"
#include "quantize_model.hpp"
#include "tmc/backend/image/write.hpp"
#include "tmc/program/text.hpp"
#include "tmc/report/make_report.hpp"
#include "tmc/report/quantization_report.hpp"
#include "verify_model.hpp"
#include "verify_report.hpp"

// Every function takes the words of the command of its name, so that both have the same options, and gives the report
// that the command gives for machines, as JSON. The interpreter's lock is free while they work.
namespace tmc::python {
namespace {

using Words = std::vector<std::string>;
using app::Json;

struct Report {
  std::string json;
  std::string page;  // HTML; empty: none
};

void read_words(Words words, const std::function<void(app::Command&)>& add_options) {
  app::Command program("tinymlc", "", TMC_VERSION);
  add_options(*program.add_subcommand("command", ""));
  words.insert(words.begin(), "command");
  check(program.parse(std::move(words)));
}

// What a function tells while it works.
struct Listeners {
  Listener progress, warn;

  void listen_to(app::ModelOptions& model) const {
    model.progress = progress;
    model.quantize.progress = progress;
    model.warn = warn;
  }
  app::Show show() const {
    return [this](const std::string& what) { progress(what, int64_t{0}, int64_t{0}); };
  }
};

template <typename Work>
auto with(nb::object progress, nb::object warn, const Work& work) {
  const Listeners listeners{Listener(std::move(progress)), Listener(std::move(warn))};
  const nb::gil_scoped_release release;
  return work(listeners);
}

std::string page_of(const pipeline::Compilation& compilation, const cost::Cost& cost) {
  return compilation.graph.order().empty() ? "" : report::to_html(report::make_report(compilation, cost, nullptr));
}

Json quantization_of(const pipeline::Compilation& compilation) {
  if (!compilation.quantization) return nullptr;
  return report::quantization_json(compilation.model.filename().string(), *compilation.quantization);
}

// What `compile` gives: its report, and the image for whoever wants to run it, which not every model can become.
class Compiled {
 public:
  Compiled(const app::CompileArguments& arguments, app::Compiled compiled)
      : compiled_(std::move(compiled)), output_(arguments.output) {}

  Report report() const {
    const program::Program& program = compiled_.compilation.program;
    Json json = app::cost_json(compiled_.compilation, compiled_.cost);
    json["name"] = program.name;
    json["output"] = output_;
    json["steps"] = program.steps.size();
    json["plan"] = program::plan_text(program);
    json["note"] = compiled_.note;
    json["quantization"] = quantization_of(compiled_.compilation);
    return {json.dump(), page_of(compiled_.compilation, compiled_.cost)};
  }
  nb::bytes image() const {
    std::vector<std::byte> image;
    {
      const nb::gil_scoped_release release;
      image = checked(backend::image::write(compiled_.compilation.program));
    }
    return nb::bytes(image.data(), image.size());
  }

 private:
  app::Compiled compiled_;
  std::string output_;
};

Compiled compile(const Words& words, nb::object progress, nb::object warn) {
  return with(std::move(progress), std::move(warn), [&](const Listeners& listeners) {
    app::CompileArguments arguments;
    read_words(words, [&](app::Command& command) { arguments.add_to(command); });
    listeners.listen_to(arguments.model);
    return Compiled(arguments, checked(app::compile_model(arguments, listeners.show())));
  });
}

Report cost(const Words& words, nb::object progress, nb::object warn) {
  return with(std::move(progress), std::move(warn), [&](const Listeners& listeners) {
    app::ModelOptions model;
    model.for_sources = true;
    read_words(words, [&](app::Command& command) { model.add_to(command); });
    listeners.listen_to(model);
    const pipeline::Compilation compilation = checked(model.compile());
    const cost::Cost predicted = checked(pipeline::predict_cost(compilation));
    return Report{app::cost_json(compilation, predicted).dump(), page_of(compilation, predicted)};
  });
}

Report bench(const Words& words, nb::object progress, nb::object warn) {
  return with(std::move(progress), std::move(warn), [&](const Listeners& listeners) {
    app::BenchArguments arguments;
    read_words(words, [&](app::Command& command) { arguments.add_to(command); });
    listeners.listen_to(arguments.model);
    const app::Benched benched = checked(app::bench_model(arguments, listeners.show()));
    check(benched.within_budget);
    const bool has_graph = !benched.compilation.graph.order().empty();
    return Report{app::bench_json(benched.report).dump(), has_graph ? checked(app::bench_page(benched)) : ""};
  });
}

Report verify(const Words& words, nb::object progress, nb::object warn) {
  return with(std::move(progress), std::move(warn), [&](const Listeners& listeners) {
    app::VerifyArguments arguments;
    read_words(words, [&](app::Command& command) { arguments.add_to(command); });
    listeners.listen_to(arguments.model);
    return Report{app::verify_json(checked(app::verify_model(arguments, listeners.show()))).dump(), ""};
  });
}

Report quantize(const Words& words, nb::object progress, nb::object warn) {
  return with(std::move(progress), std::move(warn), [&](const Listeners& listeners) {
    app::QuantizeFileArguments arguments;
    read_words(words, [&](app::Command& command) { arguments.add_to(command); });
    listeners.listen_to(arguments.model);
    const pipeline::Compilation compilation = checked(app::quantize_model(arguments));
    return Report{quantization_of(compilation).dump(),
                  report::quantization_html(compilation.model.filename().string(), *compilation.quantization)};
  });
}

}  // namespace

void bind_compiler(nb::module_& module) {
  using namespace nb::literals;
  nb::class_<Report>(module, "Report").def_ro("json", &Report::json).def_ro("page", &Report::page);
  nb::class_<Compiled>(module, "Compiled").def("report", &Compiled::report).def("image", &Compiled::image);
  module.def("compile", &compile, "words"_a, "progress"_a.none(), "warn"_a.none());
  module.def("cost", &cost, "words"_a, "progress"_a.none(), "warn"_a.none());
  module.def("bench", &bench, "words"_a, "progress"_a.none(), "warn"_a.none());
  module.def("verify", &verify, "words"_a, "progress"_a.none(), "warn"_a.none());
  module.def("quantize", &quantize, "words"_a, "progress"_a.none(), "warn"_a.none());
}

}  // namespace tmc::python
