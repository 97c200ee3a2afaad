#include "app/studio/studio_application.h"

#include "app/studio/guard.h"
#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

constexpr qint64 repeatMs = 1000;

}  // namespace

StudioApplication::StudioApplication(int& argc, char** argv) : QApplication(argc, argv) {
  useNumberNotation();
}

bool StudioApplication::notify(QObject* receiver, QEvent* event) {
  bool taken = false;
  guarded([&] { taken = QApplication::notify(receiver, event); },
          [](const Failure& failure) { reportFailure(failure); });
  return taken;
}

void StudioApplication::tell(const Failure& failure) {
  const bool again = told_ == failure.sentence && since_.isValid() && since_.elapsed() < repeatMs;
  told_ = failure.sentence;
  since_.start();
  if (!again) Q_EMIT failed(failure.sentence, failure.subject);
}

}  // namespace paralif
