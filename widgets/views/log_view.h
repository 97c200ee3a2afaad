// What the run and the window have to say, line by line.
#pragma once

#include <QPlainTextEdit>
#include <string>
#include <vector>

namespace paralif {

class LogView : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit LogView(QWidget* parent = nullptr);
  void append(const std::vector<std::string>& lines);
};

}  // namespace paralif
