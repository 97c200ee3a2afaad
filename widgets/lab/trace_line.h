// One quantity of a trace as a line: a plottable that stays quick with many steps.
#pragma once

#include <qcustomplot.h>

#include <memory>

#include "core/lab/simulate.h"

namespace paralif {

/// Shares the trace instead of copying it. Where a pixel holds several steps it draws the span
/// of their values, so that no peak is lost.
class TraceLine : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  using Trace = std::shared_ptr<const lab::LabTrace>;
  using Member = std::vector<double> lab::LabTrace::*;

  TraceLine(QCPAxis* timeAxis, QCPAxis* valueAxis);

  void setTrace(Trace trace, Member member);
  /// Ends the line at this time; NaN: it is whole.
  void setPlayhead(double ms) { playhead_ = ms; }
  /// Shades between this line and another of the same time step; null: nothing.
  void setPartner(Trace partner) { partner_ = std::move(partner); }
  [[nodiscard]] bool isEmpty() const;

  double selectTest(const QPointF& position, bool onlySelectable,
                    QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                         const QCPRange& keys = QCPRange()) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  struct Visible;
  [[nodiscard]] Visible visible(const std::vector<double>& values) const;
  void drawSteps(QCPPainter* painter, const Visible& part);
  void drawColumns(QCPPainter* painter, const Visible& part);
  void drawPartner(QCPPainter* painter, const Visible& part) const;
  [[nodiscard]] double pixelOf(double value) const;

  Trace trace_;
  Trace partner_;
  Member member_ = &lab::LabTrace::membrane;
  double playhead_ = std::numeric_limits<double>::quiet_NaN();
  QVector<QPointF> points_;
  QCPRange values_;  ///< of the trace
};

}  // namespace paralif
