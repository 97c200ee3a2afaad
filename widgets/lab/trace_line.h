// One quantity of a trace as a line: a plottable that stays quick with many steps.
#pragma once

#include <qcustomplot.h>

#include <memory>

#include "core/lab/quantity.h"

namespace paralif {

/// Shares the trace instead of copying it. A value holds from the begin of its step to the next;
/// a reset is a vertical line from the value that crossed to the value it went to. Where a pixel
/// holds several steps it draws the span of their values, so that no peak is lost.
class TraceLine : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  using Trace = std::shared_ptr<const lab::LabTrace>;
  using Values = std::vector<double>;

  TraceLine(QCPAxis* timeAxis, QCPAxis* valueAxis);

  void setTrace(Trace trace, lab::Quantity quantity);
  /// The stimulus of a trace.
  void setStimulus(Trace trace);
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
  void take(Trace trace, const Values* values, const Values* after);
  [[nodiscard]] Visible visible() const;
  /// What a step leaves: the value after its reset.
  [[nodiscard]] static const Values& settled(const Values& values, const Values& after) {
    return after.empty() ? values : after;
  }
  void drawSteps(QCPPainter* painter, const Visible& part);
  void drawColumns(QCPPainter* painter, const Visible& part);
  void drawPartner(QCPPainter* painter, const Visible& part) const;
  [[nodiscard]] double pixelOf(double value) const;

  Trace trace_;
  Trace partner_;
  const Values* before_ = nullptr;  ///< in trace_
  const Values* after_ = nullptr;   ///< in trace_; empty: no resets
  lab::Quantity quantity_ = lab::Quantity::membrane;
  double playhead_ = std::numeric_limits<double>::quiet_NaN();
  QVector<QPointF> points_;
  QCPRange range_;  ///< of the values
};

}  // namespace paralif
