// How many samples each class has.
#pragma once

#include "widgets/plots/plot_view.h"

namespace paralif {

class ClassBalanceView : public PlotView {
  Q_OBJECT

 public:
  explicit ClassBalanceView(QWidget* parent = nullptr);
  void setCounts(const QVector<qint64>& counts, const QStringList& names);
  /// The class of the sample in view; -1: none.
  void setCurrent(qint64 label);
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  QVector<qint64> counts_;
  QStringList names_;
  qint64 current_ = -1;
  QSharedPointer<QCPAxisTickerText> ticker_;
  std::vector<QCPBars*> bars_;  ///< one for each colour of a class
  QCPBars* mark_;
};

}  // namespace paralif
