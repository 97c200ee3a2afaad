#include "app/studio/import_graph_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/studio/import_graph_page.h"

namespace paralif {

ImportGraphDialog::ImportGraphDialog(const std::filesystem::path& file, const Experiment& current,
                                     const std::filesystem::path& runsRoot, QWidget* parent)
    : QDialog(parent), page_(new ImportGraphPage(file, current, runsRoot, this)) {
  setObjectName("importGraphDialog");
  setWindowTitle(tr("Import %1").arg(QString::fromStdString(file.filename().string())));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  for (QAbstractButton* button : buttons->buttons()) qobject_cast<QPushButton*>(button)->setAutoDefault(false);
  page_->takeReturnKey();
  connect(buttons, &QDialogButtonBox::rejected, this, &ImportGraphDialog::reject);
  connect(page_, &ImportGraphPage::imported, this, &ImportGraphDialog::imported);
  auto* column = new QVBoxLayout(this);
  column->addWidget(page_, 1);
  column->addWidget(buttons);
  resize(640, 480);
}

void ImportGraphDialog::reject() {
  if (page_->isBusy()) {
    page_->cancel();
  } else {
    QDialog::reject();
  }
}

}  // namespace paralif
