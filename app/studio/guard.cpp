#include "app/studio/guard.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <cstdio>
#include <exception>
#include <new>

#include "app/studio/studio_application.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace {

QString tell(const char* text) { return QCoreApplication::translate("Guard", text); }

}  // namespace

Failure currentFailure() {
  try {
    throw;
  } catch (const Error& error) {
    return {QString::fromUtf8(error.what()), QString::fromStdString(error.subject())};
  } catch (const std::bad_alloc&) {
    return {tell("There is not enough memory for this; nothing else was changed"), {}};
  } catch (const std::exception& error) {
    return {tell("This could not be done: %1").arg(QString::fromStdString(printable(error.what()))),
            {}};
  } catch (...) {
    return {tell("This could not be done, for a reason that is not known"), {}};
  }
}

void reportFailure(const Failure& failure) {
  QCoreApplication* application = QCoreApplication::instance();
  auto* studio = qobject_cast<StudioApplication*>(application);
  if (studio == nullptr) {
    std::fprintf(stderr, "paralif-studio: %s\n", qPrintable(failure.sentence));
    return;
  }
  QMetaObject::invokeMethod(studio, [studio, failure] { studio->tell(failure); },
                            Qt::QueuedConnection);
}

void runInPool(std::function<void()> work) {
  QThreadPool::globalInstance()->start(
      [work = std::move(work)] { guarded(work, [](const Failure& f) { reportFailure(f); }); });
}

}  // namespace paralif
