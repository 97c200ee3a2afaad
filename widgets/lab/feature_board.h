// The board of twenty features for one chosen model.
#pragma once

#include <QWidget>
#include <array>

#include "widgets/lab/feature_tile.h"

class QComboBox;
class QLabel;

namespace paralif {

class FeatureBoard : public QWidget {
  Q_OBJECT

 public:
  explicit FeatureBoard(QWidget* parent = nullptr);

  [[nodiscard]] QString model() const;
  void setModel(const QString& model);  ///< emits modelChosen when it is another
  void setAnswer(lab::Feature feature, TileAnswer answer);
  /// Every tile waits for an answer again.
  void clearAnswers();
  [[nodiscard]] FeatureTile& tile(lab::Feature feature);
  [[nodiscard]] QComboBox& modelBox() { return *model_; }

 Q_SIGNALS:
  void modelChosen(const QString& model);
  void featureOpened(paralif::lab::Feature feature);

 private:
  void updateSummary();

  QComboBox* model_;
  QLabel* summary_;
  std::array<FeatureTile*, lab::feature_count> tiles_{};
};

}  // namespace paralif
