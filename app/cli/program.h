// A program of subcommands: reads its command line, runs one, and ends with its status.
#pragma once

#include <span>

#include "app/cli/commands.h"

namespace paralif::cli {

using AddCommand = void (*)(CLI::App& app, Action& action);

/// What main() returns. Mistakes are one sentence on standard error.
int run_program(int argc, char** argv, std::span<const AddCommand> commands);

}  // namespace paralif::cli
