// `paralif`: the studio's sessions in the terminal.
#include <fmt/format.h>

#include <cstdio>
#include <system_error>

#include "app/cli/commands.h"
#include "datasets/error.h"
#include "paralif_version.h"

namespace {

/// An empty value is a slip, such as an unset variable of a script, and not "as if not given".
void refuse_empty_values(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_expected_min() == 0) continue;  // a flag
      for (const std::string& value : option->results()) {
        if (value.empty()) {
          throw paralif::Error(paralif::Error::Kind::setting, option->get_name(), "is empty",
                               "give a value or leave it out");
        }
      }
    }
    refuse_empty_values(*command);
  }
}

/// `status`, unless what was printed did not reach its end, as on a full disk.
int after_output(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  fmt::print(stderr, "paralif: standard output: cannot be written; check the free space\n");
  return status == paralif::cli::success ? paralif::cli::failure : status;
}

}  // namespace

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
    return after_output(app.exit(error) == 0 ? success : wrong_usage);
  }
  try {
    refuse_empty_values(app);
    return after_output(action());
  } catch (const Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "paralif: {}\n", error.what());
    return error.kind() == Error::Kind::setting ? wrong_usage : failure;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "paralif: out of memory; lower the batch size, the steps or the layers\n");
    return failure;
  } catch (const std::system_error& error) {  // fmt's, of a standard output that is full
    fmt::print(stderr, "paralif: standard output: {}; check the free space\n",
               error.code().message());
    return failure;
  } catch (const std::exception& error) {
    fmt::print(stderr, "paralif: internal error: {}\n", error.what());
    return failure;
  }
}
