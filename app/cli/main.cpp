// `paralif-full`: every subcommand, with LibTorch. `paralif` starts it for those that need that.
#include <array>

#include "app/cli/help_texts.h"
#include "app/cli/program.h"

/// They are printed by this program, when it is built, for the other one.
std::span<const paralif::cli::HelpText> paralif::cli::help_texts() { return {}; }

int main(int argc, char** argv) {
  using namespace paralif::cli;
  constexpr std::array<AddCommand, 20> commands{
      add_train,
      add_verify,
      add_runs,
      add_sweep,
      add_share,
      add_import,
      add_mark,
      add_bin,
      add_presets,
      add_networks,
      add_robustness,
      add_export,
      add_cost,
      add_test,
      add_bench,
      add_datasets,
      add_features,
      add_timing,
      add_classroom,
      add_completion};
  return run_program(argc, argv, commands);
}
