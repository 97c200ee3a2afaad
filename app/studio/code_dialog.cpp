#include "app/studio/code_dialog.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

#include "app/studio/code_page.h"

namespace paralif {

CodeDialog::CodeDialog(const Experiment& experiment, QWidget* parent) : QDialog(parent) {
  setObjectName("codeDialog");
  setWindowTitle(tr("%1 as code").arg(QString::fromStdString(experiment.title)));
  CodePlan plan;
  plan.experiment = experiment;
  page_ = new CodePage(plan, this);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->addWidget(page_, 1);
  column->addWidget(buttons);
  resize(760, 600);
  // The page waits for its work when it goes, and opening the data may take a while.
  connect(this, &QDialog::finished, this, [this] {
    if (!page_->isBusy()) return deleteLater();
    connect(page_, &JobPage::workEnded, this, &QObject::deleteLater);
    page_->cancel();
  });
}

}  // namespace paralif
