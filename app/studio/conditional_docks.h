// Docks that say nothing about some data: hidden and listed nowhere while they do not apply, and
// back as the user had them when they do.
#pragma once

#include <QObject>
#include <QVector>
#include <functional>

class QDockWidget;

namespace paralif {

class ConditionalDocks : public QObject {
  Q_OBJECT

 public:
  void add(QDockWidget* dock);
  void setApplies(QDockWidget* dock, bool applies);
  [[nodiscard]] bool applies(const QDockWidget* dock) const;

  /// A layout in which each is as the user has it, also those hidden now.
  [[nodiscard]] QByteArray saved(const std::function<QByteArray()>& save);
  /// After a layout was restored: what it shows is what the user wants.
  void takeUp();
  /// The user wants them all.
  void wantAll();

 private:
  struct Entry {
    QDockWidget* dock;
    bool applies = true;
    bool wanted = true;  ///< kept while it does not apply
  };
  QVector<Entry> entries_;
};

}  // namespace paralif
