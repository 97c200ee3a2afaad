#include "widgets/theme/shown_text.h"

#include <QStringList>

#include "datasets/text.h"

namespace paralif {

QString shownText(std::string_view text) { return QString::fromStdString(printable(text)); }

QString shownText(const QString& text) { return shownText(std::string_view(text.toStdString())); }

QString menuText(const QString& text) { return shownText(text).replace('&', "&&"); }

QString tipText(const QString& lines) {
  QStringList shown;
  for (const QString& line : lines.split('\n')) shown << shownText(line).toHtmlEscaped();
  return "<p style='white-space: pre-wrap'>" + shown.join("<br>") + "</p>";
}

}  // namespace paralif
