#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/agreement/verification_parts.h"
#include "datasets/error.h"
#include "datasets/yin_yang.h"

namespace paralif::verification {

void verify_yin_yang(const Hdf5Reader& file, const Report& report) {
  for (const std::string& group : file.members("/")) {
    unsigned long long size = 0;
    unsigned seed = 0;
    if (std::sscanf(group.c_str(), "size%llu_seed%u", &size, &seed) != 2) {
      throw Error(Error::Kind::file, file.path().string(),
                  fmt::format("group '{}' is not named size<N>_seed<S>", group));
    }
    const Array<float> values = file.floats(group + "/values");
    const Array<std::int64_t> labels = file.integers(group + "/labels");
    VerifiedCase result;
    result.name = group;
    result.backend = "generator";
    if (labels.values.size() != size || values.values.size() != 4 * size) {
      result.note = fmt::format("holds {} labels and {} values, not {} points",
                                labels.values.size(), values.values.size(), size);
      report(result);
      continue;
    }
    const auto points = yin_yang_points(size, seed);
    std::size_t other_labels = 0;
    std::size_t other_points = 0;
    double worst = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (static_cast<std::int64_t>(points[i].label) != labels.values[i]) ++other_labels;
      bool equal = true;
      for (std::size_t k = 0; k < 4; ++k) {
        const float theirs = values.values[4 * i + k];
        equal = equal && points[i].values[k] == theirs;
        worst = std::max(worst, std::abs(static_cast<double>(points[i].values[k]) - theirs));
      }
      if (!equal) ++other_points;
    }
    result.passed = other_labels == 0 && other_points == 0;
    result.note = result.passed
                      ? fmt::format("{} points and labels equal", size)
                      : fmt::format("{} labels and {} points differ, by up to {:.3g}", other_labels,
                                    other_points, worst);
    report(result);
  }
}

}  // namespace paralif::verification
