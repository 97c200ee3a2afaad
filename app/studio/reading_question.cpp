#include "app/studio/reading_question.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

QString inWords(const TableForm& form) {
  const QString separator = form.separator == ' '    ? QMessageBox::tr("blanks")
                            : form.separator == '\t' ? QMessageBox::tr("tabs")
                            : form.separator == ';'  ? QMessageBox::tr("semicolons")
                                                     : QMessageBox::tr("commas");
  return form.decimal == ','
             ? QMessageBox::tr("columns separated by %1, decimal comma").arg(separator)
             : QMessageBox::tr("columns separated by %1, decimal point").arg(separator);
}

}  // namespace

std::optional<TableForm> askReading(QWidget* parent, const TwoReadings& readings) {
  QMessageBox box(QMessageBox::Question, QMessageBox::tr("Two readings"), {},
                  QMessageBox::Cancel, parent);
  box.setObjectName("readingQuestion");
  box.setTextFormat(Qt::PlainText);
  const QString name = QFileInfo(QString::fromStdString(readings.subject())).fileName();
  QStringList lines{QMessageBox::tr("Line %1 of %2 can be read in two ways. How is it meant?")
                        .arg(readings.line())
                        .arg(shownText(name)),
                    QString()};
  const auto add = [&](const TwoReadings::Reading& reading) {
    const QString row = shownText(reading.row);
    lines << row + QStringLiteral("   (") + inWords(reading.form) + ')';
    return box.addButton(menuText(row), QMessageBox::AcceptRole);
  };
  const QAbstractButton* one = add(readings.one());
  const QAbstractButton* other = add(readings.other());
  box.setText(lines.join('\n'));
  box.exec();
  if (box.clickedButton() == one) return readings.one().form;
  if (box.clickedButton() == other) return readings.other().form;
  return {};
}

}  // namespace paralif
