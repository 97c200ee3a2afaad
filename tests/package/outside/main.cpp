// Trains Yin-Yang for two epochs and prints what it reached.
#include <core/experiments/presets.h>
#include <core/sessions/session.h>
#include <datasets/error.h>

#include <cstdio>

int main() {
  try {
    paralif::Experiment experiment = paralif::first_experiment();
    experiment.training.epochs = 2;
    paralif::Session session(experiment);
    session.start();
    session.wait();
    const std::optional<paralif::Snapshot> last = session.take();
    if (!last || last->epochs_since.empty()) return 1;
    for (const paralif::EpochMetrics& epoch : last->epochs_since) {
      std::printf("epoch %ld: test accuracy %.1f %%\n", static_cast<long>(epoch.epoch),
                  100.0 * epoch.test_accuracy);
    }
    return last->state == paralif::SessionState::finished ? 0 : 1;
  } catch (const paralif::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
