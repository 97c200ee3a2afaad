// The bar at the left: one button a workspace, Ctrl+1 and so on.
#pragma once

#include <QWidget>

class QButtonGroup;
class QStackedWidget;
class QVBoxLayout;

namespace paralif {

class Workspace;

/// A workspace is one add() call: its page joins the stack, its button the bar.
class WorkspaceBar : public QWidget {
  Q_OBJECT

 public:
  WorkspaceBar(QStackedWidget* pages, QWidget* parent = nullptr);
  void add(Workspace* workspace);
  void show(int index);
  void show(const Workspace* workspace);
  /// By its title, whatever the case, with dashes for spaces. False: there is none.
  bool showNamed(const QString& title);
  [[nodiscard]] QStringList titles() const;  ///< as showNamed() reads them
  [[nodiscard]] int current() const;
  [[nodiscard]] Workspace* inFront() const;
  [[nodiscard]] int count() const;

 Q_SIGNALS:
  void currentChanged(int index);

 private:
  QStackedWidget* pages_;
  QButtonGroup* buttons_;
  QVBoxLayout* column_;
};

}  // namespace paralif
