#include "widgets/records/array_choice.h"

#include <QSignalBlocker>

namespace paralif {

ArrayChoice::ArrayChoice(const QString& purpose, QWidget* parent) : QComboBox(parent) {
  setAccessibleName(purpose);
  setToolTip(purpose);
  setSizeAdjustPolicy(AdjustToContents);
  connect(this, &QComboBox::activated, this, [this] { Q_EMIT chosenByUser(); });
}

void ArrayChoice::offer(const QStringList& ids, const QStringList& titles) {
  bool same = ids.size() == count();
  for (int i = 0; same && i < count(); ++i) {
    same = itemData(i).toString() == ids[i] && itemText(i) == titles[i];
  }
  if (same) return;
  const QString before = chosen();
  const QSignalBlocker quiet(this);
  clear();
  for (qsizetype i = 0; i < ids.size(); ++i) addItem(titles[i], ids[i]);
  const int at = findData(before);
  setCurrentIndex(at < 0 ? 0 : at);
}

}  // namespace paralif
