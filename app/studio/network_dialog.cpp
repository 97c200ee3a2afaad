#include "app/studio/network_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/studio/code_page.h"
#include "app/studio/network_cost_page.h"
#include "app/studio/network_export_page.h"
#include "app/studio/network_test_page.h"

namespace paralif {

NetworkDialog::NetworkDialog(const std::filesystem::path& run, const QString& title, QWidget* parent)
    : QDialog(parent) {
  setObjectName("networkDialog");
  setWindowTitle(tr("Network of %1").arg(title));
  auto* tabs = new QTabWidget(this);
  tabs->setObjectName("networkTabs");
  const auto add = [&](JobPage* page, const QString& name) {
    tabs->addTab(page, name);
    pages_.push_back(page);
  };
  add(new NetworkTestPage(run, this), tr("Test"));
  add(new NetworkCostPage(run, this), tr("Operations and energy"));
  add(new NetworkExportPage(run, this), tr("Export"));
  CodePlan code;
  code.run = run;
  add(new CodePage(code, this), tr("Code"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &NetworkDialog::reject);
  for (QAbstractButton* button : buttons->buttons()) qobject_cast<QPushButton*>(button)->setAutoDefault(false);
  connect(tabs, &QTabWidget::currentChanged, this,
          [this](int page) { pages_[static_cast<std::size_t>(page)]->takeReturnKey(); });
  pages_.front()->takeReturnKey();
  auto* column = new QVBoxLayout(this);
  column->addWidget(tabs, 1);
  column->addWidget(buttons);
  resize(840, 600);
}

void NetworkDialog::reject() {
  for (JobPage* page : pages_) {
    if (!page->isBusy()) continue;
    page->cancel();
    return;
  }
  QDialog::reject();
}

}  // namespace paralif
