// Tags and note of the selected runs, edited in place.
#pragma once

#include <QWidget>
#include <vector>

#include "core/library/run_entry.h"
#include "core/runs/run_marks.h"

class QLineEdit;
class QToolButton;

namespace paralif {

class RunsMarks : public QWidget {
  Q_OBJECT

 public:
  explicit RunsMarks(QWidget* parent = nullptr);

  /// Of several runs the common tags are shown, and their notes cannot be edited.
  void setRuns(const std::vector<const RunEntry*>& runs);
  /// What is typed and not taken yet counts now.
  void commit();

 Q_SIGNALS:
  void tagsEdited(const std::vector<std::string>& added, const std::vector<std::string>& removed);
  void noteEdited(const QString& note);
  void favouriteEdited(bool favourite);
  void failed(const QString& sentence);

 private:
  void commitTags();
  void commitNote();

  QToolButton* favourite_;
  QLineEdit* tags_;
  QLineEdit* note_;
  std::vector<std::string> shownTags_;
  QString shownNote_;
};

}  // namespace paralif
