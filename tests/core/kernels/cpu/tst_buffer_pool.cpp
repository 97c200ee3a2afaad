// The pool of large arrays: memory comes back, stays apart between threads, and is bounded.
#include <QTest>

#include <cstring>
#include <thread>
#include <vector>

#include "core/kernels/cpu/buffer_pool.h"

using namespace paralif;

class TestBufferPool : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { release_idle_buffers(); }

  void handsTheSameMemoryOutAgain() {
    void* const first = take_buffer(3 << 20);
    return_buffer(first, 3 << 20);
    QVERIFY(idle_buffer_bytes() >= std::size_t{3} << 20);
    void* const second = take_buffer(3 << 20);
    QCOMPARE(second, first);
    void* const third = take_buffer(3 << 20);
    QVERIFY(third != second);
    return_buffer(second, 3 << 20);
    return_buffer(third, 3 << 20);
    release_idle_buffers();
    QCOMPARE(idle_buffer_bytes(), std::size_t{0});
  }

  void isAlignedAndLargeEnough() {
    for (const std::size_t bytes : {1UL, 63UL, 4097UL, 70000UL, 1234567UL, (2UL << 20) + 1}) {
      void* const buffer = take_buffer(bytes);
      QCOMPARE(reinterpret_cast<std::uintptr_t>(buffer) % 64, std::uintptr_t{0});
      std::memset(buffer, 1, bytes);
      return_buffer(buffer, bytes);
    }
  }

  /// What was in use at once comes back whole; what is asked for anew in other sizes takes the place
  /// of what has been idle the longest.
  void keepsAtMostTwiceWhatWasInUseAtOnce() {
    constexpr std::size_t size = 16 << 20;
    std::vector<void*> buffers;
    for (int i = 0; i < 4; ++i) buffers.push_back(take_buffer(size));
    for (void* buffer : buffers) return_buffer(buffer, size);
    QCOMPARE(idle_buffer_bytes(), 4 * size);
    for (std::size_t other = 9; other < 16; ++other) {
      const std::size_t odd = other * size / 8;
      return_buffer(take_buffer(odd), odd);
      QVERIFY(idle_buffer_bytes() <= 8 * size);
    }
    release_idle_buffers();
    void* const one = take_buffer(size);
    return_buffer(one, size);
    QCOMPARE(idle_buffer_bytes(), size);
  }

  void threadsDoNotShare() {
    std::vector<std::jthread> threads;
    std::atomic<int> mixed{0};
    for (int id = 1; id <= 4; ++id) {
      threads.emplace_back([id, &mixed] {
        for (int round = 0; round < 200; ++round) {
          auto* const values = static_cast<unsigned char*>(take_buffer(65536));
          std::memset(values, id, 65536);
          for (int i = 0; i < 65536; i += 4096) mixed += values[i] == id ? 0 : 1;
          return_buffer(values, 65536);
        }
      });
    }
    threads.clear();
    QCOMPARE(mixed.load(), 0);
  }
};

QTEST_GUILESS_MAIN(TestBufferPool)
#include "tst_buffer_pool.moc"
