#include "widgets/records/record_views.h"

#include "widgets/records/delays_view.h"
#include "widgets/records/feature_maps_view.h"
#include "widgets/records/kernels_view.h"
#include "widgets/records/layers_view.h"
#include "widgets/records/weights_view.h"

namespace paralif {

QVector<RecordView*> makeRecordViews() {
  return {new LayersView, new FeatureMapsView, new KernelsView, new DelaysView,
          new WeightsView};
}

}  // namespace paralif
