// The table of samples of an open set.
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "app/studio/dataset_worker.h"

namespace paralif {

class SamplesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { number, label, duration, spikes, origin, columns };
  static constexpr int sortRole = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;

  void setSet(std::shared_ptr<const SampleBrowser> set);
  void addFacts(qint64 first, const std::vector<SampleFacts>& facts);
  [[nodiscard]] const std::shared_ptr<const SampleBrowser>& set() const { return set_; }
  /// Facts known so far, in the order of the samples.
  [[nodiscard]] const std::vector<SampleFacts>& facts() const { return facts_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role) const override;

 private:
  [[nodiscard]] bool hasSpikes() const;
  [[nodiscard]] QVariant valueOf(const QModelIndex& index) const;

  std::shared_ptr<const SampleBrowser> set_;
  std::vector<SampleFacts> facts_;
};

}  // namespace paralif
