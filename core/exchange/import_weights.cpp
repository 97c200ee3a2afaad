#include "core/exchange/import_weights.h"

#include "core/encoding/spike_source.h"
#include "core/exchange/queued_run.h"
#include "core/exchange/weights_reader.h"
#include "core/training/trainer.h"

namespace paralif {

WeightsImport import_weights(const std::filesystem::path& from, const Experiment& experiment,
                             const std::filesystem::path& runs_root) {
  const auto weights = read_weights(from);
  const DataSplit data = open_data(experiment.dataset);
  Trainer trainer(experiment, data);
  take_weights(trainer.network(), weights, from.string());
  WeightsImport made;
  for (const auto& [name, tensor] : trainer.network().trained_tensors()) {
    ++made.tensors;
    made.values += tensor.numel();
  }
  made.run = make_queued_run(runs_root, experiment, trainer);
  return made;
}

}  // namespace paralif
