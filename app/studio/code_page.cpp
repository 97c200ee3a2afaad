#include "app/studio/code_page.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme/words.h"

namespace paralif {

CodePage::CodePage(CodePlan plan, QWidget* parent)
    : JobPage("networkCode", tr("&Save..."), parent),
      plan_(std::move(plan)),
      flavour_(new QComboBox(this)),
      text_(new QPlainTextEdit(this)),
      copy_(new QPushButton(tr("C&opy"), this)) {
  flavour_->setObjectName("networkCodeFlavour");
  for (const CodeFlavourFacts& one : code_flavours()) {
    flavour_->addItem(textOf(one.title), textOf(one.name));
    flavour_->setItemData(flavour_->count() - 1, textOf(one.explanation), Qt::ToolTipRole);
  }
  settings()->addRow(tr("&Built on"), flavour_);
  text_->setObjectName("networkCodeText");
  text_->setAccessibleName(tr("Program"));
  text_->setReadOnly(true);
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  text_->setTabChangesFocus(true);
  copy_->setObjectName("networkCodeCopy");
  copy_->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->addWidget(copy_);
  row->addStretch(1);
  results()->addWidget(text_, 1);
  results()->addLayout(row);
  copy_->setEnabled(false);
  connect(copy_, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(text_->toPlainText()); });
  connect(flavour_, &QComboBox::currentIndexChanged, this, &CodePage::makeText);
}

CodePlan CodePage::chosen() const {
  CodePlan plan = plan_;
  plan.flavour = code_flavour(flavour_->currentData().toString().toStdString());
  return plan;
}

void CodePage::showEvent(QShowEvent* event) {
  JobPage::showEvent(event);
  if (!made_) makeText();
}

void CodePage::makeText() {
  made_ = true;
  text_->clear();
  copy_->setEnabled(false);
  run([plan = chosen()](auto) { return make_code(plan); },
      [this](const CodeMade& made) {
        text_->setPlainText(QString::fromStdString(made.text));
        copy_->setEnabled(true);
        say(tr("Save writes it and its weights, %L1 tensors with %L2 values, beside it.")
                .arg(made.tensors)
                .arg(made.values));
      });
}

void CodePage::begin() {
  const QString name =
      plan_.run.empty() ? tr("network") : QString::fromStdString(plan_.run.filename().string());
  QString file = QFileDialog::getSaveFileName(this, tr("Save the program"), name + ".py",
                                              tr("Programs in Python (*.py)"));
  if (file.isEmpty()) return;
  if (!file.endsWith(".py")) file += ".py";
  saveTo(file);
}

void CodePage::saveTo(const QString& file) {
  CodePlan plan = chosen();
  plan.to = file.toStdString();
  run([plan](auto) { return make_code(plan); },
      [this, file](const CodeMade& made) {
        text_->setPlainText(QString::fromStdString(made.text));
        copy_->setEnabled(true);
        say(tr("%1: written, with %L2 tensors beside it.").arg(file).arg(made.tensors));
      });
}

}  // namespace paralif
