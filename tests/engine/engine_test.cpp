// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The engine on images of small programs: what it loads, what it refuses, bindings, runs on a pool.

#include "tmc/engine/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "images.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/memory/testing/prometheus_parser.hpp"

namespace tmc::engine {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

tinymlc::Model loaded(const AlignedBytes& image) {
  auto model = tinymlc::Model::from_bytes(image.bytes().data(), image.bytes().size());
  EXPECT_TRUE(model) << model.status().message;
  return *std::move(model);
}

std::vector<int8_t> values(tinymlc::Span<const int8_t> span) {
  return {span.begin(), span.end()};
}

std::vector<int8_t> run_on(tinymlc::Context& context, const std::vector<int8_t>& input) {
  std::copy(input.begin(), input.end(), context.input<int8_t>(0).begin());
  const tinymlc::Status status = context.run();
  EXPECT_TRUE(status) << status.message;
  return values(context.output<int8_t>(0));
}

TEST(Engine, SaysWhatAModelHas) {
  const AlignedBytes image = image_of(testing::layers(2));
  const tinymlc::Model model = loaded(image);
  const tinymlc_info info = model.info();
  EXPECT_STREQ(info.name, "layers");
  EXPECT_EQ(info.steps, 2U);
  EXPECT_EQ(info.image_bytes, image.bytes().size());
  const tinymlc_tensor input = model.input(0);
  EXPECT_STREQ(input.name, "x");
  EXPECT_EQ(input.dtype, TINYMLC_I8);
  ASSERT_EQ(input.rank, 2U);
  EXPECT_EQ(input.shape[1], testing::kWidth);
  ASSERT_EQ(input.scale_count, 1U);
  EXPECT_EQ(input.scales[0].zero_point, 5);
  EXPECT_EQ(model.output(0).scales, nullptr);
  EXPECT_EQ(model.output(7).name, nullptr);
  const auto weights = model.weight<int8_t>("w0");
  EXPECT_EQ(weights.size(), size_t{testing::kWidth} * testing::kWidth);
  EXPECT_GE(reinterpret_cast<const std::byte*>(weights.data()), image.bytes().data()) << "no copy";
  EXPECT_LT(reinterpret_cast<const std::byte*>(weights.data()), image.bytes().data() + image.bytes().size());
  EXPECT_TRUE(model.weight<float>("w0").empty());
  EXPECT_TRUE(model.weight<int8_t>("w9").empty());
}

TEST(Engine, ComputesWhatTheProgramDoes) {
  const AlignedBytes image = image_of(testing::layers(3));
  auto context = loaded(image).create_context();
  ASSERT_TRUE(context);
  for (int seed = 0; seed < 3; ++seed) {
    const auto input = testing::samples(seed);
    EXPECT_EQ(run_on(*context, input), testing::expected(3, input));
  }
}

TEST(Engine, MapsAFile) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.ok());
  const auto path = folder->path() / "model.tmci";
  const AlignedBytes image = image_of(testing::layers(1));
  const std::string_view bytes(reinterpret_cast<const char*>(image.bytes().data()), image.bytes().size());
  ASSERT_TRUE(write_file(path, bytes).ok());
  const auto model = tinymlc::Model::load(path.string(), TINYMLC_CHECK_HASH);
  EXPECT_TRUE(model) << model.status().message;
  std::string damaged(bytes);
  damaged[damaged.size() - 40] ^= 1;
  ASSERT_TRUE(write_file(path, damaged).ok());
  EXPECT_TRUE(tinymlc::Model::load(path.string()));
  EXPECT_THAT(tinymlc::Model::load(path.string(), TINYMLC_CHECK_HASH).status().message, HasSubstr("hash"));
  ASSERT_TRUE(write_file(path, "").ok());
  EXPECT_EQ(tinymlc::Model::load(path.string()).status().code, TINYMLC_MALFORMED);
  EXPECT_EQ(tinymlc::Model::load((folder->path() / "none").string()).status().code, TINYMLC_NOT_FOUND);
  EXPECT_EQ(tinymlc::Model::load(folder->path().string()).status().code, TINYMLC_IO);
}

TEST(Engine, RefusesBadUsage) {
  EXPECT_EQ(tinymlc_load(nullptr, 0, nullptr), TINYMLC_BAD_USAGE);
  EXPECT_EQ(tinymlc_run(nullptr), TINYMLC_BAD_USAGE);
  const AlignedBytes image = image_of(testing::layers(1));
  const tinymlc::Model model = loaded(image);
  auto context = model.create_context();
  std::vector<int8_t> memory(testing::kWidth);
  EXPECT_EQ(context->bind_input(0, memory.data(), testing::kWidth - 1).code, TINYMLC_BAD_USAGE);
  EXPECT_EQ(context->bind_output(1, memory.data(), memory.size()).code, TINYMLC_BAD_USAGE);
  EXPECT_TRUE(context->input<int8_t>(1).empty());
  EXPECT_TRUE(context->input<float>(0).empty());
  tinymlc_info info = {};
  EXPECT_EQ(tinymlc_model_info(model.get(), &info), TINYMLC_BAD_USAGE) << "without its size";
}

TEST(Engine, UsesMemoryThatIsBound) {
  const AlignedBytes image = image_of(testing::layers(2));
  auto context = loaded(image).create_context();
  const auto input = testing::samples(1);
  AlignedBytes from(input.size() + 1, 16), to(input.size() + 1, 16);
  for (const size_t shift : {0, 1}) {
    std::memcpy(from.bytes().data() + shift, input.data(), input.size());
    bool in_copied = false, out_copied = false;
    ASSERT_TRUE(context->bind_input(0, from.bytes().data() + shift, input.size(), &in_copied));
    ASSERT_TRUE(context->bind_output(0, to.bytes().data() + shift, input.size(), &out_copied));
    EXPECT_EQ(in_copied, shift != 0);
    EXPECT_EQ(out_copied, shift != 0);
    ASSERT_TRUE(context->run());
    const auto* const written = reinterpret_cast<const int8_t*>(to.bytes().data() + shift);
    EXPECT_THAT(std::vector<int8_t>(written, written + input.size()), ElementsAreArray(testing::expected(2, input)));
    EXPECT_EQ(context->output<int8_t>(0).data(), written);
  }
  ASSERT_TRUE(context->bind_input(0, nullptr, 0));
  ASSERT_TRUE(context->bind_output(0, nullptr, 0));
  EXPECT_EQ(run_on(*context, testing::samples(2)), testing::expected(2, testing::samples(2)));
}

TEST(Engine, CopiesAnInputThatAStepOverwrites) {
  program::Program program = testing::layers(1);
  program.steps.push_back(program.steps[0]);
  program.steps[1].operands[3] = program.steps[1].operands[0];
  const AlignedBytes image = image_of(program);
  auto context = loaded(image).create_context();
  AlignedBytes from(testing::kWidth, 16);
  bool is_copied = false;
  ASSERT_TRUE(context->bind_input(0, from.bytes().data(), testing::kWidth, &is_copied));
  EXPECT_TRUE(is_copied);
  ASSERT_TRUE(context->run());
  EXPECT_THAT(from.bytes(), ::testing::Each(std::byte{0}));
}

TEST(Engine, ContextsOutliveTheirModel) {
  const AlignedBytes image = image_of(testing::layers(1));
  std::optional<tinymlc::Model> model = loaded(image);
  auto context = model->create_context();
  model.reset();
  const auto input = testing::samples(4);
  EXPECT_EQ(run_on(*context, input), testing::expected(1, input));
}

TEST(Engine, CountsWhatItDoes) {
  const AlignedBytes image = image_of(testing::layers(1));
  const tinymlc::Model model = loaded(image);
  {
    auto context = model.create_context();
    const tinymlc_metrics metrics = model.metrics();
    EXPECT_EQ(metrics.contexts_live, 1U);
    EXPECT_GE(metrics.bytes_live, model.info().arena_bytes);
    for (int i = 0; i < 5; ++i) run_on(*context, testing::samples(i));
  }
  const tinymlc_metrics metrics = model.metrics();
  EXPECT_EQ(metrics.contexts_live, 0U);
  EXPECT_EQ(metrics.bytes_live, 0U);
  EXPECT_EQ(metrics.bytes_allocated, metrics.bytes_peak);
  EXPECT_EQ(metrics.runs, 5U);
  uint64_t in_buckets = 0;
  for (const uint64_t runs : metrics.times) in_buckets += runs;
  EXPECT_EQ(in_buckets, 5U);
}

TEST(Engine, KeepsContextsForTheNextUntilItIsTrimmed) {
  program::Program program = testing::layers(2);
  program.name = "kept";
  const AlignedBytes image = image_of(program);
  tinymlc::Model model = loaded(image);
  const int8_t* first = nullptr;
  {
    auto context = model.create_context();
    first = context->input<int8_t>(0).data();
    EXPECT_EQ(model.trim({}), 0U) << "it is in use";
    const auto input = testing::samples(5);
    EXPECT_EQ(run_on(*context, input), testing::expected(2, input));
    std::vector<int8_t> elsewhere(testing::kWidth);
    ASSERT_TRUE(context->bind_output(0, elsewhere.data(), elsewhere.size()));
  }
  const uint64_t retained = model.metrics().bytes_retained;
  EXPECT_GT(retained, 0U);
  {
    auto context = model.create_context();
    EXPECT_EQ(context->input<int8_t>(0).data(), first) << "the arena of the one before";
    EXPECT_THAT(values(context->output<int8_t>(0)), ::testing::Each(0)) << "nothing of it, nor what it bound";
    const auto input = context->input<int8_t>(0);
    EXPECT_THAT(std::vector<int8_t>(input.begin(), input.end()), ::testing::Each(0));
    EXPECT_EQ(model.metrics().bytes_retained, retained);
  }
  EXPECT_EQ(model.trim(std::chrono::hours(1)), 0U);
  EXPECT_EQ(model.trim({}), retained);
  EXPECT_EQ(model.metrics().bytes_retained, 0U);
  EXPECT_EQ(model.metrics().bytes_returned, retained);
  auto context = model.create_context();
  const auto input = testing::samples(6);
  EXPECT_EQ(run_on(*context, input), testing::expected(2, input));
}

TEST(Engine, WritesMetricsThatPrometheusReads) {
  program::Program program = testing::layers(1);
  program.name = "measured";
  const AlignedBytes image = image_of(program);
  {
    const tinymlc::Model model = loaded(image), other = loaded(image);
    for (const tinymlc::Model* of : {&model, &other}) {
      auto context = of->create_context();
      for (int i = 0; i < 5; ++i) run_on(*context, testing::samples(i));
    }
  }
  const tinymlc::Model model = loaded(image);
  auto context = model.create_context();
  run_on(*context, testing::samples(0));
  const std::string text = tinymlc::metrics_text();
  const auto read = memory::testing::read_by_prometheus(text);
  if (!read) GTEST_SKIP() << "prometheus_client is not installed (scripts/setup)";
  EXPECT_THAT(*read, HasSubstr("tinymlc_run_seconds_count|histogram|model='measured'|11\n"))
      << "those that are gone too";
  EXPECT_THAT(*read, HasSubstr("tinymlc_run_seconds_bucket|histogram|le='+Inf',model='measured'|11\n"));
  EXPECT_THAT(*read, HasSubstr("tinymlc_run_seconds_bucket|histogram|le='1e-06',model='measured'|"));
  EXPECT_THAT(*read, HasSubstr("tinymlc_contexts|gauge|model='measured'|1\n"));
  EXPECT_THAT(*read, HasSubstr("tinymlc_cancelled_runs_total|counter|model='measured'|0\n"));
  EXPECT_THAT(*read, HasSubstr("tinymlc_memory_live_bytes|gauge|model='measured',pool='contexts'|" +
                               std::to_string(model.metrics().bytes_live) + "\n"));
}

TEST(Engine, WritesMetricsWhereThereIsRoom) {
  size_t bytes = 0;
  ASSERT_EQ(tinymlc_metrics_text(nullptr, 0, &bytes), TINYMLC_OK);
  std::string text(bytes + 1, 'x');
  EXPECT_EQ(tinymlc_metrics_text(text.data(), bytes, &bytes), TINYMLC_BAD_USAGE) << "no room for the null";
  EXPECT_THAT(text, ::testing::Each('x'));
  ASSERT_EQ(tinymlc_metrics_text(text.data(), bytes + 1, &bytes), TINYMLC_OK);
  EXPECT_EQ(text[bytes], 0);
  EXPECT_EQ(tinymlc_metrics_text(nullptr, 1, &bytes), TINYMLC_BAD_USAGE);
  EXPECT_EQ(tinymlc_metrics_text(nullptr, 0, nullptr), TINYMLC_BAD_USAGE);
  EXPECT_EQ(tinymlc_trim(nullptr, 0, nullptr), TINYMLC_BAD_USAGE);
}

TEST(Engine, RunsOnAPool) {
  const AlignedBytes image = image_of(testing::layers(3));
  const tinymlc::Model model = loaded(image);
  auto pool = tinymlc::Pool::create(2);
  ASSERT_TRUE(pool);
  std::vector<tinymlc::Context> contexts;
  for (int i = 0; i < 4; ++i) contexts.push_back(*model.create_context());
  std::atomic<int> done = 0;
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 4; ++i) {
      const auto input = testing::samples(round * 4 + i);
      std::copy(input.begin(), input.end(), contexts[i].input<int8_t>(0).begin());
      const auto count = [](void* user, tinymlc_status) { ++*static_cast<std::atomic<int>*>(user); };
      ASSERT_TRUE(contexts[i].start(*pool, count, &done));
    }
    for (int i = 0; i < 4; ++i) {
      ASSERT_TRUE(contexts[i].wait());
      EXPECT_EQ(values(contexts[i].output<int8_t>(0)), testing::expected(3, testing::samples(round * 4 + i)));
    }
  }
  EXPECT_EQ(done, 200);
  EXPECT_EQ(model.metrics().runs, 200U);
}

// Holds the only thread of a pool until it is told to go on.
struct Gate {
  std::atomic<bool> is_reached = false, is_open = false;
  static void wait(void* user, tinymlc_status) {
    auto* const gate = static_cast<Gate*>(user);
    gate->is_reached = true;
    while (!gate->is_open) std::this_thread::yield();
  }
};

TEST(Engine, CancelsWhatWaits) {
  const AlignedBytes image = image_of(testing::layers(1));
  const tinymlc::Model model = loaded(image);
  auto pool = tinymlc::Pool::create(1);
  auto held = model.create_context(), waiting = model.create_context();
  Gate gate;
  ASSERT_TRUE(held->start(*pool, &Gate::wait, &gate));
  while (!gate.is_reached) std::this_thread::yield();
  ASSERT_TRUE(waiting->start(*pool));
  EXPECT_EQ(waiting->run().code, TINYMLC_BUSY);
  EXPECT_EQ(waiting->start(*pool).code, TINYMLC_BUSY);
  EXPECT_EQ(waiting->reset().code, TINYMLC_BUSY);
  EXPECT_FALSE(waiting->is_done());
  waiting->cancel();
  gate.is_open = true;
  EXPECT_EQ(waiting->wait().code, TINYMLC_CANCELLED);
  EXPECT_TRUE(held->wait());
  EXPECT_EQ(model.metrics().cancelled, 1U);
  const auto input = testing::samples(3);
  EXPECT_EQ(run_on(*waiting, input), testing::expected(1, input)) << "the next run is not cancelled";
}

TEST(Engine, CancelsBetweenSteps) {
  program::Program program = testing::layers(1);
  program.loops = {{100'000'000}};  // minutes
  program.steps[0].loop = 0;
  program.steps[0].stripe = -1;
  const AlignedBytes image = image_of(program);
  auto context = loaded(image).create_context();
  auto pool = tinymlc::Pool::create(1);
  ASSERT_TRUE(context->start(*pool));
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_FALSE(context->is_done());
  context->cancel();
  EXPECT_EQ(context->wait().code, TINYMLC_CANCELLED);
}

TEST(Engine, APoolThatGoesCancelsWhatWaits) {
  const AlignedBytes image = image_of(testing::layers(1));
  const tinymlc::Model model = loaded(image);
  auto held = model.create_context(), waiting = model.create_context();
  Gate gate;
  {
    auto pool = tinymlc::Pool::create(1);
    ASSERT_TRUE(held->start(*pool, &Gate::wait, &gate));
    while (!gate.is_reached) std::this_thread::yield();
    ASSERT_TRUE(waiting->start(*pool));
    std::thread opener([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      gate.is_open = true;
    });
    opener.detach();
  }
  EXPECT_TRUE(held->wait());
  EXPECT_EQ(waiting->wait().code, TINYMLC_CANCELLED);
}

TEST(Engine, ThreadsShareAModel) {
  const AlignedBytes image = image_of(testing::layers(2));
  const tinymlc::Model model = loaded(image);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        auto context = model.create_context();
        const auto input = testing::samples(i * 20 + round);
        EXPECT_EQ(run_on(*context, input), testing::expected(2, input));
        EXPECT_GT(model.metrics().runs, 0U);
        EXPECT_EQ(context->bind_input(9, nullptr, 0).code, TINYMLC_BAD_USAGE) << "each thread has its own message";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(model.metrics().contexts_live, 0U);
}

}  // namespace
}  // namespace tmc::engine
