// A read-only text that keeps its last lines and follows the end unless scrolled up.
#include "widgets/views/log_view.h"

#include <QFontDatabase>

namespace paralif {
namespace {

constexpr int mostLines = 5000;

}  // namespace

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName("log");
  setAccessibleName(tr("Log"));
  setReadOnly(true);
  setUndoRedoEnabled(false);
  setMaximumBlockCount(mostLines);
  setFrameShape(QFrame::NoFrame);
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setPlaceholderText(tr("Messages of the run appear here"));
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(8.5);
  setFont(fixed);
}

void LogView::append(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) appendPlainText(QString::fromStdString(line));
}

}  // namespace paralif
