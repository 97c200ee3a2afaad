// Yin-Yang: points in three classes, computed.
#include "datasets/sets/sets.h"
#include "datasets/yin_yang.h"

namespace paralif {
namespace {

const std::vector<std::string> class_names{"yang", "yin", "dot"};

PointSet computed(DataPart part) {
  const YinYangSplit& split = part == DataPart::test ? yin_yang_test : yin_yang_train;
  PointSet set;
  for (const YinYangPoint& point : yin_yang_points(split.size, split.seed)) {
    set.points.push_back({static_cast<double>(point.values[0]),
                          static_cast<double>(point.values[1]),
                          static_cast<std::int64_t>(point.label)});
  }
  set.class_names = class_names;
  return set;
}

}  // namespace

Dataset yin_yang_dataset() {
  Dataset set;
  set.name = "yinyang";
  set.title = "Yin-Yang";
  set.description =
      "Points of the plane in three classes, computed; each coordinate is the rate of a spike "
      "train.";
  set.kind = DataKind::points;
  set.classes = 3;
  set.parts = {DataPart::train, DataPart::test};
  set.size = "nothing to download";
  set.licence = "MIT";
  set.citation = "Kriener, Göltz, Petrovici. The Yin-Yang dataset. NICE 2022.";
  set.class_names = class_names;
  set.compute = computed;
  return set;
}

}  // namespace paralif
