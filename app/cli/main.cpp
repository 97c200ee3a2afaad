// `paralif`: the studio's sessions in the terminal.
#include <fmt/format.h>

#include <cstdio>

#include "app/cli/commands.h"
#include "datasets/error.h"
#include "paralif_version.h"

int main(int argc, char** argv) {
  using namespace paralif;
  using namespace paralif::cli;

  CLI::App app{"ParaLIF: train, check and measure networks of spiking neurons.", "paralif"};
  app.set_version_flag("--version", PARALIF_VERSION);
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* failed, const CLI::Error& error) {
    return fmt::format(
        "{}: {} (see {} --help)\n", failed->get_name(), error.what(),
        failed->get_parent() == nullptr ? failed->get_name() : "paralif " + failed->get_name());
  });
  Action action;
  add_train(app, action);
  add_verify(app, action);
  add_runs(app, action);
  add_presets(app, action);
  add_bench(app, action);
  add_datasets(app, action);
  add_features(app, action);
  add_timing(app, action);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? success : wrong_usage;
  }
  try {
    return action();
  } catch (const Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "paralif: {}\n", error.what());
    return error.kind() == Error::Kind::setting ? wrong_usage : failure;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "paralif: out of memory; lower the batch size, the steps or the layers\n");
    return failure;
  } catch (const std::exception& error) {
    fmt::print(stderr, "paralif: internal error: {}\n", error.what());
    return failure;
  }
}
