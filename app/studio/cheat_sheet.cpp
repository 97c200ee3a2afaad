// The page is made from the actions themselves, so that it cannot disagree with them.
#include "app/studio/cheat_sheet.h"

#include <QDialog>
#include <QLabel>
#include <QVBoxLayout>

#include "app/studio/studio_actions.h"

namespace paralif {
namespace {

QString line(const QString& key, const QString& meaning) {
  return QString("<tr><td style='padding: 2px 18px 2px 0'><b>%1</b></td><td>%2</td></tr>")
      .arg(key.toHtmlEscaped(), meaning.toHtmlEscaped());
}

QString line(const QAction* action) {
  return line(action->shortcut().toString(QKeySequence::NativeText),
              action->text().remove('&').remove("…"));
}

QString heading(const QString& text) {
  return QString("<tr><td colspan=2 style='padding-top: 10px'><u>%1</u></td></tr>").arg(text);
}

}  // namespace

void showCheatSheet(QWidget* parent, const StudioActions& a) {
  QString left = heading(QDialog::tr("Training"));
  for (const QAction* action : {a.start, a.pause, a.step, a.stop, a.reset, a.sweep}) {
    left += line(action);
  }
  left += heading(QDialog::tr("Experiment"));
  for (const QAction* action : {a.open, a.save, a.saveAs, a.openRun, a.undo, a.redo,
                                a.copyCommand}) {
    left += line(action);
  }
  left += heading(QDialog::tr("Window"));
  left += line("Ctrl+1, Ctrl+2, …", QDialog::tr("Workspaces"));
  for (const QAction* action : {a.fullScreen, a.keys, a.quit}) left += line(action);

  QString right = heading(QDialog::tr("In every plot, also while data streams in"));
  right += line(QDialog::tr("Wheel, + and −"), QDialog::tr("Zoom; locks the axes"));
  right += line(QDialog::tr("Drag, arrow keys"), QDialog::tr("Pan; locks the axes"));
  right += line(QDialog::tr("Shift + drag"), QDialog::tr("Zoom into a box"));
  right += line(QDialog::tr("F, double click"), QDialog::tr("Follow new data again"));
  right += line("L", QDialog::tr("Lock or unlock the axes"));
  right += line("Z", QDialog::tr("Freeze: take no new data into view"));
  right += line("Ctrl+C", QDialog::tr("Copy as image"));
  right += line("Ctrl+E", QDialog::tr("Export as PNG"));
  right += line("Ctrl+Alt+E, Ctrl+Alt+P", QDialog::tr("Export as SVG, PDF"));
  right += line("Ctrl+Shift+E", QDialog::tr("Export the data as CSV"));
  right += heading(QDialog::tr("Lab: stimulus"));
  right += line(QDialog::tr("Drag a point"), QDialog::tr("Change the stimulus"));
  right += line(QDialog::tr("Ctrl + click, Delete"), QDialog::tr("Add a point, remove it"));
  right += heading(QDialog::tr("Lab"));
  right += line("Ctrl+Space", QDialog::tr("Play the traces slowly"));
  right += line("Ctrl+T", QDialog::tr("What if there were a reset?"));
  right += line("Ctrl+B", QDialog::tr("Pin the traces to compare"));
  right += heading(QDialog::tr("Runs"));
  right += line("Ctrl+F", QDialog::tr("Filter"));
  right += line("F2", QDialog::tr("Rename"));
  right += line("Delete", QDialog::tr("Move to the bin; Undo takes back"));
  right += line(QDialog::tr("Return, Ctrl+Return"), QDialog::tr("Show in Train, continue"));
  right += heading(QDialog::tr("Decision map"));
  right += line(QDialog::tr("Click"), QDialog::tr("Choose the nearest test sample"));

  auto* page = new QDialog(parent);
  page->setAttribute(Qt::WA_DeleteOnClose);
  page->setWindowTitle(QDialog::tr("Keys and gestures"));
  auto* row = new QHBoxLayout(page);
  row->setContentsMargins(20, 10, 20, 20);
  row->setSpacing(30);
  for (const QString& text : {left, right}) {
    auto* label = new QLabel("<table>" + text + "</table>", page);
    label->setAlignment(Qt::AlignTop);
    row->addWidget(label);
  }
  page->show();
}

}  // namespace paralif
