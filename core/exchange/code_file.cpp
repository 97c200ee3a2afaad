#include "core/exchange/code_file.h"

#include "core/encoding/spike_source.h"
#include "core/exchange/torch_code.h"
#include "core/exchange/weights_formats.h"
#include "core/runs/run_store.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"
#include "datasets/atomic_file.h"

namespace paralif {

CodeMade make_code(const CodePlan& plan) {
  Experiment experiment = plan.experiment;
  std::string title = experiment.title;
  if (!plan.run.empty()) {
    const RunSummary summary = read_summary(plan.run);
    experiment = summary.experiment;
    title = summary.title;
  }
  const DataSplit data = open_data(experiment.dataset);
  Trainer trainer(experiment, data);
  if (!plan.run.empty()) restore_weights(trainer, weights_in(plan.run));
  std::filesystem::path weights = plan.to.empty() ? "network.py" : plan.to;
  weights.replace_extension(".weights.pt");  // another form than that of a .pt alone
  CodeMade made;
  made.text =
      torch_code(trainer.network(), experiment, {title, weights.filename().string(), plan.flavour});
  const NamedTensors state = state_for_code(trainer.network(), plan.flavour);
  for (const auto& [name, tensor] : state) {
    ++made.tensors;
    made.values += tensor.numel();
  }
  if (plan.to.empty()) return made;
  replace_file(plan.to, [&](const std::filesystem::path& aside) {  // both or neither
    write_file(aside, made.text);
    write_state_dict(state, weights);
  });
  return made;
}

}  // namespace paralif
