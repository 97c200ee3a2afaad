// One panel of the board: a feature, the biological trace, and what the chosen model does.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/lab/features.h"
#include "core/lab/search.h"
#include "core/lab/simulate.h"

namespace paralif {

/// What a tile shows of the chosen model.
struct TileAnswer {
  QString model;
  lab::Answer answer = lab::Answer::not_found;
  QString sentence;     ///< parameters where found, else the reason
  lab::LabTrace trace;  ///< of the model under the feature's stimulus; no steps: none
  bool known = false;   ///< false while it is being judged
};

class FeatureTile : public QWidget {
  Q_OBJECT

 public:
  explicit FeatureTile(lab::Feature feature, QWidget* parent = nullptr);
  void setAnswer(TileAnswer answer);
  [[nodiscard]] lab::Feature feature() const { return feature_; }
  [[nodiscard]] const TileAnswer& answer() const { return answer_; }

  [[nodiscard]] QSize sizeHint() const override { return {196, 150}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {90, 84}; }

 Q_SIGNALS:
  void opened(paralif::lab::Feature feature);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  lab::Feature feature_;
  lab::LabTrace biological_;
  TileAnswer answer_;
  bool hovered_ = false;
};

}  // namespace paralif
