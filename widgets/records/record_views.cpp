#include "widgets/records/record_views.h"

#include <utility>

#include "widgets/records/delays_view.h"
#include "widgets/records/feature_maps_view.h"
#include "widgets/records/kernels_view.h"
#include "widgets/records/layers_view.h"
#include "widgets/records/weights_view.h"

namespace paralif {
namespace {

QVector<std::function<RecordView*()>>& registered() {
  static QVector<std::function<RecordView*()>> all;
  return all;
}

}  // namespace

QVector<RecordView*> makeRecordViews() {
  QVector<RecordView*> views{new LayersView, new FeatureMapsView, new KernelsView, new DelaysView,
                             new WeightsView};
  for (const auto& make : std::as_const(registered())) views.append(make());
  return views;
}

void registerRecordView(std::function<RecordView*()> make) {
  registered().append(std::move(make));
}

}  // namespace paralif
