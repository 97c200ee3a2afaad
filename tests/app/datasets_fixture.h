// A Datasets workspace over a folder of its own, for the tests that drive it.
#pragma once

#include <QAction>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <memory>

#include "app/studio/datasets_workspace.h"
#include "datasets/atomic_file.h"

/// By its text without '&'; null: there is none.
inline QPushButton* button(const QWidget& in, const QString& text) {
  for (auto* one : in.findChildren<QPushButton*>()) {
    if (one->text().remove('&') == text) return one;
  }
  return nullptr;
}

class DatasetsFixture {
 protected:
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<paralif::DatasetsWorkspace> workspace_;

  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(folder_->path().toStdString()) / name;
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories(path(name).parent_path());
    paralif::write_file(path(name), bytes);
  }
  [[nodiscard]] int samples() const {
    return workspace_->findChild<QTableView*>("samplesTable")->model()->rowCount();
  }
  template <typename Dialog>
  Dialog* openDialog(const QString& action) {
    for (QAction* one : workspace_->actions()) {
      if (one->text().remove('&') == action) one->trigger();
    }
    auto* dialog = workspace_->findChild<Dialog*>();
    if (dialog == nullptr) return nullptr;
    dialog->activateWindow();  // for its shortcuts
    return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
  }

  /// The window, ready to be used: Yin-Yang's samples are listed.
  void open() {
    folder_ = std::make_unique<QTemporaryDir>();
    std::filesystem::create_directories(path("data"));
    workspace_ = std::make_unique<paralif::DatasetsWorkspace>();
    workspace_->setFolder(path("data"));
    workspace_->resize(1100, 700);
    workspace_->show();
    QVERIFY(QTest::qWaitForWindowExposed(workspace_.get()));
    QTRY_COMPARE(samples(), 5000);
  }
};
