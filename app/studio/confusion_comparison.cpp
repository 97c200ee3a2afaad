#include "app/studio/confusion_comparison.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/runs/run_files.h"
#include "datasets/error.h"
#include "widgets/views/confusion_view.h"

namespace paralif {
namespace {

constexpr int leastSide = 230;  // pixels of a matrix

/// Of the last epoch that has one; null: none.
std::shared_ptr<const ConfusionMatrix> lastMatrix(const std::filesystem::path& folder,
                                                  JobControl& control) {
  try {
    const auto epochs = run_files::list_epochs(folder);
    for (auto epoch = epochs.rbegin(); epoch != epochs.rend(); ++epoch) {
      control.check();
      constexpr std::string_view id = "confusion";
      const Records records = run_files::read_epoch(
          folder, *epoch, [&](std::string_view one) { return one == id; });
      if (auto matrix = value_of<ConfusionMatrix>(records, id)) return matrix;
    }
  } catch (const Error&) {
    // It stays without a matrix; the table of runs tells what is damaged.
  }
  return nullptr;
}

}  // namespace

ConfusionComparison::ConfusionComparison(QWidget* parent)
    : QWidget(parent), note_(new QLabel), scroll_(new QScrollArea), page_(new QWidget),
      grid_(new QGridLayout(page_)) {
  setObjectName("confusionComparison");
  note_->setObjectName("confusionNote");
  note_->setTextFormat(Qt::PlainText);
  note_->setContentsMargins(12, 8, 12, 4);
  note_->setWordWrap(true);
  grid_->setContentsMargins(8, 0, 8, 8);
  scroll_->setWidget(page_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(note_);
  column->addWidget(scroll_, 1);
}

void ConfusionComparison::setRuns(std::vector<Run> runs) {
  runs_ = std::move(runs);
  wanted_ = true;
  if (isVisible()) read();
}

void ConfusionComparison::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (wanted_) read();
}

void ConfusionComparison::read() {
  wanted_ = false;
  reading_.start(
      [runs = runs_](JobControl& control) {
        std::vector<Matrix> found;
        for (std::size_t i = 0; i < runs.size() && found.size() < mostShown; ++i) {
          control.check();
          if (auto matrix = lastMatrix(runs[i].folder, control)) {
            found.push_back({i, std::move(matrix)});
          }
        }
        return found;
      },
      [this](const std::vector<Matrix>& matrices) { showMatrices(matrices); });
}

void ConfusionComparison::showMatrices(const std::vector<Matrix>& matrices) {
  qDeleteAll(page_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  views_.clear();
  const int columns = matrices.size() <= 1 ? 1 : matrices.size() == 4 ? 2 : 3;
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    const Run& run = runs_[matrices[i].run];
    auto* cell = new QWidget(page_);
    auto* stack = new QVBoxLayout(cell);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(2);
    auto* title = new QLabel(tr("%1, epoch %2").arg(run.name).arg(matrices[i].matrix->epoch), cell);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    auto* view = new ConfusionView(cell);
    view->setMinimumSize(leastSide, leastSide);
    view->setAccessibleName(tr("Confusion matrix of %1").arg(run.name));
    view->setMatrix(matrices[i].matrix, run.classes);
    stack->addWidget(title);
    stack->addWidget(view, 1);
    grid_->addWidget(cell, int(i) / columns, int(i) % columns);
    views_.push_back(view);
  }
  if (matrices.empty()) {
    note_->setText(runs_.empty() ? tr("Choose runs to see what they take for what.")
                                 : tr("None of these runs has a recorded epoch."));
  } else if (matrices.size() == mostShown && runs_.size() > mostShown) {
    note_->setText(tr("The first %1 of %2 runs; rows are true classes.").arg(mostShown).arg(runs_.size()));
  } else {
    note_->setText(tr("Rows are true classes, columns predicted ones; colour is the share of the row."));
  }
  scroll_->setVisible(!matrices.empty());
}

}  // namespace paralif
