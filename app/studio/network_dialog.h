// A trained network after its training: test it, count what it computes, take it elsewhere.
#pragma once

#include <QDialog>
#include <filesystem>

namespace paralif {

class JobPage;

class NetworkDialog : public QDialog {
  Q_OBJECT

 public:
  NetworkDialog(const std::filesystem::path& run, const QString& title, QWidget* parent = nullptr);

 public Q_SLOTS:
  /// While a page works, ends that alone.
  void reject() override;

 private:
  std::vector<JobPage*> pages_;
};

}  // namespace paralif
