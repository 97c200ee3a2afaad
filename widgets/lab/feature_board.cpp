// Five columns of tiles under the choice of the model.
#include "widgets/lab/feature_board.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace paralif {
namespace {

constexpr int columns = 5;

}  // namespace

FeatureBoard::FeatureBoard(QWidget* parent)
    : QWidget(parent), model_(new QComboBox), summary_(new QLabel) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  auto* top = new QHBoxLayout;
  auto* label = new QLabel(tr("Which of a biological neuron's features does it show?"));
  model_->setObjectName("boardModel");
  model_->setAccessibleName(tr("Model on the board"));
  model_->setToolTip(tr("The model that every panel judges"));
  for (const std::string& name : lab::model_names()) model_->addItem(QString::fromStdString(name));
  model_->setCurrentText("LIF");
  label->setBuddy(model_);
  summary_->setObjectName("boardSummary");
  top->addWidget(label);
  top->addWidget(model_);
  top->addWidget(summary_);
  top->addStretch(1);
  column->addLayout(top);
  auto* grid = new QGridLayout;
  grid->setSpacing(6);
  for (std::size_t i = 0; i < lab::feature_count; ++i) {
    tiles_[i] = new FeatureTile(static_cast<lab::Feature>(i));
    grid->addWidget(tiles_[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    connect(tiles_[i], &FeatureTile::opened, this, &FeatureBoard::featureOpened);
  }
  column->addLayout(grid, 1);
  connect(model_, &QComboBox::currentTextChanged, this, &FeatureBoard::modelChosen);
}

QString FeatureBoard::model() const {
  return model_->currentText();
}

void FeatureBoard::setModel(const QString& model) {
  model_->setCurrentText(model);
}

FeatureTile& FeatureBoard::tile(lab::Feature feature) {
  return *tiles_[static_cast<std::size_t>(feature)];
}

void FeatureBoard::setAnswer(lab::Feature feature, TileAnswer answer) {
  tile(feature).setAnswer(std::move(answer));
  updateSummary();
}

void FeatureBoard::clearAnswers() {
  for (FeatureTile* tile : tiles_) tile->setAnswer({});
  summary_->clear();
}

void FeatureBoard::updateSummary() {
  int found = 0;
  int known = 0;
  for (const FeatureTile* tile : tiles_) {
    known += tile->answer().known ? 1 : 0;
    found += tile->answer().known && tile->answer().answer == lab::Answer::found ? 1 : 0;
  }
  summary_->setText(known == static_cast<int>(lab::feature_count)
                        ? tr("shows %1 of 20").arg(found)
                        : tr("%1 of 20 judged").arg(known));
}

}  // namespace paralif
