// The Runs workspace over three runs, for tests that use it by mouse and keys.
#pragma once

#include <QAction>
#include <QLineEdit>
#include <QObject>
#include <QTest>
#include <filesystem>
#include <memory>

#include "app/studio/runs_table.h"
#include "app/studio/runs_workspace.h"
#include "tests/app/isolated.h"
#include "tests/finished_run.h"

namespace paralif::testing {

class RunsPage : public QObject {
 protected:
  std::unique_ptr<IsolatedHome> home_;
  std::unique_ptr<RunsWorkspace> page_;
  std::filesystem::path root_;

  template <typename T>
  T* part(const char* name) {
    return page_->findChild<T*>(name);
  }
  RunsTable& table() { return *part<RunsTable>("runsTable"); }
  QString title(int row, const QModelIndex& parent = {}) {
    return table().model()->index(row, 0, parent).data().toString();
  }
  void addRun(const std::filesystem::path& folder, const char* neuron, double accuracy, std::int64_t started,
              std::int64_t seed = 0) {
    Experiment experiment;
    experiment.title = folder.filename().string();
    experiment.neuron.name = neuron;
    experiment.seed = seed;
    saveFinishedRun(folder, experiment, accuracy, started);
  }
  void type(const char* text) {
    auto* filter = part<QLineEdit>("runsFilter");
    filter->setFocus();
    filter->selectAll();
    QTest::keyClicks(filter, text);
    if (*text == '\0') filter->clear();
  }
  QAction* action(const QString& text) {
    for (QAction* one : page_->actions()) {
      if (one->text().remove('&') == text) return one;
    }
    return nullptr;
  }
  void choose(int row, Qt::KeyboardModifiers keys = {}) {
    const QRect rect = table().visualRect(table().model()->index(row, 0));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, rect.center());
  }
  void open() {
    page_ = std::make_unique<RunsWorkspace>();
    page_->setRoot(root_);
    connect(page_.get(), &Workspace::failed, this, [](const QString& s) { qWarning("%s", qPrintable(s)); });
    page_->resize(1100, 700);
    page_->show();
    QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
  }
  void make() {
    home_ = std::make_unique<IsolatedHome>();
    root_ = home_->path("library").toStdString();
    addRun(root_ / "old", "LIF", 0.75, 1'700'000'000);
    addRun(root_ / "middle", "ParaLIF-D", 0.875, 1'700'100'000);
    addRun(root_ / "new", "ParaLIF-T", 0.5, 1'700'200'000);
    open();
    QTRY_COMPARE(table().model()->rowCount(), 3);
  }
  void remove() {
    page_.reset();
    home_.reset();
  }
};

}  // namespace paralif::testing
