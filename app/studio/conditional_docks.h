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
  /// Takes up a layout: what it shows is what the user wants; docks it does not know stay wanted as
  /// they were, and so do all where it is none. What `restore` answers.
  bool restored(const std::function<bool()>& restore);
  /// The user wants them all.
  void wantAll();

 private:
  struct Entry {
    QDockWidget* dock;
    bool applies = true;
    bool wanted = true;  ///< kept while it does not apply
  };
  void showWanted();

  QVector<Entry> entries_;
  bool restoring_ = false;  ///< a layout shows docks that are not to be hidden yet
};

}  // namespace paralif
