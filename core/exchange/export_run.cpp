#include "core/exchange/export_run.h"

#include "core/encoding/spike_source.h"
#include "core/exchange/nir_export.h"
#include "core/exchange/nir_fidelity.h"
#include "core/exchange/nir_targets.h"
#include "core/runs/run_store.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"

namespace paralif {

NirFidelity export_run(const NirExportPlan& plan, const std::function<bool(double)>& progress) {
  if (!plan.target.empty()) (void)nir_target(plan.target);  // throws before the work
  const Experiment experiment = read_summary(plan.run).experiment;
  const DataSplit data = open_data(experiment.dataset);
  Trainer trainer(experiment, data);
  restore_weights(trainer, weights_in(plan.run));
  const double dt = nir_time_step_s(trainer.network(), data.test->step_s());
  trainer.network().eval();
  std::vector<std::string> approximations;
  const NirGraph graph =
      to_nir(trainer.network(), dt, plan.approximate ? &approximations : nullptr);
  std::map<std::string, std::string> nodes;  // a layer's last node has its name
  for (const HiddenLayer& layer : trainer.network().hidden()) nodes[layer.id] = layer.id;
  NirFidelity fidelity = fidelity_of(trainer, graph, nodes, dt, plan.samples, progress);
  fidelity.approximations = std::move(approximations);
  if (plan.target.empty()) {
    write_nir(graph, plan.to);
    return fidelity;
  }
  const NirTarget& target = nir_target(plan.target);
  const NirGraph forms = adapted(graph, target, dt);
  fidelity.warnings = problems_for(forms, target, dt);
  write_nir(forms, plan.to);
  return fidelity;
}

}  // namespace paralif
