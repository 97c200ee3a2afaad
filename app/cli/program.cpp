#include "app/cli/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <system_error>

#include "app/cli/output.h"
#include "app/cli/train_options.h"
#include "datasets/error.h"
#include "datasets/text.h"
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

/// A flag given a value ("--json=5") is a slip too.
void refuse_values_of_flags(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands(nullptr)) {
    for (CLI::Option* option : command->get_options()) {
      if (option->get_expected_max() == 0) option->disable_flag_override();
    }
    refuse_values_of_flags(*command);
  }
}

/// What is wrong with a command line, in one sentence.
std::string usage_sentence(const CLI::App* app, const CLI::Error& error) {
  const CLI::App* command = app;
  std::string name = app->get_name();
  for (auto given = app->get_subcommands(); !given.empty(); given = command->get_subcommands()) {
    command = given.back();
    name += " " + command->get_name();
  }
  std::string problem = error.what();
  const std::string value_of_flag = " was given a disallowed flag override";
  if (const std::size_t at = problem.find(value_of_flag); at != std::string::npos) {
    const std::string flag = problem.substr(0, at);
    problem = (flag.starts_with("-") ? "" : "--") + flag + " takes no value";
  }
  const std::vector<std::string> words = command->remaining();
  const auto known = command->get_subcommands(nullptr);
  if (error.get_name() == "RequiredError" && !known.empty() && !words.empty()) {
    std::string names;
    for (const CLI::App* one : known) names += (names.empty() ? "" : ", ") + one->get_name();
    problem = fmt::format("'{}' is no subcommand; there are {}", words.front(), names);
  }
  return fmt::format("{}: {} (see {} --help)\n", app->get_name(), paralif::printable(problem),
                     name);
}

int run(const paralif::cli::Action& action) {
  using namespace paralif;
  using namespace paralif::cli;
  try {
    return action();
  } catch (const Error& error) {
    flush_output();
    fmt::print(stderr, "paralif: {}\n", error.what());
    return error.kind() == Error::Kind::setting ? wrong_usage : failure;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "paralif: out of memory; lower the batch size, the steps or the layers\n");
  } catch (const std::system_error& error) {  // also the file system's
    fmt::print(stderr, "paralif: {}\n", printable(error.what()));
  } catch (const std::exception& error) {
    // LibTorch's errors go on with a trace of the stack.
    const std::string_view text = error.what();
    fmt::print(stderr, "paralif: internal error: {}\n", printable(text.substr(0, text.find('\n'))));
  } catch (...) {
    fmt::print(stderr, "paralif: internal error of an unknown type\n");
  }
  return failure;
}

}  // namespace

namespace paralif::cli {

int run_program(int argc, char** argv, std::span<const AddCommand> commands) {
  use_lasting_output();
  CLI::App app{"ParaLIF: train, check and measure networks of spiking neurons.", "paralif"};
  app.set_version_flag("--version", PARALIF_VERSION);
  app.require_subcommand(1);
  app.failure_message(usage_sentence);
  Action action;
  for (const AddCommand add : commands) add(app, action);
  refuse_values_of_flags(app);

  try {
    std::vector<std::string> words = with_script_flags(argc, argv);
    std::ranges::reverse(words);  // as the parser takes a vector
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream problem;
    const int status = app.exit(error, out, problem);
    fmt::print("{}", out.str());
    fmt::print(stderr, "{}", problem.str());
    return status_after_output(status == 0 ? success : wrong_usage);
  }
  return status_after_output(run([&] {
    refuse_empty_values(app);
    return action();
  }));
}

}  // namespace paralif::cli
