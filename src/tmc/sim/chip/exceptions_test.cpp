// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/exception_entry.hpp"
#include "tmc/sim/testing/chip_bench.hpp"

namespace tmc::sim {
namespace {

// A core that executes nothing, with 4 kB of stack below 0x20001000 and vectors at 0.
class StillCore final : public Core {
 public:
  uint32_t get(CoreRegister which) const override { return registers_[static_cast<size_t>(which)]; }
  void set(CoreRegister which, uint32_t value) override { registers_[static_cast<size_t>(which)] = value; }
  uint32_t get_float(unsigned number) const override { return floats_[number]; }
  void set_float(unsigned number, uint32_t value) override { floats_[number] = value; }
  bool load(uint32_t address, uint32_t& word) override {
    if (address < 4 * kExceptions)
      word = 0x08001001 + 0x100 * (address / 4);
    else if (address - kStack < 4096)
      word = memory_[(address - kStack) / 4];
    else
      return false;
    return true;
  }
  bool store(uint32_t address, uint32_t word) override {
    if (address - kStack >= 4096) return false;
    memory_[(address - kStack) / 4] = word;
    return true;
  }
  static constexpr uint32_t kStack = 0x20000000;

 private:
  std::array<uint32_t, 16> registers_{};
  std::array<uint32_t, 16> floats_{};
  std::array<uint32_t, 1024> memory_{};
};

struct ExceptionsTest : testing::Test {
  StillCore core;
  Exceptions exceptions;
  Mpu mpu;

  ExceptionsTest() {
    exceptions.vtor = 0;
    core.set(CoreRegister::kMsp, 0x20001000);
    core.set(CoreRegister::kXpsr, 0x01000000);
    core.set(CoreRegister::kPc, 0x08000100);
    core.set(CoreRegister::kR0, 0x1234);
  }
  void pend(unsigned number, uint32_t priority) {
    exceptions.set_enabled(number, true);
    exceptions.set_priority(number, priority);
    exceptions.set_pending(number, true);
  }
  unsigned next() { return exceptions.next(masks_of(core)); }
  void take() { ASSERT_EQ(take_exception(core, exceptions, mpu, next()), EntryResult::kTaken); }
  void leave() {
    ASSERT_EQ(return_from_exception(core, exceptions, mpu, core.get(CoreRegister::kLr)), EntryResult::kTaken);
  }
  unsigned running() const { return core.get(CoreRegister::kXpsr) & 0x1FFU; }
};

TEST_F(ExceptionsTest, EntryAndReturnRestoreTheState) {
  pend(20, 0x40);
  take();
  EXPECT_EQ(running(), 20U);
  EXPECT_EQ(core.get(CoreRegister::kPc), 0x08001000U + 0x100 * 20);
  EXPECT_EQ(core.get(CoreRegister::kLr), 0xFFFFFFF9U);
  EXPECT_EQ(core.get(CoreRegister::kMsp), 0x20001000U - 32);
  core.set(CoreRegister::kR0, 0);
  leave();
  EXPECT_EQ(running(), 0U);
  EXPECT_EQ(core.get(CoreRegister::kR0), 0x1234U);
  EXPECT_EQ(core.get(CoreRegister::kPc), 0x08000100U);
  EXPECT_EQ(core.get(CoreRegister::kMsp), 0x20001000U);
}

TEST_F(ExceptionsTest, MoreUrgentOnesNestAndOthersAreChained) {
  pend(20, 0x40);
  take();
  pend(21, 0x80);
  EXPECT_EQ(next(), 0U) << "less urgent";
  pend(22, 0x20);
  take();
  EXPECT_EQ(running(), 22U);
  EXPECT_EQ(core.get(CoreRegister::kLr), 0xFFFFFFF1U);
  leave();
  EXPECT_EQ(running(), 20U);
  const uint32_t stack = core.get(CoreRegister::kMsp);
  core.set(CoreRegister::kLr, 0xFFFFFFF9);  // as the handler's own epilogue has it
  leave();
  EXPECT_EQ(running(), 21U);
  EXPECT_EQ(core.get(CoreRegister::kMsp), stack) << "nothing was unstacked";
}

TEST_F(ExceptionsTest, TheLowerNumberGoesFirst) {
  pend(30, 0x40);
  pend(25, 0x40);
  EXPECT_EQ(next(), 25U);
}

TEST_F(ExceptionsTest, SubprioritiesOrderButDoNotPreempt) {
  exceptions.priority_group = 5;  // two bits of group, two of subpriority
  pend(20, 0x50);
  take();
  pend(21, 0x40);
  EXPECT_EQ(next(), 0U);
  pend(22, 0x60);
  EXPECT_EQ(exceptions.most_urgent_pending(), 21U);
}

TEST_F(ExceptionsTest, MasksHoldBack) {
  pend(20, 0x40);
  core.set(CoreRegister::kPrimask, 1);
  EXPECT_EQ(next(), 0U);
  core.set(CoreRegister::kPrimask, 0);
  core.set(CoreRegister::kBasepri, 0x40);
  EXPECT_EQ(next(), 0U);
  core.set(CoreRegister::kBasepri, 0x50);
  EXPECT_EQ(next(), 20U);
  core.set(CoreRegister::kFaultmask, 1);
  EXPECT_EQ(next(), 0U);
  exceptions.set_pending(kNmi, true);
  EXPECT_EQ(next(), unsigned{kNmi});
}

TEST_F(ExceptionsTest, ALineThatStaysHighPendsAgain) {
  exceptions.set_enabled(16 + 39, true);
  exceptions.set_line(39, true);
  take();
  EXPECT_FALSE(exceptions.is_pending(16 + 39));
  leave();
  EXPECT_EQ(running(), 16U + 39) << "chained";
}

TEST_F(ExceptionsTest, FloatsAreStackedWhenTheHandlerUsesThem) {
  exceptions.cpacr = 0xF << 20;
  ASSERT_TRUE(prepare_float(core, exceptions));
  core.set_float(3, 0x40490FDB);
  pend(20, 0x40);
  take();
  EXPECT_EQ(core.get(CoreRegister::kLr), 0xFFFFFFE9U);
  EXPECT_EQ(core.get(CoreRegister::kMsp), 0x20001000U - 104);
  uint32_t word = 1;
  core.load(exceptions.fpcar + 12, word);
  EXPECT_EQ(word, 0U) << "the place is kept, and nothing stored yet";
  ASSERT_TRUE(prepare_float(core, exceptions));
  core.load(exceptions.fpcar + 12, word);
  EXPECT_EQ(word, 0x40490FDBU);
  core.set_float(3, 0);
  leave();
  EXPECT_EQ(core.get_float(3), 0x40490FDBU);
  EXPECT_TRUE(exceptions.float_active);
}

TEST_F(ExceptionsTest, FloatsNeedTheCoprocessor) {
  EXPECT_FALSE(prepare_float(core, exceptions));
  exceptions.cpacr = 0x5 << 20;
  core.set(CoreRegister::kControl, 1);
  EXPECT_FALSE(prepare_float(core, exceptions)) << "privileged access only";
}

TEST_F(ExceptionsTest, AFaultWithoutItsHandlerIsAHardFault) {
  ASSERT_TRUE(exceptions.raise_fault(kBusFault, kPreciserr, masks_of(core)));
  EXPECT_EQ(next(), unsigned{kHardFault});
  EXPECT_EQ(exceptions.hfsr, 1U << 30);
  take();
  EXPECT_FALSE(exceptions.raise_fault(kBusFault, kPreciserr, masks_of(core))) << "a fault within is a lockup";
}

TEST_F(ExceptionsTest, AFaultWithItsHandlerIsTakenThere) {
  exceptions.set_enabled(kUsageFault, true);
  ASSERT_TRUE(exceptions.raise_fault(kUsageFault, kUndefinstr, masks_of(core)));
  EXPECT_EQ(next(), unsigned{kUsageFault});
}

TEST_F(ExceptionsTest, AStackThatIsNotThereIsAHardFault) {
  core.set(CoreRegister::kMsp, 0x20000010);
  pend(20, 0x40);
  take();
  EXPECT_EQ(running(), unsigned{kHardFault});
  EXPECT_NE(exceptions.cfsr & kStkerr, 0U);
  EXPECT_TRUE(exceptions.is_pending(20));
}

TEST_F(ExceptionsTest, AWrongReturnIsAUsageFault) {
  pend(20, 0x40);
  take();
  core.set(CoreRegister::kLr, 0xFFFFFFF1);  // to a handler, where there is none
  leave();
  EXPECT_EQ(running(), unsigned{kHardFault});
  EXPECT_NE(exceptions.cfsr & kInvpc, 0U);
}

TEST(Nvic, ItsRegistersAreTheStateOfInterrupts) {
  ChipBench bench;
  bench.write("NVIC.ISER1", 1U << 7);
  EXPECT_EQ(bench.read("NVIC.ICER1"), 1U << 7);
  bench.write("NVIC.ISPR1", 1U << 7);
  EXPECT_TRUE(bench.pends(39));
  bench.chip.write(bench.chip.address_of("NVIC.IPR9") + 3, 1, 0xFF);
  EXPECT_EQ(bench.chip.exceptions().priority(16 + 39), 0xF0U) << "four bits are there";
  bench.write("NVIC.ICPR1", 1U << 7);
  EXPECT_FALSE(bench.pends(39));
  EXPECT_TRUE(bench.log.empty());
}

TEST(Scb, AsksForAResetWithItsKeyAlone) {
  ChipBench bench;
  bench.write("SCB.AIRCR", 4);
  EXPECT_EQ(bench.chip.take_reset_request(), "");
  bench.write("SCB.AIRCR", 0x05FA0004);
  EXPECT_NE(bench.chip.take_reset_request(), "");
}

TEST(Mpu, TheHighestRegionDecides) {
  ChipBench bench;
  const auto region = [&](uint32_t number, uint32_t base, uint32_t attributes) {
    bench.write("MPU.RNR", number);
    bench.write("MPU.RBAR", base);
    bench.write("MPU.RASR", attributes);
  };
  region(0, 0x20000000, 3U << 24 | 16U << 1 | 1U);              // 128 kB, all may do all
  region(1, 0x20000000, 6U << 24 | 7U << 1 | 0x02U << 8 | 1U);  // 256 bytes, read-only, without the second eighth
  bench.write("MPU.CTRL", 1);
  const Mpu& mpu = bench.chip.mpu();
  EXPECT_FALSE(mpu.allows(0x20000000, AccessKind::kWrite, true, false));
  EXPECT_TRUE(mpu.allows(0x20000000, AccessKind::kRead, false, false));
  EXPECT_TRUE(mpu.allows(0x20000020, AccessKind::kWrite, false, false)) << "the subregion that is left out";
  EXPECT_FALSE(mpu.allows(0x24000000, AccessKind::kRead, true, false)) << "no default map";
  EXPECT_TRUE(mpu.allows(0x24000000, AccessKind::kRead, true, true)) << "off in HardFault";
}

}  // namespace
}  // namespace tmc::sim
