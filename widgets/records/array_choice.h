// A box to choose one of a record's arrays by; it keeps the choice while records come.
#pragma once

#include <QComboBox>
#include <QStringList>

namespace paralif {

class ArrayChoice : public QComboBox {
  Q_OBJECT

 public:
  explicit ArrayChoice(const QString& purpose, QWidget* parent = nullptr);
  /// `ids` with a title each. The chosen id stays where it is still there, else the first is.
  void offer(const QStringList& ids, const QStringList& titles);
  [[nodiscard]] QString chosen() const { return currentData().toString(); }

 Q_SIGNALS:
  void chosenByUser();
};

}  // namespace paralif
