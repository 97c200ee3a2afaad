// A view of what a recorder sees. The workspace gives it every record there is; it takes those of
// its ids. Adding one is a pair of files here and a line in record_views.cpp.
#pragma once

#include <QWidget>
#include <memory>

#include "core/values/record.h"

namespace paralif {

struct Experiment;

class RecordView : public QWidget {
  Q_OBJECT

 public:
  /// `title` names its dock, `recorder` the record whose epoch and sample its caption tells.
  RecordView(const QString& title, const char* name, const char* recorder,
             QWidget* parent = nullptr);

  [[nodiscard]] const QString& title() const { return title_; }
  [[nodiscard]] const char* name() const { return name_; }  ///< identifies its dock
  [[nodiscard]] const char* recorder() const { return recorder_; }
  /// Whether networks of this experiment have anything to show here.
  [[nodiscard]] virtual bool applies(const Experiment& experiment) const;

  /// By recorder id; empty clears. Records that are the same as before, and those without arrays,
  /// cost nothing.
  void setRecords(const Records& records);

 protected:
  using RecordPointer = std::shared_ptr<const Record>;
  /// There are other records than before, or none.
  virtual void showRecords() = 0;
  /// Null where there is none of this id.
  [[nodiscard]] RecordPointer record(const char* id) const;

 private:
  QString title_;
  const char* name_;
  const char* recorder_;
  Records records_;
};

}  // namespace paralif
